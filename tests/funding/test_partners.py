"""Who helps whom: what the database and the actions keep of partners, pairings and their yearly reports."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, InternalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from funding.actions import (
    Overtaken,
    RowsRefused,
    add_partner,
    change_pairing,
    change_partner,
    load_pairing_reports,
    pair,
    remove_pairing,
    save_pairing_report,
)
from funding.models import FIGURES, SCHEMES, Pairing, PairingReport, Partner, kinds_of
from programmes.actions import Refused
from tests.funding.helping import day, donor, paired, partner, project, reported
from tests.funding.money import treasurer
from tests.world import World

pytestmark = pytest.mark.django_db


def fields_of(refused: Any) -> set[str]:
    return {problem.field for problem in refused.value.problems}


def test_each_kind_of_partner_helps_under_one_scheme() -> None:
    assert sorted(kinds_of("")) == sorted(Partner.Kind.values)
    assert sum(len(kinds_of(scheme)) for scheme in set(SCHEMES.values())) == len(Partner.Kind)


def test_a_partner_is_kept_by_those_who_keep_the_funds_of_the_nation(world: World) -> None:
    made = partner(world)
    assert partner(world).pk == made.pk
    assert add_partner(name="民革中央", kind="party", by=world.admin).pk != made.pk
    for stranger in (world.finance, world.analyst, world.registry):
        with pytest.raises(Refused, match="for the whole nation"):
            add_partner(name="X", kind="party", by=stranger)
        with pytest.raises(Refused, match="for the whole nation"):
            change_partner(made, version=1, by=stranger, name="X")


def test_all_that_is_wrong_with_a_partner_is_told_by_field(world: World) -> None:
    with pytest.raises(RowsRefused) as refused:
        partner(world, " ", "friend")
    assert fields_of(refused) == {"kind", "name"}
    partner(world)
    with pytest.raises(RowsRefused, match="of this name already"):
        partner(world, kind="military")
    with pytest.raises(RowsRefused, match="Only a province or city"):
        partner(world, "Y", "military", area=world["Guizhou"])


def test_a_partner_that_someone_else_changed_is_not_overwritten(world: World) -> None:
    made = partner(world)
    change_partner(made, version=1, by=world.admin, name="中华全国工商业联合会 ")
    with pytest.raises(Overtaken) as overtaken:
        change_partner(made, version=1, by=treasurer(world), name="Z")
    assert overtaken.value.theirs.name == "中华全国工商业联合会"


def test_the_donor_of_a_project_stays_a_foreign_donor(world: World) -> None:
    project(world)
    with pytest.raises(RowsRefused, match="pays for foreign projects"):
        change_partner(donor(world), version=1, by=world.admin, kind="enterprise")


def test_several_partners_help_one_area_and_one_partner_several(world: World) -> None:
    first, second = partner(world), partner(world, "民革中央", "party")
    paired(world, first, "Zhijin County")
    paired(world, second, "Zhijin County", until="2008")
    paired(world, second, "Nayong County")
    assert Pairing.objects.in_year(2007).count() == 3
    assert Pairing.objects.in_year(2008).count() == 2


def test_the_same_partner_helps_an_area_once_at_a_time(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County", "2004", "2008")
    assert paired(world, partner(world), "Zhijin County", "2004", "2008").pk == one.pk
    with pytest.raises(RowsRefused, match="in part of these dates already"):
        paired(world, partner(world), "Zhijin County", "2007-12-31")
    paired(world, partner(world), "Zhijin County", "2008")


def test_an_area_changes_its_partner_in_mid_year(world: World) -> None:
    shandong = partner(world, "山东省", "eastern")
    old = paired(world, partner(world, "厦门市", "eastern"), "Guizhou", "2001", "2010-06")
    new = paired(world, shandong, "Guizhou", "2010-06")
    assert reported(world, old, aid_cash=5).year == reported(world, new, aid_cash=7).year == 2010
    with pytest.raises(RowsRefused, match="did not stand in 2011"):
        reported(world, old, 2011, aid_cash=1)
    with pytest.raises(RowsRefused, match="did not stand in 2009"):
        reported(world, new, 2009, aid_cash=1)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2008", "2008", "is not after"),
        ("2008", "2007", "is not after"),
        ("1990", "1991", "did not stand"),
        ("1900", "", "out of range"),
    ],
)
def test_dates_that_can_not_be_are_refused(world: World, since: str, until: str, words: str) -> None:
    with pytest.raises(RowsRefused, match=words):
        paired(world, partner(world), "Zhijin County", since, until)


def test_the_database_itself_refuses_a_pairing_without_a_first_day(world: World) -> None:
    words = {"partner": partner(world), "area": world["Bijie"], "entered_at": "2010-01-01T00:00Z"}
    for dates in (DateRange(None, day("2010")), DateRange(empty=True)):
        with pytest.raises((IntegrityError, DataError), match="funding_pairing_begins"), transaction.atomic():
            Pairing.objects.create(valid=dates, entered_by=world.admin, **words)


def test_nobody_helps_itself(world: World) -> None:
    guizhou = partner(world, "贵阳", "eastern", area=world["Guizhou"])
    with pytest.raises(RowsRefused, match="can't help its own area"):
        paired(world, guizhou, "Guizhou")
    dalian = partner(world, "大连", "eastern")
    paired(world, dalian, "Guizhou")
    with pytest.raises(RowsRefused, match="can't help its own area"):
        change_partner(dalian, version=1, by=world.admin, area=world["Guizhou"])


def test_an_officer_enters_who_helps_their_own_area_and_no_other(world: World) -> None:
    acfic = partner(world)
    own = pair(acfic, area=world["Zhijin County"], since=day("2004"), by=world.finance)
    other = paired(world, acfic, "Nayong County")
    for refused in (
        lambda: pair(acfic, area=world["Bijie"], since=day("2004"), by=world.finance),
        lambda: change_pairing(other, version=1, by=world.finance, until=day("2010")),
        lambda: remove_pairing(other, version=1, by=world.finance),
        lambda: reported(world, other, aid_cash=1, by=world.finance),
        lambda: reported(world, own, aid_cash=1, by=world.clerk),
    ):
        with pytest.raises(Refused, match="not yours"):
            refused()


def test_a_pairing_is_ended_but_never_so_that_a_report_lies_outside(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")
    reported(world, one, 2008, trained=3)
    with pytest.raises(RowsRefused, match="2008 was reported") as refused:
        change_pairing(one, version=1, by=world.finance, until=day("2008"))
    assert fields_of(refused) == {"until"}
    ended = change_pairing(one, version=1, by=world.finance, until=day("2008-01-02"))
    assert (ended.version, ended.valid.upper) == (2, day("2008-01-02"))
    with pytest.raises(Overtaken):
        change_pairing(one, version=1, by=world.finance, until=None)
    assert change_pairing(one, version=2, by=world.finance, until=None).valid.upper is None


def test_a_pairing_entered_by_mistake_is_removed_unless_something_was_reported(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")
    reported(world, one, 2008, trained=3)
    with pytest.raises(Refused, match=r"has reports \(2008\)"):
        remove_pairing(one, version=1, by=world.finance)
    wrong = paired(world, partner(world), "Nayong County")
    remove_pairing(wrong, version=1, by=treasurer(world))
    with connection.cursor() as cursor:
        cursor.execute("SELECT area_id FROM funding_pairingevent WHERE pgh_label = 'deleted'")
        assert cursor.fetchall() == [(world["Nayong County"].pk,)]


def test_blank_is_not_zero_and_what_is_not_sent_stays(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")
    first = reported(world, one, trained=0, aid_cash="1,500.50")
    assert (first.trained, first.hosted, first.aid_cash) == (0, None, Decimal("1500.50"))
    second = reported(world, one, version=1, trained=None, hosted=4)
    assert (second.trained, second.hosted, second.aid_cash, second.version) == (None, 4, Decimal("1500.50"), 2)
    assert reported(world, one, version=0, hosted=4).version == 2


def test_every_wrong_figure_of_a_report_is_told_with_its_reason(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")
    with pytest.raises(RowsRefused) as refused:
        reported(world, one, trained="-3", aid_cash="a lot", hosted="1.5", aid_kind="0.001", helped=1)
    assert {problem.field: problem.value for problem in refused.value.problems} == {
        "trained": "-3", "aid_cash": "a lot", "hosted": "1.5", "aid_kind": "0.001", "helped": "1"
    }  # fmt: skip
    with pytest.raises(Refused, match="No figure was entered"):
        reported(world, one, trained=None)
    with pytest.raises(RowsRefused, match="has not come yet"):
        reported(world, one, 2090, trained=1)


def test_the_database_itself_refuses_negative_figures_and_a_second_report(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")
    words = {"pairing": one, "year": 2010, "entered_at": "2010-01-01T00:00Z", "entered_by": world.admin}
    for name in FIGURES:
        with pytest.raises(IntegrityError, match=f"{name}_not_negative"), transaction.atomic():
            PairingReport.objects.create(**words, **{name: -1})
    PairingReport.objects.create(**words)
    with pytest.raises(IntegrityError, match="funding_pairingreport_once"), transaction.atomic():
        PairingReport.objects.create(**words)


def test_a_report_stays_of_its_pairing_and_year(world: World) -> None:
    report = reported(world, paired(world, partner(world), "Zhijin County"), trained=1)
    other = paired(world, partner(world), "Nayong County")
    for change in ({"year": 2009}, {"pairing": other}):
        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            PairingReport.objects.filter(pk=report.pk).update(**change)


def test_of_many_reports_at_once_one_that_can_not_be_refuses_all(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County", "2004", "2010")
    reports = [PairingReport(pairing=one, year=year) for year in (2008, 2009, 2010)]
    with pytest.raises(IntegrityError, match="funding_pairingreport_paired"), transaction.atomic():
        load_pairing_reports(reports, by=world.admin)
    assert len(load_pairing_reports(reports[:2], by=world.admin)) == 2


def test_a_report_that_someone_else_wrote_is_not_overwritten_and_every_version_is_kept(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")
    reported(world, one, trained=1)
    with pytest.raises(Overtaken) as overtaken:
        reported(world, one, version=0, trained=2)
    assert overtaken.value.theirs.trained == 1
    reported(world, one, version=1, trained=2, by=world.finance)
    with connection.cursor() as cursor:
        cursor.execute("SELECT trained, version FROM funding_pairingreportevent")
        assert cursor.fetchall() == [(1, 1)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_report_at_once_one_is_told(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")

    def send(figure: int) -> str:
        try:
            save_pairing_report(one, year=2010, version=0, values={"trained": str(figure)}, by=world.finance)
        except Overtaken:
            return "told"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == ["saved", "told", "told", "told"]
    assert PairingReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_pairing_does_not_end_under_a_report_that_is_being_written(world: World) -> None:
    one = paired(world, partner(world), "Zhijin County")

    def end() -> str:
        try:
            change_pairing(one, version=1, by=world.finance, until=day("2009"))
        except RowsRefused:
            return "refused"
        finally:
            connection.close()
        return "ended"

    def report() -> str:
        try:
            reported(world, one, 2009, trained=1, by=world.finance)
        except RowsRefused:
            return "refused"
        finally:
            connection.close()
        return "reported"

    with ThreadPoolExecutor(2) as pool:
        ending, writing = pool.submit(end), pool.submit(report)
        assert {ending.result(), writing.result()} in ({"ended", "refused"}, {"reported", "refused"})
