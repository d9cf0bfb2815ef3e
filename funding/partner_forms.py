"""The forms of partners, pairings, their reports, and foreign projects; and the filters of their lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from funding.forms import RATE_MAX, DayField, EntryForm, FigureField
from funding.models import FIGURES, PairingReport, Partner, Scheme, figures_of_reports
from povtrack.lib.figures import WHOLE_MAX, shown
from programmes.registry import programme_choices


class Named(EntryForm):
    """The base of the forms of what can be changed later. They carry the version that the person saw, and no key."""

    key = None  # type: ignore[assignment]
    version = forms.IntegerField(min_value=0, max_value=WHOLE_MAX, required=False, widget=forms.HiddenInput)

    def seen(self) -> int:
        return int(self.cleaned_data["version"] or 0)


class AnyDay(forms.DateField):
    """A day, past or to come."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if isinstance(day, dt.date) and day.year < 1000:
            raise ValidationError(_("Write the year with four digits, as in 2013-07-01."))
        return day


def _note() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)


class PartnerForm(Named):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("Choose a kind")), *Partner.Kind.choices]
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    name_latin = forms.CharField(label=gettext_lazy("Name in Latin letters"), max_length=200, required=False)
    note = _note()


class PairingForm(Named):
    """What can be changed of a pairing later."""

    since = AnyDay(label=gettext_lazy("Helps since"), help_text=gettext_lazy("The first day."))
    until = AnyDay(
        label=gettext_lazy("Helps until"),
        required=False,
        help_text=gettext_lazy("The first day on which it helps no longer; blank while it goes on."),
    )
    document_no = forms.CharField(
        label=gettext_lazy("Document number"), max_length=80, required=False, help_text=gettext_lazy("If there is one.")
    )
    document_date = DayField(label=gettext_lazy("Document date"), required=False)
    note = _note()


class NewPairingForm(PairingForm):
    partner = forms.ModelChoiceField(
        Partner.objects.all(), label=gettext_lazy("Partner"), empty_label=gettext_lazy("Choose a partner")
    )
    field_order = ["partner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner = self.fields["partner"]
        assert isinstance(partner, forms.ModelChoiceField)
        groups: dict[str, list[tuple[Any, str]]] = {kind: [] for kind in Partner.Kind.values}
        for one in Partner.objects.order_by("name"):
            groups[one.kind].append((one.pk, str(one)))
        named = [(Partner.Kind(kind).label, rows) for kind, rows in groups.items() if rows]
        partner.choices = [("", partner.empty_label or ""), *named]


class ReportForm(Named):
    """The figures of a year as typed; the action reads them, so that page and API refuse in the same words."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, report: PairingReport | None = None) -> None:
        told = {name: shown(getattr(report, name, None), missing="") for name in FIGURES}
        note, version = (report.note, report.version) if report else ("", 0)
        super().__init__(data, initial={**told, "note": note, "version": version})
        for figure in figures_of_reports():
            box = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 40, "autocomplete": "off"})
            label = format_lazy("{label} ({unit})", label=figure.verbose_name, unit=figure.unit_word)
            self.fields[figure.name] = forms.CharField(
                label=label, help_text=figure.help_text, max_length=40, required=False, widget=box
            )
        self.fields["note"] = _note()

    def typed(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FIGURES}


class ProjectForm(Named):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    name_latin = forms.CharField(label=gettext_lazy("Name in Latin letters"), max_length=200, required=False)
    donor = forms.ModelChoiceField(
        Partner.objects.filter(kind=Partner.Kind.FOREIGN),
        label=gettext_lazy("Donor"),
        empty_label=gettext_lazy("Choose a donor"),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"), max_length=3, help_text=gettext_lazy("Its three letters, such as USD.")
    )
    currency_amount = FigureField(label=gettext_lazy("Amount in that currency"))
    rate = FigureField(
        label=gettext_lazy("Rate"), places=8, maximum=RATE_MAX, help_text=gettext_lazy("Yuan for one unit.")
    )
    counterpart = FigureField(
        label=gettext_lazy("Counterpart funds, yuan"), required=False, help_text=gettext_lazy("Of our own budgets.")
    )
    since = AnyDay(label=gettext_lazy("Runs since"))
    until = AnyDay(
        label=gettext_lazy("Runs until"),
        required=False,
        help_text=gettext_lazy("The first day on which it runs no longer; blank while it goes on."),
    )
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    people = FigureField(
        label=gettext_lazy("People benefiting"), places=0, maximum=Decimal(2_000_000_000), required=False
    )
    counties = forms.CharField(
        label=gettext_lazy("Counties covered"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "One line for each: its code then and, if it is covered for a part of the time only, its first day and the "
            "first day after, as in 520524 2005-01-01 2008-07-01."
        ),
    )
    document_no = forms.CharField(label=gettext_lazy("Document number"), max_length=80, required=False)
    note = _note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ChoiceField)
        programme.choices = [("", _("for no programme in particular")), *programme_choices()]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class PartnerFilter(forms.Form):
    """What the list of partners is narrowed to."""

    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Name"))
    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Kind"),
        choices=[("", pgettext_lazy("filter", "all")), *Partner.Kind.choices],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")


class TotalsFilter(forms.Form):
    """Of which years and which scheme the totals are."""

    since = forms.IntegerField(required=False, label=gettext_lazy("From the year"))
    scheme = forms.ChoiceField(
        required=False, label=gettext_lazy("Scheme"), choices=[("", pgettext_lazy("filter", "all")), *Scheme.choices]
    )

    def __init__(self, data: Any, year: int) -> None:
        self.year = year
        super().__init__(data, auto_id="filter-%s")

    def clean_since(self) -> int | None:
        since: int | None = self.cleaned_data["since"]
        if since is not None and not 1949 <= since <= self.year:
            raise ValidationError(_("Choose a year up to %(year)s.") % {"year": self.year})
        return since
