"""Where people see that what was reopened is late: in the grid, in lists, on its page, and what they may still do."""

from __future__ import annotations

from typing import Any

import pytest

from programmes.actions import Refused
from programmes.models import Round
from tests.programmes.reviews import (
    DAY,
    TODAY,
    ZHIJIN,
    approve,
    days_pass,
    give_back,
    make_late,
    reasons,
    reopen,
    submit,
)
from tests.programmes.test_deadlines import GRID, PAST, RECORD
from tests.programmes.test_rounds import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(world: Any) -> Any:
    """Huawu was reopened until yesterday, Gaoshan is in draft."""
    return make_late(world)


def test_what_is_late_is_locked_in_the_grid_and_says_why(as_user, late):
    page = as_user("clerk").get(GRID)
    [row] = [row for row in page.context["rows"] if row["late"]]
    assert (row["area_id"], row["editable"], row["late"].startswith(PAST)) == (late["Huawu"].pk, False, True)
    assert f'! overdue</span><small class="rowerror">to be mended by {TODAY - DAY}</small>' in page.content.decode()
    reopen(late)
    page = as_user("clerk").get(GRID)
    assert f"to be mended by {TODAY + DAY}" in page.content.decode()
    assert all(row["editable"] for row in page.context["rows"])


def test_what_is_late_is_overdue_before_the_round_is_due(as_user, late):
    client = as_user("reviewer")
    assert client.get(f"/review/dew/2010/{ZHIJIN}/").context["late"] == 1
    assert "! 1 not mended in time" in as_user("clerk").get("/work/").content.decode()
    client = as_user("reviewer")
    county = client.get(f"/progress/dew/2010/{ZHIJIN}/")
    assert [part["overdue"] for part in county.context["parts"]] == [1, 0]
    assert county.context["own"]["overdue"] == 1
    for role, listed in (("reviewer", 1), ("other_clerk", 0)):
        page = as_user(role).get("/overdue/dew/2010/")
        assert [(row["area"].code, row["overdue"]) for row in page.context["rows"]] == [(ZHIJIN, 1)] * listed
        told = [(row["url"], row["until"], row["by"]) for row in page.context["given_back"]]
        assert told == [(RECORD, TODAY - DAY, "Reviewer")] * listed
    Round.objects.filter(year=2010).update(due=TODAY - DAY)
    assert as_user("reviewer").get(f"/progress/dew/2010/{ZHIJIN}/").context["own"]["overdue"] == 4


def test_its_page_offers_another_day(as_user, late):
    client = as_user("reviewer")
    page = client.get(RECORD)
    assert (page.context["deadline"].is_late, PAST in page.content.decode()) == (True, True)
    form = {"action": "reopen", "record": page.context["chosen"], "reason": "One more week.", "until": TODAY + 7 * DAY}
    assert client.post(RECORD, form).status_code == 302
    page = client.get(RECORD).content.decode()
    assert f"To be mended and submitted by {TODAY + 7 * DAY}." in page
    assert not as_user("clerk").get(RECORD).context["can_reopen"]


def test_after_its_round_has_closed_it_is_approved_on_the_day_after_too(as_user, world):
    for place in ("Huawu", "Gaoshan"):
        world.save(place, trained=5)
    submit(world, area=world["Huawu"])
    approve(world)
    submit(world)
    close()
    reopen(world)
    assert submit(world, area=world["Huawu"]).moved == 1
    days_pass()
    with pytest.raises(Refused, match="is not open"):
        submit(world)
    with pytest.raises(Refused, match="is not open"):
        give_back(world)
    client = as_user("reviewer")
    assert [line["url"] for line in client.get("/review/").context["lines"]] == [f"/review/dew/2010/{ZHIJIN}/"]
    page = client.get(f"/review/dew/2010/{ZHIJIN}/")
    assert (page.context["is_open"], page.context["can_approve"]) == (False, True)
    assert "submitted in time can still be approved" in page.content.decode()
    assert client.get(RECORD).context["can_approve"]
    # Gaoshan waited when the round closed, and nobody gave it more time.
    outcome = approve(world)
    assert (outcome.moved, list(reasons(outcome))) == (1, ["Gaoshan"])
    assert not client.get(RECORD).context["can_approve"]
