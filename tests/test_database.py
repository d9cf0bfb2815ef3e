"""What one test leaves behind never reaches the next, and what is made once comes back whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from programmes.catalogue.dew import DewRecord
from tests.database import KEPT, made_once, tables
from tests.world import build_world
from villages.models import Area


def dump() -> dict[str, list[str]]:
    """All rows of all tables, as text."""
    with connection.cursor() as cursor:
        rows = {}
        for table in tables():
            cursor.execute(f"SELECT r::text FROM {table} AS r ORDER BY 1")
            rows[table] = [row for (row,) in cursor.fetchall()]
        return rows


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_and_finds_all_that_migrations_made(turn: int) -> None:
    found = dump()
    assert {table for table, rows in found.items() if rows} == set(KEPT)
    assert Permission.objects.filter(codename="change_round").exists()
    build_world().save("Huawu", trained=7)
    assert Area.objects.exists()
    # Even what other tests leave alone is there again.
    Permission.objects.filter(codename="change_round").delete()


@pytest.mark.django_db
def test_what_is_made_once_comes_back_as_it_was(world: Any) -> None:
    made = []

    def make(world: Any) -> Any:
        made.append(world.save("Huawu", trained=7))
        return world

    first = made_once(make, world)
    rows = dump()
    first.save("Huawu", version=1, trained=8)
    first.save("Gaoshan", trained=9)
    again = made_once(make, world)
    assert dump() == rows
    assert len(made) == 1
    assert again["Huawu"] == first["Huawu"]
    assert again["Huawu"] is not first["Huawu"]
    # A new row gets a key that was never given, and history and checks are at work again.
    assert again.save("Gaoshan", trained=3).status == "saved"
    assert again.save("Huawu", version=1, trained=3).status == "saved"
    assert DewRecord.objects.count() == 2
    assert len(dump()["programmes_dewrecordevent"]) > len(rows["programmes_dewrecordevent"])
