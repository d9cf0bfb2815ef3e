"""Figures are read as typed or pasted; what would have to be guessed is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from povtrack.lib.figures import BadFigure, parse_decimal, parse_whole


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("１，２３４", 1234),
        ("\u300042\u3000", 42),
        ("1\u00a0234\u202f567", 1_234_567),
        ("−0", 0),
        ("", None),
    ],
)
def test_what_stands_for_plain_digits_is_read(text, figure):
    assert parse_whole(text) == figure


@pytest.mark.parametrize("text", ["39①", "5²", "½", "Ⅳ", "٣", "𝟗", "⒈", "1\u2009234"])
def test_other_digits_are_not_guessed(text):
    with pytest.raises(BadFigure, match="is not a number"):
        parse_decimal(text)


def test_a_message_repeats_the_start_of_a_long_text_only():
    with pytest.raises(BadFigure) as bad:
        parse_decimal("-" + "9" * 60)
    assert str(bad.value).startswith("-" + "9" * 39 + " is negative")


def test_money_keeps_its_fen():
    assert parse_decimal("１２．５０") == Decimal("12.5")


def test_plain_digits_are_held_against_the_limit_too() -> None:
    with pytest.raises(BadFigure, match="larger than povtrack can hold"):
        parse_decimal("200", maximum=Decimal(100))
    assert parse_decimal("100", maximum=Decimal(100)) == 100
