"""The demonstration: it loads into an empty database, once, and gives everybody something to do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Sum
from django.test import TestCase

from povtrack.accounts.models import Jurisdiction, Notice, User
from povtrack.accounts.roles import Ability
from povtrack.lib.progress import SilentSteps
from povtrack.rollups import demo
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.models import DirtyCell, Round
from programmes.registry import programmes
from programmes.unlikely import unlikely_in
from tests import demonstration
from villages import derive
from villages.levels import Level
from villages.models import Area, BoundaryChange

pytestmark = pytest.mark.django_db

COUNTIES = 9
VILLAGES = 1633


@pytest.mark.demonstration
class TestLoaded(TestCase):
    """Loaded once for all tests of the class; each leaves it as it was."""

    @classmethod
    def setUpTestData(cls) -> None:
        assert "clerk, township, reviewer" in demonstration.load()
        # Once, and not again at the end of each test.
        connection.check_constraints()

    def test_the_places_are_all_there_with_a_latin_name(self) -> None:
        assert Area.objects.filter(level=Level.COUNTY).count() == COUNTIES
        assert Area.objects.filter(level=Level.VILLAGE).count() == VILLAGES
        assert not Area.objects.filter(name_latin="").exists()
        assert Area.objects.get(code="520581202207").name_latin == "Huawu village"
        assert derive.problems() == []

    def test_everybody_can_sign_in_and_hold_what_their_role_gives(self) -> None:
        clerk, reviewer, admin = (User.objects.get(username=name) for name in ("clerk", "reviewer", "admin"))
        assert clerk.check_password(demonstration.PASSWORD)
        assert clerk.can(Ability.ENTER)
        assert reviewer.can(Ability.REVIEW)
        assert (admin.is_staff, admin.is_superuser, clerk.is_staff) == (True, True, False)
        assert str(Notice.objects.get()) == "Demonstration: real places, invented figures."

    def test_the_clerk_has_work_in_an_open_round(self) -> None:
        assert all(one.is_open() for one in Round.objects.filter(year=2010))
        assert not any(one.is_open() for one in Round.objects.exclude(year=2010))
        assert Round.objects.filter(year=2010).count() == len(programmes())
        for code in demo.UNTOUCHED:
            township = Area.objects.coded(code, dt.date(2010, 12, 31)).get()
            assert not DewRecord.objects.filter(year=2010, township=township).exists()
            assert DewRecord.objects.filter(year=2009, township=township).exists()
        states = set(DewRecord.objects.filter(year=2010, county__code="520524").values_list("state", flat=True))
        assert states == {"draft", "submitted"}

    def test_everybody_holds_their_place_under_the_code_it_has_today(self) -> None:
        held = {row.user.username: row.area.code for row in Jurisdiction.objects.select_related("user", "area")}
        assert (held["clerk"], held["township"], held["reviewer"]) == ("520524", "520524001", "5205")
        zhijin = Area.objects.get(code="520524")
        assert BoundaryChange.objects.touching(zhijin).get().drafted_by == User.objects.get(username="registry")

    def test_the_four_kinds_of_nothing_all_occur(self) -> None:
        year = DewRecord.objects.filter(year=2008)
        assert year.count() < VILLAGES
        assert year.filter(nil=True).exists()
        assert year.filter(nil=False, pay_after=None).exists()
        assert year.filter(disabled=0).exists()

    def test_the_totals_are_up_to_date(self) -> None:
        nation = DewRecord.rollup.objects.get(area__code="CN", year=2009, basis="recorded")
        assert (nation.expected, nation.reported) == (VILLAGES, DewRecord.objects.filter(year=2009).count())
        assert nation.trained == DewRecord.objects.filter(year=2009).aggregate(sum=Sum("trained"))["sum"]
        assert not DirtyCell.objects.exists()

    def test_every_programme_has_figures_that_leave_nothing_unlikely_in_its_balances(self) -> None:
        for model in programmes():
            submitted = model.objects.filter(state__in=["submitted", "approved"], year=2010)
            assert submitted.exists(), model.code
            kinds = set(model.objects.filter(year=2009).values_list("breakdown", flat=True))
            assert kinds == set(model.breakdowns()) or model.level == Level.COUNTY, model.code
        zhijin = Area.objects.get(code="520524")
        assert MutualFundRecord.objects.filter(year=2010, county=zhijin).exists()
        assert not [u for u in unlikely_in(MutualFundRecord, 2010, [zhijin.pk]) if u.rule == "continues"]

    def test_the_command_says_that_it_is_there_already(self) -> None:
        assert "already loaded" in demonstration.run_command()

    def test_a_second_time_keeps_the_data_and_sets_the_password_asked_for(self) -> None:
        before = list(DewRecord.objects.order_by("pk").values_list())
        assert not demo.load(password="other", progress=SilentSteps())
        assert list(DewRecord.objects.order_by("pk").values_list()) == before
        assert User.objects.get(username="clerk").check_password("other")


def test_it_keeps_out_of_a_registry_with_other_places(world: object) -> None:
    with pytest.raises(demo.NotEmpty):
        demo.load(password="secret", progress=SilentSteps())
    assert not demo.is_loaded()


def test_the_command_asks_for_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        call_command("load_demo")
