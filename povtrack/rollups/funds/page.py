"""What the pages of fund totals and of the reconciliation show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from funding.models import Allocation
from povtrack.accounts.models import User
from povtrack.lib.amounts import short, unit_of
from povtrack.lib.basis import CURRENT, RECORDED, Basis
from povtrack.lib.figures import shown
from povtrack.lib.years import year_end
from povtrack.rollups.chart import line_chart
from povtrack.rollups.figures_ways import basis_label
from povtrack.rollups.funds.cube import OTHERS, Cube, cube_of
from povtrack.rollups.funds.totals import Asked, FundTotal, mean_growth, share, totals
from povtrack.rollups.funds.waiting import freshness_of
from programmes.catalogue.profile import ProfileRecord
from programmes.registry import label_of
from programmes.views.scope import codes_in
from villages.designations import name_of
from villages.levels import Level
from villages.models import Area, AreaVersion, Designation, Membership, Placement
from villages.names import latin_beside

TENTH = Decimal("0.1")
NEARLY_ALL = Decimal("0.95")


@dataclass(frozen=True)
class Address:
    """What an address of these pages asks for; `code` is that of the area on the basis."""

    name: str
    area: Area
    year: int
    code: str
    basis: Basis
    user: User
    designation: Designation | None = None

    def url(self, name: str = "", **other: Any) -> str:
        """This page, or another by its name, with something else asked for."""
        asked = {"year": self.year, "code": self.code, "basis": self.basis, "designation": self.designation, **other}
        query = [f"basis={asked['basis'].name}"] if asked["basis"].query else []
        query += [f"list={asked['designation'].code}"] if asked["designation"] else []
        return (
            reverse(name or self.name, args=[asked["year"], asked["code"]]) + ("?" if query else "") + "&".join(query)
        )

    @cached_property
    def asked(self) -> Asked:
        return Asked(self.area, [self.year], self.basis, designation=self.designation)

    @cached_property
    def years(self) -> list[int]:
        """The years of which there is money anywhere, in order."""
        return Allocation.objects.years()


def ways_of(address: Address) -> dict[str, Any]:
    """What both pages have: the area, the year, and where else they lead."""
    versions = list(AreaVersion.objects.filter(area=address.area))
    years = sorted({address.year, *address.years})
    lists = list(Designation.objects.filter(level=Level.COUNTY)) if address.area.level < Level.COUNTY else []
    return {
        "section": "funds",
        "area": address.area,
        "year": address.year,
        "code": address.code,
        "year_urls": [
            {"year": year, "url": address.url(year=year, code=version.code), "current": year == address.year}
            for year in years
            for version in versions
            if address.basis.day(year) in version.valid
        ],
        "basis": address.basis.name,
        "basis_label": basis_label(address.basis),
        "bases": [
            {"label": basis_label(basis), "url": address.url(basis=basis, code=code), "current": basis == address.basis}
            for basis in dict.fromkeys((Basis(RECORDED), Basis(CURRENT), address.basis))
            if (code := _code_on(versions, basis, address.year))
        ],
        "designation": address.designation and name_of(address.designation),
        "lists": [
            {"label": _("all places"), "url": address.url(designation=None), "current": address.designation is None},
            *(
                {"label": name_of(one), "url": address.url(designation=one), "current": one == address.designation}
                for one in lists
            ),
        ]
        if lists
        else [],
        "figures_url": address.url("fund-figures"),
        "reconciliation_url": address.url("fund-reconciliation") if address.basis.year is None else "",
        "csv_url": address.url(f"{address.name}-csv"),
    }


def _code_on(versions: Iterable[AreaVersion], basis: Basis, year: int) -> str:
    return next((version.code for version in versions if basis.day(year) in version.valid), "")


def figures_context(address: Address) -> dict[str, Any]:
    """Return all that the page of totals shows beside its ways."""
    freshness = freshness_of(address.asked, by_part=True)
    cube = cube_of(address.asked)
    series = totals(replace(address.asked, years=address.years), "year", "tier")
    by_year = _by_year(series)
    return {
        "freshness": freshness,
        "tiles": _tiles(address, cube, by_year),
        "parts": _parts(address, cube),
        "whole": _line(cube.whole, cube.whole),
        "sources": [
            {"label": str(cube.sources[code]), "kind": cube.sources[code].get_kind_display(), **_line(one, cube.whole)}
            for code, one in cube.by_source().items()
        ],
        "tiers": [{"label": Level(tier).word, **_line(one, cube.whole)} for tier, one in cube.by_tier().items()],
        "programmes": [
            {"label": money_label(code), **_line(one, cube.whole)} for code, one in cube.by_programme().items()
        ],
        "levels": [
            {"label": Level(level).word, "received": shown(one.received), "resting": shown(one.resting)}
            for level, one in cube.by_level().items()
        ],
        "picture": _picture(cube),
        **_series(series, by_year),
    }


def money_label(programme: str) -> str:
    """What money is for: the name of a programme, or that it is for none."""
    return label_of(programme) or _("no one programme")


def _line(one: FundTotal, whole: FundTotal) -> dict[str, Any]:
    """What a row of the tables shows: figures as texts, percentages with one decimal."""
    return {
        "total": shown(one.resting),
        "disbursed": shown(one.disbursed - one.returned),
        "spent": shown(one.spent),
        "absorption": percent(share(one.spent, one.resting)),
        "share": percent(share(one.resting, whole.resting)),
    }


def percent(figure: Decimal | None) -> str:
    return "–" if figure is None else shown(figure.quantize(TENTH))


def _parts(address: Address, cube: Cube) -> list[dict[str, Any]]:
    """The areas directly below, each with the way to its own page; the area's own money in the last line."""
    codes = codes_in(address.year, list(cube.places), address.basis)
    lines = []
    for part, one in cube.by_part().items():
        own = part == address.area.pk
        leads = not own and part in codes and cube.places[part].level <= Level.TOWNSHIP
        label = _("%(area)s itself") % {"area": address.area} if own else str(cube.places[part])
        url = address.url(code=codes[part]) if leads else ""
        lines.append({"label": label, "url": url, "own": own, **_line(one, cube.whole)})
    return lines


def _tiles(address: Address, cube: Cube, by_year: dict[int, FundTotal]) -> list[dict[str, Any]]:
    """The sum, what of it is central, what was spent, how it grew, and what it is for a county and a poor person."""
    whole, first = cube.whole, min(by_year, default=address.year)
    central = cube.by_tier().get(Level.NATION, FundTotal({}))
    tiles = [
        {
            "label": _("Funds"),
            **_amount(whole.resting),
            "note": _("%(share)s %% central") % {"share": percent(share(central.resting, whole.resting))},
        },
        {
            "label": _("Spent"),
            **_amount(whole.spent),
            "note": _("%(share)s %% of the funds") % {"share": percent(share(whole.spent, whole.resting))},
        },
    ]
    growth = mean_growth([(year, one.resting) for year, one in by_year.items() if year <= address.year])
    if growth is not None:
        note = _("a year on the mean, %(first)s to %(last)s") % {"first": first, "last": address.year}
        tiles.append({"label": _("Growth"), "value": f"{growth.quantize(TENTH):+}", "unit": "%", "note": note})
    counties = _standing(address).count() if address.area.level < Level.COUNTY else 1
    poor = _poor_people(address, counties)
    if counties > 1:
        note = _("%(n)s counties") % {"n": shown(counties)}
        tiles.append({"label": _("For each county"), **_amount(whole.resting / counties), "note": note})
    if poor:
        note = _("%(n)s poor people") % {"n": shown(poor)}
        tiles.append({"label": _("For each poor person"), **_amount(whole.resting / poor), "note": note})
    return tiles


def _amount(yuan: Decimal) -> dict[str, str]:
    size, unit = unit_of(yuan)
    return {"value": short(yuan, size), "unit": unit}


def _standing(address: Address) -> QuerySet[Placement]:
    """The counties that stand in an area above them on the basis; those of them that are on the list."""
    area = address.area
    found = Placement.objects.filter(level=Level.COUNTY, valid__contains=address.basis.day(address.year))
    if area.level != Level.NATION:
        found = found.filter(Q(province=area) | Q(prefecture=area))
    if address.designation:
        listed = Membership.objects.filter(designation=address.designation, valid__contains=year_end(address.year))
        found = found.filter(area__in=listed.values("area"))
    return found


def _poor_people(address: Address, counties: int) -> int:
    """The poor people of the area by the village profiles of that year; 0 for a list.

    Also 0 unless nearly all of its counties have reported: money of all over the people of some would say nothing.
    """
    if address.designation or address.basis.year is not None:
        return 0
    totals_of_year = ProfileRecord.rollup.objects.filter(year=address.year, basis=address.basis.name, breakdown="")
    row = totals_of_year.filter(area=address.area).first()
    if row is None or row.reported < NEARLY_ALL * row.expected:
        return 0
    if counties > 1:
        told = totals_of_year.filter(level=Level.COUNTY, reported__gt=0, area__in=_standing(address).values("area"))
        if told.count() < NEARLY_ALL * counties:
            return 0
    return int(row.totals()["poor_people"] or 0)


def _by_year(series: list[FundTotal]) -> dict[int, FundTotal]:
    sums: dict[int, FundTotal] = {}
    for one in series:
        year = one.keys["year"]
        sums[year] = sums.get(year, FundTotal({})) + one
    return sums


def _series(series: list[FundTotal], by_year: dict[int, FundTotal]) -> dict[str, Any]:
    """The funds over the years, as a line and as a table with what of them is central."""
    central = {one.keys["year"]: one for one in series if one.keys["tier"] == Level.NATION}
    rows = []
    for year, one in by_year.items():
        before = by_year.get(year - 1)
        change = share(one.resting - before.resting, before.resting) if before else None
        of_centre = central.get(year, FundTotal({}))
        rows.append(
            {
                "year": year,
                "total": shown(one.resting),
                "central": shown(of_centre.resting),
                "local": shown(one.resting - of_centre.resting),
                "change": "–" if change is None else f"{change.quantize(TENTH):+}",
            }
        )
    size, unit = unit_of(max((one.resting for one in by_year.values()), default=Decimal()))
    chart = line_chart([(year, (one.resting / size).quantize(TENTH)) for year, one in by_year.items()])
    return {"series": rows, "chart": chart, "chart_unit": unit}


def _picture(cube: Cube) -> dict[str, Any] | None:
    """The picture of flows with the words of its bars, ready to draw."""
    found = cube.flows()
    if found is None:
        return None
    laid, columns = found
    names = {
        **{f"s {code}": latin_beside(source.name_latin) or source.name for code, source in cube.sources.items()},
        **{f"p {pk}": latin_beside(place.name_latin) or place.name for pk, place in cube.places.items()},
        **{f"g {code}": money_label(code) for code in cube.by_programme()},
        **{f"{mark} {OTHERS}": _("others") for mark in "spg"},
    }
    names[f"p {cube.area.pk}"] = _("%(area)s itself") % {"area": cube.area}
    sums: dict[str, Decimal] = {}
    held = [*cube.by_source().values(), *cube.by_part().values(), *cube.by_programme().values()]
    for bar, one in zip([bar for column in columns for bar in column.values()], held, strict=True):
        sums[bar] = sums.get(bar, Decimal()) + one.resting
    size, unit = unit_of(cube.whole.resting)
    return {
        "laid": laid,
        "unit": unit,
        "columns": [
            [{"end": end, "label": names[end.key], "total": short(sums[end.key], size)} for end in column]
            for column in laid.columns
        ],
        "bands": [{"band": band, "words": f"{names[band.source]} → {names[band.end]}"} for band in laid.bands],
    }
