"""The forms of finance officers, and the filters of their lists. Amounts are read as everywhere in povtrack."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from funding.actions import Problem
from funding.models import FundSource, Payment
from povtrack.lib.figures import MONEY_MAX, BadFigure, parse_decimal
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.registry import programme_choices
from villages.levels import Level

RATE_MAX = Decimal("9999999999.99999999")
NO_PROGRAMME = "none"


class FigureField(forms.CharField):
    """A figure as people type it; cleaned, it is a Decimal or None."""

    def __init__(self, *, places: int = 2, maximum: Decimal = MONEY_MAX, **kwargs: Any) -> None:
        self.places, self.maximum = places, maximum
        widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 40, "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return parse_decimal(super().to_python(value) or "", self.places, self.maximum)
        except BadFigure as bad:
            raise ValidationError(str(bad)) from bad


class DayField(forms.DateField):
    """A day that has come already."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, dt.date) and value > timezone.localdate():
            raise ValidationError(_("%(day)s has not come yet.") % {"day": date_format(value, "Y-m-d")})


class EntryForm(forms.Form):
    """The base of every form that writes an entry. `key` lets what is sent twice be written once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, files, initial={"key": uuid.uuid4(), **(initial or {})})

    def take(self, problems: list[Problem]) -> None:
        """Show what an action refused, at its fields where the form has them."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)

    def summary(self) -> list[tuple[str, str, str]]:
        """What is wrong, as lines of (id of the field, its label, message)."""
        found = [("", "", str(message)) for message in self.non_field_errors()]
        for field in self:
            name = str(field.label) if not field.is_hidden else ""
            found += [(field.id_for_label if name else "", name, str(message)) for message in field.errors]
        return found


class DocumentForm(EntryForm):
    """What every entry that gives or takes money is based on."""

    document_no = forms.CharField(
        label=gettext_lazy("Document number"),
        max_length=80,
        help_text=gettext_lazy("As printed on it, such as 黔财农〔2010〕2号."),
    )
    document_date = DayField(label=gettext_lazy("Document date"))


class SheetForm(DocumentForm):
    """A workbook, and the document by which its amounts are passed down."""

    file = forms.FileField(label=gettext_lazy("Filled-in file"), max_length=200)

    def document(self, key: uuid.UUID) -> DocumentForm:
        """The form of the grid that goes on with this document."""
        return DocumentForm({name: self.data.get(name, "") for name in DocumentForm.base_fields} | {"key": str(key)})


class EnterForm(DocumentForm):
    """Money that comes from outside: in yuan, or in another currency with its rate. The recipient is picked beside."""

    source = forms.ModelChoiceField(
        FundSource.objects.all(),
        to_field_name="code",
        label=gettext_lazy("Source"),
        empty_label=gettext_lazy("Choose a source"),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    programme = forms.ChoiceField(
        label=gettext_lazy("Programme"),
        required=False,
        help_text=gettext_lazy("Leave it open if it is decided further down; it can be named when it is passed on."),
    )
    money = forms.ChoiceField(
        label=gettext_lazy("In which currency does it come?"),
        choices=[("yuan", gettext_lazy("In yuan")), ("foreign", gettext_lazy("In another currency"))],
        widget=forms.RadioSelect,
        initial="yuan",
    )
    amount = FigureField(label=gettext_lazy("Amount, yuan"), required=False)
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        required=False,
        help_text=gettext_lazy("Its three letters, such as USD."),
    )
    currency_amount = FigureField(label=gettext_lazy("Amount in that currency"), required=False)
    rate = FigureField(
        label=gettext_lazy("Rate"),
        places=8,
        maximum=RATE_MAX,
        required=False,
        help_text=gettext_lazy("Yuan for one unit."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    field_order = ["source", "year", "programme", "money", "amount", "currency", "currency_amount", "rate"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ChoiceField)
        programme.choices = [("", _("for no programme in particular")), *programme_choices()]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        needed = ["amount"] if cleaned.get("money") == "yuan" else ["currency", "currency_amount", "rate"]
        for name in needed:
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, _("This is needed, and more than zero."))
        return cleaned


class AdjustForm(DocumentForm):
    """A later change of what an allocation gives. The sign follows from what is chosen."""

    WAYS = {"more": ("adjusted", 1), "less": ("adjusted", -1), "withdrawn": ("withdrawn", -1)}

    way = forms.ChoiceField(
        label=gettext_lazy("What changes?"),
        choices=[
            ("more", gettext_lazy("It gives more than before")),
            ("less", gettext_lazy("It gives less: the amount was cut")),
            ("withdrawn", gettext_lazy("Money is withdrawn that was given already")),
        ],
        widget=forms.RadioSelect,
    )
    amount = FigureField(label=gettext_lazy("By how much, yuan"))
    reason = forms.CharField(
        label=pgettext_lazy("review", "Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ["way", "amount", "document_no", "document_date", "reason"]

    @property
    def change(self) -> tuple[str, Decimal]:
        """The kind of the adjustment, and its amount with its sign."""
        kind, sign = self.WAYS[self.cleaned_data["way"]]
        return kind, sign * self.cleaned_data["amount"]


class PaymentForm(EntryForm):
    """Money that was disbursed, spent, or came back."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        choices=[
            ("disbursed", gettext_lazy("Disbursed: paid out to whoever does the work")),
            ("spent", gettext_lazy("Spent by them: they have accounted for it")),
            ("returned", gettext_lazy("Given back by them, unspent")),
        ],
        widget=forms.RadioSelect,
    )
    amount = FigureField(label=gettext_lazy("Amount, yuan"))
    paid_on = DayField(label=gettext_lazy("Day"))
    document_no = forms.CharField(
        label=gettext_lazy("Document number"), max_length=80, required=False, help_text=gettext_lazy("If there is one.")
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)


class TakeBackForm(EntryForm):
    """Why a payment was no payment."""

    reason = forms.CharField(
        label=pgettext_lazy("review", "Reason"),
        max_length=500,
        help_text=gettext_lazy("Both entries stay in the history; the reason stands beside them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ListFilter(forms.Form):
    """What a list of money is narrowed to. What is not asked for is None or ""."""

    source = forms.ModelChoiceField(
        FundSource.objects.all(),
        to_field_name="code",
        required=False,
        label=gettext_lazy("Source"),
        empty_label=pgettext_lazy("filter", "all"),
    )
    programme = forms.ChoiceField(required=False, label=gettext_lazy("Programme"))

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ChoiceField)
        none = (NO_PROGRAMME, _("for no programme in particular"))
        programme.choices = [("", pgettext("filter", "all")), none, *programme_choices()]

    def narrowed(self, rows: Any, prefix: str = "") -> Any:
        """The rows that are asked for; all of them, if what is asked for makes no sense, which the page says."""
        asked = self.cleaned_data if self.is_valid() else {}
        if source := asked.get("source"):
            rows = rows.filter(**{f"{prefix}source": source})
        if programme := asked.get("programme"):
            rows = rows.filter(**{f"{prefix}programme": "" if programme == NO_PROGRAMME else programme})
        return self.further(rows, asked)

    def further(self, rows: Any, asked: Mapping[str, Any]) -> Any:
        return rows


class AllocationFilter(ListFilter):
    """Also by the level of the recipient."""

    level = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=gettext_lazy("Recipient"))

    def __init__(self, data: Any, top: Level) -> None:
        super().__init__(data)
        level = self.fields["level"]
        assert isinstance(level, forms.TypedChoiceField)
        level.choices = [("", pgettext("filter", "all")), *((one.value, one.word) for one in Level if one >= top)]

    def further(self, rows: Any, asked: Mapping[str, Any]) -> Any:
        level = asked.get("level")
        return rows if level is None else rows.filter(area__level=level)


class PaymentFilter(ListFilter):
    """Also by what happened, and of one allocation."""

    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("What happened"),
        choices=[("", pgettext_lazy("filter", "all")), *Payment.Kind.choices],
    )
    allocation = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def further(self, rows: Any, asked: Mapping[str, Any]) -> Any:
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        if allocation := asked.get("allocation"):
            rows = rows.filter(allocation=allocation)
        return rows
