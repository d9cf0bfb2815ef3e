"""What is derived from versions: latest forms, paths, and where each place stood when.

The map: Guizhou holds Bijie and Anshun, Bijie holds Zhijin, Zhijin holds Chengguan, Chengguan holds Huawu. Zhijin
passes to Anshun on 2011-01-01, and Bijie is renamed on 2008-01-01.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from villages import derive
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement

pytestmark = pytest.mark.django_db

START, RENAMED, MOVED = dt.date(2001, 1, 1), dt.date(2008, 1, 1), dt.date(2011, 1, 1)


def add(level: Level, code: str, parent: Area | None) -> Area:
    return Area.objects.create(level=level, code="?", name="?", parent=parent, path="0." if parent is None else "0.0.")


def version(area: Area, parent: Area | None, start: dt.date, end: dt.date | None = None, **form: str) -> AreaVersion:
    form = {"code": str(area.pk), "name": f"name {area.pk}", **form}
    return AreaVersion.objects.create(area=area, parent=parent, valid=(start, end), **form)


@pytest.fixture
def land() -> dict[str, Area]:
    china = add(Level.NATION, "CN", None)
    guizhou = add(Level.PROVINCE, "52", china)
    bijie, anshun = add(Level.PREFECTURE, "5205", guizhou), add(Level.PREFECTURE, "5204", guizhou)
    zhijin = add(Level.COUNTY, "520524", bijie)
    chengguan = add(Level.TOWNSHIP, "520524100", zhijin)
    huawu = add(Level.VILLAGE, "520524100201", chengguan)
    version(china, None, START)
    version(guizhou, china, START)
    version(bijie, guizhou, START, RENAMED, name="毕节地区")
    version(bijie, guizhou, RENAMED, name="毕节市")
    version(anshun, guizhou, START)
    version(zhijin, bijie, START, MOVED)
    version(zhijin, anshun, MOVED)
    version(chengguan, zhijin, START)
    version(huawu, chengguan, START, code="520524100201", name="化屋村", name_latin="Huawu")
    return {
        "china": china, "guizhou": guizhou, "bijie": bijie, "anshun": anshun, "zhijin": zhijin, "chengguan": chengguan,
        "huawu": huawu,
    }  # fmt: skip


def stood(area: Area) -> list[tuple[Any, ...]]:
    """(from, to, province, prefecture, county, township) of each placement, in order."""
    return [
        (p.valid.lower, p.valid.upper, p.province_id, p.prefecture_id, p.county_id, p.township_id)
        for p in Placement.objects.filter(area=area).order_by("valid")
    ]


def rows(model: type[Any]) -> list[tuple[Any, ...]]:
    return list(model.objects.order_by("pk").values_list())


def test_the_latest_form_and_the_path_stand_on_the_area(land: dict[str, Area]) -> None:
    derive.rebuild()
    huawu, bijie = Area.objects.get(pk=land["huawu"].pk), Area.objects.get(pk=land["bijie"].pk)
    assert (huawu.code, huawu.name, huawu.name_latin) == ("520524100201", "化屋村", "Huawu")
    line = ("china", "guizhou", "anshun", "zhijin", "chengguan", "huawu")
    assert huawu.path == "".join(f"{land[name].pk}." for name in line)
    assert bijie.name == "毕节市"


def test_the_parent_is_that_of_the_latest_version(land: dict[str, Area]) -> None:
    derive.rebuild()
    assert Area.objects.get(pk=land["zhijin"].pk).parent_id == land["anshun"].pk


def test_a_village_gets_two_placements_when_its_county_passes_to_another_prefecture(land: dict[str, Area]) -> None:
    derive.rebuild()
    county, township = land["zhijin"].pk, land["chengguan"].pk
    assert stood(land["huawu"]) == [
        (START, MOVED, land["guizhou"].pk, land["bijie"].pk, county, township),
        (MOVED, None, land["guizhou"].pk, land["anshun"].pk, county, township),
    ]


def test_a_mere_change_of_name_does_not_cut_a_placement(land: dict[str, Area]) -> None:
    derive.rebuild()
    assert stood(land["bijie"]) == [(START, None, land["guizhou"].pk, land["bijie"].pk, None, None)]


def test_an_area_stands_in_its_own_column_and_the_nation_in_none(land: dict[str, Area]) -> None:
    derive.rebuild()
    assert stood(land["zhijin"])[0] == (START, MOVED, land["guizhou"].pk, land["bijie"].pk, land["zhijin"].pk, None)
    assert stood(land["china"]) == [(START, None, None, None, None, None)]
    assert Placement.objects.get(area=land["china"]).parent_id is None


def test_levels_may_be_skipped(land: dict[str, Area]) -> None:
    county = add(Level.COUNTY, "529001", land["guizhou"])
    village = add(Level.VILLAGE, "529001000201", county)
    version(county, land["guizhou"], START)
    version(village, county, START)
    derive.rebuild()
    assert stood(village) == [(START, None, land["guizhou"].pk, None, county.pk, None)]
    assert derive.problems() == []


def test_a_place_that_came_late_and_ended_is_placed_for_its_own_days_only(land: dict[str, Area]) -> None:
    village = add(Level.VILLAGE, "v", land["chengguan"])
    version(village, land["chengguan"], dt.date(2010, 7, 1), dt.date(2012, 7, 1))
    derive.rebuild()
    assert [row[:2] for row in stood(village)] == [
        (dt.date(2010, 7, 1), MOVED),
        (MOVED, dt.date(2012, 7, 1)),
    ]


def test_there_and_back_again_gives_three_placements(land: dict[str, Area]) -> None:
    back = dt.date(2015, 1, 1)
    AreaVersion.objects.filter(area=land["zhijin"], valid__startswith=MOVED).update(valid=(MOVED, back))
    version(land["zhijin"], land["bijie"], back)
    derive.rebuild()
    prefectures = [row[3] for row in stood(land["huawu"])]
    assert prefectures == [land["bijie"].pk, land["anshun"].pk, land["bijie"].pk]


def test_a_second_rebuild_writes_nothing(land: dict[str, Area]) -> None:
    derive.rebuild()
    before = rows(Area), rows(Placement)
    derive.rebuild()
    assert (rows(Area), rows(Placement)) == before


def test_a_rebuild_mends_what_was_spoilt(land: dict[str, Area]) -> None:
    derive.rebuild()
    right = stood(land["huawu"])
    Placement.objects.filter(area=land["huawu"]).update(county=land["bijie"])
    Placement.objects.filter(area=land["china"]).delete()
    Area.objects.filter(pk=land["huawu"].pk).update(path="1.2.", name="spoilt")
    kinds = {problem.kind for problem in derive.problems()}
    assert kinds == {"form_differs", "placement_differs", "placement_gap", "current_differs"}
    derive.rebuild()
    assert stood(land["huawu"]) == right
    assert derive.problems() == []


def test_the_callers_cursor_is_used_and_left_open(land: dict[str, Area]) -> None:
    with connection.cursor() as cursor:
        derive.rebuild(cursor)
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_problems_name_an_area_without_a_version(land: dict[str, Area]) -> None:
    derive.rebuild()
    lost = add(Level.VILLAGE, "x", land["chengguan"])
    assert [(problem.kind, problem.area_id) for problem in derive.problems()] == [("no_version", lost.pk)]
    assert "no version" in str(derive.problems()[0])


def test_problems_name_a_parent_of_the_same_level(land: dict[str, Area]) -> None:
    village = add(Level.VILLAGE, "x", land["huawu"])
    version(village, land["huawu"], START)
    derive.rebuild()
    kinds = {problem.kind for problem in derive.problems() if problem.area_id == village.pk}
    assert "parent_not_above" in kinds
    assert "placement_gap" in kinds


def test_problems_name_a_parent_that_did_not_exist_all_the_time(land: dict[str, Area]) -> None:
    village = add(Level.VILLAGE, "x", land["chengguan"])
    version(village, land["chengguan"], dt.date(1999, 1, 1))
    derive.rebuild()
    kinds = {problem.kind for problem in derive.problems() if problem.area_id == village.pk}
    assert kinds == {"parent_not_there", "placement_gap"}


def test_problems_name_a_version_that_belongs_nowhere(land: dict[str, Area]) -> None:
    AreaVersion.objects.filter(area=land["huawu"]).update(parent=None)
    assert "no_parent" in {problem.kind for problem in derive.problems()}
