"""The grid as a plain form: what a browser without scripts posts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from povtrack.accounts.models import User
from programmes.actions import IncomingRow, Outcome, Refused, RowResult, save_rows
from programmes.grid import GridPage, result_json, take_over
from programmes.models import Record
from programmes.views.outcomes import tell_stays
from villages.models import Area


def save_form(request: HttpRequest, page: GridPage, user: User) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Save the posted fields of the page; return its rows as typed, and the errors by cell."""
    rows = page.rows(can_enter=True)
    incoming = [posted for row in rows if (posted := _posted(request, row, page.kind))]
    if not incoming:
        return rows, []
    try:
        results = save_rows(page.model, year=page.year, rows=incoming, by=user)
    except Refused as refused:
        return rows, [{"area_id": None, "measure": "", "anchor": "", "label": "", "message": str(refused)}]
    saved = sum(result.status == "saved" for result in results)
    if saved:
        messages.success(request, ngettext("%(n)s village saved.", "%(n)s villages saved.", saved) % {"n": saved})
    by_area = {row["area_id"]: row for row in rows}
    return rows, [error for result in results for error in _row_errors(page.model, by_area[result.area], result)]


def _posted(request: HttpRequest, row: dict[str, Any], kind: str) -> IncomingRow | None:
    """Return the row as posted, and show it so; None when the person did not touch it, whatever others did."""
    area, post = row["area_id"], request.POST
    typed = {c["measure"]: post.get(f"v-{area}-{c['measure']}", c["value"]) for c in row["cells"]}
    # The box of a row that could not be changed when the page was made is not sent.
    nil = f"nil-{area}" in post or (not row["editable"] and row["nil"])
    if f"version-{area}" not in post or post.get(f"was-{area}") == "|".join([*typed.values(), "nil" if nil else ""]):
        return None
    for cell in row["cells"]:
        cell["value"] = typed[cell["measure"]]
    row["nil"] = nil
    version = post[f"version-{area}"]
    return IncomingRow(area, int(version) if version.isdecimal() else -1, nil, typed, kind)


def _row_errors(model: type[Record], row: dict[str, Any], result: RowResult) -> list[dict[str, Any]]:
    """Mark a row with what became of it, and return its errors for the summary on top."""
    if result.status in ("saved", "unchanged"):
        take_over(row, result, model)
    if result.status in ("conflict", "locked"):
        row["version"] = result.version
        row["errors"].append(_overtaken(model, result))
        return [_error(row, "", "", row["errors"][-1])]
    labels = {measure.name: str(measure.verbose_name) for measure in model.measures()}
    for error in result.errors:
        for cell in row["cells"]:
            if cell["measure"] == error.field:
                cell["error"] = error.message
        if not error.field:
            row["errors"].append(error.message)
    return [_error(row, error.field, labels.get(error.field, ""), error.message) for error in result.errors]


def _overtaken(model: type[Record], result: RowResult) -> str:
    """Say who wrote what in the row meanwhile."""
    theirs = result_json(result, model)["values"]
    figures = ", ".join(f"{m.verbose_name} {theirs[m.name]}" for m in model.measures() if theirs[m.name]) or "–"
    if result.status == "locked":
        return _("This row is approved and can't be changed: %(figures)s.") % {"figures": figures}
    message = _(
        "%(by)s changed this row meanwhile: %(figures)s. Your figures were not saved; save again to replace theirs."
    )
    return message % {"by": result.by, "figures": figures}


def _error(row: dict[str, Any], measure: str, label: str, message: str) -> dict[str, Any]:
    """One line of the summary: the place and figure, where it leads, and the reason."""
    place = f"{row['name_latin']} {row['name']}".strip()
    return {
        "area_id": row["area_id"],
        "measure": measure,
        "anchor": f"v-{row['area_id']}-{measure}" if measure else f"row-{row['area_id']}",
        "label": f"{place}, {label}" if label else place,
        "message": message,
    }


def run_action(request: HttpRequest, action: Callable[..., Outcome], page: GridPage, area: Area, user: User) -> None:
    """Run a workflow action for a posted form and report it on the next page."""
    try:
        outcome = action(page.model, year=page.year, area=area, by=user, breakdown=page.kind)
    except Refused as refused:
        messages.error(request, str(refused))
        return
    if outcome.moved:
        messages.success(
            request, ngettext("%(n)s record moved on.", "%(n)s records moved on.", outcome.moved) % {"n": outcome.moved}
        )
    tell_stays(request, outcome)


def write_seen(rows: list[dict[str, Any]]) -> str:
    """The versions that a page shows, for its approve button to carry: "area:version" each."""
    return " ".join(f"{row['area_id']}:{row['version']}" for row in rows)


def read_seen(text: str) -> dict[int, int]:
    """The versions by area id that a page carried; of a text that no page wrote, what can be read."""
    return {int(area): int(version) for area, version in re.findall(r"([0-9]{1,18}):([0-9]{1,9})", text)}
