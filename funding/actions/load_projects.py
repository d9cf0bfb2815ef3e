"""Loading many foreign projects at once, for data that come from a file or a generator."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from django.db import transaction
from django.utils import timezone

from funding.actions.helping import require_curator
from funding.models import ForeignProject, ProjectCounty
from povtrack.accounts.models import User


@transaction.atomic
def load_projects(projects: Iterable[tuple[ForeignProject, list[ProjectCounty]]], *, by: User) -> None:
    """Write many new projects, each with the counties that it covers, as entered by `by` now.

    Raises Refused, or IntegrityError where the database refuses one of them.
    """
    require_curator(by)
    pairs, now = list(projects), timezone.now()
    for project, counties in pairs:
        project.entered_at, project.entered_by = now, by
        for county in counties:
            county.project = project
    ForeignProject.objects.bulk_create(project for project, _counties in pairs)
    ProjectCounty.objects.bulk_create(chain.from_iterable(counties for _project, counties in pairs))
