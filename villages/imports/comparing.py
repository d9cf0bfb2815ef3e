"""Judging the staged rows together and against the registry. Nothing of the registry is touched.

A row is the place that carries its code until now, if the names begin alike. What is left on both sides is matched
from the top down, so that a county with a new code brings its townships along: by what the code adds to the parent's,
by name in the same place, by name in the place above that. Only what stands once on either side is matched; the rest is
new, gone, or a code that may have passed to another place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from villages.imports.findings import Finding, Verdict
from villages.imports.job import Job
from villages.levels import Level
from villages.models import AreaVersion
from villages.sql import statement

VERDICTS = {
    "new": Verdict.NEW,
    "same": Verdict.SAME,
    "renamed": Verdict.RENAMED,
    "moved": Verdict.MOVED,
    "recoded": Verdict.RECODED,
    "other": Verdict.OTHER,
    "level": Verdict.OTHER,
    "gone": Verdict.GONE,
}
# By which place and which word rows and lost places are matched, and what that says. The surest come first.
_PASSES = (
    ("up_id", "tail", "code_end"),
    ("up_id", "name", "name_here"),
    ("up_id", "stem", "stem_here"),
    ("top_id", "name", "name_near"),
    ("top_id", "stem", "stem_near"),
)


def compare(job: Job) -> None:
    """Fill the tables `list_plan` and `list_gone` from `list_row`, and tell all that needs an eye."""
    cursor = job.cursor
    with job.steps.step(_("Checking the list")):
        cursor.execute(statement("import_standing"), {"vintage": job.request.vintage})
        _step_over_placeholders(job)
        _tell_repeated(job)
        _tell_orphans(job)
        _tell_skipped_levels(job)
    with job.steps.step(_("Comparing with the registry"), len(Level)) as step:
        cursor.execute(statement("import_plan"))
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM standing WHERE level > 0), array_agg(DISTINCT level) FROM list_row"
        )
        empty, covered = cursor.fetchone()
        for level in Level:
            _compare_level(job, level, is_empty=empty, is_covered=level > Level.NATION and level in covered)
            step.to(level + 1)
        cursor.execute(statement("import_evidence"))
        _tally(job)
        _tell_details(job)


def _compare_level(job: Job, level: Level, *, is_empty: bool, is_covered: bool) -> None:
    """Judge the rows of one level. What the list does not cover is none of its business: none of that is gone."""
    cursor = job.cursor
    values: dict[str, Any] = {
        "level": level.value,
        "tails": job.source.name_tails.get(level, "^$"),
        "left_out": list(job.source.left_out_kinds),
        "since": job.request.since,
        "vintage": job.request.vintage,
        "empty": is_empty,
        "covered": is_covered,
    }
    cursor.execute(statement("import_level"), values)
    cursor.execute("ANALYZE list_plan")
    cursor.execute(statement("import_lost"), values)
    for place, word, evidence in _PASSES:
        cursor.execute(statement("import_pair").format(place=place, word=word), {"evidence": evidence})
    cursor.execute(statement("import_settle"), values)


def _step_over_placeholders(job: Job) -> None:
    pattern, length = job.source.placeholders
    if pattern:
        job.cursor.execute(statement("import_between"), {"placeholders": pattern, "length": length})


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
        rows = list(_rows(job.cursor))
        known = _known_otherwise(job, {row[3] for row in rows})
        for level, file, line, parent, name, parent_rejected, not_above in rows:
            if parent_rejected:
                reason = _("The place it belongs to was itself rejected.")
            elif not_above:
                reason = _("The place it belongs to is not of a higher level.")
            else:
                reason = _("The place it belongs to is neither in these files nor in the registry.")
                reason = f"{reason} {known.get(parent, '')}".strip()
            value = f"{parent} ({name})"
            job.findings.add(Finding(Verdict.REJECTED, level, files[file], line, "parent", value, reason))


def _known_otherwise(job: Job, codes: set[str]) -> dict[str, str]:
    """What to say of codes that no place carries on the day of the list, but one does on some other day."""
    known: dict[str, str] = {}
    for version in AreaVersion.objects.filter(code__in=codes).order_by("code", "valid"):
        since, until = version.valid.lower, version.valid.upper
        if since > job.request.vintage:
            day, words = since, _("The registry has %(place)s only from %(day)s on; the list may be of a later day.")
        elif until and until <= job.request.vintage:
            day, words = until, _("The registry had %(place)s only until %(day)s; the list may be of an earlier day.")
        else:
            continue
        known.setdefault(version.code, words % {"place": version.name, "day": day.isoformat()})
    return known


def _tell_skipped_levels(job: Job) -> None:
    """Warn of villages that hang under no township, in a country that has townships."""
    files = job.file_names
    job.cursor.execute(statement("import_skipped"), {"village": Level.VILLAGE.value, "township": Level.TOWNSHIP.value})
    for file, line, parent, name, above in _rows(job.cursor):
        words = {"above": Level(above).word, "between": Level.TOWNSHIP.word}
        reason = _("It belongs to a %(above)s directly, with no %(between)s between.") % words
        job.findings.add(
            Finding(Verdict.WARNING, Level.VILLAGE, files[file], line, "parent", f"{parent} ({name})", reason)
        )


def _tally(job: Job) -> None:
    """Count what became of the rows, and of those that need no eye also how many are first knowledge."""
    job.cursor.execute(statement("import_tally"))
    for level, outcome, is_first, count in job.cursor.fetchall():
        job.findings.counts[level, VERDICTS[outcome]] += count
        if is_first:
            job.findings.first += count
        elif outcome != "same":
            job.findings.differing += count


def _tell_details(job: Job) -> None:
    """Tell the differences one by one to whoever wants them all, or else a few of each kind as examples."""
    files, reasons, findings = job.file_names, _reasons(), job.findings
    job.cursor.execute(statement("import_details"), {"wanted": findings.wanted})
    for outcome, level, file, line, code, name, parent, old_code, old_name, old_parent in _rows(job.cursor):
        words = {"code": code, "parent": parent, "old_code": old_code, "old_name": old_name, "old_parent": old_parent}
        where = files[file] if file is not None else ""
        finding = Finding(
            VERDICTS.get(outcome, Verdict.WARNING),
            level,
            where,
            line,
            "code",
            f"{code} {name}",
            reasons[outcome] % words,
        )
        findings.add(finding) if finding.verdict == Verdict.WARNING else findings.show(finding)


def _reasons() -> dict[str, str]:
    """Why each outcome needs an eye, in the reader's language."""
    return {
        "renamed": _("Called “%(old_name)s” until now."),
        "recoded": _("“%(old_name)s” had the code %(old_code)s until now."),
        "moved": _(
            "Belongs to %(parent)s in the list; “%(old_name)s” (%(old_code)s) belongs to %(old_parent)s until now."
        ),
        "other": _("The registry calls this code “%(old_name)s”; probably another place."),
        "level": _("The registry has “%(old_name)s” of another level under this code."),
        "new": _("Not in the registry until now."),
        "gone": _("In the registry but not in the list."),
        "kind": _("Its kind is “%(parent)s” in the list and “%(old_name)s” in the registry. Not changed."),
    }


def _rows(cursor: CursorWrapper) -> Iterator[tuple[Any, ...]]:
    while block := cursor.fetchmany(5000):
        yield from block
