from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        # Actions ask for jobs by name, so they have to be known in web processes too.
        from programmes import tasks  # noqa: F401, PLC0415
        from programmes.sheets import tasks as sheets  # noqa: F401, PLC0415
