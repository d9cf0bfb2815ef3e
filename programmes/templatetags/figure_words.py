"""How figures and states read on a page."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from povtrack.lib.figures import shown

register = template.Library()

# The chip of a row's state: its look and its sign. The words are the grid's own; see static/grid/paint.js.
_CHIPS = {
    "": ("", "–"),
    "draft": ("ok", "✓"),
    "submitted": ("ok", "↑"),
    "confirmed": ("ok", "↑↑"),
    "returned": ("warn", "↩"),
    "approved": ("ok", "✓✓"),
}


@register.filter
def figure(value: int | Decimal | str | None) -> SafeString:
    """Write a figure, or one that is written already; a missing one is a dash that is also said in words."""
    text = value if isinstance(value, str) else shown(value, missing="")
    if text in ("", "–"):
        return format_html(
            '<span class="none"><span aria-hidden="true">–</span><span class="visually-hidden">{}</span></span>',
            _("none"),
        )
    return format_html('<span class="fig">{}</span>', text)


@register.filter
def places_of(measures: list[dict[str, Any]], kind: str) -> set[int]:
    """Return the columns, from 0, whose measures are of a kind; amounts of money need more room."""
    return {index for index, measure in enumerate(measures) if measure["kind"] == kind}


@register.simple_tag
def state_chip(row: dict[str, Any]) -> SafeString:
    """Show how a row stands, by sign and word."""
    look, sign = _CHIPS[row["state"]]
    word = {"": _("not reported"), "draft": _("saved")}.get(row["state"], row["state_label"])
    if row["nil"]:
        word = _("nothing to report") if row["state"] == "draft" else f"{word}, {_('nil')}"
    return format_html('<span class="chip {}">{} {}</span>', look, sign, word)


@register.simple_tag(takes_context=True)
def querystring_with(context: template.Context, name: str, value: Any) -> str:
    """Return this page's query with one parameter replaced. Django's own tag can't take the name from a variable."""
    query = context["request"].GET.copy()
    query[name] = value
    return f"?{query.urlencode()}"
