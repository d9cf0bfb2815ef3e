from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.measures import Count, Kind, Money, PlaceCode, Quantity, Rate
from programmes.models.base import Record


class RelocationRecord(Record):
    """Who left one village in one year for one kind of destination, of their own will and with public support.

    Where a place cannot feed its people, they may move to where they can make a living; by 2010, 7.7 million had. Land
    that they leave is returned to forest. Source: white paper, November 2011, section III. Povtrack counts at the
    village of origin; the destination may be named, so that flows between places can be told.
    """

    code = "relocation"
    label = _("Relocation")
    summary = _("People who moved out of places that cannot feed them, and how they live now")
    first_year = 2001
    order = 70
    source = "White paper, November 2011, section III"
    headline = ("people", "spent")
    kinds_label = _("Kind of destination")
    kinds = (
        Kind("seat", _("County seat")),
        Kind("town", _("Town")),
        Kind("park", _("Industrial park")),
        Kind("village", _("Other village")),
    )

    households = Count(_("Households moved"), unit="households", help_text=_("Households that moved out this year."))
    people = Count(_("People moved"), help_text=_("People of these households."))
    poor = Count(pgettext_lazy("people", "of which poor"), part_of="people")
    minority = Count(_("of which minority"), part_of="people")
    destination = PlaceCode(
        _("Destination"), help_text=_("Code of the place where most of them went, if it is known; may stay blank.")
    )
    housing = Quantity(_("Housing built"), unit="m2", help_text=_("Floor space built for those who moved."))
    people_road = Count(_("with road"), part_of="people", help_text=_("People whose new home a road reaches."))
    people_power = Count(_("with power"), part_of="people", help_text=_("People whose new home has electric power."))
    people_water = Count(_("with safe water"), part_of="people", help_text=_("People whose new home has safe water."))
    forest = Quantity(_("Returned to forest"), unit="mu", help_text=_("Land left behind and returned to forest."))
    spent = Money(_("Spent"), help_text=_("All that was spent on the move this year, housing included."))

    rates: ClassVar = (
        Rate("spent_per_person", _("Spent a person"), "spent", "people", unit="yuan", scale=1),
        Rate("water_share", _("With safe water, of those who moved"), "people_water", "people"),
    )
