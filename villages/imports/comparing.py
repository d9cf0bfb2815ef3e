"""Judging the staged rows together and against the registry. Nothing of the registry is touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.lib.progress import Steps
from villages.imports.findings import Finding, Findings, Verdict
from villages.imports.reading import Request
from villages.imports.sources import Source
from villages.levels import Level
from villages.sql import statement

_VERDICTS = {
    "new": Verdict.NEW,
    "same": Verdict.SAME,
    "renamed": Verdict.RENAMED,
    "moved": Verdict.MOVED,
    "gone": Verdict.GONE,
    "kind": Verdict.WARNING,
}


def compare(cursor: CursorWrapper, request: Request, source: Source, findings: Findings, steps: Steps) -> None:
    """Fill the tables `list_plan` and `list_gone` from `list_row`, and tell all that needs an eye."""
    files = [path.name for path in request.files]
    with steps.step(_("Checking the list")):
        cursor.execute(statement("import_standing"), {"vintage": request.vintage})
        _tell_repeated(cursor, files, findings)
        _tell_orphans(cursor, files, findings)
    with steps.step(_("Comparing with the registry")):
        cursor.execute(statement("import_compare"))
        cursor.execute("ANALYZE list_plan; SELECT EXISTS (SELECT FROM standing WHERE level > 0)")
        if _one(cursor):
            _hold(cursor, request)
        _find_gone(cursor, source)
        _tally(cursor, findings)
        _tell_details(cursor, files, findings)


def _one(cursor: CursorWrapper) -> Any:
    (value,) = cursor.fetchone()
    return value


def _tell_repeated(cursor: CursorWrapper, files: Sequence[str], findings: Findings) -> None:
    cursor.execute(statement("import_repeated"))
    for level, file, line, code, name, differing, first_file, first_line in _rows(cursor):
        words = {"name": name, "file": files[first_file], "line": first_line}
        if differing:
            reason = _("This code stands more than once with different names or parents (first: %(file)s, line %(line)s).")
        else:
            reason = _("The same row stands before: %(file)s, line %(line)s.")
        findings.add(Finding(Verdict.REJECTED, level, files[file], line, "code", f"{code} {name}", reason % words))


def _tell_orphans(cursor: CursorWrapper, files: Sequence[str], findings: Findings) -> None:
    # From the top down, so that what hangs under a rejected row is rejected with it and not written without a parent.
    for below in list(Level)[1:]:
        cursor.execute(statement("import_orphans"), {"level": below.value})
        for level, file, line, parent, name, parent_rejected, not_above in _rows(cursor):
            if parent_rejected:
                reason = _("The place it belongs to was itself rejected.")
            elif not_above:
                reason = _("The place it belongs to is not of a higher level.")
            else:
                reason = _("The place it belongs to is neither in these files nor in the registry.")
            findings.add(Finding(Verdict.REJECTED, level, files[file], line, "parent", f"{parent} ({name})", reason))


def _hold(cursor: CursorWrapper, request: Request) -> None:
    for level in Level:
        cursor.execute(statement("import_hold"), {"level": level.value, "since": request.since})


def _find_gone(cursor: CursorWrapper, source: Source) -> None:
    cursor.execute(statement("import_start_gone"))
    for level in list(Level)[1:]:
        cursor.execute(statement("import_gone"), {"level": level.value, "left_out": list(source.left_out_kinds)})


def _tally(cursor: CursorWrapper, findings: Findings) -> None:
    """Count what needs no eye; all else is counted as it is told."""
    cursor.execute(statement("import_tally"))
    for level, outcome, count in cursor.fetchall():
        if outcome in ("new", "same"):
            findings.counts[level, _VERDICTS[outcome]] += count


def _tell_details(cursor: CursorWrapper, files: Sequence[str], findings: Findings) -> None:
    cursor.execute(statement("import_details"))
    for outcome, level, file, line, code, name, parent, old_name, old_parent in _rows(cursor):
        reason = _reason(outcome) % {
            "name": name, "parent": parent, "old_name": old_name, "old_parent": old_parent, "kind": parent
        }
        verdict = _VERDICTS.get(outcome, Verdict.REVIEW)
        where = files[file] if file is not None else ""
        findings.add(Finding(verdict, level, where, line, "code", f"{code} {name}", reason))


def _reason(outcome: str) -> str:
    return {
        "renamed": _("Called “%(old_name)s” until now."),
        "moved": _("Belongs to %(parent)s in the list and to %(old_parent)s in the registry; not changed."),
        "other": _("The registry calls this code “%(old_name)s”; probably another place. Not changed."),
        "level": _("The registry has “%(old_name)s” of another level under this code. Not changed."),
        "held": _("New, but the place it belongs to waits for review. Not added."),
        "taken": _("New, but another place carries this code on a later day. Not added."),
        "early": _("New, but the place it belongs to was not there all the time since the first day asked for. Not added."),
        "gone": _("In the registry but not in the list. Not ended."),
        "kind": _("The list makes this “%(kind)s”, the registry “%(old_name)s”. Not changed."),
    }[outcome]


def _rows(cursor: CursorWrapper) -> Iterator[tuple[Any, ...]]:
    while block := cursor.fetchmany(5000):
        yield from block
