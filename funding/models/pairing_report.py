"""What came of a pairing in a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funding.models.entry import after_insert
from funding.models.pairing import Pairing
from povtrack.accounts.roles import Ability
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.measures import Count, Measure, Money
from programmes.rules import NotNegative, constraint
from villages.models import Area

if TYPE_CHECKING:
    from povtrack.accounts.models import User

# A report is of a year in which its pairing stood, if only for a part, and at whose end its area stood, as for records.
# Whoever ends the pairing at the same time waits, and then sees the report.
_PAIRED = """
    PERFORM FROM funding_pairing WHERE id IN (SELECT pairing_id FROM new_rows) ORDER BY id FOR SHARE;
    PERFORM funding_refuse('funding_pairingreport_' || found.rule, jsonb_build_object('year', found.year))
    FROM (
        SELECT n.year, CASE WHEN NOT g.valid && funding_year(n.year) THEN 'paired'
                            WHEN NOT funding_stood(g.area_id, n.year) THEN 'placed' END AS rule
        FROM new_rows n JOIN funding_pairing g ON g.id = n.pairing_id
    ) AS found
    WHERE found.rule IS NOT NULL;
"""

# In the order of the form. Read from here wherever all figures of a report are meant.
FIGURES = (
    "cadres_to",
    "cadres_from",
    "aid_cash",
    "aid_kind",
    "introduced",
    "investment",
    "donations",
    "enterprises",
    "trained",
    "hosted",
)


class PairingReportQuerySet(models.QuerySet["PairingReport"]):
    def visible_to(self, user: User, ability: Ability = Ability.READ) -> Self:
        """The reports on areas in whose subtree `user` holds `ability`."""
        return self.filter(pairing__area__in=Area.objects.visible_to(user, ability))


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("deleted", row=pghistory.Old),
    level=pghistory.Statement,
    model_name="PairingReportEvent",
)
class PairingReport(models.Model):
    """What one pairing brought in one year. A blank figure was not reported; zero is a figure.

    Where an area changes its partner in mid-year, each of the two pairings has a report of that year, of its own part.
    `version` counts the writes, so that nobody overwrites what they have not seen.
    """

    is_new = False  # as of a partner

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="reports", verbose_name=_("pairing"))
    year = models.SmallIntegerField(_("year"))
    cadres_to = Count(_("Cadres sent to the area"))
    cadres_from = Count(_("Cadres received from the area"), help_text=_("Who came to the partner to learn and work."))
    aid_cash = Money(_("Direct aid in money"))
    aid_kind = Money(_("Direct aid in kind"), help_text=_("Goods, at their value."))
    introduced = Money(_("Funds brought in"), help_text=_("From others, by the partner's doing."))
    investment = Money(_("Investment"), help_text=_("Made in this year by enterprises that the partner brought."))
    donations = Money(_("Donations"), help_text=_("From society."))
    enterprises = Count(
        _("Enterprises in cooperation"),
        unit="enterprises",
        help_text=_("With which cooperation began in this year, so that years add up."),
    )
    trained = Count(_("People trained"))
    hosted = Count(_("Workers hosted"), help_text=_("Who found work with the partner or through it in this year."))
    note = models.CharField(pgettext_lazy("record", "note"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("entered by")
    )

    objects = PairingReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing report")
        verbose_name_plural = _("pairing reports")
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "year"],
                name="funding_pairingreport_once",
                violation_error_message=_("There is a report of this pairing and year already."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="funding_pairingreport_year_sensible",
                violation_error_message=_("The year is out of range."),
            ),
            *(constraint(NotNegative(name, name), "funding_pairingreport") for name in FIGURES),
        ]
        indexes = [models.Index(fields=["year", "pairing"], name="funding_pairingreport_year")]
        triggers = [
            after_insert("paired", _PAIRED),
            pgtrigger.Protect(
                name="stays_of_its_year", operation=pgtrigger.Update, condition=pgtrigger.AnyChange("year", "pairing")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id}, {self.year}"


def figures_of_reports() -> list[Measure]:
    """Return the figures of a report: fields that know their labels, units and how they are read."""
    return [cast(Measure, PairingReport._meta.get_field(name)) for name in FIGURES]
