"""Deciding the differences between a list and the registry: accepting, refusing, and taking either back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from villages.actions.changes import apply_changes, revert_changes
from villages.changes.checks import ChangeRefused
from villages.imports import deciding
from villages.imports.findings import Decided
from villages.imports.writing import lock
from villages.models import BoundaryChange, ListReview, ListRow

# What a row of the same code and a quite different name is taken for; by the evidence it is one or the other.
ANOTHER, SAME, EVIDENCE = "another", "same", "evidence"
# Each try leaves out what the rules of changes refused; the checks before leave them little to refuse.
_TRIES = 5


def accept_rows(
    *, review: ListReview, rows: QuerySet[ListRow] | Iterable[int], by: User | None, as_: str = EVIDENCE
) -> Decided:
    """Accept the open ones among `rows`, a choice of rows or their ids, in one transaction.

    They become applied boundary changes from the day of the list on, one of each kind. A row that can't be accepted
    (its parent is not, its code is still carried, ...) stays open and is told with the reason; the others are accepted.
    `as_` says what a code with a quite different name is taken for: `ANOTHER` place, the `SAME` under a new name, or
    what the `EVIDENCE` says of each (where it is divided, the row stays open).
    `by` None is an operator at the command line; the rows of anybody else must lie in their areas (`visible_rows`).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Whole lists are joined and sorted; the server's default would do that on disk.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        lock(cursor)
        review = ListReview.objects.select_for_update().get(pk=review.pk)
        deciding.pick(cursor, review, _chosen(review, rows), others=as_, by=by)
        for _try in range(_TRIES):
            try:
                with transaction.atomic():
                    changes = deciding.draft(cursor, review, by)
                    if changes:
                        apply_changes(changes=changes, by=by)
                    return deciding.keep(cursor, review, changes)
            except ChangeRefused as refusal:
                if not deciding.drop(cursor, review, refusal, by):
                    raise
        raise ChangeRefused(_("These rows can't be accepted together. Accept them in smaller parts."))


def refuse_rows(*, review: ListReview, rows: QuerySet[ListRow] | Iterable[int], by: User | None) -> int:
    """Refuse the open ones among `rows`: the registry stays as it is. Return how many there were."""
    return _decide(review, rows, ListRow.Decision.OPEN, ListRow.Decision.REFUSED)


def reopen_rows(*, review: ListReview, rows: QuerySet[ListRow] | Iterable[int], by: User | None) -> int:
    """Make the refused ones among `rows` open again. Return how many there were."""
    return _decide(review, rows, ListRow.Decision.REFUSED, ListRow.Decision.OPEN)


def undo_acceptance(*, review: ListReview, change: BoundaryChange, by: User | None) -> int:
    """Take back all that was accepted together with `change`; its rows are open again. Return how many they are.

    Raises ChangeRefused, and changes nothing, while something later leans on it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order of all who write the registry: first it, then the review.
        lock(cursor)
        review = ListReview.objects.select_for_update().get(pk=review.pk)
        batch = list(
            BoundaryChange.objects.filter(
                source=review.source, applied_at=change.applied_at, state=BoundaryChange.State.APPLIED
            )
        )
        if change.source_id != review.source_id or not batch:
            raise ChangeRefused(_("This was not accepted from this list, or was taken back already."))
        revert_changes(changes=batch, by=by)
        rows = ListRow.objects.filter(review=review, change__in=batch)
        count: int = rows.update(decision=ListRow.Decision.OPEN, change=None)
        deciding.close(review)
    return count


def _decide(review: ListReview, rows: QuerySet[ListRow] | Iterable[int], before: str, after: str) -> int:
    with transaction.atomic():
        review = ListReview.objects.select_for_update().get(pk=review.pk)
        count: int = _chosen(review, rows).filter(decision=before).order_by().update(decision=after)
        deciding.close(review)
    return count


def _chosen(review: ListReview, rows: QuerySet[ListRow] | Iterable[int]) -> QuerySet[ListRow]:
    chosen = rows if isinstance(rows, QuerySet) else ListRow.objects.filter(pk__in=list(rows))
    return chosen.filter(review=review)
