"""Measures, kinds and rates: the vocabulary in which a programme declares its figures."""

from programmes.measures.fields import Count, Flag, Mean, Measure, Money, PlaceCode, Quantity
from programmes.measures.kinds import Kind
from programmes.measures.rates import Rate
from programmes.measures.terms import Term
from programmes.measures.units import BY_KIND, unit_word

__all__ = [
    "BY_KIND",
    "Count",
    "Flag",
    "Kind",
    "Mean",
    "Measure",
    "Money",
    "PlaceCode",
    "Quantity",
    "Rate",
    "Term",
    "unit_word",
]
