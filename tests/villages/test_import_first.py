"""What the registry hears of for the first time is written, and for how long it is held valid."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.villages.lists import LATER, VILLAGES, VINTAGE, names_of, run, staged, told, write, write_all
from villages import derive
from villages.actions import apply_change, draft_change
from villages.changes.parts import Follow, Part
from villages.imports import Verdict
from villages.levels import Level
from villages.models import Area, AreaVersion

pytestmark = pytest.mark.django_db


class TestWhatIsHeardOfForTheFirstTime:
    """Places of a level of which the registry held nothing there are written: no change, but knowledge."""

    def test_villages_below_townships_that_had_none(self, tmp_path: Path) -> None:
        files = write_all(tmp_path)
        run(files[:4])
        report, _found = run([files[4]], vintage=LATER, since=VINTAGE)
        assert (report.first, report.differing) == (3, 0)
        assert names_of(Area.objects.get(code="520524101212")) == [("新华村村民委员会", VINTAGE, None)]
        assert derive.problems() == []

    def test_only_where_there_were_none(self, tmp_path: Path) -> None:
        files = write_all(tmp_path)
        run([*files[:4], write(tmp_path, "one.csv", [*VILLAGES[:2]])])
        report, _found = run([files[4]], vintage=LATER)
        assert (report.first, staged(report)) == (1, [("new", "520524001209", "")])

    def test_they_are_not_dated_before_the_place_they_belong_to(self, tmp_path: Path) -> None:
        files = write_all(tmp_path)
        run(files[:4])
        run([files[4]], vintage=LATER, since=dt.date(2001, 1, 1))
        assert names_of(Area.objects.get(code="520524101212")) == [("新华村村民委员会", VINTAGE, None)]
        assert derive.problems() == []

    @pytest.mark.parametrize("heirs", [1, 2])
    def test_they_go_on_under_the_one_place_that_took_over(self, tmp_path: Path, heirs: int) -> None:
        files = write_all(tmp_path)
        run(files[:4])
        ends = dt.date(2025, 3, 1)
        old = Area.objects.get(code="520524101")
        successors = [Part(level=Level.TOWNSHIP, code=f"52052410{n}", name=f"{n}镇", parent=old.parent) for n in (2, 3)]
        change = draft_change(
            kind="merge" if heirs == 1 else "split",
            effective=ends,
            parts=[Part(area=old, ends=True), *successors[:heirs]],
            follows=[Follow(old, one) for one in successors[:heirs]],
            by=None,
        )
        apply_change(change=change, by=None)
        report, found = run([files[4]], vintage=LATER)
        assert report.first == 3
        under = AreaVersion.objects.filter(code="520524101212").order_by("valid").values_list("parent__code", flat=True)
        assert list(under) == (["520524101", "520524102"] if heirs == 1 else ["520524101"])
        assert len(told(found, Verdict.WARNING)) == heirs - 1
        assert derive.problems() == []
