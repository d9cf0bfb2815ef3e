"""Rounds: a closed one refuses every write but where it was extended; which counties are overdue."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from povtrack.accounts.roles import Role
from programmes import actions
from programmes.actions import IncomingFigure, IncomingRow, Refused, add_remark, extend_round
from programmes.catalogue.dew import DewRecord
from programmes.models import Extension, Indicator, IndicatorFigure, ReviewStep, Round
from tests.programmes.reviews import ZHIJIN, approve, person, submit
from tests.queries import queries_made

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=10)
LONG_AGO = TODAY - dt.timedelta(days=99)
# What writes no record of a round: they plan, lengthen, remark, or are for years gone by and for no person's hand.
# Indicators have a test of their own below.
OTHERS = {"plan_round", "extend_round", "add_remark", "load_records", "save_indicator_figures"}


def row(world: Any) -> list[IncomingRow]:
    version = DewRecord.objects.filter(area=world["Huawu"], year=2010).values_list("version", flat=True).first() or 0
    return [IncomingRow(world["Huawu"].pk, version, nil=False, values={"trained": "77"})]


def in_zhijin(world: Any) -> dict[str, Any]:
    return {"year": 2010, "area": world[ZHIJIN]}


WRITES: dict[str, Callable[[Any], Any]] = {
    "save_rows": lambda w: actions.save_rows(DewRecord, year=2010, rows=row(w), by=w.clerk),
    "judge_rows": lambda w: actions.judge_rows(DewRecord, year=2010, rows=row(w), by=w.clerk),
    "submit_records": lambda w: actions.submit_records(DewRecord, by=w.clerk, **in_zhijin(w)),
    "approve_records": lambda w: actions.approve_records(DewRecord, by=w.reviewer, **in_zhijin(w)),
    "return_records": lambda w: actions.return_records(DewRecord, by=w.reviewer, reason="So.", **in_zhijin(w)),
}


def close() -> None:
    day = dt.timedelta(days=1)
    Round.objects.filter(year=2010).update(opens=TODAY - 60 * day, due=TODAY - 10 * day, closes=TODAY - day)


def everything() -> list[Any]:
    return [*DewRecord.objects.order_by("pk").values_list(), ReviewStep.objects.count()]


def extend(world: Any, place: str = ZHIJIN, by: str = "admin", **changes: Any) -> Extension:
    words = {"year": 2010, "until": SOON, "reason": "A flood.", **changes}
    return extend_round(DewRecord, area=world[place], by=world.users[by], **words)


def test_each_action_that_writes_records_is_walked() -> None:
    """Reopening is the one exception: it is how a closed round is opened for one place."""
    verbs = {name for name in actions.__all__ if name[0].islower()}
    assert verbs - OTHERS - {"reopen_records"} == set(WRITES)


@pytest.mark.parametrize("name", WRITES)
def test_a_closed_round_refuses_every_write(world, name):
    world.save("Huawu", trained=5)
    world.save("Longtan", trained=5)
    submit(world, area=world["Longtan"])
    close()
    before = everything()
    with pytest.raises(Refused, match="is not open: it runs from"):
        WRITES[name](world)
    extend(world, "520525")  # elsewhere
    with pytest.raises(Refused, match="is not open") if name.endswith("_records") else _refusing_rows(world, name):
        WRITES[name](world)
    assert everything() == before


def test_a_closed_round_refuses_indicators_too(world):
    Round.objects.create(programme="pilot", year=2010, opens=LONG_AGO, due=LONG_AGO, closes=LONG_AGO)
    indicator = Indicator.objects.create(theme="border", name="Wells", unit="wells")
    sent = [IncomingFigure(indicator.pk, 0, target="3")]
    with pytest.raises(Refused, match="is not open: it runs from"):
        actions.save_indicator_figures(year=2010, area=world["520524"], rows=sent, by=world.clerk)
    assert not IndicatorFigure.objects.exists()


class _refusing_rows:  # noqa: N801 reads as a condition above
    """Rows are answered one by one: where the round goes on elsewhere, each is refused in the same words."""

    def __init__(self, world: Any, name: str) -> None:
        self.world, self.name = world, name

    def __enter__(self) -> None:
        [result] = WRITES[self.name](self.world)
        assert result.status == "refused"
        assert "is not open: it runs from" in result.errors[0].message

    def __exit__(self, *error: object) -> None:
        pass


def test_a_closed_round_refuses_every_door(as_user, world):
    world.save("Huawu", trained=5)
    record = DewRecord.objects.get()
    close()
    before = everything()
    grid, client = f"/work/dew/2010/{ZHIJIN}/", as_user("clerk")
    api = "/api/v1/records/dew/"

    def sent(url: str, data: Any, method: str = "post") -> Any:
        return getattr(client, method)(url, json.dumps(data), content_type="application/json").status_code

    values = {measure.name: "" for measure in DewRecord.measures()} | {"trained": "7"}
    rows = {"rows": [{"area": world["Gaoshan"].pk, "version": 0, "nil": False, "values": values}]}
    assert sent(f"{grid}save/", rows) == 403
    assert sent(f"{grid}submit/", {}) == 403
    client.post(grid, {"action": "submit"})
    assert sent(api, {"area": world["Gaoshan"].pk, "year": 2010, "trained": 7}) == 403
    assert sent(f"{api}bulk/", {"year": 2010, "rows": [{"area": world["Gaoshan"].pk, "trained": 7}]}) == 403
    assert sent(f"{api}{record.pk}/", {"version": 1, "trained": 7}, "patch") == 403
    assert sent(f"{api}{record.pk}/steps/", {"step": "submit", "version": 1}) == 403
    assert sent(f"{api}area/steps/", {"step": "submit", "year": 2010, "area": world[ZHIJIN].pk}) == 403
    client = as_user("reviewer")
    client.post(f"/review/dew/2010/{ZHIJIN}/", {"action": "approve", "record": f"{world['Huawu'].pk}:1:"})
    client.post("/records/dew/2010/520524100201/", {"action": "approve", "record": f"{world['Huawu'].pk}:1:"})
    assert everything() == before


def test_an_extension_opens_its_subtree_until_its_day_and_nothing_else(world):
    world.save("Huawu", trained=5)
    world.save("Longtan", trained=5)
    close()
    extend(world, "520524100")
    assert world.save("Huawu", version=1, trained=6).status == "saved"
    assert world.save("Gaoshan", trained=6).status == "saved"
    assert world.save("Longtan", version=1, trained=6).status == "refused"
    outcome = submit(world)
    assert (outcome.moved, [place for _area, place, _why, _kind in outcome.refused]) == (2, ["Longtan 龙潭村"])
    assert approve(world).moved == 2

    Extension.objects.update(until=TODAY - dt.timedelta(days=1))
    assert add_remark(
        DewRecord, year=2010, area=world["Huawu"], breakdown="", measure="trained", text="Late.", by=world.clerk
    )
    with pytest.raises(Refused, match="is not open"):
        submit(world)


def test_who_manages_an_area_extends_there_and_nowhere_else(world):
    person(world, "county_admin", Role.ADMIN, ZHIJIN)
    close()
    made = extend(world, by="county_admin")
    assert (made.area, made.until, made.reason, made.by) == (world[ZHIJIN], SOON, "A flood.", world.county_admin)
    with pytest.raises(Refused, match="is not an area that you manage"):
        extend(world, "520525", by="county_admin")
    for by in ("clerk", "reviewer", "analyst"):
        with pytest.raises(Refused, match="is not an area that you manage"):
            extend(world, by=by)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "at least a word"),
        ({"until": TODAY - dt.timedelta(days=1)}, "has passed"),
        ({"until": TODAY + dt.timedelta(days=400)}, "more than a year away"),
        ({"year": 2007}, "has no round for 2007"),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused(world, changes, words):
    close()
    with pytest.raises(Refused, match=words):
        extend(world, **changes)


def test_a_round_that_runs_longer_or_has_not_begun_is_not_extended(world):
    with pytest.raises(Refused, match=r"runs until .* for everyone"):
        extend(world)
    Round.objects.filter(year=2010).update(opens=SOON, due=SOON, closes=SOON)
    with pytest.raises(Refused, match="has not begun"):
        extend(world, until=SOON + dt.timedelta(days=5))


def test_the_worst_county_is_listed_first_with_the_way_to_its_grid(as_user, world):
    world.save("Huawu", trained=5)
    submit(world)
    address = reverse("overdue", args=["dew", 2010])
    client = as_user("reviewer")
    assert client.get(address).context["rows"] == []  # not due yet
    close()
    extend(world, "520525")
    page = client.get(address)
    told = [(r["area"].name_latin, r["overdue"], r["missing"], r["until"], r["url"]) for r in page.context["rows"]]
    assert told == [
        ("Zhijin County", 3, 3, None, "/work/dew/2010/520524/"),
        ("Nayong County", 2, 2, SOON, "/work/dew/2010/520525/"),
    ]
    assert [r["area"].code for r in as_user("other_clerk").get(address).context["rows"]] == ["520525"]


def test_overdue_counties_cost_no_query_a_row(as_user, world):
    close()
    counts = []
    for role in ("clerk", "reviewer"):
        client = as_user(role)
        with queries_made() as queries:
            client.get(reverse("overdue", args=["dew", 2010]))
        counts.append(len(queries))
    assert counts == [16, 16]


def test_a_manager_extends_on_the_page_and_readers_see_theirs(as_user, world):
    close()
    address = reverse("extensions", args=["dew", 2010])
    client = as_user("admin")
    bad = client.post(address, {"codes": "999999", "until": "2020-01-01", "reason": ""})
    assert bad.status_code == 422
    assert "No place of yours had the code 999999" not in bad.content.decode()  # first things first: the reason
    past = client.post(address, {"codes": ZHIJIN, "until": "2020-01-01", "reason": "A flood."})
    assert "2020-01-01 has passed" in past.content.decode()
    none = client.post(address, {"codes": f"{ZHIJIN} 999999", "until": SOON, "reason": "A flood."})
    assert "No place of yours had the code 999999 in 2010." in none.content.decode()
    assert not Extension.objects.exists()
    assert (
        client.post(address, {"codes": f"{ZHIJIN}, 520524100", "until": SOON, "reason": "A flood."}).status_code == 302
    )
    assert {e.area.code for e in as_user("clerk").get(address).context["page_obj"]} == {ZHIJIN, "520524100"}
    stranger = as_user("other_clerk").get(address)
    assert (list(stranger.context["page_obj"]), stranger.context["form"]) == ([], None)
