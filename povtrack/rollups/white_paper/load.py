"""Filling a database with the white paper's nation, once."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from povtrack.lib.progress import Steps
from povtrack.rollups import recompute
from povtrack.rollups.demo import is_loaded as is_demonstration
from povtrack.rollups.white_paper import facts, full, registry
from povtrack.rollups.white_paper.money import load_money
from povtrack.rollups.white_paper.partners import load_help
from povtrack.rollups.white_paper.records import load_loans
from programmes.catalogue.loans import LoanRecord
from villages.levels import Level
from villages.models import Area, RegistryImport

SOURCE = "white-paper"
KEEPER = "white-paper"
LOAN_YEARS = range(2001, 2012)
COMPACT, FULL = "places.csv", "villages"


class NotEmpty(Exception):
    """The database holds places that are not the demonstration's."""


def is_loaded(form: str = COMPACT) -> bool:
    """Tell whether a form of the nation is in this database: its mark is written in the same transaction."""
    return RegistryImport.objects.filter(source=SOURCE, file_name=form).exists()


def load(*, progress: Steps) -> bool:
    """Load the compact form into an empty database or one with the demonstration; return False if it was there.

    Raises NotEmpty where other places are. An interrupted load leaves nothing.
    """
    if is_loaded():
        return False
    if Area.objects.exists() and not is_demonstration():
        raise NotEmpty(_("This database already holds places. The white paper's nation needs an empty one."))
    with transaction.atomic():
        by = _keeper()
        with progress.step(_("Adding the counties of the nation")):
            registry.load_places(_mark(COMPACT, len(facts.places()), by), progress)
            nation = Area.objects.get(level=Level.NATION)
            Jurisdiction.objects.create(user=by, role=Role.FINANCE, area=nation)
        with progress.step(_("Taking in the lists of key counties")):
            registry.load_lists(by)
        with progress.step(_("Entering the funds of ten years")):
            load_money(by)
        with progress.step(_("Entering who helped whom")):
            load_help(by)
        with progress.step(str(LoanRecord.label)):
            # The demonstration is in the year 2010: what the paper counts of 2011 comes with the full form only.
            load_loans(facts.YEARS if is_demonstration() else LOAN_YEARS, by)
        recompute.rebuild(progress)
    recompute.drain()
    return True


def load_full(*, progress: Steps) -> bool:
    """Load the full form, and the compact one if it is not there; return False if all was there.

    An interrupted load leaves what is whole, and is safe to repeat. Raises NotEmpty as `load`.
    """
    load(progress=progress)
    if is_loaded(FULL):
        return False
    by = User.objects.get(username=KEEPER)
    with transaction.atomic():
        full.load_full(_mark(FULL, full.VILLAGES, by), by, progress)
        if not LoanRecord.objects.filter(year=LOAN_YEARS[-1]).exists():
            load_loans(LOAN_YEARS[-1:], by)
        recompute.rebuild(progress)
    recompute.drain()
    return True


def _mark(form: str, places: int, by: User | None) -> RegistryImport:
    digest = hashlib.sha256((facts.FOLDER / COMPACT).read_bytes()).hexdigest()
    return RegistryImport.objects.create(
        source=SOURCE,
        file_name=form,
        sha256=digest,
        vintage=facts.FORM,
        since=facts.SINCE,
        areas=places,
        created_by=by,
    )


def _keeper() -> User:
    """Who enters the invented data: an account to which nobody can sign in."""
    user = User(username=KEEPER, is_active=False)
    user.set_unusable_password()
    user.save()
    return user
