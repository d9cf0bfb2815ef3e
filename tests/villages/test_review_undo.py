"""Taking back decisions about a newer list: refusals, and acceptances as a whole."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.villages.lists import WIDER, accepted, area, compared, lines, places, refuses, run, village, write_all
from villages import derive
from villages.actions import ChangeRefused, apply_change, draft_change
from villages.actions.changes import revert_change
from villages.actions.reviews import refuse_rows, reopen_rows, undo_acceptance
from villages.changes import drafts, pointers
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import Area, BoundaryChange, CurrentPlacement, ListReview, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first list, of two counties, is in the registry."""
    run(write_all(tmp_path / "first", **WIDER))
    return tmp_path


def drafted(kind: str, made: drafts.Draft, **document: Any) -> BoundaryChange:
    """A change that takes effect after the newer list."""
    day = dt.date(2025, 1, 1)
    return draft_change(kind=kind, effective=day, parts=made.parts, follows=made.follows, by=None, **document)


def registry() -> tuple[list[Any], ...]:
    """All that the registry says, byte for byte; derived rows without their keys."""
    current = CurrentPlacement.objects.values_list("area", "valid", "stood", "county", "township", "low", "high")
    return (*places(), sorted(current, key=str), list(Succession.objects.exclude(effective=None).values_list()))


class TestRefusingAndTakingBack:
    @pytest.fixture
    def review(self, folder: Path) -> ListReview:
        rows = lines("villages", "520524101212", "520524001209", more=[village("520524101300", "红岩村委会"),
                     village("520524101209", "干河村村民委员会")])  # fmt: skip
        return compared(folder, villages=rows)

    def test_refused_rows_leave_the_registry_as_it_is_and_can_be_opened_again(self, review: ListReview) -> None:
        before = places()
        assert refuse_rows(review=review, rows=review.rows.all(), by=None) == 3
        review.refresh_from_db()
        assert (places(), review.state) == (before, ListReview.State.DONE)
        assert reopen_rows(review=review, rows=review.rows.filter(outcome="new"), by=None) == 1
        review.refresh_from_db()
        assert review.state == ListReview.State.OPEN

    def test_taking_back_restores_every_place_and_opens_the_rows(self, review: ListReview) -> None:
        before = places()
        accepted(review)
        change = BoundaryChange.objects.filter(source=review.source)[0]
        assert undo_acceptance(review=review, change=change, by=None) == 3
        assert places() == before
        assert review.rows.filter(decision="open", change=None).count() == 3

    def test_taking_back_is_refused_while_something_leans_on_it(self, review: ListReview, folder: Path) -> None:
        accepted(review)
        change = BoundaryChange.objects.filter(kind="create").get()
        rows = [
            [cell.replace("红岩村", "红岩坡") for cell in row]
            for row in lines("villages", "520524101212", more=[village("520524101300", "红岩村委会")])
        ]
        accepted(compared(folder, dt.date(2025, 6, 30), villages=rows), code="520524101300")
        before = places()
        with pytest.raises(ChangeRefused):
            undo_acceptance(review=review, change=change, by=None)
        assert places() == before


def indexes_of_all() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        return cursor.fetchall()


class TestTakingBackChangesThatLeanOnEachOther:
    """One of each kind, none of which can go first: the recoded place had a code that a new one has, the new township
    has a place that moved there, its old township ends, and what ends had the code that the recoded place has.
    """

    @pytest.fixture
    def review(self, folder: Path) -> ListReview:
        gone = ("520524101", "520524001001", "520524001209", "520524101212", "520525", "520525100", "520525100201")
        return compared(
            folder,
            areas=lines("areas", "520525"),
            streets=lines("streets", *gone, more=[("520524102", "八步镇", "520524", "52", "5205"),
                                                  ("520524103", "雍熙镇", "520524", "52", "5205")]),
            villages=lines("villages", *gone, more=[
                village("520524001209", "星秀社区居民委员会"),  # it has the code of one that ends,
                village("520524001001", "红岩村村民委员会"),  # and a new village the code that it had
                village("520524102212", "新华村村民委员会"),  # its township ends, and it moved to a new one
                village("520524103201", "白岩村村民委员会"),  # it moved with its township; their county ends
            ]),
        )  # fmt: skip

    def test_all_of_it_goes_at_once_and_the_registry_is_as_before(self, review: ListReview) -> None:
        before = registry()
        decided = accepted(review)
        assert (decided.accepted, decided.left_open) == (9, 0)
        batch = BoundaryChange.objects.filter(source=review.source)
        kinds = {change.kind for change in batch}
        assert kinds == {"create", "abolish", "recode", "transfer"}
        assert derive.problems() == []
        for change in batch:
            refuses(ChangeRefused, partial(revert_change, change=change, by=None))
        assert undo_acceptance(review=review, change=batch[0], by=None) == 9
        assert registry() == before
        assert derive.problems() == []
        assert {change.state for change in batch.all()} == {"reverted"}

    def test_it_can_be_accepted_and_taken_back_again(self, review: ListReview, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pointers, "FEW", 0)  # as when many places are made
        before = registry()
        indexes = indexes_of_all()
        for _time in range(2):
            accepted(review)
            change = BoundaryChange.objects.filter(source=review.source, state="applied")[0]
            undo_acceptance(review=review, change=change, by=None)
        assert registry() == before
        assert indexes_of_all() == indexes

    def undo_refused(self, review: ListReview) -> str:
        """Take it back, which must be refused and change nothing; return why."""
        before = registry()
        change = BoundaryChange.objects.filter(source=review.source)[0]
        refusal = refuses(ChangeRefused, partial(undo_acceptance, review=review, change=change, by=None))
        assert isinstance(refusal, ChangeRefused)
        assert registry() == before
        return " ".join(map(str, refusal.problems))

    @pytest.mark.parametrize("code", ["520524001001", "520524001209", "520524102212"])
    def test_a_place_of_it_that_was_changed_later_is_named(self, review: ListReview, code: str) -> None:
        accepted(review)
        place = Area.objects.get(code=code, ended_on=None)
        apply_change(change=drafted("rename", drafts.rename(place, name="新名村")), by=None)
        why = self.undo_refused(review)
        assert f"{code} 新名村: was changed again since. That later change must be reverted first." in why

    def test_a_later_place_below_one_that_it_made_is_named(self, review: ListReview) -> None:
        accepted(review)
        below = Part(code="520524102300", name="新村村委会", level=Level.VILLAGE, parent=area("520524102"))
        apply_change(change=drafted("create", drafts.create(below)), by=None)
        assert "520524102300 新村村委会: would belong to 八步镇" in self.undo_refused(review)

    def test_a_draft_about_a_place_that_it_made_is_named_and_its_own_changes_are_not(self, review: ListReview) -> None:
        accepted(review)
        drafted("rename", drafts.rename(area("520524102"), name="八步街道"), title="Babu becomes a subdistrict")
        why = self.undo_refused(review)
        assert why == ("520524102 八步镇: can't be taken back: boundary changes: “Babu becomes a subdistrict” (draft).")
