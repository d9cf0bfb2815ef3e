"""The white paper's figures come out of povtrack's own totals, to the fen, and nowhere else."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
import random
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test import TestCase
from django.urls import reverse

from funding.actions import adjust_allocation
from funding.models import Allocation, Balance, PairingReport
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from povtrack.lib.progress import SilentSteps
from povtrack.rollups import recompute
from povtrack.rollups.white_paper import books, facts, full, load, queries, where
from povtrack.rollups.white_paper.books import Books
from povtrack.rollups.white_paper.check import Line, Verdict, compare, rounded
from povtrack.rollups.white_paper.figures import FIGURES
from povtrack.rollups.white_paper.queries import QUERIES, REASONS
from povtrack.rollups.white_paper.shares import apportion, table
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.housing import HousingRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.catalogue.plan import PlanRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.models import REPORTED
from tests import demonstration
from tests.queries import queries_made
from villages import derive
from villages.levels import Level
from villages.models import Area

pytestmark = pytest.mark.django_db


def by_number(lines: list[Line]) -> dict[int, Line]:
    return {line.figure.number: line for line in lines}


def reader(name: str, role: str, code: str) -> User:
    user = User.objects.create(username=name)
    Jurisdiction.objects.create(user=user, role=role, area=Area.objects.get(code=code))
    return user


@pytest.mark.demonstration
@pytest.mark.thorough
class TestCompactForm(TestCase):
    """Loaded beside the demonstration, as `make demo` does, once for all tests of the class.

    Each leaves it as it was.
    """

    lines: dict[int, Line]

    @classmethod
    def setUpTestData(cls) -> None:
        demonstration.load()
        assert load.load(progress=SilentSteps())
        connection.check_constraints()  # once, and not again at the end of each test
        cls.lines = by_number(compare(Books()))

    def sign_in(self, user: User) -> None:
        self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def test_every_figure_comes_out_that_needs_neither_villages_nor_the_year_after_the_demonstration(self) -> None:
        lines = self.lines
        assert [line.figure.id for line in lines.values() if line.verdict is Verdict.DIFFERS] == []
        waiting = {number for number, line in lines.items() if line.verdict is Verdict.NO_DATA}
        assert waiting == {number for number, query in QUERIES.items() if query.needs}
        assert all(lines[number].reason for number in waiting)
        assert (len(waiting), sum(line.verdict is Verdict.AGREES for line in lines.values())) == (12, 53)
        assert lines[5].computed == 204_380_000_000
        assert lines[4].computed == Decimal("11.9")
        assert lines[53].computed == Decimal("81.25")

    def test_with_the_loans_of_2011_the_figures_of_that_year_come_out_too(self) -> None:
        """As in a database without the demonstration, which is in the year 2010."""
        load.load_loans(load.LOAN_YEARS[-1:], User.objects.get(username=load.KEEPER))
        recompute.drain()
        lines = compare(Books())
        assert [line.figure.id for line in lines if line.verdict is Verdict.DIFFERS] == []
        assert sum(line.verdict is Verdict.AGREES for line in lines) == 55

    def test_a_fen_more_is_a_difference_and_the_command_fails(self) -> None:
        county = Allocation.objects.filter(area__level=Level.COUNTY, year=2005, programme="").earliest("pk")
        province = county.parent
        assert province
        words: dict[str, Any] = {"kind": "adjusted", "document_no": "1", "document_date": dt.date(2005, 9, 1)}
        words |= {"reason": "A test.", "by": User.objects.get(username=load.KEEPER)}
        adjust_allocation(province.parent, amount=Decimal("0.01"), **words)
        recompute.drain()
        with redirect_stdout(io.StringIO()) as said, pytest.raises(SystemExit) as ended:
            call_command("check_white_paper")
        assert ended.value.code == 1
        assert "204,380,000,000.01" in said.getvalue()
        assert "differs: 2," in said.getvalue()

    def test_a_report_that_is_changed_is_a_difference(self) -> None:
        PairingReport.objects.filter(pk=PairingReport.objects.earliest("pk").pk).update(cadres_to=999)
        found = QUERIES[54].find(Books())
        assert found is not None
        assert found > 3_559

    def test_the_registry_and_the_ledger_are_sound(self) -> None:
        assert derive.problems() == []
        assert Area.objects.filter(level=Level.COUNTY, ended_on=None).count() == 2856
        assert not Area.objects.filter(name_latin="").exists()
        assert not Balance.objects.filter(resting__lt=0).exists()
        assert (
            Balance.objects.aggregate(sum=Sum("resting"))["sum"]
            == Allocation.objects.filter(parent=None).aggregate(sum=Sum("amount"))["sum"]
        )

    def test_a_second_time_changes_nothing(self) -> None:
        before = Allocation.objects.count()
        with redirect_stdout(io.StringIO()) as said:
            call_command("load_white_paper")
        assert "already" in said.getvalue()
        assert Allocation.objects.count() == before

    def test_who_reads_the_nation_sees_what_is_computed_in_few_queries(self) -> None:
        self.sign_in(reader("reader", Role.ANALYST, "CN"))
        with queries_made() as made:
            page = self.client.get(reverse("decade"))
        assert page.status_code == 200
        assert len(made) == 41
        text = page.content.decode()
        assert "53 figures agree" in text
        assert "204,380,000,000" in text
        assert all(f'id="{figure.id}"' in text for figure in FIGURES)

    def test_each_figure_leads_to_a_page_that_opens(self) -> None:
        self.sign_in(reader("reader", Role.ANALYST, "CN"))
        # One of each page, and of the ledger's totals all that ask for something else.
        addresses = {line.url.partition("?")[0]: line.url for line in self.lines.values() if line.url}
        lists = {line.url for line in self.lines.values() if "designation=" in line.url}
        for address in {*addresses.values(), *lists}:
            assert self.client.get(address).status_code == 200, address

    def test_who_reads_a_county_only_sees_what_is_printed(self) -> None:
        self.sign_in(reader("reader", Role.CLERK, facts.key_counties()[0].code))
        text = self.client.get(reverse("decade")).content.decode()
        assert "not among your areas" in text
        assert text.count("204,380,000,000") == 1
        file = self.client.get(reverse("decade-csv"))
        rows = list(csv.DictReader(io.StringIO(b"".join(file).decode("utf-8-sig"))))
        assert {row["computed"] for row in rows} == {""}

    def test_the_file_has_every_figure_with_bare_numbers(self) -> None:
        self.sign_in(reader("reader", Role.ANALYST, "CN"))
        with mock.patch("povtrack.rollups.white_paper.page.compare", return_value=list(self.lines.values())):
            file = self.client.get(reverse("decade-csv"))
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(b"".join(file).decode("utf-8-sig")))}
        assert len(rows) == 86
        assert (rows["WP2011-010"]["computed"], rows["WP2011-010"]["verdict"]) == ("145720000000.00", "agrees")
        assert rows["WP2011-085"]["reason"]

    def test_the_full_form_adds_up_at_any_size(self) -> None:
        """All that makes 148,000 villages makes 1,480 of them too."""
        sizes = {"VILLAGES": 1_480, "DONE": 1_260, "TRAINED": 1_403_600, "PLACED": 1_103_228, "RELOCATED": 777_001}
        sizes |= {"FUND_VILLAGES": 1_360, "HOUSES": 120_340, "ALLOWANCE": 1_170_000_001}
        before = Area.objects.filter(level=Level.VILLAGE).count()
        by = User.objects.get(username=load.KEEPER)
        with mock.patch.multiple(full, **sizes):
            source = load._mark(load.FULL, 1_480, by)
            full.load_villages(source, SilentSteps())
            full.load_records_of_villages(source, by, SilentSteps())
        assert derive.problems() == []
        assert Area.objects.filter(level=Level.VILLAGE).count() == before + 1_480
        assert PlanRecord.objects.filter(year=2001, designated=True).count() == 1_480
        assert PlanRecord.objects.filter(year=2010, completed=True, state__in=REPORTED).count() == 1_260
        for model, sums in (
            (DewRecord, {"trained": 1_403_600, "placed": 1_103_228}),
            (RelocationRecord, {"people": 777_001}),
            (MutualFundRecord, {"grant": 1_360 * 150_000}),
            (HousingRecord, {"households": 120_340, "allowance": 1_170_000_001}),
        ):
            told = model.objects.filter(state__in=REPORTED)
            assert told.aggregate(**{name: Sum(name) for name in sums}) == sums
        new = MutualFundRecord.objects.filter(area__versions__source=source).exclude(grant=0)
        assert {round(grant / 10) for grant in new.values_list("grant", flat=True)} == {
            15_242
        }  # alike, as far as whole
        assert Books().villages(MutualFundRecord) == 1_360


def test_every_figure_is_covered_or_has_a_reason() -> None:
    numbers = [figure.number for figure in FIGURES]
    assert numbers == list(range(1, 87))
    assert set(QUERIES) | set(REASONS) == set(numbers)
    assert not set(QUERIES) & set(REASONS)


def test_no_query_reads_what_made_the_data() -> None:
    generators = {"facts", "registry", "money", "partners", "records", "full", "shares", "load", "demo"}
    for module in (queries, books, where):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        names = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names |= {*(node.module or "").split("."), *(alias.name for alias in node.names)}
        assert not names & generators, module.__name__


def test_the_lists_are_of_the_known_size() -> None:
    of = [county.list for county in facts.key_counties()]
    assert (of.count(facts.NATIONAL), of.count(facts.PROVINCIAL)) == (592, 479)
    printed = [county for county in facts.key_counties() if county.evidence == "printed"]
    assert len(printed) == 151
    villages = [place for place in _villages() if place.level == Level.VILLAGE]
    assert len(villages) == len({place.code for place in villages}) == 148_000


def _villages() -> list[Any]:
    codes = {county.code: at for at, county in enumerate(facts.key_counties())}
    with mock.patch.object(full.registry, "codes", return_value=codes):
        return full.places()


def test_it_keeps_out_of_a_registry_with_other_places(world: object) -> None:
    with pytest.raises(load.NotEmpty):
        load.load(progress=SilentSteps())
    assert not load.is_loaded()


def test_parts_add_up_to_the_whole_and_are_as_large_as_they_weigh() -> None:
    dice = random.Random("parts")
    for _time in range(200):
        whole, weights = dice.randint(0, 10**12), [dice.choice((0, dice.randint(1, 10**6))) for _part in range(9)]
        parts = apportion(whole, [*weights, 1])
        heavy = sum(weights) + 1
        assert sum(parts) == whole
        for part, weight in zip(parts, [*weights, 1], strict=True):
            assert abs(part * heavy - whole * weight) < heavy
            assert weight or not part


def test_rows_and_columns_of_a_table_add_up() -> None:
    rows, columns = [877_000, 479_200, 84_200], [100_020, 500_003, 840_377]
    cells = table(rows, columns)
    assert [sum(row) for row in cells] == rows
    assert [sum(column) for column in zip(*cells, strict=True)] == columns


def test_a_growth_is_rounded_as_the_paper_did() -> None:
    assert rounded(Decimal("11.8489"), Decimal("0.1")) == Decimal("11.9")
    assert rounded(Decimal("9.2997"), Decimal("0.1")) == Decimal("9.3")
    assert rounded(Decimal("204380000000.01"), Decimal(0)) == Decimal("204380000000.01")
