"""What the demonstration's finance officer has done so far: some of a county's money is passed down and paid out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from funding.actions import Share, book_payment, pass_down
from funding.models import Allocation
from povtrack.accounts.models import Jurisdiction
from povtrack.accounts.roles import Role
from povtrack.lib.years import year_end
from povtrack.rollups.demo import OPEN_YEAR, ZHIJIN
from programmes.catalogue.dew import DewRecord
from villages.models import Area

VILLAGES = 20
CENT = Decimal("0.01")


def spend() -> None:
    """Pass half of Zhijin's money for the Dew Program down to some villages, most of which have spent most of it."""
    zhijin = Area.objects.coded(ZHIJIN, year_end(OPEN_YEAR)).get()
    money = Allocation.objects.with_balance().filter(area=zhijin, year=OPEN_YEAR, programme=DewRecord.code).first()
    officer = Jurisdiction.objects.filter(role=Role.FINANCE, area=zhijin).select_related("user").first()
    if money is None or officer is None:
        return
    told = DewRecord.objects.filter(county=zhijin, year=OPEN_YEAR, spent__isnull=False).select_related("area")
    villages = [record.area for record in told.order_by("area__code")[:VILLAGES]]
    each = (money.balance.available / (2 * VILLAGES)).quantize(CENT)
    made = pass_down(
        money,
        shares=[Share(village, each) for village in villages],
        document_no="织财农〔2010〕15号",
        document_date=dt.date(OPEN_YEAR, 4, 20),
        by=officer.user,
    )
    for at, allocation in enumerate(made):
        paid = (each * (95 - 3 * (at % 8)) / 100).quantize(CENT)
        book_payment(allocation, kind="disbursed", amount=paid, paid_on=dt.date(OPEN_YEAR, 6, 8), by=officer.user)
        if at % 5 != 4:
            spent = (paid * (98 - 2 * (at % 7)) / 100).quantize(CENT)
            book_payment(allocation, kind="spent", amount=spent, paid_on=dt.date(OPEN_YEAR, 11, 3), by=officer.user)
