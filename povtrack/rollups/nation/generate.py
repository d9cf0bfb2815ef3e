"""Filling a database with a nation: its places, the records of all programmes, its money, and all totals of these."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from funding.models import Allocation
from povtrack.accounts.models import User
from povtrack.feed.actions import begin_anew
from povtrack.lib.progress import Steps
from povtrack.rollups import recompute
from povtrack.rollups.nation import money, places, records
from programmes.registry import programmes

KEEPER = "nation"


@dataclass(frozen=True)
class Size:
    """How much is wanted, in about these numbers: years, villages and kinds divide them."""

    villages: int = 148_000
    records: int = 5_000_000
    allocations: int = 500_000
    seed: int = 2011


@dataclass(frozen=True)
class Made:
    """What was made."""

    villages: int
    records: int
    allocations: int
    payments: int


class NotEmpty(Exception):
    """The database holds records or money already."""


def generate(size: Size, *, progress: Steps, beside: bool = False) -> Made:
    """Fill the database, in one transaction: an interrupted run leaves nothing.

    Villages are those of the registry, as many as it has; where it has counties without villages, invented ones are
    placed in these; where it has none, in the real counties of 2010. Raises NotEmpty where records or money are there
    already, unless `beside` says that this is meant.
    """
    if not beside and (Allocation.objects.exists() or any(model.objects.exists() for model in programmes())):
        raise NotEmpty(_("This database holds records or money already. Invented ones would be added to them."))
    with transaction.atomic():
        begin_anew()
        by, _new = User.objects.get_or_create(username=KEEPER, defaults={"is_active": False, "password": "!"})
        villages = places.villages(size.villages, seed=size.seed, by=by, progress=progress)
        written = records.load(villages, size.records, seed=size.seed, by=by, progress=progress)
        allocations, payments = money.load(villages, size.allocations, seed=size.seed, by=by, progress=progress)
        recompute.rebuild(progress)
    return Made(len(villages), written, allocations, payments)
