"""The money of a nation: from four sources to the provinces, on to the counties and to villages, and paid out there."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from django.db import connection
from django.utils.translation import gettext as _

from funding.actions.load import NewAllocation, load_allocations
from funding.models import FundSource
from povtrack.accounts.models import User
from povtrack.lib.progress import Steps
from povtrack.rollups.nation.places import YEARS, Village
from povtrack.rollups.white_paper.money import SOURCES
from povtrack.rollups.white_paper.shares import apportion

CODES = ("central-fiscal", "central-relief", "central-discount", "provincial-fiscal")
PROGRAMMES = ("", "work-relief", "loans", "dew")
FEN = Decimal("0.01")

# Two in three of those who got money from above have been paid, and have spent most of it.
_PAYMENTS = """
    INSERT INTO funding_payment (allocation_id, kind, amount, paid_on, document_no, note, by_id, at)
    SELECT a.id, %(kind)s, round(a.amount * %(part)s, 2), make_date(a.year, %(month)s, 1), '', '', %(by)s, now()
    FROM funding_allocation a
    WHERE a.by_id = %(by)s AND a.parent_id IS NOT NULL AND mod(a.id, 3) <> 0 AND round(a.amount * %(part)s, 2) > 0
      AND NOT EXISTS (SELECT FROM funding_allocation c WHERE c.parent_id = a.id)
"""
_PARTS = (("disbursed", 0.5, 4), ("disbursed", 0.4, 8), ("spent", 0.6, 10), ("spent", 0.2, 12))


def load(villages: list[Village], wanted: int, *, seed: int, by: User, progress: Steps) -> tuple[int, int]:
    """Load about so many allocations, and payments of them; return how many of each."""
    sources = [_source(code) for code in CODES]
    with progress.step(_("Loading allocations")):
        written = load_allocations(_allocations(villages, sources, wanted, seed), by=by) if wanted else 0
    paid = 0
    with progress.step(_("Loading payments"), len(_PARTS)) as step, connection.cursor() as cursor:
        for done, (kind, part, month) in enumerate(_PARTS, start=1):
            cursor.execute(_PAYMENTS, {"kind": kind, "part": Decimal(str(part)), "month": month, "by": by.pk})
            paid += cursor.rowcount
            step.to(done)
        cursor.execute("ANALYZE funding_payment")
    return written, paid


def _source(code: str) -> FundSource:
    name, latin, kind, tier = SOURCES[code]
    words = {"name": name, "name_latin": latin, "kind": kind, "tier": tier}
    return FundSource.objects.get_or_create(code=code, defaults=words)[0]


def _allocations(villages: list[Village], sources: list[FundSource], wanted: int, seed: int) -> Iterator[NewAllocation]:
    """To each province and county money of every year and source; to as many villages as make up the number wanted."""
    dice, refs = random.Random(f"{seed} money"), count(1)  # noqa: S311 invented, no secret
    counties: dict[int, list[int]] = defaultdict(list)
    provinces: dict[int, dict[int, None]] = defaultdict(dict)
    for village in villages:
        counties[village.county].append(village.area)
        provinces[village.province][village.county] = None
    streams = [(year, at, source) for year in YEARS for at, source in enumerate(sources)]
    above = len(streams) * (len(provinces) + len(counties))
    to_villages = iter(apportion(max(0, wanted - above), [1] * (len(streams) * len(counties))))
    for year, at, source in streams:
        for province, members in provinces.items():
            parts = [Decimal(dice.randrange(50, 200) * 10_000) for _county in members]
            one = NewAllocation(
                next(refs),
                None,
                source.pk,
                year,
                "",
                province,
                2 * sum(parts, Decimal()),
                f"{year}-{at}",
                dt.date(year, 2, 1),
                "",
            )
            yield one
            for county, amount in zip(members, parts, strict=True):
                given = one._replace(
                    ref=next(refs), parent=one.ref, programme=PROGRAMMES[at], area=county, amount=amount
                )
                yield given
                chosen = dice.sample(counties[county], min(next(to_villages), len(counties[county])))
                for area in chosen:
                    part = (amount / (2 * len(chosen))).quantize(FEN)
                    yield given._replace(ref=next(refs), parent=given.ref, area=area, amount=part)
