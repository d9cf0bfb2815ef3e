from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        # Actions ask for the jobs of uploads by name, so they have to be known in web processes too.
        from programmes.sheets import tasks  # noqa: F401, PLC0415
