"""Forms of the rounds."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExtensionForm(forms.Form):
    """Lets a round go on for one area."""

    code = forms.CharField(
        label=_("Code of the place"), max_length=20, help_text=_("As in the year of the round; all below it is meant.")
    )
    until = forms.DateField(
        label=_("Until"),
        help_text=_("The last day on which records can be entered."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
