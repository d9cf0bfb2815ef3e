"""Turning chosen differences of a review into drafts of boundary changes, and telling which can't be, and why.

One change of each kind holds all rows of that kind; all of them are applied together, so that codes may be swapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, gettext_noop

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from villages.changes.checks import WORDS, ChangeRefused
from villages.imports.findings import Decided
from villages.imports.looking import forget_tally
from villages.models import Area, BoundaryChange, ListReview, ListRow
from villages.sql import statement
from villages.told import told

SHOWN = 50  # rows told one by one; all are counted

_KINDS = ("create", "abolish", "recode", "transfer", "rename")
_REASONS: dict[str, str | Promise] = {
    "parent_open": gettext_lazy(
        "The place it belongs to, %(detail)s, is not decided yet. Accept that one first, or both."
    ),
    "parent_refused": gettext_lazy("The place it belongs to, %(detail)s, was refused."),
    "parent_missing": gettext_lazy("The place it belongs to, %(detail)s, does not stand on that day."),
    "parent_fails": gettext_lazy("The place it belongs to, %(detail)s, can't be accepted itself."),
    "parent_ends": gettext_lazy("The place it belongs to, %(detail)s, ends."),
    "changed_since": gettext_lazy(
        "The place was changed since the comparison (now %(detail)s). Import the list again."
    ),
    "later_form": gettext_lazy("The place has a later form already, so it can't end on that day."),
    "began_that_day": gettext_lazy("The place began on that very day, so it can't end on it."),
    "no_heir": gettext_lazy(
        "The list does not say which county takes its territory over. Record the merge or split as a boundary change."
    ),
    "other_level": gettext_lazy("The place is of another level, so it can't be the same."),
    "outside": gettext_lazy("It would belong to %(detail)s, outside the areas whose registry you keep."),
    "code_held": gettext_lazy("Its code is still carried by “%(detail)s”. Decide that one first, or both."),
    "has_children": gettext_lazy("%(detail)s places still belong to it. Decide those first, or together with it."),
    "undecided": gettext_lazy("Half of its name is the same. Say whether it is the same place or another."),
    "by_rule": gettext_lazy("%(detail)s"),
    # Found beforehand, and told as the rules of changes tell it.
    "no_county": WORDS["no_county"],
    "nowhere": WORDS["nowhere"],
}


def pick(cursor: CursorWrapper, review: ListReview, rows: QuerySet[ListRow], *, others: str, by: User | None) -> None:
    """Fill the table `pick` with the open ones among `rows`, and mark those that can't be accepted."""
    sql, values = rows.order_by().values("pk").query.sql_with_params()
    cursor.execute("DROP TABLE IF EXISTS pg_temp.picked")
    cursor.execute(f"CREATE TEMP TABLE picked (id) ON COMMIT DROP AS {sql}", values)
    cursor.execute("ANALYZE picked")
    asked: dict[str, Any] = {
        "review": review.pk,
        "vintage": review.vintage,
        "others": others,
        "roots": _roots(by),
    }
    cursor.execute(statement("review_pick"), asked)
    cursor.execute(statement("review_parents"), asked)
    cursor.execute("ANALYZE pick")
    cursor.execute(statement("review_heirs"), asked)
    _judge(cursor, asked)


def _judge(cursor: CursorWrapper, asked: dict[str, Any]) -> None:
    while True:
        cursor.execute(statement("review_judge"), asked)
        if cursor.rowcount:
            continue
        cursor.execute(statement("review_nowhere"))
        if not cursor.rowcount:
            return


def drop(cursor: CursorWrapper, review: ListReview, refusal: ChangeRefused, by: User | None) -> bool:
    """Mark the rows of the places that a refusal names; return whether there were any."""
    problems = refusal.problems
    named = {
        "codes": [problem.code for problem in problems],
        "names": [problem.name for problem in problems],
        "whys": [str(problem) for problem in problems],
    }
    cursor.execute(statement("review_drop"), named)
    found: int = cursor.rowcount
    if found:
        _judge(cursor, {"review": review.pk, "vintage": review.vintage, "roots": _roots(by)})
    return found > 0


def draft(cursor: CursorWrapper, review: ListReview, by: User | None) -> list[BoundaryChange]:
    """Draft one change of each kind that the rows of `pick` make, and return them."""
    cursor.execute(statement("review_kinds"))
    wanted = dict(zip(_KINDS, cursor.fetchone(), strict=True))
    changes = {
        kind: BoundaryChange.objects.create(
            kind=kind,
            effective=review.vintage,
            day_known=False,
            title=_title(kind, review),
            source=review.source,
            drafted_by=by,
        )
        for kind in _KINDS
        if wanted[kind]
    }
    if changes:
        cursor.execute(statement("review_draft"), {"vintage": review.vintage, **_ids(changes.values())})
    if "abolish" in changes:
        cursor.execute(statement("review_follow"), _ids(changes.values()))
    return list(changes.values())


def keep(cursor: CursorWrapper, review: ListReview, changes: Sequence[BoundaryChange]) -> Decided:
    """Note with the rows what became of them, and tell it."""
    decided = Decided()
    if changes:
        cursor.execute(statement("review_accepted"), _ids(changes))
        decided.accepted = cursor.rowcount
    cursor.execute("SELECT reason, count(*) FROM pick WHERE reason IS NOT NULL GROUP BY reason")
    decided.reasons.update(dict(cursor.fetchall()))
    cursor.execute(
        "SELECT id, concat_ws(' ', coalesce(nullif(code, ''), old_code), coalesce(nullif(name, ''), old_name)),"
        " reason, detail FROM pick WHERE reason IS NOT NULL ORDER BY level, id LIMIT %s",
        [SHOWN],
    )
    decided.rows = [
        (pk, label, str(_REASONS[reason]) % {"detail": why}) for pk, label, reason, why in cursor.fetchall()
    ]
    close(review)
    return decided


def close(review: ListReview) -> None:
    """After a decision: a review with nothing left to decide is done; one with something is open."""
    forget_tally(review)
    left = ListRow.objects.filter(review=review, decision=ListRow.Decision.OPEN).exists()
    state = ListReview.State.OPEN if left else ListReview.State.DONE
    if review.state != state:
        review.state = state
        review.save(update_fields=["state"])


def _ids(changes: Any) -> dict[str, int | None]:
    ids: dict[str, int | None] = dict.fromkeys(_KINDS)
    return ids | {change.kind: change.pk for change in changes}


def _title(kind: str, review: ListReview) -> str:
    return told(
        gettext_noop("%(kind)s, by the list of %(day)s (%(list)s)"),
        kind=BoundaryChange.Kind(kind).label,
        list=review.source.file_name,
        day=review.vintage.isoformat(),
    )


def _roots(by: User | None) -> list[str] | None:
    """The paths in which `by` keeps the registry; None for everything."""
    if by is None or by.is_superuser:
        return None
    return list(Area.objects.filter(pk__in=by.area_ids(Ability.KEEP_REGISTRY)).values_list("path", flat=True))
