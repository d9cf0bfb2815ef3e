"""Writing changes: set-based, any number of rows, all in the transaction of the caller.

Changes that are applied together are written together, so that two places may swap their codes. The order matters:
old forms are cut before new ones are written, because no two places carry a code at once; successions are written
before placements, because figures of places that end follow their successors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from villages import derive
from villages.changes import pointers
from villages.changes.checks import ChangeRefused, Problem, ask
from villages.changes.leaning import leaning
from villages.models import BoundaryChange
from villages.sql import statement

# A change of more places than this leaves the planner with a wrong picture of the registry, such as that hardly any
# place has ended; and others plan by it until the server looks for itself.
MANY = 10_000


def write(cursor: CursorWrapper, changes: Sequence[BoundaryChange]) -> None:
    """Write forms, successions and all that is derived; raises ChangeRefused and leaves the rest to the transaction."""
    values = {"changes": [change.pk for change in changes]}
    cursor.execute(statement("change_start"), values)
    _refuse(ask(cursor, "change_check_rows", values))
    cursor.execute(statement("change_new_areas"))
    cursor.execute(statement("change_forms"))
    cursor.execute(statement("change_cut"))
    _refuse(ask(cursor, "change_check_codes", values))
    cursor.execute(statement("change_write"), values)
    _refuse(ask(cursor, "change_check_parents", values))
    cursor.execute("SELECT area_id FROM change_row")
    touched = [area for (area,) in cursor.fetchall()]
    derive.rebuild_areas(touched, cursor, between=lambda: cursor.execute(statement("change_shares"), values))
    _analyse(cursor, len(touched))
    _refuse(ask(cursor, "change_check_counties", {}))


def take_back(
    cursor: CursorWrapper, changes: Sequence[BoundaryChange], *, before_forgetting: Callable[[], object]
) -> None:
    """Put back what stood before applied changes; raises ChangeRefused while something else leans on them.

    Several were applied together, so that each place stands in one of them only; how they lean on each other does not
    matter. `before_forgetting` is called before the places that they made are looked at for what leans on them.
    """
    values = {"changes": [change.pk for change in changes]}
    cursor.execute(statement("revert_start"), values)
    _refuse([_later(problem, row) for problem, row in _revert_findings(cursor, values)])
    cursor.execute("SELECT area_id, is_new FROM change_row")
    rows = cursor.fetchall()
    made = [area for area, is_new in rows if is_new]
    with pointers.indexed(cursor, len(made)):
        cursor.execute(statement("revert_write"), values)
        _refuse(ask(cursor, "change_check_parents", values))
        derive.rebuild_areas([area for area, _new in rows], cursor)
        _analyse(cursor, len(rows))
        _refuse(ask(cursor, "change_check_counties", {}))
        before_forgetting()
        if made:
            _refuse(leaning(changes, made))
            cursor.execute(statement("revert_forget"), values)
        else:
            cursor.execute("UPDATE villages_changedarea SET made = NULL WHERE change_id = ANY (%(changes)s)", values)


def _analyse(cursor: CursorWrapper, places: int) -> None:
    if places > MANY:
        cursor.execute(
            "ANALYZE villages_area, villages_areaversion, villages_placement, villages_currentplacement,"
            " villages_succession, villages_changedarea"
        )


def _revert_findings(cursor: CursorWrapper, values: dict[str, list[int]]) -> list[tuple[Problem, int | None]]:
    cursor.execute(statement("revert_check"), values)
    return [(Problem(kind, code, name, other or ""), later) for kind, code, name, other, later in cursor.fetchall()]


def _later(problem: Problem, later: int | None) -> Problem:
    """Name the change that came later."""
    if problem.kind == "succeeded_since":
        later = int(problem.other)
    elif problem.kind != "changed_since" or later is None:
        return problem
    return Problem(problem.kind, problem.code, problem.name, str(BoundaryChange.objects.get(pk=later)))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ChangeRefused(_("The change can't be made as it stands."), problems)
