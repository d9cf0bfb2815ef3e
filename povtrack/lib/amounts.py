"""Amounts of yuan as people say them, where there is no room for all digits."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from povtrack.lib.figures import shown

_UNITS = ((100_000_000, _("hundred million yuan")), (10_000, _("ten thousand yuan")), (1, _("yuan")))


def unit_of(yuan: Decimal) -> tuple[int, str]:
    """In what unit people say an amount: yuan, ten thousands (wan) or hundred millions (yi); how many yuan it is."""
    return next((size, str(word)) for size, word in _UNITS if abs(yuan) >= size or size == 1)


def short(yuan: Decimal, size: int) -> str:
    """An amount in units of `size` yuan, with as many decimals as tell it apart."""
    figure = yuan / size
    return shown(figure.quantize(Decimal(1) if size == 1 or abs(figure) >= 1000 else Decimal("0.1")))
