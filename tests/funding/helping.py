"""Partners in the small world, and short words for what finance officers enter of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from funding.actions import Covered, add_partner, add_project, pair, save_pairing_report
from funding.models import Allocation, ForeignProject, FundSource, Pairing, PairingReport, Partner
from tests.funding.money import given, treasurer
from tests.world import World


def day(text: str) -> dt.date:
    """A day as 2010-06, 2010-06-15 or 2010."""
    return dt.date(*[*map(int, text.split("-")), 1, 1][:3])


def partner(world: World, name: str = "全国工商联", kind: str = "federation", **more: Any) -> Partner:
    """A partner, made when it is first asked for."""
    return add_partner(name=name, kind=kind, by=treasurer(world), **more)


def paired(world: World, by: Partner, area: str, since: str = "2004", until: str = "", **more: Any) -> Pairing:
    """A pairing of an area by its Latin name or code."""
    words = {"by": treasurer(world), "until": day(until) if until else None, **more}
    return pair(by, area=world[area], since=day(since), **words)


def reported(world: World, pairing: Pairing, year: int = 2010, *, version: int = 0, **figures: Any) -> PairingReport:
    """A report of a pairing and year."""
    words: dict[str, Any] = {"by": treasurer(world)}
    if "by" in figures:
        words["by"] = figures.pop("by")
    values = {name: "" if figure is None else str(figure) for name, figure in figures.items()}
    return save_pairing_report(pairing, year=year, version=version, values=values, **words)


def donor(world: World) -> Partner:
    """The World Bank."""
    return partner(world, "世界银行", "foreign", name_latin="World Bank")


def project(
    world: World, name: str = "秦巴山区扶贫项目", *counties: str, since: str = "2005", **more: Any
) -> ForeignProject:
    """A foreign project that covers counties as long as it runs."""
    words: dict[str, Any] = {"currency": "USD", "currency_amount": Decimal(1000), "rate": Decimal("6.8"), **more}
    words = {"donor": donor(world), "by": treasurer(world)} | words
    covered = [Covered(world[code]) for code in counties]
    return add_project(name=name, since=day(since), counties=covered, **words)


def foreign_money(world: World, area: str = "520524") -> Allocation:
    """An allocation of foreign money that came to an area."""
    words = {"code": "world-bank", "name": "世界银行贷款", "kind": "foreign", "tier": 0}
    source, _new = FundSource.objects.get_or_create(code=words.pop("code"), defaults=words)
    return given(world, area, 100, source=source)
