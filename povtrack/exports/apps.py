from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "povtrack.exports"
    label = "exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        # Actions ask for the job by its name, so it has to be known in web processes too.
        from povtrack.exports import tasks  # noqa: F401, PLC0415
