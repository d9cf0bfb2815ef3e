"""Keeping foreign-funded projects, the counties that they cover, and the allocations that are their money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.actions.helping import Overtaken, refused, require_curator, span, write
from funding.actions.scope import require_funds_of
from funding.models import Allocation, ForeignProject, FundSource, Partner, ProjectAllocation, ProjectCounty
from povtrack.accounts.models import User
from programmes.actions import Refused
from programmes.registry import find_programme
from villages.levels import Level
from villages.models import Area, AreaVersion

FIELDS = (
    "name",
    "name_latin",
    "donor",
    "currency",
    "currency_amount",
    "rate",
    "counterpart",
    "programme",
    "people",
    "document_no",
    "note",
)


@dataclass(frozen=True)
class Covered:
    """A county that a project covers from a day on, up to the day before `until`; without days, as long as it runs."""

    area: Area
    since: dt.date | None = None
    until: dt.date | None = None


@transaction.atomic
def add_project(
    *, since: dt.date, by: User, until: dt.date | None = None, counties: Sequence[Covered] = (), **fields: Any
) -> ForeignProject:
    """Add a foreign project with the counties that it covers, and return it. `fields` are those of FIELDS.

    One that stands with the same donor, name and amount is returned as it is. Raises Refused, or RowsRefused with each
    field that is wrong.
    """
    require_curator(by)
    project = ForeignProject(version=0)
    _put(project, fields, since, until)
    same = ("donor", "name", "currency", "currency_amount", "valid")
    if stands := ForeignProject.objects.filter(**{name: getattr(project, name) for name in same}).first():
        return stands
    project = _write(project, counties, by)
    project.is_new = True
    return project


@transaction.atomic
def change_project(
    project: ForeignProject, *, version: int, by: User, counties: Sequence[Covered] | None = None, **changes: Any
) -> ForeignProject:
    """Change a project: since, until, those of FIELDS, and all its counties if they are given. Returns it.

    `version` is the one that the person saw; raises Overtaken when it no longer stands, otherwise as `add_project`.
    """
    require_curator(by)
    project = ForeignProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if project.version != version:
        raise Overtaken(project)
    since, until = changes.pop("since", project.valid.lower), changes.pop("until", project.valid.upper)
    _put(project, changes, since, until)
    return _write(project, counties, by)


def _put(project: ForeignProject, fields: dict[str, Any], since: dt.date, until: dt.date | None) -> None:
    project.valid = DateRange(*span(since, until))
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(name)
        setattr(project, name, value.strip() if isinstance(value, str) else value)


def _write(project: ForeignProject, counties: Sequence[Covered] | None, by: User) -> ForeignProject:
    if project.donor.kind != Partner.Kind.FOREIGN:
        raise refused("donor", project.donor, _("%(donor)s is no foreign donor.") % {"donor": project.donor})
    if project.programme and find_programme(project.programme) is None:
        words = _("There is no programme “%(code)s”.") % {"code": project.programme}
        raise refused("programme", project.programme, words)
    project.version += 1
    project.entered_at, project.entered_by = timezone.now(), by
    write(project)
    project.refresh_from_db(fields=["yuan"])
    if counties is not None:
        _cover(project, counties)
    return project


def _cover(project: ForeignProject, counties: Sequence[Covered]) -> None:
    """Let a project cover exactly these counties; what was so already is not written again."""
    wanted = {}
    for one in counties:
        since, until = span(one.since or project.valid.lower, one.until or project.valid.upper)
        _require_county(one.area, DateRange(since, until))
        wanted[one.area.pk, since, until] = one.area
    for row in project.counties.all():
        key = row.area_id, row.valid.lower, row.valid.upper
        if key in wanted:
            del wanted[key]
        else:
            row.delete()
    for (_pk, since, until), area in wanted.items():
        row = ProjectCounty(project=project, area=area, valid=DateRange(since, until))
        write(row)


def _require_county(area: Area, valid: DateRange) -> None:
    if area.level != Level.COUNTY:
        raise refused("counties", area, _("%(area)s is no county.") % {"area": area}, area)
    if not AreaVersion.objects.filter(area=area, valid__overlap=valid).exists():
        raise refused("counties", area, _("%(area)s did not stand in these dates.") % {"area": area}, area)


@transaction.atomic
def book_to_project(allocation: Allocation, *, project: ForeignProject, by: User) -> ProjectAllocation:
    """Say that an allocation from outside is money of a foreign project, once and for good.

    Raises Refused where it comes from no foreign source, was passed down, or belongs to another project.
    """
    require_funds_of(by, allocation.area)
    if allocation.source.kind != FundSource.Kind.FOREIGN or allocation.parent_id:
        raise Refused(
            _("%(allocation)s did not come from a foreign source outside povtrack.") % {"allocation": allocation}
        )
    stands = ProjectAllocation.objects.filter(allocation=allocation).select_related("project").first()
    if stands and stands.project_id != project.pk:
        words = _("%(allocation)s is money of “%(project)s” already.")
        raise Refused(words % {"allocation": allocation, "project": stands.project})
    return stands or ProjectAllocation.objects.create(allocation=allocation, project=project, by=by)
