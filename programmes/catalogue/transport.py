from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Money, Quantity
from programmes.models.base import Record


class TransportRecord(Record):
    """One village's year of transport works, by kind: highways, village roads, bridges, stations.

    Source: white paper, November 2011, section IV (roads to all townships and administrative villages).
    """

    code = "transport"
    label = _("Transport")
    summary = _("Roads, bridges and stops that reach the village")
    first_year = 2001
    order = 120
    source = "White paper, November 2011, section IV"
    headline = ("road_km", "people", "spent")
    kinds = (
        Kind("highway", _("Roads to the village")),
        Kind("village-road", _("Roads in the village")),
        Kind("bridge", _("Bridges and ferries")),
        Kind("station", _("Bus stops")),
    )

    road_km = Quantity(_("Length"), unit="km", help_text=_("Built or repaired this year."))
    hardened_km = Quantity(_("of which paved"), unit="km", part_of="road_km")
    sites = Count(_("Sites"), unit="places", help_text=_("Bridges, ferries or stops built this year."))
    people = Count(_("People served"))
    allowance = Money(_("State allowance"), part_of="spent")
    spent = Money(_("Spent"))
