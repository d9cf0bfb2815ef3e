"""Keeping the list of partners."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from funding.actions.helping import Overtaken, refused, require_curator, write
from funding.models import Partner
from povtrack.accounts.models import User
from villages.models import Area

_FIELDS = ("kind", "name", "name_latin", "area", "note")


@transaction.atomic
def add_partner(
    *, kind: str, name: str, by: User, name_latin: str = "", area: Area | None = None, note: str = ""
) -> Partner:
    """Add a partner, or return the one that is the same already.

    Raises Refused, or RowsRefused with each field that is wrong.
    """
    require_curator(by)
    partner = Partner(kind=kind, name=name.strip(), name_latin=name_latin.strip(), area=area, note=note.strip())
    stands = Partner.objects.filter(name=partner.name).first()
    if stands and all(getattr(stands, field) == getattr(partner, field) for field in _FIELDS):
        return stands
    write(partner)
    partner.is_new = True
    return partner


@transaction.atomic
def change_partner(partner: Partner, *, version: int, by: User, **changes: Any) -> Partner:
    """Change kind, name, name_latin, area or note of a partner, and return it.

    `version` is the one that the person saw; raises Overtaken when it no longer stands, and otherwise as `add_partner`.
    """
    require_curator(by)
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if partner.version != version:
        raise Overtaken(partner)
    for name in _FIELDS:
        if name in changes:
            value = changes[name]
            setattr(partner, name, value.strip() if isinstance(value, str) else value)
    check_partner(partner)
    partner.version += 1
    write(partner)
    return partner


def check_partner(partner: Partner) -> None:
    """Raise RowsRefused for what does not go together with the projects and pairings that a partner has already."""
    if not partner.pk:
        return
    if partner.kind != Partner.Kind.FOREIGN and partner.projects.exists():
        raise refused("kind", partner.kind, _("%(partner)s pays for foreign projects.") % {"partner": partner})
    if partner.area_id and partner.pairings.filter(area=partner.area_id).exists():
        raise refused("area", partner.area, _("%(partner)s can't help its own area.") % {"partner": partner})
