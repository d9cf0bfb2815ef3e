"""Allocations, and what each of them holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import connections, models
from django.db.models import Q
from django.db.models.functions import Cast
from django.db.models.functions import Round as Rounded
from django.utils.translation import gettext_lazy as _

from funding.models.entry import Amount, Entry, after_insert, keeps_balance, marks_dirty, stays, tells_entries
from funding.models.source import FundSource
from povtrack.accounts.roles import Ability
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from villages.models import Area

if TYPE_CHECKING:
    from povtrack.accounts.models import User

# What an allocation must have in common with its parent, and where it may go. One line for each row that breaks a rule;
# `funding.actions.words` says them. The place is that of the allocation's year, as for records.
_LINEAGE = """
    PERFORM funding_refuse('funding_allocation_lineage', found.broken)
    FROM (
        SELECT jsonb_agg(jsonb_build_object('area', n.area_id, 'rule', rule, 'got', got, 'due', due)) AS broken
        FROM new_rows n
        JOIN villages_area a ON a.id = n.area_id
        JOIN funding_fundsource s ON s.id = n.source_id
        LEFT JOIN funding_allocation p ON p.id = n.parent_id
        LEFT JOIN funding_fundsource ps ON ps.id = p.source_id
        CROSS JOIN LATERAL (
            SELECT 'source' AS rule, s.code AS got, ps.code AS due WHERE s.id <> ps.id
            UNION ALL SELECT 'year', n.year::text, p.year::text WHERE n.year <> p.year
            UNION ALL SELECT 'programme', n.programme, p.programme WHERE p.programme NOT IN ('', n.programme)
            UNION ALL SELECT 'tier', a.level::text, s.tier::text WHERE n.parent_id IS NULL AND a.level < s.tier
            UNION ALL SELECT 'place', '', '' WHERE NOT funding_stood(n.area_id, n.year)
            UNION ALL SELECT 'below', '', p.area_id::text
            WHERE funding_stood(n.area_id, n.year) AND NOT funding_lies_below(n.area_id, p.area_id, n.year)
        ) AS broken
    ) AS found
    WHERE found.broken IS NOT NULL;
"""


def _known(field: str) -> Cast:
    """A field of a constraint that is also checked alone, where an empty one would have no type."""
    return Cast(field, models.DecimalField(max_digits=30, decimal_places=8))


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def visible_to(self, user: User, ability: Ability = Ability.READ) -> Self:
        """The allocations to areas in whose subtree `user` holds `ability`."""
        return self.filter(area__in=Area.objects.visible_to(user, ability))

    def years(self) -> list[int]:
        """The years of which there is money, in order: a step in the index for each, not a look at every row."""
        sql = """
            WITH RECURSIVE known (year) AS (
                SELECT min(year) FROM funding_allocation
                UNION ALL
                SELECT (SELECT min(a.year) FROM funding_allocation a WHERE a.year > known.year) FROM known
                WHERE known.year IS NOT NULL
            )
            SELECT year FROM known WHERE year IS NOT NULL ORDER BY year
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(sql)
            return [year for (year,) in cursor.fetchall()]

    def with_balance(self) -> Self:
        """With what each holds, as `allocation.balance`."""
        return self.select_related("balance")


class Allocation(Entry):
    """An amount of one year and source, for one programme or none, given to one area.

    With a `parent` it was passed down from there, so that much of the parent no longer rests with its area; without one
    it came from outside. One that is for no programme may be passed down for one, never the other way round. Money that
    came in another currency keeps that amount and the rate (yuan for one unit).
    """

    source = models.ForeignKey(
        FundSource, models.PROTECT, related_name="+", verbose_name=_("fund source"), db_index=False
    )
    year = models.SmallIntegerField(_("year"))
    programme = models.CharField(_("programme"), max_length=40, blank=True, default="")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("recipient"), db_index=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("passed down from")
    )
    amount = Amount(_("amount (yuan)"))
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    currency_amount = Amount(_("amount in that currency"), null=True, blank=True)
    rate = models.DecimalField(
        _("rate"), max_digits=18, decimal_places=8, null=True, blank=True, help_text=_("Yuan for one unit.")
    )
    document_no = models.CharField(_("document number"), max_length=80)
    document_date = models.DateField(_("document date"))
    note = models.CharField(_("note"), max_length=500, blank=True, default="")

    objects = AllocationQuerySet.as_manager()
    balance: Balance

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.UniqueConstraint(fields=["key", "area"], name="funding_allocation_once_by_key"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funding_allocation_positive",
                violation_error_message=_("An allocation is more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="funding_allocation_year_sensible",
                violation_error_message=_("The year is out of range."),
            ),
            models.CheckConstraint(
                condition=~Q(document_no=""),
                name="funding_allocation_has_document",
                violation_error_message=_("An allocation needs the number of its document."),
            ),
            models.CheckConstraint(
                condition=Q(currency="", currency_amount=None, rate=None)
                | Q(
                    currency__regex=r"^[A-Z]{3}$",
                    currency_amount__gt=0,
                    rate__gt=0,
                    amount=Rounded(_known("currency_amount") * _known("rate"), 2),
                ),
                name="funding_allocation_currency_adds_up",
                violation_error_message=_("The amount in yuan must be the other currency's amount times the rate."),
            ),
        ]
        indexes = [
            models.Index(fields=["area", "year"], name="funding_allocation_area"),
            models.Index(fields=["year", "programme"], name="funding_allocation_year"),
        ]
        triggers = [
            *stays(),
            after_insert("a_lineage", _LINEAGE),
            keeps_balance("b_balance", "SELECT DISTINCT parent_id FROM new_rows WHERE parent_id IS NOT NULL"),
            marks_dirty(
                "SELECT year, area_id FROM new_rows UNION SELECT p.year, p.area_id FROM new_rows n "
                "JOIN funding_allocation p ON p.id = n.parent_id"
            ),
            tells_entries(
                "allocations", "SELECT id, id AS allocation_id FROM new_rows", "SELECT parent_id FROM new_rows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_no}: {self.area}, {self.year}"


class Balance(models.Model):
    """What an allocation holds, computed from its entries at this moment: a view, never a table.

    `allocated` is the amount with all that was added or withdrawn since, `passed_on` what of it was passed down,
    `resting` the rest, which is in this place and in no other. `disbursed`, `returned` and `spent` are sums of its
    payments; `available` is what rests and is not paid out, `unspent` what was paid out and neither spent nor returned.
    The database lets neither of these two fall below zero. All are yuan.
    """

    allocation = models.OneToOneField(Allocation, models.DO_NOTHING, primary_key=True, related_name="balance")
    allocated = Amount(_("allocated"))
    passed_on = Amount(_("passed on"))
    resting = Amount(_("resting"))
    disbursed = Amount(_("disbursed"))
    returned = Amount(_("returned"))
    spent = Amount(_("spent"))
    available = Amount(_("available"))
    unspent = Amount(_("unspent"))

    class Meta:
        managed = False
        db_table = "funding_balance"
        verbose_name = _("balance")
        verbose_name_plural = _("balances")

    def __str__(self) -> str:
        return f"{self.allocation_id}: {self.resting}"
