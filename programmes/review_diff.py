"""What changed in records, read from their history, whose rows are what a record was before each write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.figures import shown
from programmes.models import Record, State


@dataclass(frozen=True)
class Difference:
    """One figure that was something else."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Written:
    """One time that figures were entered: who, when, and what changed (all that was given, the first time)."""

    at: dt.datetime
    by: str
    version: int
    differences: list[Difference]


def history_of(model: type[Record]) -> Any:
    """The table of what a programme's records were."""
    return model._meta.apps.get_model("programmes", f"{model.__name__}Event").objects


def last_approved(model: type[Record], ids: Iterable[int]) -> dict[int, Any]:
    """Return, by record id, the records as they were when they were last approved, of those that ever were. One query.

    Of one that is approved now, that is the time before.
    """
    rows = history_of(model).filter(pgh_obj__in=list(ids), state=State.APPROVED)
    return {row.pgh_obj_id: row for row in rows.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")}


def differences(model: type[Record], was: Any, now: Any) -> list[Difference]:
    """Return the figures in which two states of a record differ, and whether there is anything to report."""
    found = [
        Difference(str(measure.verbose_name), shown(before), shown(after))
        for measure in model.measures()
        if (before := getattr(was, measure.name, None)) != (after := getattr(now, measure.name))
    ]
    if bool(was and was.nil) != now.nil:
        yes_no = (shown(bool(was and was.nil)), shown(now.nil))
        found.insert(0, Difference(str(_("Nothing to report")), *yes_no))
    return found


def entries_of(record: Any, most: int) -> list[Written]:
    """Return when the record's figures were entered and what changed, the latest first. Two queries.

    Of a record with a longer history only the last `most` writes are read.
    """
    model = type(record)
    past = list(history_of(model).filter(pgh_obj=record.pk).order_by("-pgh_id")[:most])[::-1]
    states = [*past, record]
    names = User.objects.in_bulk({state.entered_by_id for state in states})
    whole = len(past) < most
    pairs = zip([None, *states] if whole else states, states if whole else states[1:], strict=False)
    entries = [
        Written(now.entered_at, names[now.entered_by_id].label, now.version, found)
        for was, now in pairs
        if (found := differences(model, was, now)) or was is None
    ]
    return entries[::-1]
