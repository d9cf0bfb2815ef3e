from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Flag, Money, Quantity, Rate
from programmes.models.base import Record


class PlanRecord(Record):
    """One village's year under the whole-village development plan.

    In 2001, 148,000 poor villages were designated; each draws up a plan and carries it out with what all sources give.
    By the end of 2010, 126,000 had done so. Source: white paper, November 2011, section III.
    """

    code = "village-plan"
    label = _("Whole-village plan")
    summary = _("Designated poor villages, their plans, and what the plans built")
    first_year = 2001
    order = 30
    source = "White paper, November 2011, section III"
    headline = ("completed", "road_km", "spent")

    designated = Flag(_("Designated"), unit="yes_no", help_text=_("The village is on the list of poor villages."))
    started = Flag(_("Plan started"), help_text=_("Work under the village's plan has begun, this year or before."))
    completed = Flag(_("Plan completed"), help_text=_("All that the plan provides for has been carried out."))
    farmland = Quantity(_("Farmland built"), unit="mu", help_text=_("Basic farmland built or improved this year."))
    people_water = Count(
        _("People with safe water"), help_text=_("People who can draw safe drinking water since this year.")
    )
    road_km = Quantity(_("Roads built"), unit="km", help_text=_("Roads to and in the village, built or repaired."))
    households_benefiting = Count(_("Households benefiting"), unit="households")
    state_funds = Money(_("State poverty funds"), part_of="spent", help_text=_("Of what was spent, poverty funds."))
    raised = Money(_("Raised by the village"), part_of="spent", help_text=_("Of what was spent, money of its people."))
    spent = Money(_("Spent"), help_text=_("All that was spent under the plan this year, from all sources."))

    rates: ClassVar = (Rate("state_share", _("State poverty funds, of what was spent"), "state_funds", "spent"),)
