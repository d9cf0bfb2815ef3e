"""The page of a village: all programmes by year, its latest survey, and what happened to its records."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from povtrack.lib.sparkline import sparkline
from povtrack.rollups.recompute import rebuild
from programmes.actions import IncomingRow, approve_records, load_records, save_rows, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.profile import ProfileRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.models import ReviewStep, Round
from tests.queries import queries_made
from tests.rollups.reforms import close, merge, move
from villages import derive
from villages.models import AreaVersion

pytestmark = pytest.mark.django_db

HUAWU = "520524100201"


def show(client, code=HUAWU, year=2010, **query):
    return client.get(reverse("village", args=[year, code]), query)


def open_round(model, year=2010):
    day, today = dt.timedelta(days=1), timezone.localdate()
    Round.objects.create(programme=model.code, year=year, opens=today - day, due=today, closes=today + 9 * day)


def save(world, model, place, *, kind="", year=2010, version=0, nil=False, **figures):
    values = {name: str(figure) for name, figure in figures.items()}
    [result] = save_rows(
        model, year=year, rows=[IncomingRow(world[place].pk, version, nil, values, kind)], by=world.clerk
    )
    assert result.status == "saved", result
    return result


@pytest.fixture
def reported(world):
    """Huawu: the Dew Program of 2008 approved and of 2010 in draft; surveyed in 2010; two kinds of relocation."""
    row = [world["Huawu"].pk, 2008, "approved", False, 40, *[None] * 9]
    load_records(DewRecord, rows=[row], by=world.admin)
    for model in (ProfileRecord, RelocationRecord):
        open_round(model)
    world.save("Huawu", trained=59, women=0, spent="38400.50")
    save(
        world,
        ProfileRecord,
        "Huawu",
        population=1200,
        poor_people=300,
        net_income="2100",
        has_road="yes",
        has_power="no",
    )
    save(world, RelocationRecord, "Huawu", kind="town", people=30, spent=100)
    save(world, RelocationRecord, "Huawu", kind="seat", people=12)
    return world


def rows_of(response, code):
    [found] = [rows for rows in response.context["village"].programmes if rows.model.code == code]
    return found


def test_every_year_says_which_kind_of_nothing_it_holds(as_user, reported):
    response = show(as_user("clerk"))
    assert response.context["village"].years == [2008, 2009, 2010]
    dew = rows_of(response, "dew")
    assert [cell.state for cell in dew.states] == ["approved", "missing", "draft"]
    trained, placed, spent = dew.figures
    assert trained.cells == [("figure", "40"), ("missing", ""), ("figure", "59")]
    assert placed.cells == [("blank", ""), ("missing", ""), ("blank", "")]
    assert spent.cells[2] == ("figure", "38,400.50")
    assert [cell.state for cell in rows_of(response, "relocation").states] == ["unasked", "unasked", "draft"]


def test_zero_and_nothing_to_report_differ_from_a_blank(as_user, world):
    world.save("Huawu", trained=0)
    world.save("Gaoshan", nil=True)
    assert rows_of(show(as_user("clerk")), "dew").figures[0].cells[-1] == ("figure", "0")
    nil = rows_of(show(as_user("clerk"), "520524100202"), "dew")
    assert nil.figures[0].cells[-1] == ("nil", "")
    assert nil.states[-1].nil
    text = show(as_user("clerk"), "520524100202").content.decode()
    assert "nothing to report" in text


def test_kinds_are_summed_and_stand_where_the_least_far_stands(as_user, reported):
    RelocationRecord.objects.filter(breakdown="seat").update(state="returned")
    rows = rows_of(show(as_user("clerk")), "relocation")
    assert rows.states[-1].state == "returned"
    assert [row.cells[-1] for row in rows.figures] == [("figure", "42"), ("figure", "100")]
    assert "?kind=" in rows.states[-1].url


def test_the_latest_survey_up_to_the_year_is_the_profile(as_user, reported):
    response = show(as_user("clerk"))
    survey = response.context["survey"]
    assert [(tile["value"], tile["rate"]) for tile in survey["tiles"]] == [
        ("1,200", ""), ("300", "Poor people, of the population: 25 %"), ("2,100", ""), ("–", ""),
    ]  # fmt: skip
    assert [one["has"] for one in survey["has"]] == [True, False, None, None, None]
    assert "Road: yes" in response.content.decode()


def test_completeness_names_what_is_missing(as_user, reported):
    complete = show(as_user("clerk")).context["complete"]
    assert (complete.expected, [str(one["label"]) for one in complete.missing]) == (3, [])
    assert [str(one["label"]) for one in complete.begun] == ["Dew Program", "Village profile", "Relocation"]
    earlier = show(as_user("clerk"), year=2009).context["complete"]
    assert (earlier.expected, [str(one["label"]) for one in earlier.missing]) == (1, ["Dew Program"])
    done = show(as_user("clerk"), year=2008).context["complete"]
    assert (done.percent, len(done.reported)) == (100, 1)


def test_history_tells_who_did_what_and_what_changed(as_user, reported):
    world = reported
    world.save("Huawu", version=1, trained=61)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    approve_records(DewRecord, year=2010, area=world["520524"], by=world.reviewer)
    ReviewStep.objects.create(
        programme="dew",
        area=world["Huawu"],
        year=2010,
        by=world.reviewer,
        kind="reopened",
        reason="Count anew.",
        version=5,
    )
    events = [e for e in show(as_user("clerk")).context["events"] if e.model is DewRecord and e.year == 2010]
    assert [(e.kind, e.by) for e in events] == [
        ("reopened", "Reviewer"), ("approved", "Reviewer"), ("submitted", "Clerk"), ("entered", "Clerk"),
        ("entered", "Clerk"),
    ]  # fmt: skip
    assert events[0].reason == "Count anew."
    assert [(c.label, c.before, c.after) for c in events[3].changes] == [("Trained", "59", "61")]
    assert events[4].is_first
    assert [(c.label, c.after) for c in events[4].changes] == [
        ("Trained", "59"), ("of which women", "0"), ("Spent", "38,400.50"),
    ]  # fmt: skip


def test_history_is_paged(as_user, world):
    for n in range(1, 24):
        world.save("Huawu", version=n - 1, trained=n)
    first = show(as_user("clerk"))
    assert len(first.context["events"]) == 20
    assert first.context["less_url"] == ""
    second = as_user("clerk").get(first.context["more_url"])
    assert [e.changes[0].after for e in second.context["events"]] == ["3", "2", "1"]
    assert second.context["more_url"] == ""
    for text in ("0", "-1", "x", "9" * 30, "٣"):
        assert show(as_user("clerk"), page=text).status_code == 200


def test_a_page_costs_the_same_queries_however_many_years(as_user, reported):
    client = as_user("clerk")
    show(client)
    with queries_made() as few:
        show(client)
    rows = [[reported["Huawu"].pk, year, "approved", False, 40, *[None] * 9] for year in range(2001, 2008)]
    for year in range(2001, 2008):
        open_round(DewRecord, year)
    load_records(DewRecord, rows=rows, by=reported.admin)
    with queries_made() as many:
        assert len(show(client).context["village"].years) == 10
    assert len(few) == len(many) <= 33


def test_cells_lead_to_the_grid_of_the_township_of_that_year(as_user, reported):
    client = as_user("clerk")
    url = rows_of(show(client), "dew").states[-1].url
    assert url == f"/work/dew/2010/520524100/#row-{reported['Huawu'].pk}"
    assert client.get(url).status_code == 200
    move(reported["Huawu"], reported["520525100"], dt.date(2010, 5, 1))
    urls = [cell.url for cell in rows_of(show(as_user("other_clerk")), "dew").states]
    assert urls[0] == ""
    assert urls[-1] == f"/work/dew/2010/520525100/#row-{reported['Huawu'].pk}"


def test_a_former_code_leads_to_the_year_that_it_had(as_user, reported):
    area, day = reported["Huawu"], dt.date(2009, 6, 1)
    version = close(area, day)
    AreaVersion.objects.create(area=area, code="520524100299", name=area.name, parent=version.parent, valid=(day, None))
    derive.rebuild()
    client = as_user("clerk")
    assert show(client, "520524100299").status_code == 200
    for code, asked, led in ((HUAWU, 2010, 2008), ("520524100299", 2004, 2009)):
        response = show(client, code, asked)
        assert response.url == reverse("village", args=[led, code])
        assert f"this is the one that had it in {led}" in client.get(response.url).content.decode()
    ways = {way["year"]: way["url"] for way in show(client, "520524100299").context["year_urls"]}
    assert ways == {
        2008: reverse("village", args=[2008, HUAWU]),
        2009: reverse("village", args=[2009, "520524100299"]),
        2010: reverse("village", args=[2010, "520524100299"]),
    }
    forms = show(client, "520524100299").context["village"].stood()
    assert [(str(form.since), str(form.until), form.code) for form in forms] == [
        ("2009-06-01", "None", "520524100299"), ("2001-01-01", "2009-06-01", HUAWU),
    ]  # fmt: skip


def test_a_merged_village_keeps_its_page_and_names_its_successor(as_user, reported):
    merge([reported["Huawu"], reported["Gaoshan"]], reported["Gaoshan"], dt.date(2009, 6, 1))
    client = as_user("clerk")
    assert show(client).url == reverse("village", args=[2008, HUAWU])
    response = show(client, year=2008)
    assert [kin["area"] for kin in response.context["kin"]["after"]] == [reported["Gaoshan"]]
    assert rows_of(response, "dew").figures[0].cells[0] == ("figure", "40")
    assert [kin["area"] for kin in show(client, "520524100202").context["kin"]["before"]] == [reported["Huawu"]]


def test_the_place_leads_to_its_latest_year_or_to_the_one_asked_for(as_user, world):
    client = as_user("clerk")
    address = reverse("village-place", args=[world["Huawu"].pk])
    assert client.get(address).url == reverse("village", args=[2010, HUAWU])
    assert client.get(address, {"year": 2008}).url == reverse("village", args=[2008, HUAWU])
    assert client.get(address, {"year": "x"}).status_code == 302
    assert client.get(address, {"year": "1900"}).url == reverse("village", args=[2010, HUAWU])
    assert address in client.get(reverse("place", args=[world["Huawu"].pk])).content.decode()
    Round.objects.all().delete()
    assert client.get(address).status_code == 302


def test_the_records_of_a_township_lead_to_its_villages_and_to_what_is_collected(as_user, world):
    world.save("Huawu", trained=5)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    rebuild()
    client = as_user("clerk")
    text = client.get(reverse("figures-area", args=["dew", 2010, "520524100"])).content.decode()
    address = f"{reverse('village-place', args=[world['Huawu'].pk])}?year=2010"
    assert f'href="{address}"' in text
    assert client.get(address).url == reverse("village", args=[2010, HUAWU])
    assert f'href="{reverse("programme", args=["dew"])}"' in text


def test_what_happened_leads_to_the_record_where_it_can_be_reopened(as_user, world):
    world.save("Huawu", trained=5)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    approve_records(DewRecord, year=2010, area=world["520524"], by=world.reviewer)
    client = as_user("reviewer")
    address = reverse("record", args=["dew", 2010, HUAWU])
    assert f'<a href="{address}">' in show(client).content.decode()
    assert "Reopen it to be mended" in client.get(address).content.decode()


def test_other_peoples_villages_and_other_places_are_not_found(as_user, world):
    client = as_user("clerk")
    for code in ("520525100201", "520524", "520524100", "nonsense", "%00"):
        assert show(client, code).status_code == 404
    for year in (1900, 9999, 0):
        assert show(client, "nonsense", year).status_code == 404
    for place in ("Baiyan", "520524", "CN"):
        assert client.get(reverse("village-place", args=[world[place].pk])).status_code == 404


def test_a_village_of_which_nothing_is_known_says_so(as_user, world):
    Round.objects.all().delete()
    response = show(as_user("clerk"))
    assert response.status_code == 200
    assert "Nothing has been reported of this village yet" in response.content.decode()


def test_a_small_line_leaves_gaps_and_needs_two_figures():
    line = sparkline([1, None, 4, 2])
    assert [len(points.split()) for points in line["lines"]] == [2]
    assert line["dots"] == [(4.0, 17.5), (106.0, 13.0)]
    assert sparkline([None, 3]) is None
    assert sparkline([0, 0])["dots"] == [(106.0, 22.0)]
