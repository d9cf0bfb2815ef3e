"""The decade in figures: what the white paper prints, and beside it what povtrack computes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.lib.csvanswers import send_table
from povtrack.rollups.white_paper.books import Books
from povtrack.rollups.white_paper.check import Line, Verdict, compare
from povtrack.rollups.white_paper.figures import GROUPS
from povtrack.rollups.white_paper.load import is_loaded
from villages.levels import Level
from villages.models import Area

_CHIPS = {Verdict.AGREES: ("ok", "✓"), Verdict.DIFFERS: ("bad", "✗"), Verdict.NO_DATA: ("pend", "–")}


def _lines(user: User) -> tuple[list[Line], bool]:
    """The lines of all figures, and whether the reader may see the nation's totals: else nothing is computed."""
    reads = Area.objects.visible_to(user).filter(level=Level.NATION).exists()
    return compare(Books() if reads else None), reads


@require_GET
def decade(request: HttpRequest) -> HttpResponse:
    """Show every printed figure with the computed one, and those that the model does not cover with the reason.

    Context: `groups` (heading, lines), `left_out` (lines), `reads` (whether the reader sees the nation), `loaded`,
    `counts` (by verdict) and `all`.
    """
    assert isinstance(request.user, User)
    lines, reads = _lines(request.user)
    by_number = {line.figure.number: _shown(line) for line in lines}
    groups = [
        {"heading": heading, "lines": found}
        for heading, figures in GROUPS
        if (found := [line for one in figures if (line := by_number[one.number])["covered"]])
    ]
    context = {
        "section": "figures",
        "groups": groups,
        "left_out": [line for line in by_number.values() if not line["covered"]],
        "reads": reads,
        "loaded": is_loaded(),
        "computed": reads and is_loaded(),
        "counts": {verdict.name: sum(line.verdict is verdict for line in lines) for verdict in Verdict},
        "all": len(lines),
    }
    return render(request, "rollups/decade.html", context)


def _shown(line: Line) -> dict[str, Any]:
    figure = line.figure
    chip, mark = _CHIPS.get(line.verdict, ("", ""))
    return {
        "id": figure.id,
        "statement": figure.statement,
        "printed": line.printed,
        "unit": "" if figure.is_date else figure.unit,
        "computed": line.shown(line.computed),
        "difference": line.shown(line.difference),
        "words": line.query.words if line.query else "",
        "url": line.url,
        "reason": line.reason,
        "covered": line.verdict is not Verdict.NOT_COVERED,
        "chip": chip,
        "mark": mark,
        "verdict": line.verdict.label,
    }


@require_GET
def decade_csv(request: HttpRequest) -> HttpResponseBase:
    """Download the table as CSV; numbers are bare."""
    assert isinstance(request.user, User)
    lines, _reads = _lines(request.user)

    def rows() -> Iterator[list[Any]]:
        for line in lines:
            figure = line.figure
            words = line.query.words if line.query else ""
            yield [
                figure.id, figure.statement, figure.how.value, figure.printed, figure.unit, line.computed,
                line.difference, line.verdict.value, words, line.reason,
            ]  # fmt: skip

    heading = ["id", "statement", "how", "printed", "unit", "computed", "difference", "verdict", "query", "reason"]
    return send_table("the-decade-in-figures", heading, rows())
