from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RollupsConfig(AppConfig):
    name = "povtrack.rollups"
    label = "rollups"
    verbose_name = _("Roll-ups")

    def ready(self) -> None:
        from povtrack.lib.replica import checks  # noqa: F401, PLC0415

        # Actions ask for the job by its name, so it has to be known in web processes too.
        from povtrack.rollups import history, preview, tasks  # noqa: F401, PLC0415
        from povtrack.rollups.releases import tasks as of_releases  # noqa: F401, PLC0415
        from villages.changes.effects import observers  # noqa: PLC0415

        observers.append(preview.totals)
        post_migrate.connect(history.index_history, sender=self, dispatch_uid="history")
