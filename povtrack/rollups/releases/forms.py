"""Forms of releases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from povtrack.rollups.releases.models import Release
from programmes.models import Rollup
from programmes.registry import programme_choices
from programmes.views.scope import find_area
from villages.levels import Level

# What the pages of releases are called; a release of that name could not be reached.
_TAKEN = ("new",)


class ReleaseForm(forms.Form):
    """What is to be frozen, and how it is to be called. Cleaned, `code` is the area and `years` a list."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("As it is to be cited, such as “Annual report 2010”."),
    )
    name = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy(
            "Part of its address, such as annual-2010: letters without accents, digits and hyphens. It never changes."
        ),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of the area"),
        max_length=20,
        help_text=gettext_lazy("As it is today. The totals of this area and of all below it are frozen."),
    )
    programmes = forms.MultipleChoiceField(
        label=gettext_lazy("Programmes"), choices=programme_choices, widget=forms.CheckboxSelectMultiple
    )
    first_year = forms.IntegerField(label=gettext_lazy("First year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = forms.IntegerField(label=gettext_lazy("Last year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    bases = forms.MultipleChoiceField(
        label=gettext_lazy("Boundaries"),
        choices=Rollup.Basis.choices,
        initial=[Rollup.Basis.RECORDED],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Today's boundaries are frozen with their day."),
    )
    lowest = forms.TypedChoiceField(
        label=gettext_lazy("Down to"),
        choices=[(int(level), level.label) for level in (Level.COUNTY, Level.TOWNSHIP)],
        coerce=int,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].lower()
        if name in _TAKEN or Release.objects.filter(name=name).exists():
            raise forms.ValidationError(_("There is a release “%(name)s” already. Give another name.") % {"name": name})
        return name

    def clean_code(self) -> Any:
        code = self.cleaned_data["code"].strip()
        area = find_area(self.user, code, timezone.localdate(), Ability.RELEASE)
        if area is None or area.level > Level.COUNTY:
            words = _("No county, or area above one, whose totals you may release has the code %(code)s today.")
            raise forms.ValidationError(words % {"code": code})
        return area

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and first > last:
            self.add_error("last_year", _("The last year lies before the first."))
        data["years"] = list(range(first or 0, (last or 0) + 1)) if first and last and first <= last else []
        return data

    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("name", "title", "note", "programmes", "years", "bases", "lowest")},
            "area": data["code"],
        }


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=pgettext_lazy("withdrawal", "Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever has cited the release will read it."),
    )
