from django import forms
from django.utils.translation import gettext_lazy as _

LIFETIMES = [(1, _("1 day")), (30, _("30 days")), (90, _("90 days")), (365, _("1 year"))]


class TokenForm(forms.Form):
    days = forms.TypedChoiceField(label=_("Valid for"), choices=LIFETIMES, coerce=int, initial=90)
