"""Filling a database with the white paper's nation, once."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from povtrack.feed.actions import begin_anew
from povtrack.lib.progress import Steps
from povtrack.rollups import demo_funds, recompute
from povtrack.rollups.demo import is_loaded as is_demonstration
from povtrack.rollups.white_paper import facts, full, registry
from povtrack.rollups.white_paper.money import load_money
from povtrack.rollups.white_paper.partners import load_help
from povtrack.rollups.white_paper.records import LOAN_YEARS, load_loans
from programmes.catalogue.loans import LoanRecord
from programmes.models import DirtyCell
from programmes.registry import programmes
from villages.levels import Level
from villages.models import Area, AreaVersion, RegistryImport

SOURCE = "white-paper"
KEEPER = "white-paper"
COMPACT, FULL = "places.csv", "villages"


class NotEmpty(Exception):
    """The database holds places that are not the demonstration's."""


def is_loaded(form: str = COMPACT) -> bool:
    """Tell whether a form of the nation is in this database: its mark is written in the same transaction."""
    return RegistryImport.objects.filter(source=SOURCE, file_name=form).exists()


def load(*, progress: Steps, villages: bool = False) -> bool:
    """Load the compact form into an empty database or beside the demonstration; with `villages` the full one.

    Returns False if all was there. Raises NotEmpty where other places are. An interrupted load leaves nothing.
    """
    missing = [form for form in (COMPACT, FULL) if not is_loaded(form) and (villages or form == COMPACT)]
    if not missing:
        return False
    if COMPACT in missing and Area.objects.exists() and not is_demonstration():
        raise NotEmpty(_("This database already holds places. The white paper's nation needs an empty one."))
    with transaction.atomic():
        if FULL in missing:
            begin_anew()
        by = _load_places(missing, progress)
        if COMPACT in missing:
            _load_compact(by, progress)
        if FULL in missing:
            full.load_records_of_villages(_source(FULL), by, progress)
        # The demonstration is in the year 2010: what the paper counts of 2011 comes with the full form only.
        last = LOAN_YEARS[-1:] if FULL in missing or not is_demonstration() else []
        with progress.step(str(LoanRecord.label)):
            load_loans([*(facts.YEARS if COMPACT in missing else []), *last], by)
        recompute.rebuild(progress, None if FULL in missing else _programmes_of_counties())
    recompute.drain()
    return True


def _load_places(missing: list[str], progress: Steps) -> User:
    """Load the places of all forms first: while nothing is collected, nothing needs to be marked for recomputing."""
    by, _new = User.objects.get_or_create(username=KEEPER, defaults={"is_active": False, "password": "!"})
    for form in missing:
        words = _("Adding the counties of the nation") if form == COMPACT else _("Adding villages")
        with progress.step(words):
            if form == COMPACT:
                registry.load_places(_mark(form, len(facts.places()), by), progress)
                nation = Area.objects.get(level=Level.NATION)
                Jurisdiction.objects.create(user=by, role=Role.FINANCE, area=nation)
            else:
                full.load_villages(_mark(form, full.VILLAGES, by), progress)
    return by


def _load_compact(by: User, progress: Steps) -> None:
    for words, step in (
        # Measured: the rules of reports are asked 15 times as quickly before the ledger's tables were written.
        (_("Entering who helped whom"), load_help),
        (_("Taking in the lists of key counties"), registry.load_lists),
        (_("Entering the funds of ten years"), load_money),
    ):
        with progress.step(words):
            step(by)
    if is_demonstration():
        demo_funds.spend()


def _programmes_of_counties() -> list[str]:
    """The programmes whose totals new counties change: without villages they have no part in those of the others."""
    of_villages = [model.code for model in programmes() if model.level > Level.COUNTY]
    new = AreaVersion.objects.filter(source=_source(COMPACT)).values("area")
    DirtyCell.objects.filter(programme__in=of_villages, county__in=new).delete()
    return [model.code for model in programmes() if model.level <= Level.COUNTY]


def _source(form: str) -> RegistryImport:
    return RegistryImport.objects.get(source=SOURCE, file_name=form)


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
