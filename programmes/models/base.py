"""The base of every programme: one declaration, from which table, rules, history, roll-up and doors are derived.

A programme is one file beside this one: a subclass of `Record` whose fields are its measures. The metaclass adds the
named constraints of its rules, the triggers that mark its cells dirty, the history table, and the roll-up table.

Worked example: a clerk saves 59 trained for Huawu village in 2010. The row in `DewRecord` is written; a trigger copies
the old row, if there was one, to `DewRecordEvent`, and another adds ("dew", 2010, Qianxi) to `DirtyCell`, all in one
transaction. A job then replaces the rows of `DewRollup` for Qianxi's townships, Qianxi, Bijie, Guizhou and the nation.
What a record can't say: figures of part of a village, or of part of a year.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.base import ModelBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.measures import Measure, Rate
from programmes.models.outbox import marks_dirty
from programmes.models.rollup import rollup_model
from programmes.rules import NotNegative, PartOf, Rule, constraint
from villages.levels import Level
from villages.models import Area


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")


def _rules(measures: list[Measure]) -> list[Rule]:
    labels = {measure.name: measure.verbose_name for measure in measures}
    return [NotNegative(m.name, m.verbose_name) for m in measures] + [
        PartOf(m.name, m.part_of, m.verbose_name, labels[m.part_of]) for m in measures if m.part_of
    ]


def _workflow_constraints(table: str, measures: list[Measure]) -> list[models.BaseConstraint]:
    empty = Q(**{f"{measure.name}__isnull": True for measure in measures})
    return [
        models.UniqueConstraint(
            fields=["area", "year"],
            name=f"{table}_once_a_year",
            violation_error_message=_("This place already has a record for this year."),
        ),
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
        models.CheckConstraint(
            condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
            | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            name=f"{table}_submitted_pair",
        ),
        models.CheckConstraint(
            condition=Q(approved_at__isnull=True, approved_by__isnull=True)
            | Q(approved_at__isnull=False, approved_by__isnull=False),
            name=f"{table}_approved_pair",
        ),
        models.CheckConstraint(
            condition=Q(state__in=["draft", "returned"]) | Q(submitted_at__isnull=False),
            name=f"{table}_submitted_has_time",
        ),
        models.CheckConstraint(
            condition=Q(state="approved", approved_at__isnull=False) | (~Q(state="approved") & Q(approved_at=None)),
            name=f"{table}_approved_has_time",
        ),
    ]


class RecordBase(ModelBase):
    """Turns the declaration of a programme into its tables and rules."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        measures = [_named(key, value) for key, value in attrs.items() if isinstance(value, Measure)]
        if not measures:
            return super().__new__(mcs, name, bases, attrs, **kwargs)
        if not name.endswith("Record"):
            # The registry finds the tables of records by this name; see migration 0002.
            raise TypeError(f"{name} holds records, so its name must end in Record")
        stem, code = name.removesuffix("Record"), attrs["code"]
        table = name.lower()
        rules = _rules(measures)
        meta = attrs.get("Meta", object)
        attrs["Meta"] = type(
            "Meta",
            (meta,),
            {
                "abstract": False,
                "verbose_name": attrs["label"],
                "verbose_name_plural": attrs["label"],
                "constraints": [*(constraint(rule, table) for rule in rules), *_workflow_constraints(table, measures)],
                "indexes": [models.Index(fields=["year", "county"], name=f"{table}_cell")],
                "triggers": marks_dirty(code),
            },
        )
        attrs["hard_rules"] = rules
        record: Any = super().__new__(mcs, name, bases, attrs, **kwargs)
        # Only what a row was is kept (the row itself is what it is), so that inserting costs nothing.
        pghistory.track(
            pghistory.UpdateEvent("changed", row=pghistory.Old),
            pghistory.DeleteEvent("deleted", row=pghistory.Old),
            level=pghistory.Statement,
            model_name=f"{name}Event",
        )(record)
        record.rollup = rollup_model(stem, record)
        return record


def _named(name: str, measure: Measure) -> Measure:
    """Give a measure its name before Django does: rules are built from it first."""
    measure.name = name
    return measure


class RecordQuerySet(models.QuerySet["Record"]):
    def visible_to(self, user: User, ability: Ability = Ability.READ) -> RecordQuerySet:
        """The records of areas in whose subtree `user` holds `ability`."""
        return self.filter(area__in=Area.objects.visible_to(user, ability))

    def within(self, area: Area) -> RecordQuerySet:
        """The records of an area's subtree as it is today."""
        return self.filter(area__in=Area.objects.within(area))

    def in_year(self, year: int) -> RecordQuerySet:
        return self.filter(year=year)


class Record(models.Model, metaclass=RecordBase):
    """One area's figures for one programme and one year.

    Four things stay distinct: no record (not reported), `nil` (nothing to report), a blank figure, and zero. `county`
    and `township` are where the area stood at the end of that year; the registry sets them. `version` counts the
    writes, so that nobody overwrites what they have not seen.
    """

    # Declared by each programme:
    code: ClassVar[str]
    label: ClassVar[str | Promise]
    summary: ClassVar[str | Promise]
    level: ClassVar[Level] = Level.VILLAGE
    first_year: ClassVar[int]
    source: ClassVar[str]
    headline: ClassVar[tuple[str, ...]] = ()
    rates: ClassVar[tuple[Rate, ...]] = ()
    # Derived from the declaration:
    hard_rules: ClassVar[list[Rule]]
    rollup: ClassVar[type[Any]]

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("area"))
    year = models.SmallIntegerField(_("year"))
    county = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("county"))
    township = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("township")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    nil = models.BooleanField(_("nothing to report"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("entered by")
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("submitted by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("approved by"),
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.label} {self.year}: {self.area}"

    @classmethod
    @cache
    def measures(cls) -> list[Measure]:
        """The measures in the order of their declaration."""
        fields: list[Any] = cls._meta.local_fields
        return [field for field in fields if isinstance(field, Measure)]

    def figures(self) -> dict[str, Any]:
        """The figures by measure name; None is blank."""
        return {measure.name: getattr(self, measure.name) for measure in self.measures()}
