"""An upload as its page shows it: how many rows of each state, and what each row would change or why it can't."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from povtrack.lib.figures import grouped
from programmes.models import Record, UploadRow
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
    found = [(str(status), str(status.label), counts[status]) for status in ORDER if counts[status]]
    if doubted:
        found.append((DOUBTED, _("to be asked about"), doubted))
    return [{"value": v, "word": w, "count": grouped(n), "current": v == chosen} for v, w, n in found]


def chosen_tab(counts: Counter[str], doubted: int, asked: str) -> str:
    """The state whose rows are shown: the one asked for, else the first that needs a person."""
    known = [str(status) for status in ORDER if counts[status]] + ([DOUBTED] if doubted else [])
    return asked if asked in known else known[0] if known else ""


def rows_in(rows: QuerySet[UploadRow], tab: str) -> QuerySet[UploadRow]:
    """The rows that a tab shows."""
    found = doubted_rows(rows) if tab == DOUBTED else rows.filter(status=tab)
    return found.order_by("number")


def doubted_rows(rows: QuerySet[UploadRow]) -> QuerySet[UploadRow]:
    """The rows in which something is unlikely."""
    return rows.filter(status__in=[Status.ACCEPTED, Status.SAVED]).exclude(doubts=[])


def told(model: type[Record], row: UploadRow) -> dict[str, Any]:
    """One row as the page tells it: faults, changes and doubts as lines of (figure, words)."""
    labels = {measure.name: measure_label(model, measure) for measure in model.measures()}
    look, sign = _CHIPS[Status(row.status)]
    return {
        "number": row.number,
        "label": row.label or "–",
        "look": look,
        "sign": sign,
        "word": Status(row.status).label,
        "nil": row.nil,
        "faults": [(labels.get(field, ""), message) for field, _value, message in row.faults],
        "doubts": [(labels.get(field, ""), message) for field, message in row.doubts],
        "changes": _changes(labels, row) if row.status in (Status.ACCEPTED, Status.SAVED) else [],
    }


def _changes(labels: dict[str, str], row: UploadRow) -> list[tuple[str, str, str]]:
    """What the row gives: figure, what stood, what would stand. Of a record that stands only what differs."""
    if row.before:
        names = [name for name in labels if name in row.before]
    else:
        names = [name for name in labels if row.values.get(name, "").strip()] if not row.nil else []
    return [(labels[n], row.before.get(n, ""), "" if row.nil else row.values.get(n, "").strip()) for n in names]
