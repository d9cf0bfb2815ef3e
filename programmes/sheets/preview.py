"""An upload as its page shows it: how many rows of each state, and what each row would change or why it can't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from povtrack.lib.figures import grouped
from programmes.models import Record, Upload, UploadRow
from programmes.models.upload import Doubt
from programmes.sheets.cells import kept_figures
from programmes.sheets.columns import measure_label

Status = UploadRow.Status
# The order in which states are looked at: what needs a person first.
ORDER = (
    Status.REFUSED,
    Status.UNKNOWN,
    Status.CONFLICT,
    Status.LOCKED,
    Status.ACCEPTED,
    Status.SAVED,
    Status.UNCHANGED,
    Status.BLANK,
    Status.TOTAL,
)
DOUBTED = "doubted"
REASON = "reason-"  # begins the name of a field of a reason
_CHIPS = {
    Status.ACCEPTED: ("ok", "✓"),
    Status.SAVED: ("ok", "✓"),
    Status.UNCHANGED: ("", "="),
    Status.REFUSED: ("bad", "✗"),
    Status.UNKNOWN: ("bad", "?"),
    Status.CONFLICT: ("warn", "⇄"),
    Status.LOCKED: ("warn", "✓✓"),
    Status.BLANK: ("", "–"),
    Status.TOTAL: ("", "Σ"),
}


def tabs(counts: Counter[str], doubted: int, chosen: str) -> list[dict[str, Any]]:
    """The states that rows are in, each with its number of rows and the query that shows them."""
    words = {DOUBTED: (_("unlikely?"), doubted)}
    words |= {str(status): (str(status.label), counts[status]) for status in ORDER}
    found = [(value, *words[value]) for value in _known(counts, doubted)]
    return [{"value": v, "word": w, "count": grouped(n), "current": v == chosen} for v, w, n in found]


def chosen_tab(counts: Counter[str], doubted: int, asked: str) -> str:
    """The state whose rows are shown: the one asked for, else the first that needs a person."""
    known = _known(counts, doubted)
    return asked if asked in known else known[0] if known else ""


def _known(counts: Counter[str], doubted: int) -> list[str]:
    """The tabs that there are: what is to be explained comes before what would be saved."""
    known = [str(status) for status in ORDER if counts[status]]
    first = next((at for at, status in enumerate(known) if status == Status.ACCEPTED), len(known))
    return [*known[:first], *([DOUBTED] if doubted else []), *known[first:]]


def rows_in(rows: QuerySet[UploadRow], tab: str) -> QuerySet[UploadRow]:
    """The rows that a tab shows."""
    kept = Status.ACCEPTED if tab == Status.SAVED else tab
    found = doubted_rows(rows) if tab == DOUBTED else rows.filter(status=kept)
    return found.order_by("number")


def doubted_rows(rows: QuerySet[UploadRow]) -> QuerySet[UploadRow]:
    """The rows in which something is unlikely."""
    return rows.filter(status=Status.ACCEPTED).exclude(doubts=[])


def told(model: type[Record], upload: Upload, row: UploadRow) -> dict[str, Any]:
    """One row as the page tells it: faults, changes and doubts as lines of (figure, words)."""
    labels = {measure.name: measure_label(model, measure) for measure in model.measures()}
    figures = kept_figures(model, row) if row.status == Status.ACCEPTED else {}
    status = Status(row.stands(upload))
    look, sign = _CHIPS[status]
    return {
        "number": row.number,
        "label": row.label or "–",
        "look": look,
        "sign": sign,
        "word": status.label,
        "nil": row.nil,
        "faults": [(labels.get(field, ""), message) for field, _value, message in row.faults],
        "doubts": [_doubt(labels, row.number, doubt, figures) for doubt in row.asked],
        "changes": _changes(model, labels, row, figures) if row.status == Status.ACCEPTED else [],
    }


def _doubt(labels: dict[str, str], number: int, doubt: Doubt, figures: dict[str, str]) -> dict[str, str]:
    """One doubt as the page tells it; `field` names the field of its reason, and is empty where none is asked for."""
    return {
        "label": labels.get(doubt.measure, ""),
        "figure": figures.get(doubt.measure, ""),
        "message": doubt.message,
        "reason": doubt.reason,
        "field": f"{REASON}{number}-{doubt.measure}" if doubt.measure else "",
    }


def reasons_in(fields: Mapping[str, str]) -> dict[tuple[int, str], str]:
    """The reasons that a form gives, by number of the row and measure."""
    found = {}
    for name, text in fields.items():
        number, _dash, measure = name.removeprefix(REASON).partition("-")
        if name.startswith(REASON) and number.isascii() and number.isdecimal() and len(number) < 9 and measure:
            found[int(number), measure] = text
    return found


def unexplained(upload: Upload) -> int:
    """How many figures of an upload are unlikely and have no reason yet. One query."""
    sql = """
        SELECT count(*) FROM programmes_uploadrow r, jsonb_array_elements(r.doubts) AS d
        WHERE r.upload_id = %s AND r.status = %s AND d->>0 <> '' AND coalesce(d->>2, '') = ''
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [upload.pk, Status.ACCEPTED])
        return int(cursor.fetchone()[0])


def _changes(
    model: type[Record], labels: dict[str, str], row: UploadRow, figures: dict[str, str]
) -> list[tuple[str, str, str]]:
    """What the row gives: figure, what stood, what would stand. Of a record that stands only what differs."""
    if not row.before:
        return [(labels[name], "", figure) for name, figure in figures.items() if figure]
    stood = kept_figures(model, row, "before")
    return [(labels[name], stood[name], figures[name]) for name in figures if name in row.before]
