"""The history of one figure: who changed it when, from what to what, and what was said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.figures import shown
from programmes.models import Record, Remark
from villages.models import Area

MOST = 50


@dataclass(frozen=True)
class Change:
    """One change of a figure, as people read it: `before` and `after` are words where there was no figure."""

    at: dt.datetime
    by: str
    before: str
    after: str


@dataclass(frozen=True)
class _Stood:
    """What stood between two writes of a record."""

    at: dt.datetime
    by_id: int
    nil: bool
    figure: Any

    def word(self) -> str:
        return _("nothing to report") if self.nil else shown(self.figure, missing=_("blank"))


def cell_history(model: type[Record], year: int, area: Area, breakdown: str, measure: str) -> list[Change]:
    """Return the changes of one figure, the newest first, at most MOST of them. Three queries at most.

    The history keeps what a row was, and the row itself is what it is: both together are all that ever stood.
    """
    stood = _all_that_stood(model, year, area, breakdown, measure)
    names = _names({one.by_id for one in stood})
    changes = []
    before = _("not reported")
    for one in stood:
        after = one.word()
        if after != before:
            changes.append(Change(one.at, names.get(one.by_id, "–"), before, after))
        before = after
    return changes[::-1][:MOST]


def _all_that_stood(model: type[Record], year: int, area: Area, breakdown: str, measure: str) -> list[_Stood]:
    history: Any = model._meta.apps.get_model("programmes", f"{model.__name__}Event")
    place = {"area": area, "year": year, "breakdown": breakdown}
    fields = ("entered_at", "entered_by_id", "nil", measure)
    kept = history.objects.filter(**place).order_by("pgh_id").values_list(*fields)
    now = model.objects.filter(**place).values_list(*fields)
    return [_Stood(*values) for values in (*kept, *now)]


def remarks_on(model: type[Record], year: int, area: Area, breakdown: str, measure: str) -> list[tuple[Remark, str]]:
    """Return what was said of one figure, the newest first, at most MOST, each with the name of who said it."""
    said = Remark.objects.filter(
        programme=model.code, year=year, area=area, breakdown=breakdown, measure=measure
    ).order_by("-at", "-pk")[:MOST]
    remarks = list(said)
    names = _names({remark.by_id for remark in remarks})
    return [(remark, names.get(remark.by_id, "–")) for remark in remarks]


def figure_said(model: type[Record], remark: Remark) -> str:
    """Write for people what the figure was of which a remark speaks; an empty text where nobody knows."""
    measure = next((known for known in model.measures() if known.name == remark.measure), None)
    if measure is None or remark.figure is None:
        return ""
    return shown(measure.parse(remark.figure), missing=_("blank"))


def _names(people: set[int]) -> dict[int, str]:
    return {user.pk: user.label for user in User.objects.filter(pk__in=people)} if people else {}
