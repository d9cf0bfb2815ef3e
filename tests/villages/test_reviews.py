"""Deciding the differences of a newer list: accepting, refusing, and taking back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.villages.lists import (
    LATER,
    VINTAGE,
    WIDER,
    accepted,
    area,
    compared,
    lines,
    names_of,
    places,
    run,
    village,
    without,
    write,
    write_all,
)
from villages import derive
from villages.actions.reviews import ANOTHER, SAME, refuse_rows, undo_acceptance
from villages.imports import deciding
from villages.imports.findings import Decided
from villages.imports.looking import evidence_words
from villages.models import Area, BoundaryChange, ListReview, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first list, of two counties, is in the registry."""
    run(write_all(tmp_path / "first", **WIDER))
    return tmp_path


class TestAccepting:
    def test_a_new_village_begins_on_the_day_of_the_list(self, folder: Path) -> None:
        review = compared(folder, villages=lines("villages", more=[village("520524101213", "红岩村村民委员会")]))
        assert accepted(review).accepted == 1
        assert names_of(area("520524101213")) == [("红岩村村民委员会", LATER, None)]
        change = BoundaryChange.objects.get()
        assert (change.kind, change.effective, change.day_known, change.source) == (
            "create", LATER, False, review.source,
        )  # fmt: skip
        review.refresh_from_db()
        assert (review.state, review.rows.get().change) == (ListReview.State.DONE, change)
        assert derive.problems() == []

    def test_a_gone_village_ends_on_the_day_of_the_list(self, folder: Path) -> None:
        assert accepted(compared(folder, villages=lines("villages", "520524101212"))).accepted == 1
        assert area("520524101212").ended_on == LATER

    def test_a_renamed_village_gets_a_new_form_and_stays_itself(self, folder: Path) -> None:
        before = area("520524001209").pk
        rows = [
            ("520524001209", "干河社区居委会", *row[2:]) if row[0] == "520524001209" else row
            for row in WIDER["villages"]
        ]
        accepted(compared(folder, villages=rows))
        assert names_of(area("520524001209")) == [("干河村村民委员会", VINTAGE, LATER), ("干河社区居委会", LATER, None)]
        assert area("520524001209").pk == before

    def test_a_moved_village_belongs_to_the_other_township_under_its_new_code(self, folder: Path) -> None:
        before = area("520524001209").pk
        moved = village("520524101209", "干河村村民委员会")
        accepted(compared(folder, villages=lines("villages", "520524001209", more=[moved])))
        assert (area("520524101209").pk, area("520524101209").parent) == (before, area("520524101"))

    def test_villages_that_swapped_their_codes_swap_them_at_once(self, folder: Path) -> None:
        pks = [area("520524001001").pk, area("520524001209").pk]
        swapped = [village("520524001001", "干河村村民委员会"), village("520524001209", "星秀社区居民委员会")]
        decided = accepted(compared(folder, villages=lines("villages", "520524001001", "520524001209", more=swapped)))
        assert (decided.accepted, decided.left_open) == (2, 0)
        assert [area("520524001209").pk, area("520524001001").pk] == pks
        assert derive.problems() == []

    def test_a_county_with_a_new_code_takes_all_below_it_along(self, folder: Path) -> None:
        before = set(Area.objects.values_list("pk", flat=True))
        recoded = {
            name: [[cell.replace("520524", "520581") for cell in row] for row in WIDER[name]]
            for name in ("areas", "streets", "villages")
        }
        assert accepted(compared(folder, **recoded)).accepted == 6
        assert set(Area.objects.values_list("pk", flat=True)) == before
        assert area("520581101212").path.startswith(area("520581").path)
        assert [change.kind for change in BoundaryChange.objects.all()] == ["recode"]

    def test_all_kinds_together_make_one_change_of_each_kind(self, folder: Path) -> None:
        rows = lines(
            "villages", "520524101212", "520524001209", "520524001001",
            more=[village("520524101209", "干河村村民委员会"), village("520524101300", "红岩村委会"),
                  village("520524001001", "星秀村委会")],
        )  # fmt: skip
        decided = accepted(compared(folder, villages=rows))
        assert (decided.accepted, decided.left_open) == (4, 0)
        kinds = BoundaryChange.objects.order_by("kind").values_list("kind", flat=True)
        assert list(kinds) == ["abolish", "create", "rename", "transfer"]
        assert derive.problems() == []

    def test_a_new_township_and_its_villages_come_together_whatever_their_order(self, folder: Path) -> None:
        review = compared(
            folder,
            streets=lines("streets", more=[("520524102", "猫场镇", "520524", "52", "5205")]),
            villages=lines("villages", more=[village("520524102201", "红岩村委会")]),
        )
        assert accepted(review).accepted == 2
        assert area("520524102201").parent == area("520524102")

    def test_an_ended_township_goes_with_the_villages_that_end_or_leave_with_it(self, folder: Path) -> None:
        review = compared(
            folder,
            streets=lines("streets", "520524101"),
            villages=lines("villages", "520524101212", more=[village("520524001212", "新华村村民委员会")]),
        )
        assert accepted(review).accepted == 2
        assert area("520524101").ended_on == LATER
        assert area("520524001212").parent == area("520524001")


class TestACodeThatMayBeAnotherPlace:
    @pytest.fixture
    def review(self, folder: Path) -> ListReview:
        rows = [("520524101", "白泥镇", *row[2:]) if row[0] == "520524101" else row for row in WIDER["streets"]]
        return compared(folder, streets=rows)

    def test_the_villages_that_kept_their_code_speak_for_the_same_place(self, review: ListReview) -> None:
        words = evidence_words(review.rows.get().evidence)
        assert any("1/1 of the places below it kept code and name" in one for one in words)

    def test_as_the_same_place_it_is_renamed(self, review: ListReview) -> None:
        accepted(review, SAME)
        assert names_of(area("520524101")) == [("桂果镇", VINTAGE, LATER), ("白泥镇", LATER, None)]

    def test_as_another_place_the_old_ends_and_its_villages_go_on_below_the_new(self, review: ListReview) -> None:
        old = area("520524101")
        accepted(review, ANOTHER)
        new = Area.objects.get(code="520524101", ended_on=None)
        old.refresh_from_db()
        assert (old.ended_on, new.name) == (LATER, "白泥镇")
        assert area("520524101212").parent == new
        assert derive.problems() == []

    @pytest.mark.parametrize(("name", "places"), [("红干河村委会", 1), ("白岩村村民委员会", 2)])
    def test_by_the_evidence_a_name_that_is_alike_is_the_same_place(self, folder: Path, name: str, places: int) -> None:
        rows = lines("villages", "520524001209", more=[village("520524001209", name)])
        assert accepted(compared(folder, villages=rows)).accepted == 1
        assert Area.objects.filter(code="520524001209").count() == places

    def test_where_the_evidence_is_divided_a_person_must_say(self, folder: Path) -> None:
        rows = lines("villages", "520524001209", more=[village("520524001209", "红河村民委员会")])
        review = compared(folder, villages=rows)
        assert dict(accepted(review).reasons) == {"undecided": 1}
        assert accepted(review, SAME).accepted == 1


class TestWhatCannotBeAccepted:
    """Each row that can't be is told with the reason and stays open; the others are accepted."""

    def left(self, decided: Decided) -> list[str]:
        return [why for _pk, _label, why in decided.rows]

    @pytest.fixture
    def new_township(self, folder: Path) -> ListReview:
        return compared(
            folder,
            streets=lines("streets", more=[("520524102", "猫场镇", "520524", "52", "5205")]),
            villages=lines(
                "villages", more=[village("520524102201", "红岩村委会"), village("520524101213", "青山村委会")]
            ),
        )

    def test_a_row_waits_for_the_place_it_belongs_to(self, new_township: ListReview) -> None:
        decided = accepted(new_township, level=5)
        assert (decided.accepted, dict(decided.reasons)) == (1, {"parent_open": 1})
        assert "520524102, is not decided yet" in self.left(decided)[0]
        assert new_township.rows.filter(decision="open").count() == 2

    def test_a_row_below_a_refused_place_says_so(self, new_township: ListReview) -> None:
        refuse_rows(review=new_township, rows=new_township.rows.filter(level=4), by=None)
        assert "was refused" in self.left(accepted(new_township, code="520524102201"))[0]

    def test_a_code_that_is_still_carried(self, folder: Path) -> None:
        chain = [village("520524001001", "红岩村委会"), village("520524001210", "星秀社区居民委员会")]
        review = compared(folder, villages=lines("villages", "520524001001", more=chain))
        assert "still carried by “星秀社区居民委员会”" in self.left(accepted(review, outcome="new"))[0]
        assert accepted(review).accepted == 2

    def test_a_township_that_still_has_villages(self, folder: Path) -> None:
        review = compared(folder, streets=lines("streets", "520524101"), villages=lines("villages", "520524101212"))
        assert "1 places still belong to it" in self.left(accepted(review, level=4))[0]
        assert accepted(review).accepted == 2

    def test_a_county_that_ends_needs_one_that_takes_over(self, folder: Path) -> None:
        gone = {
            name: [row for row in WIDER[name] if not row[0].startswith("520525")]
            for name in ("areas", "streets", "villages")
        }
        decided = accepted(compared(folder, **gone))
        assert (decided.accepted, dict(decided.reasons)) == (2, {"no_heir": 1})

    def test_what_ends_with_its_placeholder_county_is_left_before_anything_is_written(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        farm = {
            "areas": ("520501", "市辖区", "5205", "52"),
            "streets": ("520501400", "国营农场", "520501", "52", "5205"),
            "villages": village("520501400400", "场部社区"),
        }
        first = compared(folder, **{name: lines(name, more=[row]) for name, row in farm.items()})
        assert accepted(first).left_open == 0
        monkeypatch.setattr(deciding, "drop", lambda *_any: pytest.fail("it was written first"))
        gone = compared(folder, dt.date(2025, 6, 30), villages=lines("villages", "520524101212"))
        decided = accepted(gone)
        assert (decided.accepted, dict(decided.reasons)) == (1, {"nowhere": 2, "has_children": 1})
        assert "no place takes either over" in " ".join(self.left(decided))
        assert derive.problems() == []

    def test_what_would_lie_in_no_county_is_left_before_anything_is_written(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(deciding, "drop", lambda *_any: pytest.fail("it was written first"))
        rows = [("level", "code", "name", "parent_code"), ("township", "520524102", "直属镇", "5205")]
        run([write(folder, "straight.csv", rows)], source="plain")  # the first one below a prefecture is as it is
        rows += [("township", "520524103", "新镇", "5205"), ("village", "520524103001", "新村村委会", "520524103")]
        report, _found = run([write(folder, "later.csv", rows)], vintage=LATER, source="plain")
        decided = accepted(ListReview.objects.get(pk=report.review), outcome="new")
        assert (decided.accepted, dict(decided.reasons)) == (0, {"no_county": 1, "parent_fails": 1})
        assert "would lie in no county" in self.left(decided)[0]

    def test_a_county_that_ends_is_taken_over_by_those_its_townships_went_to(self, folder: Path) -> None:
        old, heir = area("520525"), area("520524")
        review = compared(
            folder,
            areas=lines("areas", "520525"),
            streets=lines("streets", "520525100", more=[("520524103", "雍熙镇", "520524", "52", "5205")]),
            villages=lines("villages", "520525100201", more=[village("520524103201", "白岩村村民委员会")]),
        )
        decided = accepted(review)
        assert (decided.accepted, decided.left_open) == (3, 0)
        follow = Succession.objects.get()
        assert (follow.old, follow.new, follow.share, follow.effective) == (old, heir, 1, LATER)
        assert area("520524103201").path.startswith(heir.path)
        assert derive.problems() == []
        change = BoundaryChange.objects.filter(source=review.source)[0]
        assert undo_acceptance(review=review, change=change, by=None) == 3
        assert area("520525").ended_on is None

    def test_a_place_that_was_changed_since_the_comparison(self, folder: Path) -> None:
        first = compared(folder, villages=lines("villages", "520524101212"))
        rows = [
            ("520524101212", "新华社区居委会", *row[2:]) if row[0] == "520524101212" else row
            for row in WIDER["villages"]
        ]
        accepted(compared(folder, villages=rows))
        assert "changed since the comparison" in self.left(accepted(first))[0]

    def test_a_second_acceptance_of_the_same_rows_changes_nothing(self, folder: Path) -> None:
        review = compared(folder, villages=lines("villages", "520524101212"))
        accepted(review)
        before = places()
        assert accepted(review).accepted == 0
        assert places() == before


def test_other_lists_are_left_alone(folder: Path) -> None:
    """Rows of one review can't be decided through another."""
    first = compared(folder, villages=lines("villages", "520524101212"))
    second = compared(folder, dt.date(2025, 6, 30), villages=without("villages", "520524101212"))
    assert refuse_rows(review=second, rows=first.rows.all(), by=None) == 0
