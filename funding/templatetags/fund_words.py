"""How entries of the ledger read on a page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Sum
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funding.history import Line
from funding.models import Allocation, Payment
from povtrack.lib.figures import shown
from povtrack.lib.years import year_end
from programmes.templatetags.figure_words import figure
from villages.models import Area, AreaVersion

register = template.Library()


@register.filter
def absolute(amount: Decimal) -> SafeString:
    """An amount without its sign, which stands beside it in words."""
    return figure(abs(amount))


@register.filter
def rate(value: Decimal) -> str:
    """A rate without idle zeros."""
    return f"{value.normalize():f}"


@register.simple_tag
def payment_words(paid: Payment) -> SafeString:
    """What happened, and whether it was taken back."""
    kind = paid.get_kind_display()
    if paid.reverses_id:
        return format_html('{} <span class="chip warn">↩ {}</span>', kind, _("takes one back"))
    if hasattr(paid, "reversed_by"):
        return format_html('<s>{}</s> <span class="chip warn">↩ {}</span>', kind, _("taken back"))
    return format_html("{}", kind)


def _sentence(line: Line) -> str:
    plain = {
        "entered": _("%(document)s of %(day)s: %(amount)s yuan entered from outside."),
        "given": _("%(document)s of %(day)s: %(amount)s yuan passed down to here."),
        "attached": _("“%(document)s” attached."),
        "disbursed": _("%(amount)s yuan disbursed on %(day)s."),
        "spent": _("%(amount)s yuan spent on %(day)s."),
        "returned": _("%(amount)s yuan given back unspent on %(day)s."),
        "back": _("A payment of %(amount)s yuan taken back."),
        "withdrawn": _("%(document)s of %(day)s: %(amount)s yuan withdrawn."),
    }
    if line.what in plain:
        return plain[line.what]
    if line.what == "adjusted":
        more, less = _("%(document)s of %(day)s: %(amount)s yuan more."), _("%(document)s of %(day)s: %(amount)s less.")
        return more if (line.amount or 0) > 0 else less
    if line.what == "below":
        more = _("%(document)s of %(day)s: %(amount)s yuan more for %(area)s.")
        return more if (line.amount or 0) > 0 else _("%(document)s of %(day)s: %(amount)s yuan back from %(area)s.")
    if line.area:
        return _("%(document)s of %(day)s: %(amount)s yuan passed down to %(area)s.")
    return ngettext(
        "%(document)s of %(day)s: %(amount)s yuan passed down to %(n)s area.",
        "%(document)s of %(day)s: %(amount)s yuan passed down to %(n)s areas.",
        line.number,
    )


@register.inclusion_tag("funding/parts/own_funds.html")
def own_funds(area: Area) -> dict[str, Any]:
    """What was given to an area itself, by year: the table, or nothing where there is none. Two queries at most."""
    sums = {name: Sum(f"balance__{name}") for name in ("allocated", "resting", "disbursed", "spent")}
    found = Allocation.objects.filter(area=area).values("year").annotate(**sums).order_by("-year")
    years: list[dict[str, Any]] = [{**row} for row in found]
    ends = [year_end(row["year"]) for row in years]
    versions = list(AreaVersion.objects.filter(area=area)) if years else []
    for row, end in zip(years, ends, strict=True):
        row["code"] = next((version.code for version in versions if end in version.valid), "")
    return {"years": years}


@register.simple_tag
def history_words(line: Line) -> str:
    """One line of the history as a sentence."""
    words: dict[str, Any] = {
        "document": line.document,
        "day": line.day.isoformat() if line.day else "",
        "amount": shown(abs(line.amount)) if line.amount is not None else "",
        "area": line.area or "",
        "n": line.number,
    }
    return _sentence(line) % words
