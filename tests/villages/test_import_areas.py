"""Taking lists of places into the registry: what is added, what is only told, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.villages.lists import (
    LATER,
    LEVELS,
    VILLAGES,
    VINTAGE,
    places,
    refuses,
    registry,
    replaced,
    run,
    staged,
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
from villages.models import Area, AreaVersion, ListReview, ListRow, Placement, RegistryImport

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
        assert (report.first, report.differing, found) == (9, 0, [])
        assert Area.objects.get(code="520524001209").parent.code == "520524001"  # type: ignore[union-attr]

    def test_gzip_files_are_read_too(self, tmp_path: Path) -> None:
        files = [*write_all(tmp_path)[:4], write(tmp_path, "villages.csv.gz", VILLAGES)]
        assert run(files)[0].first == 9

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
        assert run(files)[0].first == 9


@pytest.mark.thorough
class TestOverARegistry:
    """The differences are kept for review, and no place is touched."""

    @pytest.fixture(autouse=True)
    def _first_list(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        run(write_all(tmp_path / "first"))
        self.before = places()

    def next(self, accept: Any = (), **changed: Any) -> Any:
        return run(write_all(self.folder / "next", **changed), vintage=LATER, accept=accept)

    def untouched(self) -> bool:
        return places() == self.before

    def test_the_same_list_again_changes_nothing(self) -> None:
        before = registry()
        report, found = run(write_all(self.folder / "again"))
        assert (report.first, report.differing, report.review, found, registry()) == (0, 0, None, [], before)
        assert report.findings.total(Verdict.SAME) == 8

    def test_a_new_village_waits_for_review(self) -> None:
        report, _found = self.next(villages=with_rows("villages", village("520524101213", "红岩村村民委员会")))
        assert staged(report) == [("new", "520524101213", "")]
        assert self.untouched()
        assert report.count(Level.VILLAGE, Verdict.NEW) == 1

    def test_a_changed_name_that_begins_alike_is_a_renaming(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", name="干河社区居民委员会"))
        assert report.count(Level.VILLAGE, Verdict.RENAMED) == 1
        assert staged(report) == [("renamed", "520524001209", "520524001209")]
        assert "干河村村民委员会" in found[0].reason
        assert self.untouched()

    def test_a_code_whose_name_begins_differently_is_probably_another_place(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", name="白岩村村民委员会"))
        assert staged(report) == [("other", "520524001209", "520524001209")]
        assert told(found, Verdict.OTHER) == [("villages.csv", 3, "code", "520524001209 白岩村村民委员会")]
        assert self.untouched()

    def test_new_places_below_one_under_review_wait_with_it(self) -> None:
        report, _found = self.next(
            streets=replaced("streets", "520524101", name="白泥镇"),
            villages=with_rows("villages", village("520524101299", "红岩村村民委员会")),
        )
        assert staged(report) == [("new", "520524101299", ""), ("other", "520524101", "520524101")]
        assert self.untouched()

    def test_a_place_that_belongs_elsewhere_is_a_move(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", streetCode="520524101"))
        assert staged(report) == [("moved", "520524001209", "520524001209")]
        assert told(found, Verdict.MOVED) == [("villages.csv", 3, "code", "520524001209 干河村村民委员会")]
        assert self.untouched()

    def test_a_village_of_the_same_name_in_the_next_township_was_moved_there(self) -> None:
        rows = [*without("villages", "520524001209"), village("520524101209", "干河村村民委员会")]
        report, _found = self.next(villages=rows)
        assert staged(report) == [("moved", "520524101209", "520524001209")]

    def test_a_place_that_is_gone_is_kept_for_review(self) -> None:
        report, found = self.next(villages=without("villages", "520524101212"))
        assert report.count(Level.VILLAGE, Verdict.GONE) == 1
        assert told(found, Verdict.GONE) == [("", None, "code", "520524101212 新华村村民委员会")]
        assert staged(report) == [("gone", "", "520524101212")]
        assert self.untouched()

    def test_a_county_with_another_code_brings_all_below_it_along(self) -> None:
        recoded = {
            name: [[cell.replace("520524", "520581") for cell in row] for row in LEVELS[name]]
            for name in ("areas", "streets", "villages")
        }
        report, _found = self.next(**recoded)
        assert {outcome for outcome, _code, _old in staged(report)} == {"recoded"}
        assert [code for _outcome, code, _old in staged(report)] == [
            "520581", "520581001", "520581001001", "520581001209", "520581101", "520581101212",
        ]  # fmt: skip

    def test_a_renumbered_village_is_recoded_and_its_neighbour_too(self) -> None:
        rows = [VILLAGES[0], village("520524001001", "干河村村民委员会"), village("520524001209", "星秀社区居民委员会"),
                VILLAGES[3]]  # fmt: skip
        report, _found = self.next(villages=rows)
        assert staged(report) == [
            ("recoded", "520524001001", "520524001209"),
            ("recoded", "520524001209", "520524001001"),
        ]

    def test_the_word_for_the_kind_of_place_may_change_with_the_code(self) -> None:
        rows = [*without("villages", "520524001209"), village("520524001210", "干河社区居委会")]
        report, _found = self.next(villages=rows)
        assert staged(report) == [("recoded", "520524001210", "520524001209")]

    def test_a_name_that_stands_twice_is_matched_with_neither(self) -> None:
        rows = [*without("villages", "520524001209"), village("520524001210", "干河村村民委员会"),
                village("520524001211", "干河村村民委员会")]  # fmt: skip
        report, _found = self.next(villages=rows)
        assert [outcome for outcome, _code, _old in staged(report)] == ["gone", "new", "new"]

    def test_a_list_of_one_township_does_not_speak_of_its_neighbour(self) -> None:
        rows = [VILLAGES[0], *(row for row in VILLAGES if row[2] == "520524001")]
        report, _found = run([write(self.folder, "one.csv", rows)], vintage=LATER)
        assert (report.findings.total(Verdict.GONE), report.count(Level.VILLAGE, Verdict.SAME)) == (0, 2)

    def test_the_upper_levels_may_come_from_the_registry(self) -> None:
        rows = [VILLAGES[0], village("520524101213", "红岩村村民委员会")]
        report, _found = run([write(self.folder, "one.csv", rows)], vintage=LATER)
        assert report.count(Level.VILLAGE, Verdict.NEW) == 1
        assert ListRow.objects.get(outcome="new").group == "520524"

    def test_a_rejected_row_does_not_make_its_place_gone(self) -> None:
        files = write_all(self.folder / "next", villages=replaced("villages", "520524001209", name=""))
        report, _found = run(files, vintage=LATER, skip_rejected=True)
        assert report.findings.total(Verdict.GONE) == 0

    def test_an_older_list_is_compared_but_not_written(self) -> None:
        older = write_all(self.folder / "old", villages=with_rows("villages", village("520524101213", "红岩村委会")))
        error = refuses(ImportRefused, lambda: run(older, vintage=dt.date(2016, 7, 31)))
        assert "oldest to the newest" in str(error)

    def test_a_dry_run_tells_the_same_and_keeps_nothing(self) -> None:
        files = write_all(self.folder / "next", villages=without("villages", "520524101212"))
        dry, told_dry = run(files, vintage=LATER, commit=False)
        assert (dry.differing, dry.review, ListReview.objects.count()) == (1, None, 0)
        wet, told_wet = run(files, vintage=LATER)
        assert (wet.findings.counts, told_wet) == (dry.findings.counts, told_dry)

    def test_the_same_list_staged_again_takes_the_place_of_the_earlier_review(self) -> None:
        first, _found = self.next(villages=without("villages", "520524101212"))
        second, _found = self.next(villages=without("villages", "520524101212"))
        assert ListReview.objects.get(pk=first.review).state == ListReview.State.DONE
        assert list(ListRow.objects.values_list("review", flat=True)) == [second.review]

    def test_a_code_that_another_place_carries_later_is_told_with_the_new_place(self) -> None:
        old = Area.objects.get(code="520524101212")
        AreaVersion.objects.filter(area=old).update(valid=(dt.date(2025, 1, 1), None))
        report, _found = self.next()
        assert staged(report) == [("new", "520524101212", "")]
        assert ListRow.objects.get().evidence == "code_taken"

    def test_a_code_that_ended_may_stand_for_a_new_place(self) -> None:
        keep = village("520524101213", "红岩村委会")
        run(write_all(self.folder / "keep", villages=with_rows("villages", keep)), accept=["all"])
        AreaVersion.objects.filter(code="520524101212").update(valid=(VINTAGE, dt.date(2023, 12, 1)))
        report, _found = self.next(villages=with_rows("villages", keep), accept=["all"])
        assert report.count(Level.VILLAGE, Verdict.NEW) == 1
        assert AreaVersion.objects.filter(code="520524101212").values("area").distinct().count() == 2
