"""A nation of the real one's size, made by SQL with a fixed seed: 148,000 villages in 2,800 counties, Dew records."""

from __future__ import annotations

from django.db import connection

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from villages import derive
from villages.levels import Level
from villages.models import Area

SIZES = {Level.PROVINCE: 31, Level.PREFECTURE: 340, Level.COUNTY: 2_800, Level.TOWNSHIP: 28_000, Level.VILLAGE: 148_000}


def make_places() -> None:
    """Fill an empty registry. Children are dealt to their parents in turn."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO villages_area (id, level, kind, code, name, name_latin, path) "
            "VALUES (1, 0, 'ordinary', 'N', 'Nation', '', '1.')"
        )
        parents, offset = 1, 1
        for level, count in SIZES.items():
            cursor.execute(
                """
                INSERT INTO villages_area (id, level, kind, code, name, name_latin, parent_id, path)
                SELECT %(first)s + n, %(level)s, 'ordinary', %(level)s || lpad(n::text, 7, '0'), 'Place ' || n, '',
                       %(parent)s + (n - 1)::bigint * %(parents)s / %(count)s, ''
                FROM generate_series(1, %(count)s) AS n
                """,
                {
                    "first": offset,
                    "level": int(level),
                    "parent": offset - parents + 1,
                    "parents": parents,
                    "count": count,
                },
            )
            parents, offset = count, offset + count
        cursor.execute("""
            INSERT INTO villages_areaversion (area_id, code, name, name_latin, parent_id, valid)
            SELECT id, code, name, '', parent_id, daterange('2001-01-01', NULL) FROM villages_area
        """)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('villages_area', 'id'), (SELECT max(id) FROM villages_area))"
        )
        derive.rebuild()
        cursor.execute("ANALYZE")


def make_clerk() -> User:
    """One clerk who may enter records anywhere."""
    user = User.objects.create_user("clerk")
    Jurisdiction.objects.create(user=user, role=Role.CLERK, area=Area.objects.get(level=Level.NATION))
    return user


def make_records(count: int, user: User, first_year: int = 2004) -> None:
    """Insert Dew records for all villages, year after year, until there are `count`; nine in ten approved."""
    with connection.cursor() as cursor:
        # Neither history nor marks nor checks of what is made to be right: those are measured elsewhere.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(
            """
            INSERT INTO programmes_dewrecord (area_id, year, county_id, township_id, state, nil, note, version,
                entered_at, entered_by_id, submitted_at, submitted_by_id, approved_at, approved_by_id,
                trained, women, minority, disabled, placed, pay_before, pay_after, vocational, subsidy, spent)
            SELECT p.area_id, %(first)s + y, p.county_id, p.township_id, s.state, false, '', 1, now(), %(user)s,
                CASE WHEN s.state <> 'draft' THEN now() END, CASE WHEN s.state <> 'draft' THEN %(user)s END,
                CASE WHEN s.state = 'approved' THEN now() END, CASE WHEN s.state = 'approved' THEN %(user)s END,
                t.trained, t.trained / 3, t.trained / 4, 1, t.trained * 4 / 5, 300 + t.trained, 800 + t.trained, 3,
                600 * t.trained, 700.5 * t.trained
            FROM generate_series(0, %(years)s - 1) AS y
            CROSS JOIN villages_placement p
            CROSS JOIN LATERAL (SELECT (10 + 90 * random())::int AS trained, p.id) AS t
            CROSS JOIN LATERAL (SELECT CASE WHEN random() < 0.9 THEN 'approved' WHEN random() < 0.5 THEN 'submitted'
                                       ELSE 'draft' END AS state, p.id) AS s
            WHERE p.level = 5
            LIMIT %(count)s
            """,
            {"first": first_year, "user": user.pk, "count": count, "years": -(-count // SIZES[Level.VILLAGE])},
        )
        cursor.execute("RESET session_replication_role")
        cursor.execute("ANALYZE")


def make_rounds() -> None:
    """A round for each year that has records, open today."""
    with connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO programmes_round (programme, year, opens, due, closes)
            SELECT DISTINCT 'dew', year, current_date - 1, current_date + 1, current_date + 1 FROM programmes_dewrecord
        """)
        cursor.execute("DELETE FROM programmes_dirtycell")
