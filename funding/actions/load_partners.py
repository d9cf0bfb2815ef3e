"""Loading many partners, pairings and reports at once, for data that come from a file or a generator."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from funding.actions.helping import require_curator
from funding.models import Pairing, PairingReport, Partner
from povtrack.accounts.models import User

_BATCH = 1000


@transaction.atomic
def load_partners(partners: Iterable[Partner], *, by: User) -> list[Partner]:
    """Write many new partners. Raises Refused, or IntegrityError where the database refuses one of them."""
    require_curator(by)
    return Partner.objects.bulk_create(partners, _BATCH)


@transaction.atomic
def load_pairings(pairings: Iterable[Pairing], *, by: User) -> list[Pairing]:
    """Write many new pairings, as entered by `by` now. Raises as `load_partners`."""
    require_curator(by)
    rows, now = list(pairings), timezone.now()
    for row in rows:
        row.entered_at, row.entered_by = now, by
    written = Pairing.objects.bulk_create(rows, _BATCH)
    with connection.cursor() as cursor:  # reports look their pairing up one by one, also in this transaction
        cursor.execute("ANALYZE funding_partner, funding_pairing")
    return written


@transaction.atomic
def load_pairing_reports(reports: Iterable[PairingReport], *, by: User) -> list[PairingReport]:
    """Write many new reports, as entered by `by` now. Raises as `load_partners`."""
    require_curator(by)
    rows, now = list(reports), timezone.now()
    for row in rows:
        row.entered_at, row.entered_by = now, by
    return PairingReport.objects.bulk_create(rows, _BATCH)
