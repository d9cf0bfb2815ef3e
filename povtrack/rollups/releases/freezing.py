"""Freezing the totals of a release: in one transaction, which sees all of them at one instant."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.db import connection
from django.utils import timezone

from povtrack.lib.csvanswers import Sent, write_table
from povtrack.lib.instants import one_instant
from povtrack.lib.replica.reading import needs_primary
from povtrack.rollups import recompute
from povtrack.rollups.releases.models import Release, ReleasedTotal
from povtrack.rollups.releases.rows import COLUMNS, Scope, standing
from programmes.models import DirtyCell

# Marks a job for whoever asks how far it is: the database shows it at once, and no longer than the job lives.
_JOB = "povtrack release"
BATCHES = 20
_TO_BEGIN = dt.timedelta(seconds=10)  # what a job may take to begin before anyone is told that none is at it
_LOCK = 0x52454C  # beside the id of the release
# Of each figure: the total of all that was submitted and of what was approved, and how many gave it.
STAGES = {"": "submitted", "_approved": "approved", "_filled": "gave_submitted", "_filled_approved": "gave_approved"}
HEADING = (
    "programme", "year", "basis", "breakdown", "level", "area", "code", "name", "name_latin", "figure",
    *STAGES.values(),
)  # fmt: skip


def freeze(pk: int) -> bool:
    """Freeze the totals of a release; return False where that is done, or another job is at it.

    All in one transaction: a job that breaks off has done nothing. What waits to be counted in is counted in first; of
    what comes meanwhile the release says how much it was.
    """
    if not Release.objects.filter(pk=pk, state=Release.State.WAITING).exists():
        return False
    _count_in()
    settled = _settled_at()
    with one_instant(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s), clock_timestamp()", [_LOCK, pk])
        is_alone, known_at = cursor.fetchone()
        release = Release.objects.select_related("area").filter(pk=pk, state=Release.State.WAITING).first()
        if not is_alone or release is None:
            return False
        scope = Scope.of(release)
        _copy(cursor, release, scope)
        sent = table_of(release, _Nowhere())
        marks = DirtyCell.objects.filter(programme__in=release.programmes, year__in=release.years)
        release.known_at, release.settled_at, release.pending = known_at, settled, marks.count()
        release.boundaries_on = timezone.localdate(known_at)
        release.rows, release.sha256 = release.totals.count(), sent.sha256
        release.state = Release.State.FROZEN
        release.save()
    return True


def _count_in() -> None:
    """Recompute what is dirty; where edits come all the time it is never all, and the release says how much is not."""
    for _batch in range(BATCHES):
        if not recompute.drain_batch():
            return


def _settled_at() -> dt.datetime:
    """A moment before which no write began that could still be under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            # One that has written nothing in its first minute only reads: a backup, a proof.
            "SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            " AND (backend_xid IS NOT NULL OR xact_start > clock_timestamp() - interval '1 minute')"
        )
        settled: dt.datetime = cursor.fetchone()[0]
    return settled


def _copy(cursor: Any, release: Release, scope: Scope) -> None:
    """Copy the totals, one statement a programme."""
    models = scope.models()
    for done, model in enumerate(models):
        cursor.execute(f"SET LOCAL application_name = '{_JOB} {int(release.pk)}: {done}/{len(models) + 1}'")
        cursor.execute(
            f"INSERT INTO {ReleasedTotal._meta.db_table} (release_id, {COLUMNS})"
            f" SELECT %(release)s, {COLUMNS} FROM ({standing(model)}) AS now"
            ' ORDER BY year, basis, breakdown, level, code COLLATE "C", area_id',
            {**scope.values(), "release": release.pk},
        )
    cursor.execute(f"SET LOCAL application_name = '{_JOB} {int(release.pk)}: {len(models)}/{len(models) + 1}'")


def progress_of(pk: int) -> tuple[int, int] | None:
    """How far the job of a release is: done, of; None where no job is at it."""
    needs_primary("its sessions tell how far a job is")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT split_part(application_name, ': ', 2) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE %s",
            [f"{_JOB} {int(pk)}: %"],
        )
        found = cursor.fetchone()
    if not found or "/" not in found[0]:
        return None
    done, total = found[0].split("/")
    return int(done), int(total)


def seems_lost(release: Release, progress: tuple[int, int] | None) -> bool:
    """Tell whether no job is at a release that waits, though one has had the time to begin."""
    return not release.is_frozen and progress is None and timezone.now() - release.drafted_at > _TO_BEGIN


class _Nowhere(BytesIO):
    """Takes a file that is only summed."""

    def write(self, data: Any) -> int:
        return len(data)


def table_of(release: Release, file: Any, rows: Any = None) -> Sent:
    """Write the rows of a release as CSV, one line a figure; of all rows the sum is the release's."""
    chosen = release.totals.all() if rows is None else rows
    return write_table(file, HEADING, lines_of(chosen), bom=True)


def lines_of(rows: Any) -> Iterator[list[Any]]:
    """The lines of the file: made of what is frozen alone, so that they are the same for ever."""
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        start = [row.programme, row.year, row.basis, row.breakdown, row.level, row.area_id]
        names = [row.code, row.name, row.name_latin]
        for figure, values in sorted(_by_figure(row.figures).items()):
            yield [*start, *names, figure, *(values.get(stage) for stage in STAGES)]


def _by_figure(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Frozen figures by name and stage."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for column, value in figures.items():
        name, is_approved = column.removesuffix("_approved"), column.endswith("_approved")
        figure, is_filled = name.removesuffix("_filled"), name.endswith("_filled")
        found[figure]["_filled" * is_filled + "_approved" * is_approved] = value
    return found
