from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResentConfig(AppConfig):
    name = "povtrack.resent"
    label = "resent"
    verbose_name = _("Requests that were sent again")
