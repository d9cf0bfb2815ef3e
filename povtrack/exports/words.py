"""How an export is called on pages: what it holds in words, for its address says it in codes and ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povtrack.exports.lists import Wanted
from povtrack.exports.models import Export
from programmes.registry import find_programme
from villages.models import Area

_LISTS = {
    "records": gettext_lazy("records"),
    "rollups": gettext_lazy("totals"),
    "observations": gettext_lazy("totals, one row for each figure"),
    "fund-totals": gettext_lazy("Totals of funds"),
    "allocations": gettext_lazy("Allocations"),
    "payments": gettext_lazy("Payments"),
    "reconciliation": gettext_lazy("Ledger against records"),
    "areas": gettext_lazy("Places"),
    "progress": gettext_lazy("progress"),
}
_PLACES = ("area", "within", "parent")
_SAID = ("programme", "year", "year_min", "year_max", "bom", "heading", "by", *_PLACES)


def told(exports: Iterable[Export]) -> list[dict[str, str]]:
    """Return for each export its `title`, and what else was asked of the list. One query."""
    wanted = [Wanted.of(export.resource, export.form) for export in exports]
    asked = [(one, dict(parse_qsl(one.query))) for one in wanted]
    ids = {query[name] for _one, query in asked for name in _PLACES if query.get(name, "").isdecimal()}
    places = Area.objects.in_bulk(int(one) for one in ids)
    return [{"title": _title(one.path, query, places), "more": _more(query)} for one, query in asked]


def _title(path: str, query: dict[str, str], places: dict[int, Area]) -> str:
    head, _slash, code = path.strip("/").partition("/")
    programme = find_programme(code or query.get("programme", ""))
    words = str(_LISTS.get(head, head))
    named = f"{programme.label}: {words}" if programme else words
    area = next((places.get(int(query[name])) for name in _PLACES if query.get(name, "").isdecimal()), None)
    return ", ".join(filter(None, [named, str(area) if area else "", _years(query)]))


def _years(query: dict[str, str]) -> str:
    first, last = query.get("year", query.get("year_min", "")), query.get("year", query.get("year_max", ""))
    if first == last:
        return first
    return _("%(first)s to %(last)s") % {"first": first or "…", "last": last or "…"}


def _more(query: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in query.items() if name not in _SAID)
