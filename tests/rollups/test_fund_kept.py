"""Kept totals of the ledger: equal to its entries however these came, marked by every write, recomputed alone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any
from unittest import mock

import pytest
from django.db import DataError
from django.db.models import F
from django.utils import timezone

from funding.actions import adjust_allocation, book_payment
from funding.actions.load import NewAllocation, load_allocations
from funding.models import DirtyFunds, FundRollup, FundSource
from povtrack.lib.basis import Basis
from povtrack.rollups.funds import recompute
from povtrack.rollups.funds.totals import Asked, FundTotal, total, totals
from povtrack.rollups.funds.verify import verify
from povtrack.rollups.jobs import watching
from povtrack.rollups.models import Verification
from povtrack.rollups.proofs import prove_all
from povtrack.rollups.recompute import drain, rebuild
from tests.funding.money import DAY, central, given, passed, treasurer
from tests.rollups.reforms import found, merge, move, split
from tests.world import World
from villages.levels import Level
from villages.models import Designation, Membership

pytestmark = pytest.mark.django_db

PLACES = ("CN", "Guizhou", "Bijie", "Zhijin County", "Nayong County", "Chengguan", "Huawu", "Longtan", "Gaoshan")


@pytest.fixture
def ledger(world: World) -> World:
    """Money of two years and two sources in places of all levels, some of it passed down, adjusted and paid out."""
    dice, by = random.Random(5), treasurer(world)
    own = FundSource.objects.create(code="own", name="自筹", kind="self_raised", tier=0)
    for year in (2009, 2010):
        for place in PLACES:
            source = dice.choice([central(), own])
            one = given(world, place, dice.randrange(1000, 9000), year=year, source=source)
            pay(world, one, disbursed=dice.randrange(1, 99), returned=Decimal("0.01"))
        centre = given(world, "Guizhou", 5000, year=year)
        zhijin, huawu = passed(world, centre, "dew", Zhijin_County=1000, Huawu=Decimal("33.33"))
        adjust(zhijin, -100, by)
        pay(world, huawu, disbursed=30, spent=Decimal("20.02"))
    drain()
    return world


def pay(world: World, allocation: Any, **amounts: Any) -> None:
    for kind, amount in amounts.items():
        book_payment(allocation, kind=kind, amount=Decimal(amount), paid_on=DAY, by=treasurer(world))


def adjust(allocation: Any, amount: Any, by: Any) -> None:
    words = {"document_no": "1", "document_date": DAY, "reason": "Less.", "by": by}
    adjust_allocation(allocation, kind="adjusted", amount=Decimal(amount), **words)


def lists(world: World) -> Iterator[Designation | None]:
    """No list, and lists of places of each level; the last has a province and a village in another's county."""
    yield None
    for code, places in (
        ("of-a-prefecture", ["Bijie"]), ("of-counties", ["Zhijin County"]), ("of-townships", ["Chengguan"]),
        ("of-villages", ["Huawu"]), ("mixed", ["Nayong County", "Huawu"]),
    ):  # fmt: skip
        made = Designation.objects.create(code=code, name=code)
        for place in places:
            Membership.objects.create(designation=made, area=world[place], valid=("2001-01-01", "2010-01-01"))
        yield made


def by_key(rows: list[FundTotal]) -> dict[Any, FundTotal]:
    return {tuple(row.keys.values()): row for row in rows if any(figures(row))}


def figures(row: FundTotal) -> tuple[Decimal, ...]:
    return row.received, row.passed_on, row.disbursed, row.returned, row.spent


def test_kept_totals_say_what_the_entries_add_up_to_whatever_is_asked(ledger: World) -> None:
    keys = ("year", "source", "programme", "level", "province", "county")
    chosen = [(), keys, *combinations(keys, 1)]
    for designation in lists(ledger):
        for area in ("CN", "Guizhou", "Bijie", "Zhijin County", "Chengguan"):
            for by_part in (False, True):
                for some in chosen if designation is None else [(), ("county",), ("province", "level")]:
                    asked = Asked(ledger[area], [2009, 2010], Basis("current"), designation=designation)
                    kept = by_key(totals(asked, *some, by_part=by_part))
                    with mock.patch("povtrack.rollups.funds.totals.is_kept", return_value=False):
                        assert kept == by_key(totals(asked, *some, by_part=by_part)), (area, some, designation)


def test_a_write_marks_the_places_whose_totals_it_changes_and_only_their_rows_are_recomputed(ledger: World) -> None:
    before = dict(FundRollup.objects.values_list("pk", "computed_at"))
    guizhou = given(ledger, "Guizhou", 10)
    drain()
    passed(ledger, guizhou, Gaoshan=3)
    marked = set(DirtyFunds.objects.values_list("year", "area"))
    assert marked == {(2010, ledger["Guizhou"].pk), (2010, ledger["Gaoshan"].pk)}
    drain()
    assert not DirtyFunds.objects.exists()
    assert verify() == []
    same = {pk for pk, at in FundRollup.objects.values_list("pk", "computed_at") if before.get(pk) == at}
    # Nothing of the other year, nor of the other county; and of Bijie not what it holds itself.
    changed = {(pk[0], pk[2]) for pk in before.keys() - same}
    assert changed == {
        (2010, ledger[name].pk) for name in ("CN", "Guizhou", "Bijie", "Zhijin County", "Chengguan", "Zhuchang")
    }
    assert not any(pk[2] == ledger["Bijie"].pk and pk[5] == Level.PREFECTURE for pk in before.keys() - same)


def test_totals_follow_every_reform_to_the_cent(ledger: World) -> None:
    """A county is divided, another merged into it, a village moves, one ends in the very year of its money, and the
    prefecture gives way to another."""
    bijie, zhijin, nayong = (ledger[name] for name in ("Bijie", "Zhijin County", "Nayong County"))
    whole = figures(total(Asked(ledger["CN"], [2010])))
    new = found("520531", Level.COUNTY, bijie, dt.date(2012, 4, 1))
    other = found("5209", Level.PREFECTURE, ledger["Guizhou"], dt.date(2014, 1, 1))
    for reform in (
        lambda: split(zhijin, {zhijin: "0.666666", new: "0.333334"}, dt.date(2012, 4, 1)),
        lambda: move(ledger["Huawu"], ledger["Zhuchang"], dt.date(2012, 6, 1)),
        lambda: merge([nayong, zhijin], zhijin, dt.date(2013, 4, 1)),
        lambda: merge([ledger["Longtan"], ledger["Huawu"]], ledger["Huawu"], dt.date(2010, 7, 1)),
        lambda: [move(county, other, dt.date(2014, 1, 1), derived=False) for county in (zhijin, new)],
        lambda: merge([bijie], other, dt.date(2014, 1, 1)),
    ):
        reform()
        drain()
        assert verify() == []
        for basis in ("recorded", "current", "2011", "2013"):
            assert figures(total(Asked(ledger["CN"], [2010], Basis(basis)))) == whole, basis
    assert total(Asked(new, [2010], Basis("current"))).resting > 0
    # What Longtan got in the year in which it ended counts where its heir lay.
    assert total(Asked(ledger["Zhuchang"], [2010])).resting == 0
    assert not FundRollup.objects.filter(basis="current", area=nayong).exists()


def test_a_rebuild_changes_nothing_and_verifying_finds_what_was_tampered_with(ledger: World) -> None:
    def rows() -> set[Any]:
        return set(FundRollup.objects.values_list("pk", "parent", "received", "passed_on", "spent"))

    before = rows()
    rebuild()
    assert rows() == before
    FundRollup.objects.filter(area=ledger["Guizhou"], year=2010, level=Level.VILLAGE).update(spent=1)
    FundRollup.objects.filter(area=ledger["Chengguan"], year=2009).delete()
    found = {(one.year, one.area, one.basis) for one in verify()}
    assert found == {
        (year, ledger[area].pk, basis)
        for year, area in ((2010, "Guizhou"), (2009, "Chengguan"))
        for basis in ("recorded", "current")
    }
    DirtyFunds.objects.create(year=2010, area=ledger["Bijie"])
    DirtyFunds.objects.create(year=2009)
    assert verify() == []


def test_one_that_breaks_off_leaves_the_old_totals_and_its_marks(ledger: World) -> None:
    given(ledger, "Huawu", 77)
    old = total(Asked(ledger["CN"], [2010])).resting
    with mock.patch.object(recompute, "_fill", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        drain()
    assert total(Asked(ledger["CN"], [2010])).resting == old
    with mock.patch.object(recompute, "_fill", side_effect=DataError("too large")):
        assert drain() == 1
    assert DirtyFunds.objects.filter(held=True).count() == 1  # it waits, and stops nobody
    rebuild()
    assert total(Asked(ledger["CN"], [2010])).resting == old + 77
    assert not DirtyFunds.objects.exists()


def test_what_is_held_back_is_shown_with_its_reason_and_tried_again_by_a_button(
    ledger: World, as_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    given(ledger, "Huawu", 77)
    with mock.patch.object(recompute, "_fill", side_effect=DataError("too large")):
        drain()
    client = as_user("admin")
    page = client.get("/jobs/")
    [held] = page.context["held"]
    assert (held["programme"], held["cell"].year, held["cell"].reason) == ("Funds", 2010, "too large")
    assert page.context["outbox"].held == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/jobs/do/", {"action": "held"})
    assert not DirtyFunds.objects.exists()
    assert client.get("/jobs/").context["held"] == []


def test_marks_that_nobody_takes_wake_a_worker(ledger: World) -> None:
    given(ledger, "Huawu", 77)
    assert watching.watch() == 0
    DirtyFunds.objects.update(at=timezone.now() - dt.timedelta(minutes=5))
    with mock.patch.object(watching, "ask_to_recompute") as woken:
        assert watching.watch() == 1
    assert woken.called


def test_the_nightly_proof_covers_the_ledger_and_its_totals_say_so(ledger: World, as_user: Any) -> None:
    prove_all()
    at = Verification.objects.get(programme="funds", differences=0).at
    asked = {"area": ledger["China"].pk, "year_min": 2010, "year_max": 2010}
    client = as_user("admin")
    told = client.get("/api/v1/fund-totals/", asked).json()["freshness"]["verified_at"]
    assert dt.datetime.fromisoformat(told) == at
    FundRollup.objects.filter(area=ledger["China"], year=2010).update(spent=F("spent") + 1)
    assert prove_all() > 0
    assert Verification.objects.filter(programme="funds", differences__gt=0).count() == 1
    assert "Funds" in [row["label"] for row in client.get("/status/").context["rows"] if row["proof"].differences]


def test_much_at_once_recomputes_whole_years(ledger: World) -> None:
    areas, words = [ledger[name].pk for name in PLACES], (Decimal(5), "1", DAY, "")
    rows = [NewAllocation(at, None, central().pk, 2010, "", area, *words) for at, area in enumerate(areas)]
    for many, mark in ((0, False), (400, True)):
        load_allocations(rows, by=treasurer(ledger))
        if mark:  # as the trigger does where one statement touches more than a thousand places
            DirtyFunds.objects.update(area=None)
        with mock.patch.object(recompute, "MANY", many):
            drain()
        assert verify() == []


def test_pages_and_api_say_what_waits_and_when_totals_were_computed(ledger: World, as_user: Any) -> None:
    client, addresses = as_user("analyst"), {"520524": 1, "520525": 0, "52": 1}
    given(ledger, "Huawu", 77)
    for code, pending in addresses.items():
        for page in ("figures", "reconciliation"):
            freshness = client.get(f"/funds/{page}/2010/{code}/").context["freshness"]
            assert (freshness.pending, freshness.computed_at is not None) == (pending, True)
        asked = {"area": ledger[code].pk, "year": 2010}
        told = client.get("/api/v1/reconciliation/", asked).json()["freshness"]
        assert told["pending_changes"] == pending
        asked = {"area": ledger[code].pk, "year_min": 2009, "year_max": 2009}
        assert client.get("/api/v1/fund-totals/", asked).json()["freshness"]["pending_changes"] == 0
    assert "1 edit pending" in client.get("/funds/figures/2010/520524/").content.decode()
    drain()
    assert "up to date" in client.get("/funds/figures/2010/520524/").content.decode()
