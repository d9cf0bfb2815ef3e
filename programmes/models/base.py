"""The base of every programme: one declaration, from which table, rules, history, roll-up and doors are derived.

A programme is one file of the catalogue: a subclass of `Record` whose fields are its measures. The metaclass adds the
named constraints of its rules, the triggers that mark its cells dirty and tell the feed of changes, the history table,
and the roll-up table.

Worked example: a clerk saves 59 trained for Huawu village in 2010. The row in `DewRecord` is written; a trigger copies
the old row, if there was one, to `DewRecordEvent`, and another adds ("dew", 2010, Qianxi) to `DirtyCell`, all in one
transaction. A job then replaces the rows of `DewRollup` for Qianxi's townships, Qianxi, Bijie, Guizhou and the nation.
What a record can't say: figures of part of a village, or of part of a year.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.base import ModelBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.feed.triggers import tells_rows
from programmes.measures import BY_KIND, Kind, Measure, Rate
from programmes.models.outbox import marks_dirty
from programmes.models.rollup import rollup_model
from programmes.models.state import WAITING, State, workflow_constraints
from programmes.rules import Balance, NotNegative, PartOf, Rule, constraint
from programmes.soft_rules import SoftRule, watch
from villages.levels import Level
from villages.models import Area


def _rules(measures: list[Measure], stated: tuple[Rule, ...]) -> list[Rule]:
    """The hard rules of a programme: those that its measures imply, and those that it states."""
    labels = {measure.name: measure.verbose_name for measure in measures}
    return [
        *(NotNegative(m.name, m.verbose_name) for m in measures if m.is_figure),
        *(PartOf(m.name, m.part_of, m.verbose_name, labels[m.part_of]) for m in measures if m.part_of),
        *(replace(rule, labels=labels) if isinstance(rule, Balance) else rule for rule in stated),
    ]


def _soft_rules(measures: list[Measure], headline: tuple[str, ...], stated: tuple[SoftRule, ...]) -> list[SoftRule]:
    """The soft rules of a programme: its headline figures are watched, and it may state more."""
    watched = [m for m in measures if m.name in headline and m.is_figure and m.unit != BY_KIND]
    return [*(rule for m in watched for rule in watch(m.name, m.kind)), *stated]


def _options(table: str, measures: list[Measure], rules: list[Rule], attrs: dict[str, Any]) -> dict[str, Any]:
    """What every table of records has beside its columns: names, constraints, the index of its cells, triggers."""
    empty = Q(**{f"{measure.name}__isnull": True for measure in measures})
    breakdowns = [kind.code for kind in attrs.get("kinds", ())] or [""]
    return {
        "abstract": False,
        "verbose_name": attrs["label"],
        "verbose_name_plural": attrs["label"],
        "constraints": [
            *(constraint(rule, table) for rule in rules),
            *workflow_constraints(table, empty, breakdowns),
        ],
        "indexes": [
            models.Index(fields=["year", "county"], name=f"{table}_cell"),
            # What waits for review is a few of all records, and asked for everywhere at once.
            models.Index(fields=["year", "county"], name=f"{table}_waits", condition=Q(state__in=WAITING)),
        ],
        "triggers": [
            *marks_dirty(attrs["code"]),
            *tells_rows("records", programme=attrs["code"], version="version"),
        ],
    }


class RecordBase(ModelBase):
    """Turns the declaration of a programme into its tables and rules."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        measures = [_named(key, value) for key, value in attrs.items() if isinstance(value, Measure)]
        if not measures:
            return super().__new__(mcs, name, bases, attrs, **kwargs)
        if not name.endswith("Record"):
            # The registry finds the tables of records by this name; see migration 0002.
            raise TypeError(f"{name} holds records, so its name must end in Record")
        if not attrs.get("headline"):
            raise TypeError(f"{name} names no headline figures")
        stem = name.removesuffix("Record")
        table = name.lower()
        rules = _rules(measures, attrs.get("balances", ()))
        attrs["Meta"] = type("Meta", (attrs.get("Meta", object),), _options(table, measures, rules, attrs))
        attrs["hard_rules"] = rules
        attrs["soft_rules"] = _soft_rules(measures, attrs.get("headline", ()), attrs.get("watches", ()))
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


# What records, their rows in the API and their roll-ups have beside the measures.
_TAKEN = {
    "id", "area", "area_code", "area_name", "year", "breakdown", "county", "township", "state", "nil", "note",
    "version", "key", "reasons", "seen", "at", "by", "level", "parent", "basis", "expected", "drafted", "reported",
    "approved", "estimated", "computed_at",
}  # fmt: skip


def _named(name: str, measure: Measure) -> Measure:
    """Give a measure its name before Django does: rules are built from it first."""
    if name in _TAKEN:
        raise TypeError(f"“{name}” can't be the name of a measure: records or their roll-ups have it already")
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
    """One area's figures for one programme and one year; where the programme has kinds, of one of them.

    Four things stay distinct: no record (not reported), `nil` (nothing to report), a blank figure, and zero. `county`
    and `township` are where the area stood at the end of that year; the registry sets them. `version` counts the
    writes, so that nobody overwrites what they have not seen; `sent_key` is the key that the last one bore, so that one
    that is sent twice is known again.
    """

    # Declared by each programme:
    code: ClassVar[str]
    label: ClassVar[str | Promise]
    summary: ClassVar[str | Promise]
    level: ClassVar[Level] = Level.VILLAGE
    first_year: ClassVar[int]
    order: ClassVar[int] = 1000  # its place among the programmes
    source: ClassVar[str]
    headline: ClassVar[tuple[str, ...]] = ()
    rates: ClassVar[tuple[Rate, ...]] = ()
    kinds: ClassVar[tuple[Kind, ...]] = ()
    kinds_label: ClassVar[str | Promise] = pgettext_lazy("breakdown", "Kind")
    balances: ClassVar[tuple[Balance, ...]] = ()
    watches: ClassVar[tuple[SoftRule, ...]] = ()
    spending: ClassVar[str] = "spent"  # the measure that the ledger of funds is compared with, where there is one
    # Derived from the declaration:
    hard_rules: ClassVar[list[Rule]]
    soft_rules: ClassVar[list[SoftRule]]
    rollup: ClassVar[type[Any]]

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("area"))
    year = models.SmallIntegerField(_("year"))
    breakdown = models.CharField(
        pgettext_lazy("breakdown", "kind"), max_length=20, blank=True, default="", db_default=""
    )
    county = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("county"))
    township = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("township")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    nil = models.BooleanField(_("nothing to report"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    sent_key = models.UUIDField(null=True, blank=True, editable=False)
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
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("confirmed by"),
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
        kind = self.kind_of(self.breakdown)
        return f"{self.label} {self.year}: {self.area}" + (f", {kind.label}" if kind else "")

    @classmethod
    @cache
    def measures(cls) -> list[Measure]:
        """The measures in the order of their declaration."""
        fields: list[Any] = cls._meta.local_fields
        return [field for field in fields if isinstance(field, Measure)]

    @classmethod
    def totalled(cls) -> list[Measure]:
        """The measures that have totals."""
        return [measure for measure in cls.measures() if measure.adds_up]

    @classmethod
    def spending_measure(cls) -> Measure | None:
        """The measure of what was spent of funds, if the programme collects it."""
        return next((measure for measure in cls.totalled() if measure.name == cls.spending), None)

    @classmethod
    def breakdowns(cls) -> list[str]:
        """The values of `breakdown`: the codes of the kinds, or the empty one of a programme without kinds."""
        return [kind.code for kind in cls.kinds] or [""]

    @classmethod
    def kind_of(cls, code: str) -> Kind | None:
        """The kind of a code; None where there is none, or for the total over all."""
        return next((kind for kind in cls.kinds if kind.code == code), None)

    def figures(self) -> dict[str, Any]:
        """The figures by measure name; None is blank."""
        return {measure.name: getattr(self, measure.name) for measure in self.measures()}
