"""What every entry of the ledger has: who wrote it when, the key it was sent with, and that it stays as it is."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from povtrack.feed.triggers import tells

# 9,999 billion yuan, more than any budget of a country, and still exact to the cent.
DIGITS, PLACES = 18, 2


class Amount(models.DecimalField):  # type: ignore[type-arg]
    """An amount of yuan, exact to the cent (fen)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"max_digits": DIGITS, "decimal_places": PLACES, **kwargs})  # type: ignore[arg-type]


class Entry(models.Model):
    """One line of the ledger. The database refuses to change or delete it, whoever asks.

    `key` is a UUID made by the sender: what is sent twice with it is written once. `is_new` tells the sender's call,
    and nobody later, that it was this one that wrote the entry.
    """

    is_new = False

    key = models.UUIDField(null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        abstract = True


def stays() -> list[pgtrigger.Trigger]:
    """The trigger of a table whose rows are only added."""
    return [pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete)]


def after_insert(name: str, sql: str) -> pgtrigger.Trigger:
    """A trigger that looks at all rows of an INSERT together, under the name `new_rows`."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=f"{sql} RETURN NULL;",
    )


def keeps_balance(name: str, allocations: str) -> pgtrigger.Trigger:
    """A trigger that lets new rows stand only if the allocations that they touch (a SELECT of ids) still hold enough.

    The rule itself is the function funding_require_balance, beside the view that it asks.
    """
    return after_insert(name, f"PERFORM funding_require_balance(ARRAY({allocations}));")


# Above so many places a year is marked as a whole: recomputing all of it costs less than finding out what to recompute.
_MANY = 1000


def marks_dirty(areas: str) -> pgtrigger.Trigger:
    """A trigger that marks the totals of new rows as stale. `areas` selects (year, area_id) of all that they touch."""
    return after_insert(
        "c_dirty",
        f"""
        INSERT INTO funding_dirtyfunds (year, area_id, at)
        SELECT DISTINCT year, CASE WHEN places <= {_MANY} THEN area_id END, clock_timestamp()
        FROM (SELECT *, count(*) OVER (PARTITION BY year) AS places FROM ({areas}) AS touched) AS counted;
        """,
    )


def tells_entries(resource: str, entries: str, touched: str, taken_back: str = "") -> pgtrigger.Trigger:
    """A trigger that tells the feed of new entries, and of what shows another balance by them.

    `entries` selects (id, allocation) of the new rows, `touched` the allocations whose balance they change, and
    `taken_back` (id, allocation) of the entries of this table that they take back.
    """
    made = f"""
        SELECT '{resource}', a.programme, e.id, a.area_id, NULL::bigint[], '{{done}}', NULL::int
        FROM ({{entries}}) AS e (id, allocation_id) JOIN funding_allocation a ON a.id = e.allocation_id
    """
    balances = f"""
        SELECT DISTINCT 'allocations', a.programme, a.id, a.area_id, NULL::bigint[], 'changed', NULL::int
        FROM ({touched}) AS t (id) JOIN funding_allocation a ON a.id = t.id
    """
    parts = [made.format(done="created", entries=entries), balances]
    if taken_back:
        parts.append(made.format(done="changed", entries=taken_back))
    return tells("insert", " UNION ALL ".join(parts))
