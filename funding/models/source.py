"""Where money comes from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from villages.levels import Level
from villages.names import latin_beside


class FundSource(models.Model):
    """One source of funds, such as the central budget's poverty fund. `code` is how addresses and the API name it.

    `tier` is the level of government whose money it is; money that is no government's (of donors or villagers) has the
    tier of whoever answers for it. It enters povtrack at its tier or below, never above.
    """

    class Kind(models.TextChoices):
        BUDGET = "budget", pgettext_lazy("fund source", "budget")
        WORK_RELIEF = "work_relief", _("work relief")
        DISCOUNT = "discount", _("interest discount")
        FOREIGN = "foreign", _("foreign funds")
        PARTNER = "partner", _("partner")
        SOCIAL = "social", _("donations")
        SELF_RAISED = "self_raised", _("raised by villagers")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_latin = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Level)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("From this day on nothing new is entered from it.")
    )

    class Meta:
        verbose_name = _("fund source")
        verbose_name_plural = _("fund sources")
        ordering = ["tier", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""),
                name="funding_fundsource_has_code_and_name",
                violation_error_message=_("A source needs a code and a name."),
            ),
            models.CheckConstraint(condition=Q(tier__in=Level.values), name="funding_fundsource_tier_known"),
        ]

    def __str__(self) -> str:
        return f"{latin_beside(self.name_latin)} {self.name}".strip()
