"""Pages of what changed between two releases, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.lib.basis import Basis
from povtrack.lib.figures import shown
from povtrack.lib.pages import Slice, neighbours, page_number
from povtrack.lib.paths import is_under
from povtrack.rollups.figures_ways import basis_label
from povtrack.rollups.releases.compare import Changed, Comparison, Line, Wanted, changed
from povtrack.rollups.releases.models import Release
from povtrack.rollups.releases.page import area_of
from povtrack.rollups.releases.views import release_or_404
from povtrack.rollups.releases.why import Cell, MovedRecord, boundary_changes, moved_records
from programmes.measures import Measure
from programmes.models import DirtyCell, Record, State
from programmes.registry import label_of
from villages.levels import Level
from villages.models import Area
from villages.names import latin_beside

PAGE = 50
NOW = "now"


def pair_of(user: User, name: str, other: str) -> Comparison:
    """The release of that name and another, or now; raises Http404 for what is not frozen yet."""
    pair = [release_or_404(user, name), *([release_or_404(user, other)] if other != NOW else [])]
    if not all(release.is_frozen for release in pair):
        raise Http404(_("The release is not frozen yet."))
    return Comparison.of(pair[0], pair[1] if len(pair) > 1 else None)


def wanted_of(asked: Any, pair: Comparison) -> Wanted:
    """Which totals an address names; what the two do not both hold is raised as Http404."""
    scope = pair.scope
    programme, basis, year = asked.get("programme", ""), asked.get("basis", ""), asked.get("year", "")
    if (
        (programme and programme not in scope.programmes)
        or (basis and basis not in scope.bases)
        or (year and year not in map(str, scope.years))
    ):
        raise Http404(_("These two do not both hold such totals."))
    kind = asked.get("kind") if "kind" in asked else None
    return Wanted(programme, int(year) if year else None, basis, kind)


@require_GET
def release_compare(request: HttpRequest, name: str) -> HttpResponse:
    """List the totals that differ of one area and its parts: before, after, difference, and the way to the reasons."""
    user, other = user_of(request), request.GET.get("with", NOW)
    pair = pair_of(user, name, other)
    area = area_of(request, pair.earlier)
    wanted = replace(wanted_of(request.GET, pair), family=area.pk)
    number = page_number(request)
    found = changed(pair, wanted, user=user, start=(number - 1) * PAGE, size=PAGE + 1)
    rows = [_total(pair, one, area) for one in found[:PAGE]]
    context = {
        "section": "figures",
        **_sides(pair),
        "area": area,
        "rows": rows,
        "page": Slice([], number, *neighbours(request, number, more=len(found) > PAGE)),
        **_choices(request, pair, wanted, area),
    }
    return render(request, "rollups/release_compare.html", context)


def _sides(pair: Comparison) -> dict[str, Any]:
    """What is compared; whether edits wait to be counted into what stands now."""
    marks = DirtyCell.objects.filter(programme__in=pair.scope.programmes, year__in=pair.scope.years)
    is_behind = pair.later is None and marks.exists()
    return {"earlier": pair.earlier, "later": pair.later, "until": pair.until, "is_behind": is_behind}


def address(pair: Comparison, door: str, **query: Any) -> str:
    """The address of a page about these two."""
    asked = {"with": pair.later.name if pair.later else NOW, **{k: v for k, v in query.items() if v not in ("", None)}}
    return f"{reverse(door, args=[pair.earlier.name])}?{urlencode(asked)}"


def _choices(request: HttpRequest, pair: Comparison, wanted: Wanted, area: Area) -> dict[str, Any]:
    """What the comparison can be narrowed by, and the releases that can be compared with."""
    now = {"area": area.pk, "programme": wanted.programme, "year": wanted.year, "basis": wanted.basis}

    def way(label: Any, name: str, value: Any) -> dict[str, Any]:
        return {
            "label": label,
            "url": address(pair, "release-compare", **{**now, name: value}),
            "current": (now[name] or "") == value,
        }

    scope = pair.scope
    others = (
        Release.objects.visible_to(user_of(request)).exclude(state=Release.State.WAITING).exclude(pk=pair.earlier.pk)
    )
    own = reverse("release-compare", args=[pair.earlier.name])
    return {
        "programmes": [way(_("all"), "programme", ""), *(way(label_of(c), "programme", c) for c in scope.programmes)],
        "years": [way(_("all"), "year", ""), *(way(y, "year", y) for y in scope.years)],
        "bases": [way(_("all"), "basis", ""), *(way(basis_label(Basis(b)), "basis", b) for b in scope.bases)],
        "others": [
            {"label": _("now"), "url": f"{own}?with={NOW}", "current": pair.later is None},
            *(
                {"label": one.title, "url": f"{own}?with={one.name}", "current": one == pair.later}
                for one in others.order_by("-known_at")[:PAGE]
            ),
        ],
        "up_url": _up(pair, area, now),
    }


def _up(pair: Comparison, area: Area, now: dict[str, Any]) -> str:
    is_top = area.pk == pair.earlier.area_id or area.parent_id is None  # type: ignore[attr-defined]
    return "" if is_top else address(pair, "release-compare", **{**now, "area": area.parent_id})  # type: ignore[attr-defined]


def _total(pair: Comparison, one: Changed, area: Area) -> dict[str, Any]:
    model = one.model
    kind = model.kind_of(one.breakdown) if model else None
    asked = {"programme": one.programme, "year": one.year, "basis": one.basis, "area": one.area_id}
    is_part = one.area_id != area.pk
    return {
        "programme": label_of(one.programme),
        "kind": kind.label if kind else "",
        "year": one.year,
        "basis": basis_label(Basis(one.basis)),
        "place": f"{latin_beside(one.name_latin)} {one.name}".strip(),
        "is_part": is_part,
        "place_url": address(pair, "release-compare", **asked) if is_part else "",
        "lines": [line_words(line) for line in one.lines()],
        "is_new": not one.before,
        "is_gone": not one.after,
        "why_url": address(pair, "release-why", **asked, kind=one.breakdown),
    }


def line_words(line: Line) -> dict[str, Any]:
    """One figure that differs, as people read it."""
    difference = line.difference
    sign = "+" if difference is not None and difference > 0 else ""
    return {
        "label": line.label,
        "unit": line.unit,
        "is_approved": line.stage == "approved",
        "before": shown(line.before),
        "after": shown(line.after),
        "difference": sign + shown(difference) if difference is not None else "–",
    }


@require_GET
def release_why(request: HttpRequest, name: str) -> HttpResponse:
    """Why one total differs: its figures, its parts that differ, the records that were written, boundary changes."""
    user = user_of(request)
    pair = pair_of(user, name, request.GET.get("with", NOW))
    cell = cell_of(request, pair)
    span, number = (pair.since, pair.until), page_number(request)
    wanted = Wanted(cell.model.code, cell.year, cell.basis, cell.breakdown, family=cell.area.pk)
    family = changed(pair, wanted, user=user, size=PAGE * 10)
    moved = moved_records(cell, span, start=(number - 1) * PAGE, size=PAGE + 1)
    kind = cell.model.kind_of(cell.breakdown)
    own = next((one for one in family if one.area_id == cell.area.pk), None)
    context = {
        "section": "figures",
        **_sides(pair),
        "programme": {"code": cell.model.code, "label": cell.model.label},
        "year": cell.year,
        "area": cell.area,
        "kind_label": kind.label if kind else "",
        "basis_label": basis_label(Basis(cell.basis)),
        "lines": [line_words(line) for line in own.lines()] if own else [],
        "parts": [_total(pair, one, cell.area) for one in family if one.area_id != cell.area.pk],
        "records": [record_words(cell.model, cell.year, one, cell.area) for one in moved[:PAGE]],
        "page": Slice([], number, *neighbours(request, number, more=len(moved) > PAGE)),
        "changes": boundary_changes(cell.area, span, user),
        "back_url": address(pair, "release-compare", area=cell.area.pk, programme=cell.model.code, year=cell.year),
    }
    return render(request, "rollups/release_why.html", context)


def cell_of(request: Any, pair: Comparison) -> Cell:
    """The total that an address names in full; raises Http404."""
    wanted = wanted_of(request.GET, pair)
    models = {model.code: model for model in pair.scope.models()}
    if wanted.programme not in models or wanted.year is None or not wanted.basis:
        raise Http404(_("Name a programme, a year and boundaries that both hold."))
    area = area_of(request, pair.earlier)
    if area.level > Level.TOWNSHIP:
        raise Http404(_("Totals are kept for townships and above; a village has its record."))
    return Cell(models[wanted.programme], wanted.year, wanted.basis, area, wanted.breakdown or "")


def record_words(
    model: type[Record], year: int, one: MovedRecord, area: Area, measures: Sequence[Measure] = ()
) -> dict[str, Any]:
    """One record that is not what it was, as people read it; it counts in `area`."""
    kind = model.kind_of(one.breakdown)
    return {
        "place": one.area,
        # Whoever reads the area may read what lies in it today; the others may have gone elsewhere.
        "url": f"{reverse('village-place', args=[one.area.pk])}?year={year}"
        if is_under(one.area.path, [area.path])
        else "",
        "kind": kind.label if kind else "",
        "before": state_word(one.before),
        "after": state_word(one.after),
        "by": one.by,
        "at": one.at,
        "steps": one.steps,
        "figures": [
            {"label": m.verbose_name, "before": shown(before), "after": shown(after)}
            for m, before, after in one.differing(measures or model.measures())
        ],
    }


def state_word(side: dict[str, Any] | None) -> str:
    """How a record stood, in words."""
    if side is None:
        return _("no record")
    label = str(State(side["state"]).label)
    return f"{label}, {_('nothing to report')}" if side["nil"] else label
