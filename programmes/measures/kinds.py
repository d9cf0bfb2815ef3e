"""Kinds: how a programme breaks its figures down."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from programmes.measures.units import unit_word


@dataclass(frozen=True)
class Kind:
    """One value of a programme's breakdown, such as roads among the kinds of work relief.

    A place has one record for each kind of which it has something to say. `unit` is that of the quantities that are
    counted by kind.
    """

    code: str
    label: str | Promise
    unit: str = ""

    @property
    def unit_word(self) -> str | Promise:
        return unit_word(self.unit) if self.unit else ""
