"""Forms of the rounds."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExtensionForm(forms.Form):
    """Lets a round go on for some areas. Cleaned, `codes` is a list."""

    codes = forms.CharField(
        label=_("Codes of the places"),
        max_length=1000,
        help_text=_("As in the year of the round, with spaces or commas between them; all below each is meant."),
    )
    until = forms.DateField(
        label=pgettext_lazy("deadline", "Until"),
        help_text=_("The last day on which records can be entered."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_codes(self) -> list[str]:
        return list(dict.fromkeys(re.split(r"[\s,，、]+", self.cleaned_data["codes"].strip(" ,，、"))))
