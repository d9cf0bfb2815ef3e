"""A file of 10,000 rows, every figure of every row changed: read, judged, saved, in a table of 300,000 records."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import xlsxwriter
from django.db import connection, transaction
from rich.console import Console

from benchmarks.nation import make_clerk, make_places, make_records, make_rounds
from benchmarks.timing import milliseconds, ratio, side_by_side
from povtrack.lib.progress import print_table
from programmes.actions import uploads
from programmes.catalogue.dew import DewRecord
from programmes.models import Upload, UploadRow
from programmes.sheets.content import Content
from programmes.sheets.reading import read_sheets
from programmes.sheets.template import template_workbook
from villages.levels import Level
from villages.models import Area, Placement

YEAR, ROWS = 2005, 10_000
NAMES = [m.name for m in DewRecord.measures()]
TYPED = ", ".join(f"{m.name} {m.sql_type}" for m in DewRecord.measures())
LISTED = ", ".join(NAMES)

# What a careful person would write for this one table: codes resolved, no checks but the constraints, no rules.
STATEMENT = f"""
    INSERT INTO programmes_dewrecord AS r (area_id, year, county_id, township_id, state, nil, note, version, entered_at,
        entered_by_id, {LISTED})
    SELECT v.area_id, 2005, p.county_id, p.township_id, 'draft', false, '', 1, now(), %(by)s,
        {", ".join(f"i.{name}" for name in NAMES)}
    FROM incoming i
    JOIN villages_areaversion v ON v.code = i.code AND v.valid @> '2005-12-31'::date
    JOIN villages_placement p ON p.area_id = v.area_id AND p.valid @> '2005-12-31'::date
    ON CONFLICT (area_id, year, breakdown) DO UPDATE SET state = 'draft', version = r.version + 1, entered_at = now(),
        entered_by_id = excluded.entered_by_id, submitted_at = NULL, submitted_by_id = NULL,
        {", ".join(f"{name} = excluded.{name}" for name in NAMES)}
    WHERE r.state NOT IN ('confirmed', 'approved')
"""


def run(console: Console) -> None:
    make_places()
    user = make_clerk()
    make_records(300_000, user)
    make_rounds()
    DewRecord.objects.filter(year=YEAR).update(
        state="draft", submitted_at=None, submitted_by=None, approved_at=None, approved_by=None
    )
    county = Area.objects.filter(level=Level.COUNTY).order_by("pk")[0]
    ids = list(
        Placement.objects.filter(level=Level.VILLAGE).order_by("area_id").values_list("area_id", flat=True)[:ROWS]
    )
    Placement.objects.filter(area__in=ids).update(county=county)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programmes_dirtycell")
        cursor.execute("VACUUM ANALYZE programmes_dewrecord")
        cursor.execute("VACUUM ANALYZE villages_placement")
    batch = Batch(county, ids, user)
    limit = "COPY to a staging table, one statement (limit)"
    ways = {
        limit: batch.statement,
        "povtrack: read the workbook alone": batch.parse,
        "povtrack: read, match, judge, keep the preview": batch.read,
        "povtrack: save what was looked at": batch.save,
    }
    seconds = side_by_side(ways, rounds=3, before=batch.change)
    seconds["of which in the database"] = statistics.median(batch.in_database)
    print_table(
        console,
        f"A file of {ROWS:,} rows x 10 figures (goal: saving at most 1.5 times the limit)",
        ["way", "ms", "x limit"],
        [[name, milliseconds(s), ratio(s, seconds[limit])] for name, s in seconds.items()],
    )
    start = time.perf_counter()
    township = Area.objects.filter(level=Level.COUNTY).order_by("-pk")[0]
    content = Content.of(DewRecord, YEAR, township, township.code)
    content = Content(content.model, YEAR, county, county.code, (content.rows * 300)[:300], content.keys)
    template_workbook(content)
    console.print(f"template of 300 villages: {milliseconds(time.perf_counter() - start)} ms")


class Batch:
    """10,000 rows whose figures all change before each way, as a workbook, as text for COPY, and as an upload."""

    def __init__(self, county: Area, ids: list[int], user: Any) -> None:
        self.county, self.user, self.turn = county, user, 0
        self.codes = dict(Area.objects.filter(pk__in=ids).values_list("pk", "code"))
        self.rows: list[list[Any]] = []
        self.workbook, self.text = b"", ""
        self.upload = Upload()
        self.in_database: list[float] = []

    def change(self) -> None:
        # The worker's job, not the saving person's: a queue that grows would slow the later rounds.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM programmes_dirtycell")
        Upload.objects.all().delete()
        self.turn += 7
        trained = 30 + self.turn % 60  # never the same twice in a row, or nothing would change
        scale = {"pay_before": 10, "pay_after": 20, "subsidy": 600, "spent": 701}
        self.rows = [
            [code, trained + n % 10, *((trained // 2 + n % 5) * scale.get(name, 1) for name in NAMES[1:])]
            for n, code in enumerate(self.codes.values())
        ]
        self.text = "".join("\t".join(map(str, row)) + "\n" for row in self.rows)
        self.workbook = self._workbook()
        with transaction.atomic():
            self.upload = uploads.take_upload(
                DewRecord, year=YEAR, area=self.county, code=self.county.code, file_name="figures.xlsx",
                content=self.workbook, by=self.user,
            )  # fmt: skip
            connection.run_on_commit.clear()
        self.read()
        with transaction.atomic():
            uploads.ask_save(pk=self.upload.pk, mode="all", by=self.user)
            connection.run_on_commit.clear()

    def _workbook(self) -> bytes:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Code", *NAMES])
        for number, row in enumerate(self.rows, 1):
            sheet.write_row(number, 0, row)
        book.close()
        return buffer.getvalue()

    def statement(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE incoming (code text, {TYPED}) ON COMMIT DROP")
            cursor.copy_expert("COPY incoming FROM STDIN", io.StringIO(self.text))
            cursor.execute("ANALYZE incoming")
            cursor.execute(STATEMENT, {"by": self.user.pk})
            assert cursor.rowcount == ROWS

    def parse(self) -> None:
        assert len(read_sheets(self.workbook)[0].rows) == ROWS + 1

    def read(self) -> None:
        Upload.objects.filter(pk=self.upload.pk).update(state=Upload.State.WAITING)
        uploads.read_upload(pk=self.upload.pk)
        assert UploadRow.objects.filter(upload=self.upload, status="accepted").count() == ROWS

    def save(self) -> None:
        spent = 0.0

        def timed(execute: Callable[..., Any], *call: Any) -> Any:
            nonlocal spent
            start = time.perf_counter()
            result = execute(*call)
            spent += time.perf_counter() - start
            return result

        with transaction.atomic(), connection.execute_wrapper(timed):
            uploads.save_upload(pk=self.upload.pk)
            # Inline recomputing is the worker's work too.
            connection.run_on_commit.clear()
        self.in_database.append(spent)
        self.upload.refresh_from_db()
        assert self.upload.state == Upload.State.SAVED
