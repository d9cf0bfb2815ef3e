"""What pages of review say of an action."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.actions import Outcome

NAMED = 20


def _said(action: str, n: int) -> str:
    words = {
        "approve": ngettext("%(n)s record approved.", "%(n)s records approved.", n),
        "confirm": ngettext("%(n)s record confirmed.", "%(n)s records confirmed.", n),
        "return": ngettext("%(n)s record returned.", "%(n)s records returned.", n),
        "reopen": ngettext("%(n)s record reopened.", "%(n)s records reopened.", n),
    }
    return words[action] % {"n": n}


def tell_stays(request: HttpRequest, outcome: Outcome) -> None:
    """Say why records did not move."""
    for stays in outcome.refused[:NAMED]:
        messages.warning(request, f"{stays.place}: {stays.reason}")
    if len(outcome.refused) > NAMED:
        messages.warning(request, _("… and %(n)s more.") % {"n": len(outcome.refused) - NAMED})


def tell(request: HttpRequest, action: str, outcome: Outcome) -> None:
    """Say on the next page how many records moved, and why others did not."""
    if outcome.moved:
        messages.success(request, _said(action, outcome.moved))
    tell_stays(request, outcome)
    if not outcome.moved and not outcome.refused:
        messages.warning(request, _("Nothing was to be done: it had been dealt with already."))
