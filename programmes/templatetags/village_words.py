"""How a village's years read: a sign for each state, said in words too, and what kind of nothing a cell holds."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

_SIGNS = {
    "approved": ("✓✓", "ok", gettext_lazy("approved")),
    "confirmed": ("✓", "ok", gettext_lazy("confirmed")),
    "submitted": ("↑", "ok", gettext_lazy("submitted")),
    "draft": ("✎", "warn", gettext_lazy("draft")),
    "returned": ("↩", "warn", gettext_lazy("returned")),
    "missing": ("○", "bad", gettext_lazy("not reported")),
    "unasked": ("·", "none", gettext_lazy("not asked for")),
}


@register.simple_tag
def state_sign(cell: Any) -> SafeString:
    """A record's state as a sign that is said in words, and leads to the record where the reader may open it."""
    sign, look, word = _SIGNS[cell.state]
    said = f"{word}, {_('nothing to report')}" if cell.nil else str(word)
    shown = format_html('<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', sign, said)
    if not cell.url:
        return format_html('<span class="sign {}" title="{}">{}</span>', look, said, shown)
    return format_html('<a class="sign {}" href="{}" title="{}">{}</a>', look, cell.url, said, shown)


@register.simple_tag
def record_url(village: Any, event: Any) -> str:
    """The page of the record to which something happened; empty where the village had no code in that year."""
    code = village.code_in(event.year)
    kind = f"?kind={event.breakdown}" if event.breakdown else ""
    return f"{reverse('record', args=[event.model.code, event.year, code])}{kind}" if code else ""


@register.simple_tag
def year_figure(what: str, text: str) -> SafeString:
    """A figure, or which kind of nothing stands in its place."""
    if what == "figure":
        return format_html('<span class="fig">{}</span>', text)
    sign, word = {
        "blank": ("–", _("blank")),
        "nil": (_("nil"), _("nothing to report")),
        "missing": ("", _("not reported")),
        "unasked": ("", _("not asked for")),
    }[what]
    return format_html(
        '<span class="none"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></span>',
        sign,
        word,
    )


@register.simple_tag
def state_legend() -> SafeString:
    """What the signs mean."""
    return format_html_join(
        "",
        '<span class="one"><span class="sign {}">{}</span> {}</span> ',
        ((look, sign, word) for sign, look, word in _SIGNS.values()),
    )
