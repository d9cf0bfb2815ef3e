"""Taking lists of places into the registry: what is added, what is only told, and what is refused."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import connection

from povtrack.accounts.models import User
from tests.villages.lists import (
    LATER,
    VILLAGES,
    VINTAGE,
    command,
    names_of,
    refuses,
    registry,
    replaced,
    run,
    told,
    village,
    with_rows,
    without,
    write,
    write_all,
)
from villages import derive
from villages.actions import ImportRefused
from villages.imports import Nation, Verdict
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement, RegistryImport

pytestmark = pytest.mark.django_db


class TestIntoAnEmptyRegistry:
    def test_every_row_becomes_an_area_with_its_version_and_placement(self, tmp_path: Path) -> None:
        report, found = run(write_all(tmp_path))
        assert report.committed
        assert found == []
        counts = {level: Area.objects.filter(level=level).count() for level in Level}
        assert list(counts.values()) == [1, 1, 1, 1, 2, 3]
        assert AreaVersion.objects.count() == Placement.objects.count() == 9
        assert derive.problems() == []

    def test_a_village_stands_under_its_township_county_prefecture_and_province(self, tmp_path: Path) -> None:
        run(write_all(tmp_path))
        place = Placement.objects.select_related("province", "prefecture", "county", "township").get(
            area__code="520524101212"
        )
        line = [place.province, place.prefecture, place.county, place.township]
        assert [area.code for area in line if area] == ["52", "5205", "520524", "520524101"]
        assert (place.valid.lower, place.valid.upper) == (VINTAGE, None)
        assert Area.objects.get(code="CN").name == "中国"

    def test_the_order_of_the_files_and_of_their_columns_is_no_matter(self, tmp_path: Path) -> None:
        turned = [[row[1], row[5], row[0], *row[2:5]] for row in VILLAGES]
        report, found = run(list(reversed(write_all(tmp_path, villages=turned))))
        assert (report.changes, found) == (9, [])
        assert Area.objects.get(code="520524001209").parent.code == "520524001"  # type: ignore[union-attr]

    def test_gzip_files_are_read_too(self, tmp_path: Path) -> None:
        files = [*write_all(tmp_path)[:4], write(tmp_path, "villages.csv.gz", VILLAGES)]
        assert run(files)[0].changes == 9

    def test_places_are_held_valid_since_the_day_asked_for(self, tmp_path: Path) -> None:
        run(write_all(tmp_path), since=dt.date(2001, 1, 1))
        assert AreaVersion.objects.filter(valid__startswith=dt.date(2001, 1, 1)).count() == 9

    def test_each_file_is_recorded_and_its_versions_point_to_it(self, tmp_path: Path) -> None:
        run(write_all(tmp_path))
        source = RegistryImport.objects.get(file_name="villages.csv")
        assert (source.source, source.vintage, source.areas) == ("divisions", VINTAGE, 3)
        assert len(source.sha256) == 64
        assert AreaVersion.objects.filter(source=source).count() == 3

    def test_the_nation_may_be_named(self, tmp_path: Path) -> None:
        run(write_all(tmp_path), nation=Nation("XX", "某国", "Somewhere"))
        assert Area.objects.get(level=Level.NATION).name_latin == "Somewhere"

    def test_indexes_and_constraints_come_back_as_they_were(self, tmp_path: Path) -> None:
        def definitions() -> list[Any]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'villages_%' UNION ALL "
                    "SELECT conname || pg_get_constraintdef(oid) || condeferrable || condeferred FROM pg_constraint "
                    "WHERE conrelid::regclass::text LIKE 'villages_%' ORDER BY 1"
                )
                return cursor.fetchall()

        before = definitions()
        run(write_all(tmp_path))
        assert definitions() == before

    def test_a_dry_run_tells_the_same_and_writes_nothing(self, tmp_path: Path) -> None:
        report, _found = run(write_all(tmp_path), commit=False)
        assert (report.committed, report.count(Level.VILLAGE, Verdict.NEW)) == (False, 3)
        assert not Area.objects.exists()
        assert not RegistryImport.objects.exists()

    def test_what_fails_half_way_leaves_nothing_and_can_be_repeated(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = write_all(tmp_path)

        def die(*_arguments: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(derive, "rebuild", die)
            with pytest.raises(KeyboardInterrupt):
                run(files)
        assert not Area.objects.exists()
        assert run(files)[0].changes == 9


class TestOverARegistry:
    @pytest.fixture(autouse=True)
    def _first_list(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        run(write_all(tmp_path / "first"))

    def next(self, **changed: Any) -> Any:
        return run(write_all(self.folder / "next", **changed), vintage=LATER)

    def test_the_same_list_again_changes_nothing(self) -> None:
        before = registry()
        report, found = run(write_all(self.folder / "again"))
        assert (report.changes, found, registry()) == (0, [], before)
        assert report.findings.total(Verdict.SAME) == 8

    def test_a_new_village_is_added_from_the_day_of_the_list(self) -> None:
        self.next(villages=with_rows("villages", village("520524101213", "红岩村村民委员会")))
        area = Area.objects.get(code="520524101213")
        assert names_of(area) == [("红岩村村民委员会", LATER, None)]
        assert derive.problems() == []

    def test_a_changed_name_that_begins_alike_becomes_a_new_version(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", name="干河社区居民委员会"))
        area = Area.objects.get(code="520524001209")
        assert report.count(Level.VILLAGE, Verdict.RENAMED) == 1
        assert names_of(area) == [("干河村村民委员会", VINTAGE, LATER), ("干河社区居民委员会", LATER, None)]
        assert area.name == "干河社区居民委员会"
        assert "干河村村民委员会" in found[0].reason
        assert Placement.objects.filter(area=area).count() == 1

    def test_a_name_mended_on_the_same_day_stays_one_version(self) -> None:
        run(write_all(self.folder / "next", villages=replaced("villages", "520524001209", name="干河村委会")))
        assert names_of(Area.objects.get(code="520524001209")) == [("干河村委会", VINTAGE, None)]

    def test_a_code_whose_name_begins_differently_is_listed_and_not_touched(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", name="白岩村村民委员会"))
        assert report.changes == 0
        assert told(found, Verdict.REVIEW) == [("villages.csv", 3, "code", "520524001209 白岩村村民委员会")]
        assert Area.objects.get(code="520524001209").name == "干河村村民委员会"

    def test_new_places_below_one_under_review_wait_with_it(self) -> None:
        report, found = self.next(
            streets=replaced("streets", "520524101", name="白泥镇"),
            villages=with_rows("villages", village("520524101299", "红岩村村民委员会")),
        )
        assert report.changes == 0
        assert [place[3] for place in told(found, Verdict.REVIEW)] == [
            "520524101 白泥镇",
            "520524101299 红岩村村民委员会",
        ]

    def test_a_place_that_belongs_elsewhere_is_listed_and_not_moved(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", streetCode="520524101"))
        assert report.changes == 0
        assert told(found, Verdict.MOVED) == [("villages.csv", 3, "code", "520524001209 干河村村民委员会")]
        assert Area.objects.get(code="520524001209").parent.code == "520524001"  # type: ignore[union-attr]

    def test_a_place_that_is_gone_is_listed_and_not_ended(self) -> None:
        report, found = self.next(villages=without("villages", "520524101212"))
        assert report.count(Level.VILLAGE, Verdict.GONE) == 1
        assert told(found, Verdict.GONE) == [("", None, "code", "520524101212 新华村村民委员会")]
        assert names_of(Area.objects.get(code="520524101212")) == [("新华村村民委员会", VINTAGE, None)]

    def test_a_list_of_one_township_does_not_speak_of_its_neighbour(self) -> None:
        rows = [VILLAGES[0], *(row for row in VILLAGES if row[2] == "520524001")]
        report, _found = run([write(self.folder, "one.csv", rows)], vintage=LATER)
        assert (report.findings.total(Verdict.GONE), report.count(Level.VILLAGE, Verdict.SAME)) == (0, 2)

    def test_the_upper_levels_may_come_from_the_registry(self) -> None:
        rows = [VILLAGES[0], village("520524101213", "红岩村村民委员会")]
        report, _found = run([write(self.folder, "one.csv", rows)], vintage=LATER)
        assert report.count(Level.VILLAGE, Verdict.NEW) == 1
        assert Area.objects.get(code="520524101213").path.startswith(Area.objects.get(code="520524101").path)

    def test_a_rejected_row_does_not_make_its_place_gone(self) -> None:
        files = write_all(self.folder / "next", villages=replaced("villages", "520524001209", name=""))
        report, _found = run(files, vintage=LATER, skip_rejected=True)
        assert report.findings.total(Verdict.GONE) == 0

    def test_an_older_list_is_compared_but_not_written(self) -> None:
        older = write_all(self.folder / "old", villages=with_rows("villages", village("520524101213", "红岩村委会")))
        error = refuses(ImportRefused, lambda: run(older, vintage=dt.date(2016, 7, 31)))
        assert "oldest to the newest" in str(error)

    def test_a_new_place_is_not_dated_before_its_parent(self) -> None:
        files = write_all(self.folder / "next", villages=with_rows("villages", village("520524101213", "红岩村委会")))
        report, found = run(files, vintage=LATER, since=dt.date(2001, 1, 1))
        assert report.changes == 0
        assert "did not exist yet" in found[0].reason

    def test_a_code_that_another_place_carries_later_is_not_given_out_again(self) -> None:
        old = Area.objects.get(code="520524101212")
        AreaVersion.objects.filter(area=old).update(valid=(dt.date(2025, 1, 1), None))
        report, found = self.next()
        assert report.changes == 0
        assert "later day" in found[0].reason

    def test_a_code_that_ended_may_stand_for_a_new_place(self) -> None:
        AreaVersion.objects.filter(code="520524101212").update(valid=(VINTAGE, dt.date(2023, 12, 1)))
        report, _found = self.next()
        assert report.count(Level.VILLAGE, Verdict.NEW) == 1
        assert AreaVersion.objects.filter(code="520524101212").values("area").distinct().count() == 2


class TestTheCommand:
    def test_a_dry_run_prints_the_table_and_says_that_nothing_was_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command(*write_all(tmp_path), vintage=VINTAGE)
        out = capsys.readouterr().out
        assert "township" in out
        assert "Nothing was written" in out
        assert not Area.objects.exists()

    def test_commit_writes_and_a_second_time_changes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = write_all(tmp_path)
        User.objects.create(username="yang")
        command(*files, "--vintage=2023-06-30", "--since=2001-01-01", "--commit", "--by=yang")
        assert "9 new places" in capsys.readouterr().out
        assert {one.created_by.username for one in RegistryImport.objects.all() if one.created_by} == {"yang"}
        before = registry()
        command(*files, "--vintage=2023-06-30", "--commit")
        assert "nothing was changed" in capsys.readouterr().out
        assert registry() == before

    def test_all_findings_are_written_to_the_file_asked_for(self, tmp_path: Path) -> None:
        rejects = tmp_path / "rejects.csv"
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001299", "")))
        command(*files, f"--rejects={rejects}", vintage=VINTAGE)
        with rejects.open(encoding="utf-8", newline="") as file:
            head, row = csv.reader(file)
        assert head == ["file", "line", "column", "value", "verdict", "reason"]
        assert row == ["villages.csv", "5", "name", "", "rejected", "The name is missing."]

    def test_a_refused_commit_still_shows_why(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001299", "")))
        with pytest.raises(CommandError, match="1 row"):
            command(*files, "--commit", vintage=VINTAGE)
        assert "The name is missing." in capsys.readouterr().out
        assert not Area.objects.exists()

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--vintage=30.6.2023"], "not a day"),
            (["--vintage=2023-02-30"], "not a day"),
            (["--vintage=2023-06-30", "--since=2024-01-01"], "later than --vintage"),
            (["--vintage=2999-01-01"], "day to come"),
            (["--vintage=2023-06-30", "--nation=China"], "code:name"),
            (["--vintage=2023-06-30", "--by=nobody"], "no user"),
            (["--vintage=2023-06-30", "--rejects=/nowhere/at/all.csv"], "can't be written"),
            ([], "--vintage"),
        ],
    )
    def test_wrong_options_are_told(self, tmp_path: Path, arguments: list[str], words: str) -> None:
        files = write_all(tmp_path)
        with pytest.raises(CommandError, match=words):
            command(*files, *arguments)

    def test_an_interrupted_import_says_that_nothing_was_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(derive, "rebuild", interrupt)
        with pytest.raises(CommandError, match="Nothing was written"):
            command(*write_all(tmp_path), "--commit", vintage=VINTAGE)
        assert not Area.objects.exists()
