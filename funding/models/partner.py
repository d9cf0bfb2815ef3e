"""Who helps: central units, party committees, eastern provinces, enterprises, foreign donors."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from villages.models import Area
from villages.names import latin_beside


class Scheme(models.TextChoices):
    """The arrangements under which partners help. Each kind of partner belongs to one of them."""

    FIXED_POINT = "fixed_point", _("fixed-point assistance")
    EAST_WEST = "east_west", _("east-west cooperation")
    SOCIAL = "social", _("enterprises and society")
    FOREIGN = "foreign", _("international cooperation")


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("deleted", row=pghistory.Old),
    level=pghistory.Statement,
    model_name="PartnerEvent",
)
class Partner(models.Model):
    """One body that helps poor areas, or pays for a project there.

    An eastern province or city that helps has an `area` of its own, which is never one of those that it helps. `is_new`
    tells the caller of an action that it was written by this call.
    """

    is_new = False

    class Kind(models.TextChoices):
        CENTRAL_UNIT = "central_unit", _("central unit")
        PARTY = "party", _("party committee")
        FEDERATION = "federation", _("federation")
        MILITARY = "military", _("military")
        EASTERN = "eastern", _("eastern province or city")
        ENTERPRISE = "enterprise", _("enterprise")
        FOUNDATION = "foundation", _("foundation")
        SOCIETY = "society", _("other social organisation")
        FOREIGN = "foreign", _("foreign donor")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    name_latin = models.CharField(_("name in Latin letters"), max_length=200, blank=True, default="")
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("its own area"),
        help_text=_("Only of a province or city that helps."),
    )
    note = models.CharField(pgettext_lazy("record", "note"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="funding_partner_once",
                violation_error_message=_("There is a partner of this name already."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="funding_partner_has_name",
                violation_error_message=_("A partner needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(kind="eastern"),
                name="funding_partner_area_of_eastern",
                violation_error_message=_("Only a province or city that helps has an area of its own."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="funding_partner_kind")]

    def __str__(self) -> str:
        return f"{latin_beside(self.name_latin)} {self.name}".strip()

    @property
    def scheme(self) -> Scheme:
        return SCHEMES[self.Kind(self.kind)]


SCHEMES: dict[Partner.Kind, Scheme] = {
    Partner.Kind.CENTRAL_UNIT: Scheme.FIXED_POINT,
    Partner.Kind.PARTY: Scheme.FIXED_POINT,
    Partner.Kind.FEDERATION: Scheme.FIXED_POINT,
    Partner.Kind.MILITARY: Scheme.FIXED_POINT,
    Partner.Kind.EASTERN: Scheme.EAST_WEST,
    Partner.Kind.ENTERPRISE: Scheme.SOCIAL,
    Partner.Kind.FOUNDATION: Scheme.SOCIAL,
    Partner.Kind.SOCIETY: Scheme.SOCIAL,
    Partner.Kind.FOREIGN: Scheme.FOREIGN,
}
assert set(SCHEMES) == set(Partner.Kind)


def kinds_of(scheme: str) -> list[str]:
    """Return the kinds of partners that help under a scheme; all of them where none is named."""
    return [kind.value for kind, under in SCHEMES.items() if not scheme or under == scheme]
