"""What the forms of all kinds of boundary changes share: the document, and the places that are picked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povtrack.accounts.models import User
from villages.changes import drafts
from villages.forms.picks import MOST_ROWS, Pick, find, is_code, padded, read, read_rows
from villages.levels import Level
from villages.models import Area, BoundaryChange
from villages.search import folded

Kind = BoundaryChange.Kind
Picks = dict[str, list[Pick]]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, label=gettext_lazy("Code"), **kwargs)

    def clean(self, value: Any) -> str:
        code: str = folded(super().clean(value) or "")
        if code and not is_code(code):
            raise forms.ValidationError(_("A code is written in letters and digits, without blanks."))
        return code


def name_field(**kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=120, label=gettext_lazy("Name"), **kwargs)


def latin_field() -> forms.CharField:
    return forms.CharField(max_length=160, label=gettext_lazy("Name in Latin letters"), required=False)


class DocumentForm(forms.Form):
    """What every change has: its day, and the document by which it was decided."""

    effective = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        widget=DayInput,
        help_text=gettext_lazy("The first day on which it is so. Totals of a year go by its last day."),
    )
    approved_on = forms.DateField(label=gettext_lazy("Approved on"), widget=DayInput, required=False)
    document_no = forms.CharField(label=gettext_lazy("Document number"), max_length=300, required=False)
    document_url = forms.URLField(
        label=gettext_lazy("Link to the document"), max_length=500, required=False, assume_scheme="https"
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("As lists show it. Left blank, they say what the change does."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    document_fields = ("approved_on", "document_no", "document_url", "title", "note")

    def clean_effective(self) -> dt.date:
        day: dt.date = self.cleaned_data["effective"]
        if day.year < 1000:
            raise forms.ValidationError(_("Write the year with four digits, as in 2013-07-01."))
        return day

    def document(self) -> dict[str, Any]:
        """What `draft_change` takes as the document."""
        return {name: self.cleaned_data[name] for name in self.document_fields}

    def summary(self) -> list[tuple[str, str]]:
        """Every error: the id of the box that it is about ("" for none), and the message with the name of the field."""
        found = [("", str(error)) for error in self.non_field_errors()]
        for bound in self.visible_fields():
            # A set of radio buttons has no box of its own; its first button is meant.
            box = bound.id_for_label or f"{bound.auto_id}_0"
            found += [(box, f"{bound.label}: {error}") for error in bound.errors]
        return found


class ChangeForm(DocumentForm):
    """A change with its places. `singles` are the places it asks for by name (True: needed), `lists` its rows."""

    kind: ClassVar[Kind]
    singles: ClassVar[dict[str, bool]] = {}
    lists: ClassVar[dict[str, tuple[str, ...]]] = {}
    least: ClassVar[int] = 3

    def __init__(
        self,
        user: User,
        data: Mapping[str, str] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        picks: Picks | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.user = user
        self.picks: Picks = dict(picks or {})
        if data is not None:
            self.picks = {name: [read(data, name)] for name in self.singles}
            self.picks |= {name: read_rows(data, name, extras) for name, extras in self.lists.items()}

    @property
    def day(self) -> dt.date:
        """The day as of which places are looked up; today while it is not known."""
        day = getattr(self, "cleaned_data", {}).get("effective") or self.initial.get("effective")
        return day if isinstance(day, dt.date) else timezone.localdate()

    def single(self, name: str) -> Pick:
        return self.picks.setdefault(name, [Pick(name)])[0]

    def first(self, name: str) -> Pick:
        """The first row of a list; a blank one where nothing was filled in."""
        rows = self.picks.setdefault(name, [])
        if not rows:
            rows.append(Pick(f"{name}-0", extra=dict.fromkeys(self.lists[name], "")))
        return rows[0]

    def rows(self, name: str) -> list[Pick]:
        return self.picks.get(name, [])

    @property
    def boxes(self) -> dict[str, Any]:
        """What the page shows: each single place, and the rows of each list with blank ones to go on."""
        singles: dict[str, Any] = {name: self.single(name) for name in self.singles}
        return singles | {
            name: padded(self.rows(name), name, self.least, extras) for name, extras in self.lists.items()
        }

    def look_up(self) -> None:
        """Find the places that are named; what can't be found says why."""
        find((pick for picks in self.picks.values() for pick in picks), self.user, self.day)

    def clean(self) -> dict[str, Any]:
        self.look_up()
        for name, needed in self.singles.items():
            if needed and self.single(name).blank:
                self.wrong(self.single(name), _("Choose a place, or type its code."))
        for name in self.lists:
            if len(self.rows(name)) >= MOST_ROWS:
                self.add_error(None, _("That many places are better imported as a list."))
        if not self._any_wrong():
            self.check()
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and not self._any_wrong()

    def check(self) -> None:
        """What this kind asks of its places, once all are found. Called with fields that may be missing."""

    def draft(self) -> drafts.Draft:
        """The parts and successions; only for a valid form."""
        raise NotImplementedError

    def wrong(self, pick: Pick, message: str, part: str = "") -> None:
        pick.errors.setdefault(part, message)

    def _any_wrong(self) -> bool:
        return any(pick.errors for picks in self.picks.values() for pick in picks)

    def summary(self) -> list[tuple[str, str]]:
        found = super().summary()
        for picks in self.picks.values():
            for pick in picks:
                found += [(f"{pick.id}-{part}" if part else pick.id, text) for part, text in pick.errors.items()]
        return found

    # Shared rules

    def area(self, name: str) -> Area:
        area = self.single(name).area
        assert area is not None
        return area

    def check_rows(self, name: str) -> None:
        """A list names a place, and none twice."""
        if not self.rows(name):
            self.wrong(self.first(name), _("Choose a place, or type its code."))
        seen: set[int] = set()
        for pick in self.rows(name):
            if pick.area is None:
                self.wrong(pick, _("Choose a place, or type its code."))
            elif pick.area.pk in seen:
                self.wrong(pick, _("%(place)s stands in this list already.") % {"place": pick.area})
            else:
                seen.add(pick.area.pk)

    def check_above(self, pick: Pick, level: int) -> None:
        """A place that others belong to is of a higher level than they."""
        if pick.area and pick.area.level >= level:
            words = {"place": pick.area, "is": Level(pick.area.level).word, "level": Level(level).word}
            self.wrong(pick, _("%(place)s is a %(is)s; a %(level)s can't belong to it.") % words)

    def parent_or(self, pick: Pick) -> Area | None:
        """The place in the box “belongs to”, or the one that `pick` belonged to on that day."""
        return self.single("parent").area or (pick.version.parent if pick.version else None)
