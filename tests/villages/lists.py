"""Small hand-made lists in the layouts of the real ones, written to files."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command

from villages.actions import import_areas
from villages.actions.reviews import EVIDENCE, accept_rows
from villages.imports import Finding, Report, Verdict
from villages.imports.findings import Decided
from villages.imports.job import Request
from villages.models import (
    Area,
    AreaVersion,
    BoundaryChange,
    ListReview,
    ListRow,
    Placement,
    RegistryImport,
)

VINTAGE = dt.date(2023, 6, 30)
LATER = dt.date(2024, 6, 30)

PROVINCES = [("code", "name"), ("52", "贵州省")]
CITIES = [("code", "name", "provinceCode"), ("5205", "毕节市", "52")]
AREAS = [("code", "name", "cityCode", "provinceCode"), ("520524", "织金县", "5205", "52")]
STREETS = [
    ("code", "name", "areaCode", "provinceCode", "cityCode"),
    ("520524001", "双堰街道", "520524", "52", "5205"),
    ("520524101", "桂果镇", "520524", "52", "5205"),
]
VILLAGES = [
    ("code", "name", "streetCode", "provinceCode", "cityCode", "areaCode"),
    ("520524001001", "星秀社区居民委员会", "520524001", "52", "5205", "520524"),
    ("520524001209", "干河村村民委员会", "520524001", "52", "5205", "520524"),
    ("520524101212", "新华村村民委员会", "520524101", "52", "5205", "520524"),
]
LEVELS = {"provinces": PROVINCES, "cities": CITIES, "areas": AREAS, "streets": STREETS, "villages": VILLAGES}

# A placement that is derived anew is a new row that says the same.
_PLACED = [field.attname for field in Placement._meta.concrete_fields if not field.primary_key]

Table = Sequence[Sequence[str]]


def text_of(table: Table) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(table)
    return buffer.getvalue()


def write(folder: Path, name: str, table: Table) -> Path:
    path = folder / name
    data = text_of(table).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def write_all(folder: Path, **changed: Table) -> list[Path]:
    """Write the five files, with the given tables instead of the usual ones."""
    folder.mkdir(exist_ok=True)
    return [write(folder, f"{name}.csv", table) for name, table in {**LEVELS, **changed}.items()]


def with_rows(name: str, *rows: Sequence[str]) -> Table:
    """The usual table with rows added at its end."""
    return [*LEVELS[name], *rows]


def replaced(table: str, code: str, /, **cells: str) -> Table:
    """The usual table with some cells of one row changed."""
    header = LEVELS[table][0]
    return [
        [cells.get(head, cell) for head, cell in zip(header, row, strict=True)] if row[0] == code else row
        for row in LEVELS[table]
    ]


def without(name: str, *codes: str) -> Table:
    return [row for row in LEVELS[name] if row[0] not in codes]


def village(code: str, name: str) -> Sequence[str]:
    return (code, name, code[:9], code[:2], code[:4], code[:6])


def run(files: Sequence[Path], **options: Any) -> tuple[Report, list[Finding]]:
    """Import, and return the report with all findings. Commits unless told otherwise."""
    found: list[Finding] = []
    asked = {key: options.pop(key) for key in ("source", "nation", "encoding") if key in options}
    vintage = options.pop("vintage", VINTAGE)
    request = Request(files, vintage, options.pop("since", vintage), **asked)
    report = import_areas(request=request, by=None, sink=found.append, **{"commit": True, **options})
    return report, found


def command(*arguments: object, **options: Any) -> None:
    call_command("import_areas", *(str(argument) for argument in arguments), **options)


def told(found: Sequence[Finding], verdict: Verdict) -> list[tuple[str, int | None, str, str]]:
    """(file, line, column, value) of the findings of one verdict."""
    return [(one.file, one.line, one.column, one.value) for one in found if one.verdict == verdict]


def places() -> tuple[list[Any], ...]:
    """The places of the registry with their forms and placements, to compare before and after."""
    placements = Placement.objects.order_by("area", "valid").values_list(*_PLACED)
    return (*(list(model.objects.order_by("pk").values_list()) for model in (Area, AreaVersion)), list(placements))


def registry() -> tuple[list[Any], ...]:
    """Everything that an import may write, to compare before and after."""
    models = (RegistryImport, ListReview, ListRow, BoundaryChange)
    return (*places(), *(list(model.objects.order_by("pk").values_list()) for model in models))


def staged(report: Report) -> list[tuple[str, str, str]]:
    """(outcome, code, code until now) of the differences that an import kept for review, in order."""
    rows = ListRow.objects.filter(review=report.review).order_by("outcome", "code", "old_code")
    return list(rows.values_list("outcome", "code", "old_code"))


def refuses(kind: type[Exception], act: Callable[[], object]) -> Exception:
    """Do what must be refused, check that nothing was written, and return the refusal."""
    before = registry()
    try:
        act()
    except kind as error:
        assert registry() == before
        return error
    raise AssertionError("nothing was refused")


def names_of(area: Area) -> list[tuple[str, dt.date, dt.date | None]]:
    """The names of an area's versions with their first and last day, oldest first."""
    versions = AreaVersion.objects.filter(area=area).order_by("valid")
    return [(version.name, version.valid.lower, version.valid.upper) for version in versions]


# The same with a second county.
WIDER = {
    **LEVELS,
    "areas": [*AREAS, ("520525", "纳雍县", "5205", "52")],
    "streets": [*STREETS, ("520525100", "雍熙镇", "520525", "52", "5205")],
    "villages": [*VILLAGES, village("520525100201", "白岩村村民委员会")],
}


def lines(name: str, *left_out: str, more: Sequence[Sequence[str]] = ()) -> Table:
    """The wider table without the rows of some codes, and with others."""
    return [row for row in WIDER[name] if row[0] not in left_out] + list(more)


def compared(folder: Path, day: dt.date = LATER, **changed: Table) -> ListReview:
    """Stage a newer list; levels that are not given are as they were."""
    report, _found = run(write_all(folder / f"next-{day}", **{**WIDER, **changed}), vintage=day)
    return ListReview.objects.get(pk=report.review)


def accepted(review: ListReview, as_: str = EVIDENCE, **chosen: Any) -> Decided:
    """Accept the chosen differences of a review, as an operator."""
    return accept_rows(review=review, rows=review.rows.filter(**chosen), by=None, as_=as_)


def area(code: str) -> Area:
    return Area.objects.get(code=code)
