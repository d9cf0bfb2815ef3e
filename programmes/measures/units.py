"""The units of figures, and what they are called. A programme may use a new one by adding its word here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The unit of a quantity that is counted otherwise for each kind: km of road, mu of farmland.
BY_KIND = "by_kind"

_WORDS: dict[str, str | Promise] = {
    BY_KIND: _("unit of its kind"),
    "accounts": _("loans"),
    "cases": pgettext_lazy("unit", "cases"),
    "classes": pgettext_lazy("unit", "courses"),
    "cooperatives": pgettext_lazy("unit", "cooperatives"),
    "days": pgettext_lazy("unit", "days"),
    "enterprises": pgettext_lazy("unit", "enterprises"),
    "head": pgettext_lazy("unit", "head"),
    "households": pgettext_lazy("unit", "households"),
    "hectares": pgettext_lazy("unit", "ha"),
    "km": _("km"),
    "km2": _("km²"),
    "kw": _("kW"),
    "m2": _("m²"),
    "m3": _("m³"),
    "mu": _("mu"),
    "people": _("people"),
    "percent": _("%"),
    "places": pgettext_lazy("unit", "sites"),
    "projects": pgettext_lazy("unit", "projects"),
    "sets": pgettext_lazy("unit", "sets"),
    "villages": pgettext_lazy("unit", "villages"),
    "yes_no": _("yes or no"),
    "code": _("code of a place"),
    "yuan": _("yuan"),
    "yuan_a_month": _("yuan a month"),
    "yuan_a_person": _("yuan a person"),
    "yuan_a_household": _("yuan a household"),
}


def unit_word(unit: str) -> str | Promise:
    """What a unit is called."""
    return _WORDS[unit]
