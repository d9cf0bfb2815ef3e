"""Reading figures as people type or paste them. No figure is guessed: what is unclear is refused with the reason."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

WHOLE_MAX = 2_147_483_647  # PostgreSQL integer
MONEY_MAX = Decimal("99999999999999.99")  # numeric(16, 2)

_GROUPED = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d*)?|[+-]?\.\d+", re.ASCII)

# What an input method or a spreadsheet writes for plain ASCII, and nothing else: folding circled or raised digits too
# would read 5² as 52.
_FOLDS: dict[int, int | str] = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},  # the full-width forms of "!" to "~"
    0x3000: " ",  # the full-width space
    0x00A0: " ",  # the spaces that don't break
    0x2007: " ",
    0x202F: " ",
    0x2212: "-",  # the minus sign
}
_ECHOED = 40  # characters of a text that a message repeats


class BadFigure(ValueError):
    """A text that is no acceptable figure; its message is fit for the person who typed it."""


def _clean(text: str) -> str:
    """Fold full-width digits and signs, and drop thousands separators where they are unmistakable."""
    folded = text.translate(_FOLDS).strip()
    return folded.replace(",", "").replace(" ", "") if _GROUPED.fullmatch(folded) else folded


def parse_decimal(text: str, places: int = 2, maximum: Decimal = MONEY_MAX) -> Decimal | None:
    """Return the figure in `text`, or None when it is blank.

    Raises BadFigure when it is no number, negative, too large, or finer than `places` decimals.
    """
    if text.isascii() and text.isdecimal() and len(text) < 10 and (plain := Decimal(text)) <= maximum:
        return plain  # see `parse_whole`
    cleaned = _clean(text)
    if not cleaned:
        return None
    if not _PLAIN.fullmatch(cleaned):
        raise BadFigure(_("“%(text)s” is not a number.") % {"text": text.strip()[:_ECHOED]})
    figure, echo = Decimal(cleaned), cleaned[:_ECHOED]
    if figure < 0:
        raise BadFigure(_("%(figure)s is negative; a figure here is zero or more.") % {"figure": echo})
    if figure > maximum:
        raise BadFigure(_("%(figure)s is larger than povtrack can hold.") % {"figure": echo})
    if figure != round(figure, places):
        if places == 0:
            raise BadFigure(_("%(figure)s is not a whole number.") % {"figure": echo})
        raise BadFigure(_("%(figure)s has more than %(places)s decimals.") % {"figure": echo, "places": places})
    return figure


def parse_whole(text: str) -> int | None:
    """Return the whole number in `text`, or None when it is blank. Raises BadFigure as `parse_decimal` does."""
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)  # nearly every figure of a grid, which is read thousands of times
    figure = parse_decimal(text, places=0, maximum=Decimal(WHOLE_MAX))
    return None if figure is None else int(figure)


# What people write for yes and no in a sheet; what a page shows of them is in the reader's language.
YES = frozenset({"yes", "y", "1", "true", "是", "有", "√", "✓", "да"})
NO = frozenset({"no", "n", "0", "false", "否", "无", "没有", "×", "нет"})


def parse_flag(text: str) -> bool | None:
    """Return whether `text` says yes or no, or None when it is blank. Raises BadFigure when it says neither."""
    word = text.translate(_FOLDS).strip().casefold()
    if word in YES or word in NO or not word:
        return word in YES if word else None
    raise BadFigure(_("“%(text)s” is neither yes nor no.") % {"text": text.strip()[:_ECHOED]})


def parse_code(text: str) -> str | None:
    """Return the code of a place as written, or None when it is blank. Raises BadFigure when it can't be one."""
    code = text.translate(_FOLDS).strip()
    if code and not re.fullmatch(r"[0-9A-Za-z]{1,16}", code):
        raise BadFigure(_("“%(text)s” is no code of a place.") % {"text": text.strip()[:_ECHOED]})
    return code or None


def grouped(figure: int | Decimal) -> str:
    """Write a figure with its thousands apart: 1,234,567 or 1,234.50."""
    return f"{figure:,}"


def told(figure: int | Decimal) -> str:
    """Write a figure for a sentence, however it was typed: 1,234 or 1,234.50, the same as the grid's script does."""
    if isinstance(figure, Decimal):
        figure = int(figure) if figure == figure.to_integral_value() else round(figure, 2)
    return grouped(figure)


def shown(figure: int | Decimal | str | None, missing: str = "–") -> str:
    """Write a figure for reading: grouped, without idle decimals, and `missing` where there is none."""
    if figure is None:
        return missing
    if isinstance(figure, bool):
        return _("yes") if figure else _("no")
    if isinstance(figure, str):
        return figure
    if isinstance(figure, Decimal) and figure == figure.to_integral_value():
        figure = int(figure)
    return grouped(figure)
