"""Many officers at once: every yuan rests in exactly one place at every instant, and the plain sums agree.

So do the kept totals, which are recomputed after every entry, by all of them at once.
"""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from funding.actions import Share, adjust_allocation, book_payment, enter_allocation, pass_down, reverse_payment
from funding.models import Allocation, DirtyFunds, FundRollup, Payment
from povtrack.accounts.models import User
from povtrack.rollups.funds.totals import Asked, total
from povtrack.rollups.recompute import drain
from povtrack.rollups.verify import verify
from programmes.actions import Refused
from tests.extent import some_of
from tests.funding.money import DAY, balance, central, given, passed, treasurer
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, STEPS = 8, 20
PLACES = ["CN", "52", "5205", "520524", "520525", "520524100", "520524100201", "520524101201", "520525100201"]

# What enters from outside, less what goes back there, is what rests; and no allocation is overdrawn.
INSTANT = """
    SELECT (SELECT coalesce(sum(resting), 0) FROM funding_balance),
           (SELECT coalesce(sum(amount), 0) FROM funding_allocation WHERE parent_id IS NULL)
           + (SELECT coalesce(sum(j.amount), 0) FROM funding_adjustment j
              JOIN funding_allocation a ON a.id = j.allocation_id WHERE a.parent_id IS NULL),
           (SELECT count(*) FROM funding_balance WHERE available < 0 OR unspent < 0 OR resting < 0 OR spent < 0
               OR returned < 0 OR disbursed < 0 OR passed_on < 0 OR allocated < 0)
"""

# The same of the kept totals: what rests on each basis, and how many parents are not the sum of their parts.
KEPT = """
    WITH part AS (
        SELECT year, basis, parent_id AS area_id, source_id, programme, level, sum(received - passed_on) AS resting,
               sum(spent) AS spent
        FROM funding_fundrollup WHERE parent_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
    ),
    whole AS (SELECT * FROM funding_fundrollup WHERE area_level < 4 AND level > area_level)
    SELECT ARRAY(SELECT sum(received - passed_on) FROM funding_fundrollup WHERE area_level = 0 GROUP BY basis),
           (SELECT count(*) FROM whole w FULL JOIN part p USING (year, basis, area_id, source_id, programme, level)
            WHERE (w.received - w.passed_on, w.spent) IS DISTINCT FROM (p.resting, p.spent))
"""


@dataclass
class Twin:
    """The same ledger in plain Python: what was acknowledged, and nothing else."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    parent: dict[int, int | None] = field(default_factory=dict)
    allocated: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    paid: dict[tuple[int, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    faults: list[str] = field(default_factory=list)

    def add(self, *allocations: Allocation) -> None:
        with self.lock:
            for one in allocations:
                self.parent[one.pk] = one.parent_id
                self.allocated[one.pk] += one.amount

    def adjust(self, allocation: int, amount: Decimal) -> None:
        with self.lock:
            self.allocated[allocation] += amount

    def pay(self, payment: Payment) -> None:
        with self.lock:
            self.paid[payment.allocation_id, payment.kind] += payment.amount

    def balance(self, allocation: int) -> dict[str, Decimal]:
        passed_on = sum((self.allocated[pk] for pk, parent in self.parent.items() if parent == allocation), Decimal())
        paid = {kind: self.paid[allocation, kind] for kind in ("disbursed", "returned", "spent")}
        resting = self.allocated[allocation] - passed_on
        return {
            "allocated": self.allocated[allocation],
            "passed_on": passed_on,
            "resting": resting,
            **paid,
            "available": resting - paid["disbursed"] + paid["returned"],
            "unspent": paid["disbursed"] - paid["returned"] - paid["spent"],
        }


@dataclass
class Officer:
    """One thread's random day of work, from its own seed."""

    world: World
    twin: Twin
    by: User
    dice: random.Random
    begin: threading.Barrier
    likely: tuple[int, ...]  # to enter, pass down, adjust, pay, take back

    def work(self) -> None:
        connection.ensure_connection()
        self.begin.wait()
        try:
            for _step in range(STEPS):
                self._one_step()
        except Exception as error:  # noqa: BLE001 told by the test, not by the thread
            self.twin.faults.append(repr(error))
        finally:
            connection.close()

    def _one_step(self) -> None:
        acts = [self._enter, self._pass, self._adjust, self._pay, self._take_back]
        act = self.dice.choices(acts, self.likely)[0]
        try:
            act()
        except Refused:  # what is refused changes nothing
            return
        except Error as error:
            if "deadlock" in str(error):
                self.twin.faults.append("deadlock")
            raise

    def _some(self) -> Allocation:
        return Allocation.objects.select_related("area", "parent__area").get(
            pk=self.dice.choice(list(self.twin.parent))
        )

    def _amount(self) -> Decimal:
        return Decimal(self.dice.randrange(1, 60000)) / 100

    def _enter(self) -> None:
        area = self.world[self.dice.choice(PLACES)]
        self.twin.add(
            enter_allocation(
                source=central(),
                year=2010,
                area=area,
                amount=self._amount(),
                document_no="1",
                document_date=DAY,
                by=self.by,
            )
        )

    def _pass(self) -> None:
        places = self.dice.sample(PLACES, self.dice.randrange(1, 4))
        shares = [Share(self.world[place], self._amount()) for place in places]
        self.twin.add(*pass_down(self._some(), shares=shares, document_no="2", document_date=DAY, by=self.by))

    def _adjust(self) -> None:
        allocation, amount = self._some(), self._amount() * self.dice.choice([1, -1])
        adjust_allocation(
            allocation, kind="adjusted", amount=amount, document_no="3", document_date=DAY, reason="So.", by=self.by
        )
        self.twin.adjust(allocation.pk, amount)

    def _pay(self) -> None:
        kind = self.dice.choice(["disbursed", "disbursed", "spent", "returned"])
        self.twin.pay(book_payment(self._some(), kind=kind, amount=self._amount(), paid_on=DAY, by=self.by))

    def _take_back(self) -> None:
        payment = Payment.objects.select_related("allocation__area").order_by("?").first()
        if payment:
            self.twin.pay(reverse_payment(payment, reason="Wrong.", by=self.by))


def _watch(twin: Twin, done: threading.Event, seen: list[Any]) -> None:
    """Look at the whole ledger again and again while it is written."""
    while not done.is_set():
        with connection.cursor() as cursor:
            cursor.execute(INSTANT)
            resting, entered, overdrawn = cursor.fetchone()
            cursor.execute(KEPT)
            kept, unequal = cursor.fetchone()
        seen.append((resting, *kept))
        if unequal or len(set(kept)) != 1:
            twin.faults.append(f"{unequal} parents are not the sum of their parts; {kept} rest")
        if resting != entered or overdrawn:
            twin.faults.append(f"{resting} rest of {entered}; {overdrawn} overdrawn")
    connection.close()


@pytest.mark.parametrize("likely", some_of([(1, 4, 2, 5, 1), (0, 4, 0, 5, 1)], (1, 4, 2, 5, 1)))
def test_every_yuan_rests_in_one_place_while_eight_officers_write(likely: tuple[int, ...]) -> None:
    world, twin, done, seen = build_world(), Twin(), threading.Event(), []
    by = treasurer(world)
    twin.add(*(given(world, place, 5000) for place in PLACES[:5]))
    begin = threading.Barrier(THREADS)
    officers = [Officer(world, twin, by, random.Random(number), begin, likely) for number in range(THREADS)]
    threads = [threading.Thread(target=officer.work) for officer in officers]
    watcher = threading.Thread(target=_watch, args=(twin, done, seen))
    for thread in (watcher, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    watcher.join()
    assert twin.faults == []
    if likely[0]:
        assert len(set(seen)) > 5  # the watcher did look while money came and went
    else:  # what is passed down, paid out or taken back neither comes nor goes, at no instant of the kept totals
        assert set(seen) == {(Decimal(25000),) * 3}
    rows = Allocation.objects.with_balance()
    assert {row.pk for row in rows} == set(twin.parent)
    assert {row.pk: balance(row) for row in rows} == {row.pk: twin.balance(row.pk) for row in rows}
    assert any(payment.reverses_id for payment in Payment.objects.all())
    drain()
    assert not DirtyFunds.objects.exists()
    assert verify() == []
    FundRollup.objects.filter(area=world["Guizhou"], basis="recorded").update(returned=-1)
    assert {(one.programme, one.area, one.column) for one in verify()} == {("funds", world["Guizhou"].pk, "returned")}
    nation = total(Asked(world["CN"], [2010]))
    assert nation.resting == sum(twin.balance(pk)["resting"] for pk in twin.parent)
    assert nation.spent == sum(twin.balance(pk)["spent"] for pk in twin.parent)


def test_two_officers_can_not_both_give_away_the_last_money() -> None:
    world = build_world()
    parent, told = given(world, "Guizhou", 100), []

    def give_as_well() -> None:
        try:
            passed(world, parent, Bijie=1)
        except Refused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    second = threading.Thread(target=give_as_well)
    with transaction.atomic():
        passed(world, parent, Bijie=100)
        second.start()
        wait_until_someone_waits(second)
    second.join()
    assert len(told) == 1
    assert "1 yuan too much" in told[0]
    assert balance(parent)["resting"] == 0


def wait_until_someone_waits(thread: threading.Thread) -> None:
    """Return when another connection waits for a lock of ours, or has come to its end without."""
    give_up = time.monotonic() + 10
    while thread.is_alive() and time.monotonic() < give_up:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)


def test_the_ledger_is_not_written_from_a_frozen_view_of_it() -> None:
    world = build_world()
    parent = given(world, "Guizhou", 100)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(Error, match="READ COMMITTED"):
            passed(world, parent, Bijie=1)
