"""Finding places: what is found, in which order, and by which index."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from tests.queries import queries_made
from villages import derive, search
from villages.levels import Level
from villages.models import Area, AreaVersion
from villages.search import find, former_forms
from villages.words import LATIN_PIECE, Pieces, pieces_of

EVERY = Area.objects.all


def add(world: Any, code: str, name: str, latin: str = "", *, under: str, level: Level = Level.VILLAGE) -> Area:
    """One more place, since 2001."""
    parent = world[under]
    area = Area.objects.create(level=level, code=code, name=name, name_latin=latin, parent=parent, path="")
    AreaVersion.objects.create(
        area=area, code=code, name=name, name_latin=latin, parent=parent, valid=("2001-01-01", None)
    )
    derive.rebuild()
    return area


def reform(area: Area, on: dt.date, **form: Any) -> None:
    """Give a place another form from a day on."""
    old = area.versions.get()
    AreaVersion.objects.filter(pk=old.pk).update(valid=(old.valid.lower, on))
    same = {"code": old.code, "name": old.name, "name_latin": old.name_latin, "parent": old.parent}
    AreaVersion.objects.create(area=area, **same | form, valid=(on, None))
    derive.rebuild()


def end(area: Area, on: dt.date) -> None:
    """Let a place end, with no successor."""
    version = area.versions.get()
    AreaVersion.objects.filter(pk=version.pk).update(valid=(version.valid.lower, on))
    Area.objects.filter(pk=area.pk).update(ended_on=on)


def names(text: str, areas: Any = None, **options: Any) -> list[str]:
    options.setdefault("most", 12)
    found = find(EVERY() if areas is None else areas, text, **options)
    by_pk = Area.objects.in_bulk(found.ids)
    return [by_pk[pk].name for pk in found.ids]


def test_hits_come_as_they_fit_then_by_level_then_by_what_matched(world: Any) -> None:
    add(world, "520524102", "龙潭镇", under="520524", level=Level.TOWNSHIP)
    add(world, "520524101202", "龙潭", under="520524101")
    add(world, "520524101203", "龙潭新村", under="520524101")
    add(world, "520524101204", "小龙潭村", under="520524101")
    former = add(world, "520524101205", "龙潭湾村", under="520524101")
    reform(former, dt.date(2008, 1, 1), name="新湾村")
    assert names("龙潭") == ["龙潭", "龙潭镇", "龙潭新村", "龙潭村", "新湾村", "小龙潭村"]


def test_an_exact_code_comes_first_and_beginnings_by_level(world: Any) -> None:
    assert names("520524")[:4] == ["织金县", "城关镇", "珠藏镇", "化屋村"]
    assert names("52052410")[:2] == ["城关镇", "珠藏镇"]


def test_places_that_ended_come_after_those_that_stand(world: Any) -> None:
    add(world, "520525100203", "化屋寨村", under="520525100")
    end(world["Huawu"], dt.date(2009, 1, 1))
    assert names("化屋") == ["化屋寨村", "化屋村"]
    assert names("化屋村") == ["化屋村"]
    assert names("化屋", standing=True) == ["化屋寨村"]


def test_a_former_code_name_and_latin_name_find_a_place(world: Any) -> None:
    reform(world["Huawu"], dt.date(2009, 1, 1), name="新华村", name_latin="Xinhua", code="520524100299")
    for text in ("化屋", "520524100201", "52052410020", "huaw", "HUAWU"):
        assert "新华村" in names(text), text
    assert names("化屋") == ["新华村"]
    assert former_forms([world["Huawu"].pk], "化屋")[world["Huawu"].pk].until == dt.date(2009, 1, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("屋村", ["化屋村"]),
        ("uawu", ["化屋村"]),
        ("COUNTY", ["纳雍县", "织金县"]),
        ("屋", []),
        ("zh", ["织金县", "珠藏镇"]),
        ("ＺＨＩＪＩＮ　Ｃ", ["织金县"]),
        (" 化屋 ", ["化屋村"]),
        ("", []),
        ("   ", []),
        ("%", []),
        ("_屋", []),
        ("化\x1f屋", []),
        ("\\", []),
        ("'", []),
        ("化屋村村民委员会", []),
    ],
)
def test_words_are_found_inside_names_and_taken_literally(text: str, found: list[str], world: Any) -> None:
    assert names(text) == found


def test_only_the_areas_given_are_searched(world: Any) -> None:
    nayong = Area.objects.within(world["520525"])
    assert names("村", nayong) == []
    assert names("青山", nayong) == ["青山村"]
    assert names("化屋", nayong) == []
    assert names("5205", Area.objects.filter(level=Level.COUNTY), levels=[Level.COUNTY]) == ["织金县", "纳雍县"]


def test_more_than_was_asked_for_is_told(world: Any) -> None:
    whole = find(EVERY(), "5205", most=20)
    assert (len(whole.ids), whole.more) == (12, False)
    part = find(EVERY(), "5205", most=5)
    assert (part.ids, part.more) == (whole.ids[:5], True)


def test_a_flood_of_names_that_contain_the_words_is_told(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "READ", 1)
    assert find(EVERY(), "山村", most=12).more
    monkeypatch.setattr(search, "READ", 2)
    assert not find(EVERY(), "山村", most=12).more


def test_finding_costs_three_queries_at_most(world: Any) -> None:
    for text, most in (("化屋", 1), ("zzz", 3), ("屋村", 3)):
        with queries_made() as queries:
            find(EVERY(), text, most=12 if most > 1 else 0)
        assert len(queries) == most, text


@pytest.mark.parametrize(
    ("text", "indexes"),
    [
        ("zhijin", {"villages_area_find_name", "villages_area_find_code", "villages_area_find_latin"}),
        ("52x", {"villages_areaversion_was_code", "villages_areaversion_was_latin"}),
        # All three are partial indexes of the same few rows, and each could stand in for this one.
        ("52x", {"villages_areaversion_former"}),
        # Its index on Latin names is partial, and stands in for the whole when the table is small: asked for below.
        ("ijin", {"villages_area_inside_name"}),
        ("屋村", {"villages_area_find_name", "villages_areaversion_former", "villages_area_inside_name"}),
    ],
)
def test_every_way_of_finding_goes_by_its_index(text: str, indexes: set[str], world: Any) -> None:
    """An index serves only the expression it was made of, so that a changed word here or there would scan the table."""
    with connection.cursor() as cursor:
        # In a table of a few rows anything will do. A bitmap needs a condition that its index knows; and the indexes
        # that know some of the conditions, but belong to others, are taken away.
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("ANALYZE villages_area, villages_areaversion")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX villages_area_code")
        cursor.execute("ALTER TABLE villages_areaversion DROP CONSTRAINT villages_areaversion_code_is_one_area")
        cursor.execute("ALTER TABLE villages_areaversion DROP CONSTRAINT villages_areaversion_one_at_a_time")
        if indexes == {"villages_areaversion_former"}:
            cursor.execute("DROP INDEX villages_areaversion_was_code, villages_areaversion_was_latin")
    with queries_made() as queries:
        find(EVERY(), text, most=12)
    plans = ""
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"EXPLAIN {query}")
            plans += str(cursor.fetchall())
    assert {index for index in indexes if index not in plans} == set()
    assert "Seq Scan" not in plans


def test_what_stands_inside_latin_names_has_an_index(world: Any) -> None:
    latin = Area.objects.alias(pieces=Pieces("name_latin", LATIN_PIECE)).exclude(name_latin="")
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("ANALYZE villages_area, villages_areaversion")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX villages_area_find_latin")
    assert "villages_area_inside_latin" in latin.filter(pieces__contains=["iji", "jin"]).explain()


def test_pieces_are_cut_as_the_index_cuts_them() -> None:
    assert pieces_of("化屋村", 2) == ["化屋", "屋村"]
    assert pieces_of("huawu", 3) == ["hua", "uaw", "awu"]
    assert pieces_of("化", 2) == []
