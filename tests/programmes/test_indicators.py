"""Indicators that only pilots count: defined by an admin, entered by county, told with what was reached."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from povtrack.accounts.models import Jurisdiction
from povtrack.accounts.roles import Role
from programmes.actions import (
    IncomingFigure,
    IncomingRow,
    Refused,
    approve_records,
    save_indicator_figures,
    save_rows,
    submit_records,
)
from programmes.catalogue.pilot import PilotRecord
from programmes.models import Extension, Indicator, IndicatorFigure, Round
from tests.queries import queries_made
from villages.levels import Level

pytestmark = pytest.mark.django_db

ZHIJIN, NAYONG = "520524", "520525"


@pytest.fixture
def pilots(world):
    """Zhijin has pilots on disease and on stony desertification; three indicators are asked for, one elsewhere."""
    today, day = timezone.localdate(), dt.timedelta(days=1)
    for year in (2009, 2010):
        Round.objects.create(programme="pilot", year=year, opens=today - day, due=today, closes=today + 9 * day)
    for county, clerk, themes in (
        (ZHIJIN, "clerk", ("disease", "desertification")),
        (NAYONG, "other_clerk", ("disease",)),
    ):
        rows = [
            IncomingRow(world[county].pk, 0, nil=False, values={"projects": "2"}, breakdown=theme) for theme in themes
        ]
        assert {r.status for r in save_rows(PilotRecord, year=2010, rows=rows, by=world.users[clerk])} == {"saved"}
    world.wells = Indicator.objects.create(theme="disease", name="Wells free of fluorine", unit="wells")
    world.share = Indicator.objects.create(
        theme="disease", name="Households with clean stoves", unit="%", adds_up=False
    )
    world.forest = Indicator.objects.create(
        theme="desertification", name="Forest planted", unit="mu", area=world["5205"]
    )
    Indicator.objects.create(theme="disease", name="Elsewhere", unit="wells", area=world[NAYONG])
    Indicator.objects.create(theme="quake", name="Homes rebuilt", unit="homes")
    Indicator.objects.create(theme="disease", name="No more", unit="wells", is_asked=False)
    return world


def put(world, indicator, target=None, actual=None, *, version=0, by="clerk", county=ZHIJIN, year=2010):
    row = IncomingFigure(indicator.pk, version, target, actual)
    return save_indicator_figures(year=year, area=world[county], rows=[row], by=world.users[by])[0]


def submit(world, county=ZHIJIN, by="clerk"):
    return submit_records(PilotRecord, year=2010, area=world[county], by=world.users[by])


def enter_url(code=ZHIJIN, year=2010, name="indicators-entry"):
    return reverse(name, args=["pilot", year, code])


def form_of(response, **changes):
    fields = {}
    for theme in response.context["themes"]:
        for row in theme["rows"]:
            pk = row["pk"]
            fields |= {f"version-{pk}": row["version"], f"was-{pk}": row["was"]}
            fields |= {f"{box['name']}-{pk}": box["value"] for box in row["boxes"]}
    return fields | changes


# Entering


def test_a_county_is_asked_for_the_indicators_of_its_themes_and_area(as_user, pilots):
    response = as_user("clerk").get(enter_url())
    assert [(str(t["label"]), [r["name"] for r in t["rows"]]) for t in response.context["themes"]] == [
        ("Areas of endemic disease", ["Households with clean stoves", "Wells free of fluorine"]),
        ("Stony desertification", ["Forest planted"]),
    ]
    assert response.context["can_enter"]
    assert "Elsewhere" in as_user("other_clerk").get(enter_url(NAYONG)).content.decode()


def test_figures_are_saved_with_their_history_and_last_years_stand_beside(as_user, pilots):
    save_rows(
        PilotRecord,
        year=2009,
        rows=[IncomingRow(pilots[ZHIJIN].pk, 0, nil=False, values={"projects": "1"}, breakdown="disease")],
        by=pilots.clerk,
    )
    put(pilots, pilots.wells, "90", "81.5", year=2009)
    client = as_user("clerk")
    page = client.get(enter_url())
    wells = f"{pilots.wells.pk}"
    response = client.post(enter_url(), form_of(page, **{f"target-{wells}": "1,200", f"actual-{wells}": ""}))
    assert response.status_code == 302
    figure = IndicatorFigure.objects.get(indicator=pilots.wells, year=2010)
    assert (figure.target, figure.actual, figure.version) == (Decimal(1200), None, 1)
    row = client.get(enter_url()).context["themes"][0]["rows"][1]
    assert row["before"] == [Decimal(90), Decimal("81.5")]
    assert [box["value"] for box in row["boxes"]] == ["1,200", ""]
    assert put(pilots, pilots.wells, None, "600", version=1).status == "saved"
    history = IndicatorFigure._meta.apps.get_model("programmes", "IndicatorFigureEvent")
    assert [(kept.target, kept.actual, kept.version) for kept in history.objects.all()] == [(Decimal(1200), None, 1)]


def test_a_bad_figure_names_its_place_and_reason_and_loses_nothing(as_user, pilots):
    client = as_user("clerk")
    wells, forest = pilots.wells.pk, pilots.forest.pk
    typed = {f"target-{wells}": "many", f"actual-{wells}": "-3", f"target-{forest}": "40"}
    response = client.post(enter_url(), form_of(client.get(enter_url()), **typed))
    assert response.status_code == 422
    assert [(e["anchor"], e["label"], e["message"]) for e in response.context["errors"]] == [
        (f"target-{wells}", "Wells free of fluorine, target", "“many” is not a number."),
        (f"actual-{wells}", "Wells free of fluorine, actual", "-3 is negative; a figure here is zero or more."),
    ]
    text = response.content.decode()
    assert 'value="many"' in text
    assert 'value="-3"' in text
    assert IndicatorFigure.objects.get().indicator == pilots.forest  # what was right is saved


def test_nobodys_work_is_overwritten_unseen(as_user, pilots):
    client = as_user("clerk")
    page = client.get(enter_url())
    put(pilots, pilots.wells, "100")
    typed = form_of(page, **{f"target-{pilots.wells.pk}": "70"})
    response = client.post(enter_url(), typed)
    assert response.status_code == 422
    assert "Clerk changed this meanwhile: target 100, actual –." in response.content.decode()
    assert IndicatorFigure.objects.get().target == 100
    again = client.post(enter_url(), form_of(response))
    assert again.status_code == 302
    assert IndicatorFigure.objects.get().target == 70


def test_what_was_not_touched_is_not_sent(as_user, pilots):
    client = as_user("clerk")
    page = client.get(enter_url())
    put(pilots, pilots.wells, "100")
    assert client.post(enter_url(), form_of(page)).status_code == 302
    assert IndicatorFigure.objects.get().target == 100


def test_a_row_says_what_became_of_it(pilots):
    assert put(pilots, pilots.wells, "100").status == "saved"
    assert put(pilots, pilots.wells, "100.00", version=0).status == "unchanged"
    assert put(pilots, pilots.wells, "101", version=0).status == "conflict"
    assert put(pilots, pilots.wells, "", "", version=1).status == "saved"
    refused = put(pilots, Indicator.objects.get(name="Elsewhere"), "1")
    assert (refused.status, refused.errors[0].value) == ("refused", str(refused.indicator))
    rows = [IncomingFigure(pilots.forest.pk, 0, "1"), IncomingFigure(pilots.forest.pk, 0, "2")]
    twice = save_indicator_figures(year=2010, area=pilots[ZHIJIN], rows=rows, by=pilots.clerk)
    assert [result.status for result in twice] == ["refused", "refused"]
    assert not IndicatorFigure.objects.filter(indicator=pilots.forest).exists()


def test_approved_pilots_keep_their_indicators_and_a_late_figure_reopens_submitted_ones(as_user, pilots):
    submit(pilots)
    put(pilots, pilots.wells, "100")
    states = dict(PilotRecord.objects.filter(area=pilots[ZHIJIN]).values_list("breakdown", "state"))
    assert states == {"disease": "draft", "desertification": "submitted"}
    submit(pilots)
    approve_records(PilotRecord, year=2010, area=pilots[ZHIJIN], by=pilots.reviewer)
    assert put(pilots, pilots.wells, "120", version=1).status == "locked"
    assert put(pilots, pilots.wells, "100", version=1).status == "unchanged"
    response = as_user("clerk").get(enter_url())
    assert not response.context["can_enter"]
    assert "is approved" in response.content.decode()
    assert "<input class" not in response.content.decode().split("<main")[1]


def test_the_round_and_its_extensions_rule_here_too(as_user, pilots):
    today, day = timezone.localdate(), dt.timedelta(days=1)
    Round.objects.filter(programme="pilot").update(opens=today - 3 * day, due=today - day, closes=today - day)
    with pytest.raises(Refused, match="not open"):
        put(pilots, pilots.wells, "100")
    client = as_user("clerk")
    response = client.post(
        enter_url(),
        {
            f"version-{pilots.wells.pk}": 0,
            f"was-{pilots.wells.pk}": "|",
            f"target-{pilots.wells.pk}": "7",
            f"actual-{pilots.wells.pk}": "",
        },
    )
    assert response.status_code == 422
    assert "not open" in response.context["errors"][0]["message"]
    Extension.objects.create(
        programme="pilot", year=2010, area=pilots[ZHIJIN], until=today, reason="Snow.", by=pilots.admin
    )
    assert put(pilots, pilots.wells, "100").status == "saved"
    with pytest.raises(Refused, match="not open"):
        put(pilots, pilots.wells, "100", county=NAYONG, by="other_clerk")
    with pytest.raises(Refused, match="has no round for 2004"):
        put(pilots, pilots.wells, "100", year=2004)


def test_only_those_who_enter_for_the_county_write(pilots):
    for who in ("other_clerk", "reviewer", "analyst", "admin", "township_clerk"):
        with pytest.raises(Refused, match="not one of your areas"):
            put(pilots, pilots.wells, "100", by=who)
    with pytest.raises(Refused, match="counted by county"):
        put(pilots, pilots.wells, "100", county="520524100")
    rows = [IncomingFigure(n, 0, "1") for n in range(501)]
    with pytest.raises(Refused, match="501 rows"):
        save_indicator_figures(year=2010, area=pilots[ZHIJIN], rows=rows, by=pilots.clerk)


def test_the_grid_of_pilots_leads_to_the_indicators(as_user, pilots):
    beside = as_user("clerk").get(reverse("entry", args=["pilot", 2010, ZHIJIN])).context["beside"]
    assert [way["url"] for way in beside] == [enter_url(), enter_url(name="indicators")]
    wider = as_user("reviewer").get(reverse("entry", args=["pilot", 2010, "5205"])).context["beside"]
    assert [way["url"] for way in wider] == [enter_url("5205", name="indicators")]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(pilots):
    """Both saw no figure; neither overwrites the other."""

    def send(target):
        try:
            return put(pilots, pilots.wells, target).status
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        statuses = list(threads.map(send, ["100", "200"]))
    assert sorted(statuses) == ["conflict", "saved"]
    assert IndicatorFigure.objects.get().version == 1


# Reading


@pytest.fixture
def counted(pilots):
    """Zhijin submitted 100 wells meant and 60 dug, and a share; Nayong's 50 wells wait in draft."""
    put(pilots, pilots.wells, "100", "60")
    put(pilots, pilots.share, "80", "40")
    put(pilots, pilots.wells, "50", "50", county=NAYONG, by="other_clerk")
    submit(pilots)
    return pilots


def test_the_report_adds_up_what_is_submitted_and_only_what_adds_up(as_user, counted):
    response = as_user("analyst").get(enter_url("5205", name="indicators"))
    totals = {total.indicator.name: total for total in response.context["totals"]}
    wells, share = totals["Wells free of fluorine"], totals["Households with clean stoves"]
    assert (wells.target, wells.actual, wells.reached, wells.counties, wells.waiting) == (100, 60, 60, 1, 1)
    assert (share.target, share.actual, share.reached, share.counties) == (None, None, None, 1)
    assert [(row["area"].code, row["target"], row["reached"], row["counts"]) for row in response.context["rows"]] == [
        (ZHIJIN, 80, 50, True),
        (ZHIJIN, 100, 60, True),
        (NAYONG, 50, 100, False),
    ]
    submit(counted, NAYONG, "other_clerk")
    total = as_user("analyst").get(enter_url("52", name="indicators")).context["totals"][1]
    assert (total.target, total.actual, total.reached, total.counties) == (150, 110, Decimal("73.3"), 2)
    one = as_user("analyst").get(enter_url("5205", name="indicators"), {"indicator": counted.share.pk})
    assert [row["area"].code for row in one.context["rows"]] == [ZHIJIN]


def test_readers_see_the_counties_of_their_areas(as_user, counted):
    client = as_user("clerk")
    assert [row["area"].code for row in client.get(enter_url(name="indicators")).context["rows"]] == [ZHIJIN, ZHIJIN]
    for code in (NAYONG, "5205", "520524100", "nonsense"):
        for name in ("indicators-entry", "indicators", "indicators-csv"):
            assert client.get(enter_url(code, name=name)).status_code == 404
    assert as_user("analyst").get(enter_url("5205")).status_code == 404
    for name in ("indicators-entry", "indicators", "indicators-csv"):
        assert client.get(reverse(name, args=["dew", 2010, ZHIJIN])).status_code == 404


def test_the_file_has_bare_numbers_and_the_totals_last(as_user, counted):
    response = as_user("analyst").get(enter_url("5205", name="indicators-csv"))
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode().removeprefix("\ufeff"))))
    assert [(r["code"], r["name"], r["target"], r["reached_percent"], r["counted"]) for r in rows] == [
        (ZHIJIN, "Households with clean stoves", "80.00", "50.0", "yes"),
        (ZHIJIN, "Wells free of fluorine", "100.00", "60.0", "yes"),
        (NAYONG, "Wells free of fluorine", "50.00", "100.0", "no"),
        ("5205", "Households with clean stoves", "", "", "1"),
        ("5205", "Wells free of fluorine", "100.00", "60.0", "1"),
    ]


def test_pages_cost_the_same_queries_however_many_indicators(as_user, counted):
    client = as_user("reviewer")
    addresses = [enter_url(), enter_url("5205", name="indicators"), enter_url("5205", name="indicators-csv")]

    def costs():
        made = []
        for address in addresses:
            with queries_made() as sql:
                assert client.get(address).getvalue()
            made.append(len(sql))
        return made

    few = costs()
    for n in range(20):
        indicator = Indicator.objects.create(theme="disease", name=f"More {n}", unit="wells")
        put(counted, indicator, "5", "4")
    assert costs() == few
    assert max(few) <= 20


# The API


def api(client, method, path, data=None):
    text = None if data is None else json.dumps(data)
    return getattr(client, method)(f"/api/v1/{path}", text, content_type="application/json")


def test_the_api_lists_definitions_and_figures_of_ones_areas(as_user, counted):
    client = as_user("clerk")
    names = [row["name"] for row in client.get("/api/v1/indicators/?theme=disease&is_asked=true").json()["results"]]
    assert names == ["Wells free of fluorine", "Households with clean stoves", "Elsewhere"]
    figures = client.get("/api/v1/indicator-figures/?year=2010").json()["results"]
    assert [(f["area_code"], f["name"], f["target"], f["reached"]) for f in figures] == [
        (ZHIJIN, "Wells free of fluorine", "100.00", "60.0"),
        (ZHIJIN, "Households with clean stoves", "80.00", "50.0"),
    ]
    theirs = IndicatorFigure.objects.get(area=counted[NAYONG])
    assert client.get(f"/api/v1/indicator-figures/{theirs.pk}/").status_code == 404
    assert client.get(f"/api/v1/indicator-figures/?area={counted[NAYONG].pk}").status_code == 400
    for bad in ("indicator=x", "indicator=-1", "year=1800", "theme=none", "nonsense=1"):
        answer = client.get(f"/api/v1/indicator-figures/?{bad}")
        assert answer.status_code == 400 or answer.json()["results"] == []
    wider = as_user("analyst").get(
        f"/api/v1/indicator-figures/?within={counted['5205'].pk}&indicator={counted.wells.pk}"
    )
    assert len(wider.json()["results"]) == 2


def test_the_api_writes_by_the_same_rules(as_user, pilots):
    client = as_user("clerk")
    rows = [
        {"indicator": pilots.wells.pk, "target": 100, "actual": "60.5"},
        {"indicator": pilots.forest.pk, "target": "x"},
        {"indicator": 999999, "target": 1},
    ]
    data = {"area": pilots[ZHIJIN].pk, "year": 2010, "rows": rows}
    answer = api(client, "post", "indicator-figures/bulk/", data)
    assert answer.status_code == 200
    assert [(r["status"], r["version"]) for r in answer.json()["rows"]] == [
        ("saved", 1),
        ("refused", 0),
        ("refused", 0),
    ]
    assert answer.json()["rows"][1]["errors"] == [{"field": "target", "value": "x", "message": "“x” is not a number."}]
    emptied = {**data, "rows": [{"indicator": pilots.wells.pk, "version": 1, "actual": None}]}
    assert api(client, "post", "indicator-figures/bulk/", emptied).json()["rows"][0]["actual"] is None
    assert IndicatorFigure.objects.get().target == 100
    conflict = {**data, "rows": [{"indicator": pilots.wells.pk, "version": 1, "target": 3}]}
    assert api(client, "post", "indicator-figures/bulk/", conflict).json()["rows"][0]["status"] == "conflict"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"area": 10**30}, 400),
        ({"rows": []}, 400),
        ({"rows": [{"indicator": 1, "goal": 2}]}, 400),
        ({"rows": [{"indicator": 1, "target": [1]}]}, 400),
        ({"year": 2004}, 403),
        ({"more": 1}, 400),
    ],
)
def test_bad_input_to_the_api_is_refused_in_words(as_user, pilots, change, status):
    data = {"area": pilots[ZHIJIN].pk, "year": 2010, "rows": [{"indicator": pilots.wells.pk, "target": 1}], **change}
    answer = api(as_user("clerk"), "post", "indicator-figures/bulk/", data)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["detail"]
    assert not IndicatorFigure.objects.exists()


def test_a_county_elsewhere_takes_nothing_by_the_api(as_user, pilots):
    data = {"area": pilots[NAYONG].pk, "year": 2010, "rows": [{"indicator": pilots.wells.pk, "target": 1}]}
    assert api(as_user("clerk"), "post", "indicator-figures/bulk/", data).status_code == 400
    assert api(as_user("analyst"), "post", "indicator-figures/bulk/", data).status_code == 403
    assert not IndicatorFigure.objects.exists()


# The admin


def test_an_admin_defines_an_indicator_without_code(as_user, world):
    client = as_user("admin")
    add = reverse("admin:programmes_indicator_add")
    assert client.get(add).status_code == 200
    data = {
        "theme": "border",
        "name": "Posts with power",
        "unit": "posts",
        "is_asked": "on",
        "adds_up": "on",
        "area": world["52"].pk,
    }
    assert client.post(add, data).status_code == 302
    made = Indicator.objects.get()
    assert (made.name, made.area.level, made.is_asked) == ("Posts with power", Level.PROVINCE, True)
    again = client.post(add, data)
    assert "There is such an indicator already." in again.content.decode()
    assert as_user("clerk").get(add).status_code == 302


def test_what_figures_were_given_for_does_not_become_something_else(as_user, counted):
    page = as_user("admin").get(reverse("admin:programmes_indicator_change", args=[counted.wells.pk]))
    assert {"theme", "unit"} <= set(page.context["adminform"].readonly_fields)
    figures = as_user("admin").get(reverse("admin:programmes_indicatorfigure_changelist"), {"q": "fluorine"})
    assert figures.status_code == 200
    assert len(figures.context["cl"].result_list) == 2


def test_who_entered_an_indicator_does_not_approve_the_pilot_even_after_a_colleague_went_over_it(pilots):
    Jurisdiction.objects.create(user=pilots.reviewer, role=Role.CLERK, area=pilots[ZHIJIN])
    assert put(pilots, pilots.wells, "90", "80", by="reviewer").status == "saved"
    assert put(pilots, pilots.wells, "90", "85", version=1).status == "saved"
    submit(pilots)
    outcome = approve_records(PilotRecord, year=2010, area=pilots[ZHIJIN], by=pilots.reviewer)
    assert [str(stays.reason) for stays in outcome.refused] == ["Nobody approves their own entry."]
    states = dict(PilotRecord.objects.filter(area=pilots[ZHIJIN]).values_list("breakdown", "state"))
    assert states == {"disease": "submitted", "desertification": "approved"}
