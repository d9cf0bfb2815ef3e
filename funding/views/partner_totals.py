"""What partners brought to an area: by their kind, by the areas below, by year; the page and the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from funding.models import FIGURES, SCHEMES, Pairing, Partner, Scheme, figures_of_reports, kinds_of
from funding.partner_forms import TotalsFilter
from funding.partner_totals import ByKind, Helped, by_kind, by_part, by_year, coverages
from funding.views.pairings import years_beside
from funding.views.scope import place_of
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.csvanswers import send_table
from povtrack.lib.years import year_end
from programmes.views.scope import codes_in
from villages.designations import name_of
from villages.models import Area, Designation


@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the totals of the highest area that the reader holds, in the latest year that anyone reported."""
    user = user_of(request)
    area = Area.objects.filter(pk__in=user.area_ids(Ability.READ)).order_by("level", "code").first()
    latest = Pairing.objects.exclude(reports=None).order_by("-reports__year").values_list("reports__year", flat=True)
    for year in [*filter(None, [latest.first()]), timezone.localdate().year]:
        code = codes_in(year, [area]).get(area.pk) if area else None
        if code:
            return redirect("partner-totals", year, code)
    return redirect("partners")


@require_GET
def totals(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show what partners brought to an area and below, up to a year.

    Context: `filter`, `since`, `heads` (figures with label and unit), `kinds` (lines, see `_kinds`), `whole`, `parts`
    (lines with `url`), `years` (lines), `lists` (name, coverage), `csv_url`, `api_url`.
    """
    area, _user = place_of(request, year, code)
    narrow, since, kinds = _asked(request, year)
    found = by_kind(area, since, year, kinds)
    query = request.GET.urlencode()
    context = {
        "section": "funds",
        "area": area,
        "code": code,
        "year": year,
        "since": since,
        "filter": narrow,
        "heads": figures_of_reports(),
        "kinds": _kinds(found),
        "whole": found.all,
        "parts": _parts(area, since, year, kinds, query),
        "years": [{"label": y, "helped": helped} for y, helped in by_year(area, since, year, kinds).items()],
        "lists": _lists(area, year, kinds),
        "year_urls": years_beside(area, year, "partner-totals"),
        "csv_url": reverse("partner-totals-csv", args=[year, code]) + (f"?{query}" if query else ""),
        "api_url": f"{reverse('api-partnertotal-list')}?area={area.pk}&year_min={since}&year_max={year}",
    }
    return render(request, "funding/partners/totals.html", context, status=400 if narrow.errors else 200)


def _asked(request: HttpRequest, year: int) -> tuple[TotalsFilter, int, list[str]]:
    """The form, the first year (without one that makes sense, the year itself), and the kinds of partners."""
    narrow = TotalsFilter(request.GET, year)
    asked = narrow.cleaned_data if narrow.is_valid() else {}
    return narrow, asked.get("since") or year, kinds_of(asked.get("scheme", ""))


def _kinds(found: ByKind) -> list[dict[str, Any]]:
    """One line for each scheme, and below it one for each kind of partner that helped, where there are several."""
    lines: list[dict[str, Any]] = []
    for scheme in Scheme:
        if scheme not in found.schemes:
            continue
        own = [kind for kind, under in SCHEMES.items() if under == scheme and kind in found.kinds]
        if len(own) > 1:
            lines.append({"label": scheme.label, "helped": found.schemes[scheme], "level": "scheme", "kind": ""})
        lines += [
            {
                "label": kind.label,
                "helped": found.kinds[kind],
                "level": "kind" if len(own) > 1 else "",
                "kind": kind.value,
            }
            for kind in own
        ]
    return lines


def _parts(area: Area, since: int, year: int, kinds: list[str], query: str) -> list[dict[str, Any]]:
    """One line for each area of the next level that was helped, and one for help given to the area as a whole."""
    found = by_part(area, since, year, kinds)
    codes = codes_in(year, found)
    areas = Area.objects.filter(pk__in=found).order_by("level", "code")
    return [
        {
            "label": _("%(area)s as a whole") % {"area": one} if one.pk == area.pk else str(one),
            "helped": found[one.pk],
            "url": reverse("partner-totals", args=[year, codes[one.pk]]) + (f"?{query}" if query else "")
            if one.pk != area.pk and one.pk in codes
            else "",
        }
        for one in areas
    ]


def _lists(area: Area, year: int, kinds: list[str]) -> list[dict[str, Any]]:
    """Which part of each official list has a partner at the end of the year; one without a place here is left out."""
    found = coverages(area, min(year_end(year), timezone.localdate()), kinds)
    rows = Designation.objects.filter(pk__in=found).order_by("code")
    return [{"name": name_of(row), "code": row.code, "coverage": found[row.pk]} for row in rows]


@require_GET
def totals_csv(request: HttpRequest, year: int, code: str) -> FileResponse:
    """Download the three tables as one: `group` says of which a line is (scheme, kind, area, year, all)."""
    area, _user = place_of(request, year, code)
    _narrow, since, kinds = _asked(request, year)
    heading = ["since", "year", "group", "key", "name", *_COUNTS, *FIGURES]
    return send_table(f"partners-{since}-{year}-{code}", heading, _lines(area, since, year, kinds))


_COUNTS = ("partners", "pairings", "provinces", "counties", "areas", "expected_reports", "reports")


def _lines(area: Area, since: int, year: int, kinds: list[str]) -> Iterator[list[Any]]:
    found = by_kind(area, since, year, kinds)
    for scheme in filter(found.schemes.get, Scheme):
        yield [since, year, "scheme", scheme.value, scheme.label, *_bare(found.schemes[scheme])]
    for kind in filter(found.kinds.get, Partner.Kind):
        yield [since, year, "kind", kind.value, kind.label, *_bare(found.kinds[kind])]
    parts = by_part(area, since, year, kinds)
    codes = codes_in(year, parts)
    for one in Area.objects.filter(pk__in=parts).order_by("level", "code"):
        yield [since, year, "area", codes.get(one.pk, one.code), str(one), *_bare(parts[one.pk])]
    for y, helped in by_year(area, since, year, kinds).items():
        yield [since, year, "year", y, "", *_bare(helped)]
    yield [since, year, "all", "", "", *_bare(found.all)]


def _bare(helped: Helped) -> list[Any]:
    counts = [helped.partners, helped.pairings, helped.provinces, helped.counties, helped.areas]
    return [*counts, helped.expected, helped.reported, *helped.figures()]
