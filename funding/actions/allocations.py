"""Entering what comes from outside, and passing down what rests with an area."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from funding.actions.once import write_once
from funding.actions.refusals import Problem, RowsRefused
from funding.actions.scope import require_funds_of, require_not_ahead
from funding.models import Allocation, FundSource
from povtrack.accounts.models import User
from programmes.actions import Refused
from programmes.registry import find_programme
from villages.models import Area

MAX_SHARES = 5000  # more than any country has counties, or a prefecture villages


@dataclass(frozen=True)
class Foreign:
    """An amount in another currency (three capital letters), and the yuan that one unit of it is worth."""

    currency: str
    amount: Decimal
    rate: Decimal

    @property
    def yuan(self) -> Decimal:
        return (self.amount * self.rate).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Share:
    """What one area gets of an allocation that is passed down, in yuan, perhaps for one programme."""

    area: Area
    amount: Decimal
    programme: str = ""
    note: str = ""


@transaction.atomic
def enter_allocation(
    *,
    source: FundSource,
    year: int,
    area: Area,
    document_no: str,
    document_date: dt.date,
    by: User,
    amount: Decimal | None = None,
    foreign: Foreign | None = None,
    programme: str = "",
    note: str = "",
    key: uuid.UUID | None = None,
) -> Allocation:
    """Enter money that comes to an area from outside, in yuan or in another currency, and return its allocation.

    Sent again with the same key it is written once. Raises Refused, or RowsRefused with each field that is wrong.
    """
    require_funds_of(by, area)
    require_not_ahead(document_date)
    _require_open(source, document_date)
    _require_programmes([(programme, area.pk)])
    allocation = Allocation(
        source=source,
        year=year,
        programme=programme,
        area=area,
        amount=foreign.yuan if foreign else amount,  # type: ignore[misc]  # none is told as a blank field
        document_no=document_no.strip(),
        document_date=document_date,
        note=note.strip(),
        key=key,
        by=by,
        currency=foreign.currency if foreign else "",
        currency_amount=foreign.amount if foreign else None,
        rate=foreign.rate if foreign else None,
    )
    return write_once([allocation])[0]


@transaction.atomic
def pass_down(
    parent: Allocation,
    *,
    shares: Sequence[Share],
    document_no: str,
    document_date: dt.date,
    by: User,
    key: uuid.UUID | None = None,
) -> list[Allocation]:
    """Pass an allocation down to areas below its own, all in one document, and return what each got.

    All or nothing. Sent again with the same key it is written once. Raises Refused with the numbers where more is
    passed down than rests and is not paid out, or RowsRefused with what is wrong with each area.
    """
    require_funds_of(by, parent.area)
    require_not_ahead(document_date)
    _require_shares(shares)
    _require_programmes([(share.programme, share.area.pk) for share in shares])
    return write_once(
        [
            Allocation(
                source_id=parent.source_id,
                year=parent.year,
                programme=share.programme or parent.programme,
                area=share.area,
                parent=parent,
                amount=share.amount,
                document_no=document_no.strip(),
                document_date=document_date,
                note=share.note.strip(),
                key=key,
                by=by,
            )
            for share in shares
        ]
    )


def _require_shares(shares: Sequence[Share]) -> None:
    if not shares:
        raise Refused(_("No area gets anything. Enter at least one amount."))
    if len(shares) > MAX_SHARES:
        raise Refused(
            _("%(count)s areas are too many at once; at most %(limit)s.") % {"count": len(shares), "limit": MAX_SHARES}
        )
    seen: set[int] = set()
    for share in shares:
        if share.area.pk in seen:
            words = _("%(area)s stands in the list twice.") % {"area": share.area}
            raise RowsRefused([Problem(share.area.pk, "area", str(share.area), words)])
        seen.add(share.area.pk)


def _require_programmes(rows: Sequence[tuple[str, int | None]]) -> None:
    """Raise RowsRefused for each row, a programme and the id of an area, whose programme does not exist."""
    unknown = {code for code in {code for code, _area in rows} if code and find_programme(code) is None}
    words = _("There is no programme “%(code)s”.")
    problems = [
        Problem(area, "programme", code, words % {"code": code}, row)
        for row, (code, area) in enumerate(rows)
        if code in unknown
    ]
    if problems:
        raise RowsRefused(problems)


def _require_open(source: FundSource, day: dt.date) -> None:
    if source.closed_on and day >= source.closed_on:
        words = _("“%(source)s” was closed on %(day)s; nothing new is entered from it.")
        told = words % {"source": source, "day": source.closed_on}
        raise RowsRefused([Problem(None, "source", source.code, told)])
