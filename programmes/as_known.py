"""The records of a programme as they were known at a moment of the past, from their history.

The history keeps what a row was whenever it is changed or deleted; the row itself is what it is. So at a moment stood,
of each record, the oldest kept row that was replaced after it, or else the record itself, if it had been entered by
then. They are written into a temporary table that bears the name of the programme's table. PostgreSQL looks there
first, so that whatever reads records inside `records_as_known` reads these.

Places are as they are known now: a record counts in the county and township where it counts today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.roles import Ability
from povtrack.lib.moments import AsOf, BadMoment, parse_as_of
from povtrack.lib.rest.making import is_rehearsal
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.models import Record, Round
from villages.levels import Level
from villages.models import Area, Placement

MOST_YEARS = 5


def history_of(model: type[Record]) -> Any:
    """The model of the rows that a programme's records once were."""
    return model._meta.apps.get_model("programmes", f"{model.__name__}Event")


def history_began() -> dt.datetime:
    """The moment since which changes are kept: when the tables of records were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(applied) FROM django_migrations WHERE app = 'programmes'")
        began: dt.datetime = cursor.fetchone()[0]
    return began


def known_moment(text: str) -> AsOf:
    """Return the moment that a text names. Raises BadMoment unless it has come, and the history reaches back to it."""
    asked = parse_as_of(text)
    began = history_began()
    if asked.moment < began:
        words = _("Nothing is known of %(text)s: the history of records begins on %(began)s.")
        raise BadMoment(words % {"text": text, "began": f"{timezone.localtime(began):%Y-%m-%d %H:%M}"})
    return asked


def require_few_years(years: Collection[int], *, everywhere: bool) -> None:
    """Raise BadMoment where more years are asked for as of a moment than are worked out at once.

    `everywhere`: the records of the whole nation are needed for it.
    """
    if everywhere and len(years) > 1:
        words = _(
            "As of a moment the whole nation, and figures on the boundaries of another year, are worked out for one "
            "year at a time. Name the year."
        )
        raise BadMoment(words)
    if len(years) > MOST_YEARS:
        words = _("As of a moment at most %(most)s years are worked out at once; these are %(count)s. Name fewer.")
        raise BadMoment(words % {"most": MOST_YEARS, "count": len(years)})


def scope_as_known(model: type[Record], request: Any) -> tuple[AsOf, dict[str, Any]]:
    """Return the moment that a request for records names, and what it asks for: years, and counties (None is all).

    Raises BadMoment for what cannot be answered, or asks for too much at once.
    """
    given = {name: str(value) for name, value in request.query_params.items() if value}
    as_of = known_moment(given["as_of"])
    first, last = given.get("year", given.get("year_min")), given.get("year", given.get("year_max"))
    rounds = Round.objects.filter(programme=model.code, year__range=(first or FIRST_YEAR, last or LAST_YEAR))
    years = list(rounds.values_list("year", flat=True))
    named = [int(given[name]) for name in ("area", "within") if name in given]
    areas = list(Area.objects.filter(pk__in=named or request.user.area_ids(Ability.READ)))
    is_nation = any(area.level == Level.NATION for area in areas)
    require_few_years(years, everywhere=is_nation)
    return as_of, {"years": years, "counties": None if is_nation else _counties_of(model, areas, years)}


def _counties_of(model: type[Record], areas: list[Area], years: list[int]) -> list[int]:
    """The counties in which the places of these areas, as they are today, ever stood or have a record."""
    within = Area.objects.within(*areas)
    placed = Placement.objects.filter(area__in=within, county__isnull=False).values_list("county")
    counted = model.objects.filter(area__in=within, year__in=years).values_list("county")
    return [county for (county,) in placed.union(counted)]


def known_rows(model: type[Record], moment: str = "moment") -> str:
    """Select the records as they were known at the bound `moment`: those of `years` in `counties`, of `areas`.

    Both may be NULL, which is all.
    The columns are those of the programme's table, in its order.
    """
    table, event = model._meta.db_table, history_of(model)._meta.db_table
    columns = [field.column for field in model._meta.local_fields]
    place = {
        "id": "o.pgh_obj_id",
        "county_id": "coalesce(n.county_id, p.county_id, o.county_id)",
        "township_id": "CASE WHEN n.id IS NOT NULL THEN n.township_id WHEN p.area_id IS NOT NULL THEN p.township_id "
        "ELSE o.township_id END",
    }
    then = ", ".join(f'{place[column]} AS "{column}"' if column in place else f'o."{column}"' for column in columns)
    since = f"SELECT FROM {event} e WHERE e.pgh_obj_id = {{key}} AND e.pgh_created_at <= %({moment})s"
    return f"""
        WITH replaced AS MATERIALIZED (
            SELECT e.* FROM {event} e WHERE e.pgh_id IN (
                SELECT min(e.pgh_id) FROM {event} e
                WHERE e.year = ANY(%(years)s) AND e.pgh_created_at > %({moment})s
                GROUP BY e.pgh_obj_id
            )
        )
        SELECT * FROM (
            SELECT {then} FROM replaced o
            LEFT JOIN {table} n ON n.id = o.pgh_obj_id
            LEFT JOIN villages_placement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)
            WHERE o.entered_at <= %({moment})s OR EXISTS ({since.format(key="o.pgh_obj_id")})
            UNION ALL
            SELECT {", ".join(f'r."{column}"' for column in columns)} FROM {table} r
            WHERE r.year = ANY(%(years)s) AND NOT EXISTS (SELECT FROM replaced o WHERE o.pgh_obj_id = r.id)
              AND (%(counties)s::bigint[] IS NULL OR r.county_id = ANY(%(counties)s))
              AND (%(areas)s::bigint[] IS NULL OR r.area_id = ANY(%(areas)s))
              AND (r.entered_at <= %({moment})s OR EXISTS ({since.format(key="r.id")}))
        ) AS known
        WHERE (%(counties)s::bigint[] IS NULL OR county_id = ANY(%(counties)s))
          AND (%(areas)s::bigint[] IS NULL OR area_id = ANY(%(areas)s))
    """


@contextmanager
def records_as_known(
    model: type[Record],
    moment: dt.datetime,
    *,
    years: Collection[int],
    counties: list[int] | None = None,
    areas: list[int] | None = None,
) -> Iterator[None]:
    """Let the programme's records be those that were known at a moment, while the block runs.

    Only those of `years`, of the `counties` in which they count today, of `areas` (ids; None is all).
    """
    if is_rehearsal():  # nobody reads them
        yield
        return
    table = model._meta.db_table
    values: dict[str, Any] = {"moment": moment, "years": list(years), "counties": counties, "areas": areas}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}, pg_temp.as_known")
            cursor.execute(f"CREATE TEMP TABLE as_known ON COMMIT DROP AS {known_rows(model)}", values)
            cursor.execute("CREATE INDEX ON as_known (year, county_id)")
            cursor.execute("CREATE INDEX ON as_known (area_id)")
            cursor.execute("ANALYZE as_known")
            # From here on the name means this table; until here it had to mean the real one.
            cursor.execute(f"ALTER TABLE as_known RENAME TO {table}")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
