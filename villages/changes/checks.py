"""What is wrong with a change, place by place, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from villages.sql import statement
from villages.told import Told, joined, told

WORDS: dict[str, str | Promise] = {
    "not_standing": _("does not stand on %(day)s."),
    "repeated": _("stands in this change twice, or in another one that is applied together with it."),
    "no_parent": _("belongs to no place. Say which."),
    "parent_not_above": _("can't belong to %(other)s, which is not of a higher level."),
    "under_other_change": _("belongs to a place that this change does not make."),
    "began_that_day": _("began on %(day)s and can't end on the same day."),
    "ends_and_took_over": _("took over another place on %(day)s and can't end on the same day."),
    "ends_again": _("has a later form already; a change after %(day)s must be reverted first."),
    "took_part_later": _("takes part in a change of %(other)s; that one must be reverted first."),
    "no_heir": _("ends without a successor. Its figures must belong somewhere: say which place takes it over."),
    "not_in_change": _("takes over %(other)s, which this change does not name."),
    "successor_ends": _("takes over another place, but ends itself."),
    "share_sum": _("has successors whose shares add up to %(other)s, not to 1, or of which only some have a share."),
    "share_back_sum": _("has predecessors whose shares add up to %(other)s, not to 1, or of which only some have one."),
    "code_taken": _("can't have this code: %(other)s carries it on %(day)s or later."),
    "code_twice": _("can't have this code: this change gives it to %(other)s too."),
    "no_county": _("would lie in no county. Say which county, or which township in one, it belongs to."),
    "nowhere": _("ends with the county it lies in, and no place takes either over. Say which one does."),
    "left_behind": _("would belong to %(other)s, which stands no longer. Say what it belongs to from %(day)s on."),
    "parent_not_there": _("would belong to %(other)s, which does not stand all that time."),
    "changed_since": _("was changed again since. That later change must be reverted first."),
    "code_taken_since": _("had a code that %(other)s has been given since."),
    "succeeded_since": _("was taken over by other places since (%(other)s)."),
    "leaned_on": _("can't be taken back: %(other)s."),
}


@dataclass(frozen=True)
class Problem:
    """One reason why a change can't be applied or reverted. `kind` is a key of the words above."""

    kind: str
    code: str
    name: str
    other: str = ""
    day: dt.date | None = None

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Told:
        """The same, to be kept."""
        day = self.day.isoformat() if self.day else "–"
        return joined(": ", [f"{self.code} {self.name}", told(WORDS[self.kind], other=self.other or "–", day=day)])


class ChangeRefused(Exception):
    """A change that can't be applied or reverted as it stands; `problems` tells why, place by place."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


def ask(cursor: CursorWrapper, name: str, values: Mapping[str, Any]) -> list[Problem]:
    """Return the problems that one of the checking statements finds."""
    cursor.execute(statement(name), values)
    return [Problem(kind, code or "", label or "", other or "", day) for kind, code, label, other, day in cursor]
