"""Judging the staged rows together and against the registry. Nothing of the registry is touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from villages.imports.findings import Finding, Verdict
from villages.imports.job import Job
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


def compare(job: Job) -> None:
    """Fill the tables `list_plan` and `list_gone` from `list_row`, and tell all that needs an eye."""
    cursor = job.cursor
    with job.steps.step(_("Checking the list")):
        cursor.execute(statement("import_standing"), {"vintage": job.request.vintage})
        _tell_repeated(job)
        _tell_orphans(job)
    with job.steps.step(_("Comparing with the registry")):
        cursor.execute(statement("import_compare"))
        cursor.execute("ANALYZE list_plan; SELECT EXISTS (SELECT FROM standing WHERE level > 0)")
        if cursor.fetchone()[0]:
            _hold(job)
        _find_gone(job)
        _tally(job)
        _tell_details(job)


def _tell_repeated(job: Job) -> None:
    files = job.file_names
    job.cursor.execute(statement("import_repeated"))
    for level, file, line, code, name, differing, first_file, first_line in _rows(job.cursor):
        words = {"file": files[first_file], "line": first_line}
        if differing:
            reason = _("This code has rows that differ in name or parent, the first on line %(line)s of %(file)s.")
        else:
            reason = _("The same row stands before, on line %(line)s of %(file)s.")
        job.findings.add(Finding(Verdict.REJECTED, level, files[file], line, "code", f"{code} {name}", reason % words))


def _tell_orphans(job: Job) -> None:
    files = job.file_names
    # From the top down, so that what hangs under a rejected row is rejected with it and not written without a parent.
    for below in list(Level)[1:]:
        job.cursor.execute(statement("import_orphans"), {"level": below.value})
        for level, file, line, parent, name, parent_rejected, not_above in _rows(job.cursor):
            if parent_rejected:
                reason = _("The place it belongs to was itself rejected.")
            elif not_above:
                reason = _("The place it belongs to is not of a higher level.")
            else:
                reason = _("The place it belongs to is neither in these files nor in the registry.")
            value = f"{parent} ({name})"
            job.findings.add(Finding(Verdict.REJECTED, level, files[file], line, "parent", value, reason))


def _hold(job: Job) -> None:
    for level in Level:
        job.cursor.execute(statement("import_hold"), {"level": level.value, "since": job.request.since})


def _find_gone(job: Job) -> None:
    cursor, left_out = job.cursor, list(job.source.left_out_kinds)
    cursor.execute(statement("import_start_gone"))
    # Levels that the list does not cover are none of its business, not even below what is gone.
    cursor.execute("SELECT DISTINCT level FROM list_row WHERE level > 0 ORDER BY level")
    for (level,) in cursor.fetchall():
        cursor.execute(statement("import_gone"), {"level": level, "left_out": left_out})


def _tally(job: Job) -> None:
    """Count what needs no eye; all else is counted as it is told."""
    job.cursor.execute(statement("import_tally"))
    for level, outcome, count in job.cursor.fetchall():
        if outcome in {"new", "same"}:
            job.findings.counts[level, _VERDICTS[outcome]] += count


def _tell_details(job: Job) -> None:
    files, reasons = job.file_names, _reasons()
    job.cursor.execute(statement("import_details"))
    for outcome, level, file, line, code, name, parent, old_name, old_parent in _rows(job.cursor):
        words = {"parent": parent, "old_name": old_name, "old_parent": old_parent}
        verdict = _VERDICTS.get(outcome, Verdict.REVIEW)
        where = files[file] if file is not None else ""
        job.findings.add(Finding(verdict, level, where, line, "code", f"{code} {name}", reasons[outcome] % words))


def _reasons() -> dict[str, str]:
    """Why each outcome needs an eye, in the reader's language."""
    return {
        "renamed": _("Called “%(old_name)s” until now."),
        "moved": _("Belongs to %(parent)s in the list and to %(old_parent)s in the registry. Not changed."),
        "other": _("The registry calls this code “%(old_name)s”; probably another place. Not changed."),
        "level": _("The registry has “%(old_name)s” of another level under this code. Not changed."),
        "held": _("New, but the place it belongs to waits for review. Not added."),
        "taken": _("New, but another place carries this code on a later day. Not added."),
        "early": _("New, but the place it belongs to did not exist yet on the first day asked for. Not added."),
        "gone": _("In the registry but not in the list. Not ended."),
        "kind": _("Its kind is “%(parent)s” in the list and “%(old_name)s” in the registry. Not changed."),
    }


def _rows(cursor: CursorWrapper) -> Iterator[tuple[Any, ...]]:
    while block := cursor.fetchmany(5000):
        yield from block
