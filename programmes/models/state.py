"""How a record stands on its way from a clerk's draft to approval, and the database's rules about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from povtrack.lib.years import FIRST_YEAR, LAST_YEAR


class State(models.TextChoices):
    """Where approval takes two steps, a record that passed the first is `confirmed` until the second approves it."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    CONFIRMED = "confirmed", _("confirmed")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")


REPORTED = (State.SUBMITTED, State.CONFIRMED, State.APPROVED)
OPEN = (State.DRAFT, State.RETURNED)  # what its clerk still has in hand
WAITING = (State.SUBMITTED, State.CONFIRMED)  # what a reviewer has in hand
LOCKED = (State.CONFIRMED, State.APPROVED)  # what nobody writes before a reviewer has given it back


def workflow_constraints(table: str, empty: Q, breakdowns: list[str]) -> list[models.BaseConstraint]:
    """The named rules of every programme's table; `empty` is the condition that a record has no figure."""
    return [
        models.UniqueConstraint(
            fields=["area", "year", "breakdown"],
            name=f"{table}_once_a_year",
            violation_error_message=_("This place already has a record for this year."),
        ),
        models.CheckConstraint(condition=Q(breakdown__in=breakdowns), name=f"{table}_breakdown_known"),
        models.CheckConstraint(condition=Q(state__in=State.values), name=f"{table}_state_known"),
        models.CheckConstraint(
            condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
            name=f"{table}_year_sensible",
            violation_error_message=_("The year is out of range."),
        ),
        models.CheckConstraint(
            condition=Q(nil=False) | empty,
            name=f"{table}_nil_is_empty",
            violation_error_message=_("A place with nothing to report has no figures."),
        ),
        *(_pair(table, step) for step in ("submitted", "confirmed", "approved")),
        models.CheckConstraint(
            condition=Q(state__in=OPEN) | Q(submitted_at__isnull=False), name=f"{table}_submitted_has_time"
        ),
        models.CheckConstraint(
            condition=~Q(state=State.CONFIRMED) | Q(confirmed_at__isnull=False), name=f"{table}_confirmed_has_time"
        ),
        models.CheckConstraint(
            condition=Q(state="approved", approved_at__isnull=False) | (~Q(state="approved") & Q(approved_at=None)),
            name=f"{table}_approved_has_time",
        ),
    ]


def _pair(table: str, step: str) -> models.CheckConstraint:
    """A step has both a time and a person, or neither."""
    at, by = f"{step}_at__isnull", f"{step}_by__isnull"
    return models.CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}), name=f"{table}_{step}_pair"
    )
