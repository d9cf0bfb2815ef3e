"""Hard rules: what no record may break. Each is stated once and speaks three ways.

`condition` makes it a named database constraint, `broken` checks typed figures before they are sent to the database,
and `spec` lets the browser check the same while a person types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povtrack.lib.figures import told


@dataclass(frozen=True)
class NotNegative:
    """A figure is zero or more."""

    measure: str
    label: str | Promise
    kind = "not_negative"

    @property
    def name(self) -> str:
        return f"{self.measure}_not_negative"

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.measure,)

    def condition(self) -> Q:
        return Q(**{f"{self.measure}__isnull": True}) | Q(**{f"{self.measure}__gte": 0})

    def broken(self, figures: Mapping[str, Any]) -> str:
        """Return what is wrong in words, or an empty text."""
        figure = figures.get(self.measure)
        return _("A figure here is zero or more.") if figure is not None and figure < 0 else ""

    def summary(self) -> Any:
        return format_lazy(gettext_lazy("“{label}” can't be negative."), label=self.label)

    def spec(self) -> dict[str, str]:
        return {"kind": self.kind, "measure": self.measure}


@dataclass(frozen=True)
class PartOf:
    """A part never exceeds its whole, and has no meaning without it."""

    part: str
    whole: str
    part_label: str | Promise
    whole_label: str | Promise
    kind = "part_of"

    @property
    def name(self) -> str:
        return f"{self.part}_within_{self.whole}"

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.part, self.whole)

    def condition(self) -> Q:
        return Q(**{f"{self.part}__isnull": True}) | Q(
            **{f"{self.whole}__isnull": False, f"{self.part}__lte": F(self.whole)}
        )

    def broken(self, figures: Mapping[str, Any]) -> str:
        """Return what is wrong in words, or an empty text."""
        part, whole = figures.get(self.part), figures.get(self.whole)
        words = {"part": self.part_label, "whole": self.whole_label}
        if part is None or (whole is not None and part <= whole):
            return ""
        if whole is None:
            return _("“%(part)s” is %(figure)s, but “%(whole)s” is blank.") % {**words, "figure": told(part)}
        return _("“%(part)s” is %(figure)s, more than “%(whole)s”, which is %(limit)s.") % {
            **words,
            "figure": told(part),
            "limit": told(whole),
        }

    def summary(self) -> Any:
        return format_lazy(
            gettext_lazy("“{part}” can't be more than “{whole}”."), part=self.part_label, whole=self.whole_label
        )

    def spec(self) -> dict[str, str]:
        return {"kind": self.kind, "part": self.part, "whole": self.whole}


@dataclass(frozen=True)
class Balance:
    """A closing balance is all that came in less all that went out; a blank counts as nothing.

    A closing balance that is itself blank has not been worked out yet, which is no fault.
    """

    closing: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    labels: Mapping[str, str | Promise] = field(default_factory=dict)  # filled in from the measures
    kind = "balance"

    @property
    def name(self) -> str:
        return f"{self.closing}_balances"

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.closing, *self.plus, *self.minus)

    def condition(self) -> Q:
        came: Any = sum((Coalesce(F(name), 0) for name in self.plus[1:]), start=Coalesce(F(self.plus[0]), 0))
        for name in self.minus:
            came -= Coalesce(F(name), 0)
        return Q(**{f"{self.closing}__isnull": True}) | Q(**{self.closing: came})

    def broken(self, figures: Mapping[str, Any]) -> str:
        """Return what is wrong in words, or an empty text."""
        closing = figures.get(self.closing)
        if closing is None:
            return ""
        came = sum(figures.get(name) or 0 for name in self.plus) - sum(figures.get(name) or 0 for name in self.minus)
        if closing == came:
            return ""
        return _("“%(closing)s” is %(figure)s, but what came in less what went out is %(sum)s.") % {
            "closing": self.labels[self.closing],
            "figure": told(closing),
            "sum": told(came),
        }

    def summary(self) -> Any:
        words = gettext_lazy("“{closing}” is {plus}, less {minus}.")
        plus, minus = (_listed([self.labels[name] for name in names]) for names in (self.plus, self.minus))
        return format_lazy(words, closing=self.labels[self.closing], plus=plus, minus=minus)

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "closing": self.closing, "plus": self.plus, "minus": self.minus}


def _listed(words: list[str | Promise]) -> Any:
    """Words one after the other, as the language sets them apart."""
    listed: Any = words[0]
    for word in words[1:]:
        listed = format_lazy(gettext_lazy("{first}, {next}"), first=listed, next=word)
    return listed


Rule = NotNegative | PartOf | Balance


def constraint(rule: Rule, table: str) -> CheckConstraint:
    """Return the named database constraint that holds `rule` for a table."""
    return CheckConstraint(
        condition=rule.condition(), name=f"{table}_{rule.name}", violation_error_message=rule.summary()
    )
