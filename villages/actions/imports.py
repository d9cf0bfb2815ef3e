"""Taking a list of places into the registry."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from povtrack.accounts.models import User
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.progress import SilentSteps, Steps
from villages.actions.reviews import EVIDENCE, accept_rows
from villages.imports import SOURCES
from villages.imports.comparing import compare
from villages.imports.findings import Findings, Report, Sink, Verdict
from villages.imports.job import Job, Request
from villages.imports.reading import recognise, stage
from villages.imports.sources import Nation, Source
from villages.imports.staging import stage_review
from villages.imports.writing import lock, write
from villages.levels import Level
from villages.models import AreaVersion, ListReview, RegistryImport
from villages.sql import statement


class ImportRefused(Exception):
    """A list that can be read but not written as it stands; the message says what to do. `report` tells the rest."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


def import_areas(
    *,
    request: Request,
    by: User | None,
    commit: bool = False,
    skip_rejected: bool = False,
    accept: Collection[str] = (),
    others_are: str = EVIDENCE,
    sink: Sink | None = None,
    progress: Steps | None = None,
) -> Report:
    """Take lists of places into the registry, or without `commit` tell what that would do. One transaction.

    What the registry hears of for the first time is written. Where it says something else, the difference is kept as a
    review (`report.review`) and the places stay as they are until somebody decides; differences whose outcome is in
    `accept` ("all" for any) are accepted at once.

    `sink` gets every finding, one by one. Raises FileError for a file that can't be read, and ImportRefused when the
    list has rejected rows (unless `skip_rejected`) or is older than what the registry holds.
    """
    source = recognise(request, SOURCES)
    report = Report(Findings(sink), files=[path.name for path in request.files])
    with transaction.atomic(), connection.cursor() as cursor:
        # Whole lists are joined and sorted; the server's default would do that on disk.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        if commit:
            lock(cursor)
        nation, is_new = _nation(request, source)
        job = Job(request, source, nation, cursor, report.findings, progress or SilentSteps())
        report.passed_over = stage(job)
        if is_new:
            cursor.execute(statement("import_nation"), nation._asdict())
        compare(job)
        if not commit:
            transaction.set_rollback(True)
            return report
        _refuse(request, report, skip_rejected=skip_rejected)
        if report.first:
            write(job, by)
            recompute_after_commit()
        if report.differing:
            _decide(report, stage_review(job, by), job, accept, others_are, by)
        report.committed = True
    return report


def _decide(
    report: Report, review: ListReview, job: Job, accept: Collection[str], others_are: str, by: User | None
) -> None:
    report.review = review.pk
    if accept:
        rows = review.rows.all() if "all" in accept else review.rows.filter(outcome__in=accept)
        with job.steps.step(_("Accepting differences")):
            report.decided = accept_rows(review=review, rows=rows, by=by, as_=others_are)


def _nation(request: Request, source: Source) -> tuple[Nation, bool]:
    """Return the nation that the provinces of the list belong to, and whether it is to be added to the list's rows."""
    standing = AreaVersion.objects.filter(area__level=Level.NATION, valid__contains=request.vintage).first()
    if request.nation:
        return request.nation, True
    if standing:
        return Nation(standing.code, standing.name, standing.name_latin), False
    return source.nation or Nation("", "", ""), source.nation is not None


def _refuse(request: Request, report: Report, *, skip_rejected: bool) -> None:
    """Raise ImportRefused for a list that should not be written."""
    lists = RegistryImport.objects.filter(source__in=SOURCES)
    newest = lists.order_by("-vintage").values_list("vintage", flat=True).first()
    if newest and request.vintage < newest and (report.first or report.differing):
        words = {"vintage": request.vintage, "newest": newest}
        raise ImportRefused(
            _(
                "Nothing was written: this list is of %(vintage)s, and the registry already holds one of %(newest)s. "
                "Lists are imported from the oldest to the newest."
            )
            % words,
            report,
        )
    rejected = report.findings.total(Verdict.REJECTED)
    if rejected and not skip_rejected:
        refusal = ngettext(
            "Nothing was written: %(count)s row is rejected. Mend the file, or give --skip-rejected to leave it out.",
            "Nothing was written: %(count)s rows are rejected. Mend them, or give --skip-rejected to leave them out.",
            rejected,
        )
        raise ImportRefused(refusal % {"count": f"{rejected:,}"}, report)
