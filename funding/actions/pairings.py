"""Entering, changing and removing who helps which area."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.actions.helping import Overtaken, refused, span, write
from funding.actions.scope import require_funds_of, require_not_ahead
from funding.models import Pairing, Partner
from povtrack.accounts.models import User
from programmes.actions import Refused
from villages.models import Area, AreaVersion


@transaction.atomic
def pair(
    partner: Partner,
    *,
    area: Area,
    since: dt.date,
    by: User,
    until: dt.date | None = None,
    document_no: str = "",
    document_date: dt.date | None = None,
    note: str = "",
) -> Pairing:
    """Enter that a partner helps an area from `since` on, up to the day before `until`; return the pairing.

    Sent again as it stands, it is entered once. Raises Refused where the area's funds are not the person's, and
    RowsRefused with each field that is wrong.
    """
    require_funds_of(by, area)
    pairing = Pairing(
        partner=partner,
        area=area,
        valid=DateRange(*span(since, until)),
        document_no=document_no.strip(),
        document_date=document_date,
        note=note.strip(),
        entered_at=timezone.now(),
        entered_by=by,
    )
    if stands := Pairing.objects.filter(partner=partner, area=area, valid=pairing.valid).first():
        return stands
    _check(pairing)
    write(pairing)
    pairing.is_new = True
    return pairing


@transaction.atomic
def change_pairing(pairing: Pairing, *, version: int, by: User, **changes: Any) -> Pairing:
    """Change since, until, document_no, document_date or note of a pairing, and return it. Its ends are put so too.

    `version` is the one that the person saw; raises Overtaken when it no longer stands, RowsRefused where a year that
    was reported would lie outside, and otherwise as `pair`.
    """
    pairing = _held(pairing, version, by)
    since, until = changes.get("since", pairing.valid.lower), changes.get("until", pairing.valid.upper)
    pairing.valid = DateRange(*span(since, until))
    for name in ("document_no", "document_date", "note"):
        if name in changes:
            value = changes[name]
            setattr(pairing, name, value.strip() if isinstance(value, str) else value)
    _check(pairing)
    pairing.version += 1
    pairing.entered_at, pairing.entered_by = timezone.now(), by
    write(pairing)
    return pairing


@transaction.atomic
def remove_pairing(pairing: Pairing, *, version: int, by: User) -> None:
    """Remove a pairing that was entered by mistake. Its history stays. Raises Refused once anything was reported."""
    pairing = _held(pairing, version, by)
    if years := list(pairing.reports.order_by("year").values_list("year", flat=True)):
        words = _("This pairing has reports (%(years)s), so it stays. It can be ended.")
        raise Refused(words % {"years": ", ".join(map(str, years))})
    pairing.delete()


def _held(pairing: Pairing, version: int, by: User) -> Pairing:
    """Return the pairing as it stands, held against others; raises Overtaken where it is not the version seen."""
    pairing = Pairing.objects.select_for_update(of=("self",)).select_related("partner", "area").get(pk=pairing.pk)
    require_funds_of(by, pairing.area)
    if pairing.version != version:
        raise Overtaken(pairing)
    return pairing


def _check(pairing: Pairing) -> None:
    """Raise RowsRefused for what is wrong with a pairing and is no rule of the database."""
    area = pairing.area
    if pairing.document_date:
        require_not_ahead(pairing.document_date)
    if pairing.partner.area_id == area.pk:
        raise refused("area", area, _("%(partner)s can't help its own area.") % {"partner": pairing.partner}, area)
    if not AreaVersion.objects.filter(area=area, valid__overlap=pairing.valid).exists():
        raise refused("since", pairing.valid.lower, _("%(area)s did not stand in these dates.") % {"area": area}, area)
