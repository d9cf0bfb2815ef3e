"""What the database refuses of the ledger, in the words of an official. The rules themselves are the database's.

A rule that spans rows answers with the name of a constraint and its numbers as JSON (see the first migration); here
they become sentences. Those of one row are constraints with words of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funding.models import Allocation, FundSource
from povtrack.lib.figures import shown
from programmes.actions import Refused
from programmes.registry import label_of
from villages.levels import Level
from villages.models import Area


class NotYours(Refused):
    """Funds that someone else keeps."""


class Clash(Refused):
    """A write that does not go together with what stands in the ledger. `code` says why, for programs."""

    code = "conflict"


class KeyTaken(Clash):
    """Something else was sent with the key before."""

    code = "key_taken"

    def __init__(self) -> None:
        super().__init__(_("Something else was sent with this key before. Nothing was written."))


class TakenBack(Clash):
    """A payment that was taken back already, or takes back another one."""

    code = "taken_back"

    def __init__(self) -> None:
        super().__init__(_("This payment was taken back already, or takes back another one itself."))


class Overdrawn(Clash):
    """An allocation would give or pay more than it has. `numbers` is its balance as it would be."""

    code = "overdrawn"

    def __init__(self, numbers: dict[str, Decimal]) -> None:
        self.numbers = numbers
        super().__init__(balance_words(numbers))


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row: its area (None for the whole), the field, the value as sent, and the reason.

    `row` is its place among those that were sent, where that is known.
    """

    area: int | None
    field: str
    value: str
    message: str
    row: int | None = None


class RowsRefused(Refused):
    """A write of several rows that is refused as a whole, with what is wrong with each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(dict.fromkeys(problem.message for problem in problems)))


@contextmanager
def refusals_told(entries: Sequence[models.Model]) -> Iterator[None]:
    """Write entries in a savepoint; raise what the database refuses of them as Refused or RowsRefused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        match getattr(diagnosis, "constraint_name", None):
            case "funding_balance_kept":
                raise Overdrawn(_numbers(diagnosis)) from error
            case "funding_allocation_lineage":
                raise RowsRefused(_lineage_problems(_numbers(diagnosis))) from error
            case "funding_payment_reverses" | "funding_payment_reverses_id_key":
                raise TakenBack from error
            case str() as name if name in _OF_PAIRINGS:
                raise RowsRefused([_pairing_problem(name, _numbers(diagnosis))]) from error
        # A constraint of one row: which row that is, the database does not say.
        if problems := problems_of(entries, models.Model.validate_constraints):
            raise RowsRefused(problems) from error
        raise


def problems_of(entries: Sequence[models.Model], check: Callable[[models.Model], None]) -> list[Problem]:
    """What a check of Django's finds in entries, by row and field."""
    found: list[Problem] = []
    for row, entry in enumerate(entries):
        try:
            check(entry)
        except ValidationError as error:
            area = getattr(entry, "area_id", None)
            found += [
                Problem(area, "" if field == NON_FIELD_ERRORS else field, _value(entry, field), message, row)
                for field, messages in error.message_dict.items()
                for message in messages
            ]
    return found


def _value(entry: models.Model, field: str) -> str:
    value = getattr(entry, field, None)
    return "" if value is None else str(value)


def _numbers(diagnosis: Any) -> Any:
    return json.loads(diagnosis.message_detail, parse_float=Decimal, parse_int=Decimal)


def balance_words(numbers: dict[str, Decimal]) -> str:
    """Say by how much an allocation would be overdrawn. `numbers` is its balance as it would be."""
    allocation = Allocation.objects.select_related("area").get(pk=int(numbers["allocation_id"]))
    words = {name: shown(abs(amount)) for name, amount in numbers.items()}
    words |= {"document": allocation.document_no, "area": str(allocation.area)}
    words["lost"] = shown(numbers["returned"] + numbers["spent"])
    if numbers["unspent"] < 0:
        return (
            _(
                "Of %(document)s to %(area)s, %(disbursed)s yuan are disbursed; spent and given back would be "
                "%(lost)s yuan: %(unspent)s too much."
            )
            % words
        )
    return (
        _(
            "%(document)s gives %(area)s %(allocated)s yuan; passed on would be %(passed_on)s, disbursed "
            "%(disbursed)s and given back %(returned)s: %(available)s yuan too much."
        )
        % words
    )


def _lineage_problems(rows: list[dict[str, Any]]) -> list[Problem]:
    """Say what new allocations do not have in common with their parent, or why they can't go where they were to go."""
    givers = {int(row["due"]) for row in rows if row["rule"] == "below"}
    areas = Area.objects.in_bulk({int(row["area"]) for row in rows} | givers)
    return [_lineage_problem(row, areas) for row in rows]


def _lineage_problem(row: dict[str, Any], areas: dict[int, Area]) -> Problem:
    area = areas[int(row["area"])]
    words: dict[str, Any] = {"area": area, "got": row["got"], "due": row["due"]}
    match row["rule"]:
        case "source":
            names = dict(FundSource.objects.filter(code__in=[row["got"], row["due"]]).values_list("code", "name"))
            words |= {"got": names[row["got"]], "due": names[row["due"]]}
            text = _("%(area)s: the money comes from “%(due)s”, so it can't be passed down as “%(got)s”.")
        case "year":
            text = _("%(area)s: the money is of %(due)s, so it can't be passed down for %(got)s.")
        case "programme":
            words |= {key: label_of(words[key]) or _("no programme") for key in ("got", "due")}
            text = _("%(area)s: the money is for %(due)s, so it can't be passed down for %(got)s.")
        case "tier":
            words |= {key: Level(int(words[key])).word for key in ("got", "due")}
            text = _("%(area)s is a %(got)s; money of this source enters at the %(due)s or below.")
        case "place":
            text = _("%(area)s did not stand at the end of this year.")
        case _:
            words["giver"] = areas[int(row["due"])]
            text = _("%(area)s does not lie below %(giver)s, so %(giver)s can't pass money down to it.")
    field = {"place": "area", "below": "area", "tier": "area"}.get(row["rule"], row["rule"])
    return Problem(area.pk, field, str(area) if field == "area" else str(words["got"]), text % words)


# The rules over a pairing and its reports, by the name of their constraint: the field that is to blame, and the words.
_OF_PAIRINGS = {
    "funding_pairing_reported": (
        "until",
        gettext_lazy("%(year)s was reported for this pairing, so it must stand in some part of that year."),
    ),
    "funding_pairingreport_paired": ("year", gettext_lazy("The pairing did not stand in %(year)s.")),
    "funding_pairingreport_placed": ("year", gettext_lazy("The area did not stand at the end of %(year)s.")),
}


def _pairing_problem(constraint: str, numbers: dict[str, Any]) -> Problem:
    field, words = _OF_PAIRINGS[constraint]
    return Problem(None, field, str(numbers["year"]), str(words) % numbers)
