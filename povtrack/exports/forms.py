"""The form by which people ask for a file of everything: which list, of where and when, and in what form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povtrack.accounts.models import User
from povtrack.exports.lists import Wanted
from povtrack.lib.rest.formats import FORMS
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.models import Rollup
from programmes.registry import programme_choices
from programmes.views.scope import find_area
from villages.models import Area

# By what a person calls it: the list, whether it is of a programme, whether it has boundaries and columns named for
# people.
TOTALS, TIDY, RECORDS, FUNDS, ALLOCATIONS = "totals", "tidy", "records", "funds", "allocations"
_LABELLED = (TOTALS, RECORDS, ALLOCATIONS)
_WITH_BASIS = (TOTALS, TIDY, FUNDS)
EXCEL = "excel-csv"


def _form_choices() -> list[tuple[str, Any]]:
    words = {
        EXCEL: gettext_lazy("CSV for Excel"),
        "xlsx": gettext_lazy("Excel workbook (up to 1,048,575 rows)"),
        "csv": gettext_lazy("CSV for programs"),
        "ndjson": gettext_lazy("JSON, one object a line"),
        "parquet": gettext_lazy("Parquet, for data frames"),
    }
    return [(form, label) for form, label in words.items() if form in (EXCEL, *FORMS)]


class ExportForm(forms.Form):
    """Cleaned, `code` is the area."""

    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        widget=forms.RadioSelect,
        initial=TOTALS,
        choices=[
            (TOTALS, gettext_lazy("Totals of a programme, one row for each place and year")),
            (TIDY, gettext_lazy("Totals of a programme, one row for each figure")),
            (RECORDS, gettext_lazy("Records of a programme, as they were reported")),
            (FUNDS, gettext_lazy("Totals of funds by place, year, source and programme")),
            (ALLOCATIONS, gettext_lazy("Allocations")),
        ],
    )
    programme = forms.ChoiceField(
        label=gettext_lazy("Programme"),
        choices=programme_choices,
        help_text=gettext_lazy("For totals and records of a programme."),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of the area"),
        max_length=20,
        help_text=gettext_lazy("As it is today. The file holds this area and all below it."),
    )
    first_year = forms.IntegerField(label=gettext_lazy("First year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = forms.IntegerField(label=gettext_lazy("Last year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    basis = forms.ChoiceField(
        label=gettext_lazy("Boundaries"), choices=Rollup.Basis.choices, help_text=gettext_lazy("Of totals.")
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Format"), widget=forms.RadioSelect, choices=_form_choices, initial=EXCEL
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_code(self) -> Area:
        area = find_area(self.user, self.cleaned_data["code"], timezone.localdate())
        if area is None:
            raise forms.ValidationError(_("No place of yours has this code today."))
        return area

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and first > last:
            self.add_error("last_year", _("The last year is before the first."))
        return data

    def wanted(self) -> Wanted:
        """Return the list of the API that was asked for."""
        data = self.cleaned_data
        what, is_excel = data["what"], data["form"] == EXCEL
        path, query = _list_of(what, data["programme"], data["code"].pk)
        query |= {"year_min": data["first_year"], "year_max": data["last_year"]}
        if what in _WITH_BASIS and data["basis"] != Rollup.Basis.RECORDED:
            query["basis"] = data["basis"]
        if is_excel:
            query["bom"] = "1"
        if what in _LABELLED and data["form"] in (EXCEL, "xlsx"):
            query["heading"] = "labels"
        return Wanted(path, urlencode(query), "csv" if is_excel else data["form"])


def _list_of(what: str, programme: str, area: int) -> tuple[str, dict[str, Any]]:
    lists: dict[str, tuple[str, dict[str, Any]]] = {
        TOTALS: (f"rollups/{programme}/", {"within": area}),
        TIDY: ("observations/", {"programme": programme, "within": area}),
        RECORDS: (f"records/{programme}/", {"within": area}),
        FUNDS: ("fund-totals/", {"area": area, "by": "part,year,source,programme"}),
        ALLOCATIONS: ("allocations/", {"within": area}),
    }
    return lists[what]
