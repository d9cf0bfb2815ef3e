"""The entry grid over HTTP: as a plain form, and as its script calls it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse

from programmes.actions import MAX_ROWS, approve_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Round
from villages import derive
from villages.models import AreaVersion

pytestmark = pytest.mark.django_db

MEASURES = [measure.name for measure in DewRecord.measures()]


def address(name="entry", code="520524", year=2010):
    return reverse(name, args=["dew", year, code])


def send(client, rows, **headers):
    return client.post(
        address("entry-save"), json.dumps({"rows": rows}), content_type="application/json", headers=headers
    )


def row(area, version=0, nil=False, **values):
    return {"area": area.pk, "version": version, "nil": nil, "values": {m: str(values.get(m, "")) for m in MEASURES}}


def form_of(response, **changes):
    """The form of a page as a browser without scripts would post it, with changes by field name."""
    fields = {}
    for shown in response.context["rows"]:
        area = shown["area_id"]
        fields[f"version-{area}"], fields[f"was-{area}"] = shown["version"], shown["was"]
        fields |= {f"v-{area}-{cell['measure']}": cell["value"] for cell in shown["cells"]}
        fields |= {f"nil-{area}": "on"} if shown["nil"] else {}
    return fields | changes


def test_my_work_lists_what_is_open_with_how_far_it_is(as_user, world, django_assert_num_queries):
    client = as_user("clerk")
    world.save("Huawu", trained=5)
    with django_assert_num_queries(12):  # one of them the codes of the round's year
        page = client.get(reverse("work"))
    [task] = page.context["tasks"]
    assert (task["year"], task["url"], task["percent"]) == (2010, address(), 0)
    assert (task["counts"]["expected"], task["counts"]["drafted"]) == (4, 1)
    assert page.context["lines"] == []


def test_a_township_clerk_works_on_the_township(as_user, world):
    client = as_user("township_clerk")
    [task] = client.get(reverse("work")).context["tasks"]
    assert task["url"] == address(code="520524100")
    assert client.get(task["url"]).status_code == 200
    assert client.get(address()).status_code == 404


def test_a_township_clerk_is_led_to_no_other_township(as_user):
    townships = as_user("township_clerk").get(address(code="520524100")).context["townships"]
    assert [township["url"] for township in townships] == [address(code="520524100")]
    townships = as_user("clerk").get(address(code="520524100")).context["townships"]
    assert [(t["url"], t["current"]) for t in townships] == [
        (address(code="520524100"), True),
        (address(code="520524101"), False),
    ]


@pytest.fixture
def renamed(world):
    """From 2010 on the county Zhijin has another code, as counties have that became a district."""
    since = dt.date(2010, 6, 1)
    county = world["520524"]
    county.versions.update(valid=(dt.date(2001, 1, 1), since))
    AreaVersion.objects.create(area=county, code="520504", name="织金区", parent=county.parent, valid=(since, None))
    derive.rebuild()
    Round.objects.filter(year=2009).update(closes="2100-01-01")
    return world


def test_links_carry_the_code_of_their_year(as_user, renamed):
    client = as_user("clerk")
    urls = [task["url"] for task in client.get(reverse("work")).context["tasks"]]
    assert urls == [address(year=2009), address(code="520504", year=2010)]
    for url in urls:
        page = client.get(url)
        assert [y["url"] for y in page.context["year_urls"]] == [address(year=2008), *urls]
        assert (page.context["config"]["saveUrl"], page.context["config"]["submitUrl"]) == (
            f"{url}save/",
            f"{url}submit/",
        )
    trail = client.get(address(code="520524100", year=2009)).context["trail"]
    assert trail[-1]["url"] == reverse("figures-area", args=["dew", 2009, "520524"])


def test_a_place_that_did_not_stand_in_a_year_is_no_task_of_it(as_user, world):
    Round.objects.filter(year=2009).update(closes="2100-01-01")
    world["520524"].versions.update(valid=(dt.date(2010, 1, 1), None))
    derive.rebuild()
    client = as_user("clerk")
    assert [task["year"] for task in client.get(reverse("work")).context["tasks"]] == [2010]
    assert [y["year"] for y in client.get(address()).context["year_urls"]] == [2010]


def test_the_grid_costs_the_same_queries_for_any_number_of_rows(as_user, world, django_assert_num_queries):
    client = as_user("clerk")
    client.get(address())
    # A township's page asks in which county it stands.
    for code, queries in (("520524", 30), ("520524101", 31)):
        # Three of them keep links from leading nowhere: the reader's areas for the townships, the codes for the years.
        with django_assert_num_queries(queries):
            page = client.get(address(code=code))
        assert page.status_code == 200
    assert len(page.context["rows"]) == 1


def test_last_years_figure_stands_beside_the_cell(as_user, world):
    Round.objects.filter(year=2009).update(closes="2100-01-01")
    world.save("Huawu", year=2009, trained=1234)
    page = as_user("clerk").get(address())
    assert page.context["rows"][0]["cells"][0] == {
        "measure": "trained",
        "value": "",
        "last": "1,234",
        "inputmode": "numeric",
        "error": "",
    }


def test_a_posted_form_saves_the_touched_rows_only(as_user, world):
    client = as_user("clerk")
    world.save("Gaoshan", trained=3)
    fields = form_of(client.get(address()), **{f"v-{world['Huawu'].pk}-trained": "59"})
    world.save("Gaoshan", version=1, trained=4, by="township_clerk")  # meanwhile, a row this form does not touch

    response = client.post(address(), fields)

    assert response.status_code == 302
    assert dict(DewRecord.objects.values_list("area__name_latin", "trained")) == {"Huawu": 59, "Gaoshan": 4}


def test_a_posted_form_with_an_error_keeps_what_was_typed(as_user, world):
    client = as_user("clerk")
    huawu = world["Huawu"].pk
    fields = form_of(client.get(address()), **{f"v-{huawu}-trained": "many", f"v-{world['Gaoshan'].pk}-trained": "7"})

    response = client.post(address(), fields)

    assert response.status_code == 422
    [error] = response.context["errors"]
    assert error["anchor"] == f"v-{huawu}-trained"
    assert "“many” is not a number" in error["message"]
    assert response.context["rows"][0]["cells"][0]["value"] == "many"
    assert DewRecord.objects.get().trained == 7

    mended = form_of(response, **{f"v-{huawu}-trained": "8", f"v-{world['Gaoshan'].pk}-trained": "9"})
    assert client.post(address(), mended).status_code == 302
    assert dict(DewRecord.objects.values_list("area__name_latin", "trained")) == {"Huawu": 8, "Gaoshan": 9}


def test_a_saved_row_beside_an_error_shows_what_now_stands(as_user, world):
    client = as_user("clerk")
    gaoshan = world["Gaoshan"].pk
    world.save("Gaoshan", trained=5)
    typed = {f"v-{world['Huawu'].pk}-trained": "many", f"nil-{gaoshan}": "on"}
    response = client.post(address(), form_of(client.get(address()), **typed))

    row = next(row for row in response.context["rows"] if row["area_id"] == gaoshan)
    assert (row["version"], row["state"], row["nil"], row["cells"][0]["value"]) == (2, "draft", True, "")
    again = form_of(response, **{f"v-{world['Huawu'].pk}-trained": "7"})
    assert client.post(address(), again).status_code == 302
    assert DewRecord.objects.get(area=gaoshan).version == 2


def test_a_posted_form_never_overwrites_what_its_author_has_not_seen(as_user, world):
    client = as_user("clerk")
    world.save("Huawu", trained=3)
    name = f"v-{world['Huawu'].pk}-trained"
    fields = form_of(client.get(address()), **{name: "9"})
    world.save("Huawu", version=1, trained=4, by="township_clerk")

    response = client.post(address(), fields)

    assert "Township_Clerk changed this row meanwhile: Trained 4" in response.context["errors"][0]["message"]
    assert DewRecord.objects.get().trained == 4
    again = client.post(address(), form_of(response))
    assert again.status_code == 302
    assert DewRecord.objects.get().trained == 9


def test_a_reviewer_cannot_enter(as_user, world):
    client = as_user("reviewer")
    assert send(client, [row(world["Huawu"], trained=5)]).status_code == 404
    client.post(address(), form_of(client.get(address()), **{f"v-{world['Huawu'].pk}-trained": "9"}))
    assert not DewRecord.objects.exists()


def test_the_script_learns_what_became_of_each_row(as_user, world):
    client = as_user("clerk")
    world.save("Dazhai", trained=1, by="township_clerk")
    world.save("Longtan", trained=2)
    submit_records(DewRecord, year=2010, area=world["520524101"], by=world.clerk)
    approve_records(DewRecord, year=2010, area=world["520524101"], by=world.reviewer)

    answer = send(
        client,
        [
            row(world["Huawu"], trained="1,059"),
            row(world["Gaoshan"], trained=46, placed=55),
            row(world["Dazhai"], trained=2),
            row(world["Longtan"], version=3, trained=9),
            row(world["Baiyan"], trained=9),
        ],
    ).json()

    saved, refused, conflict, locked, elsewhere = answer["rows"]
    assert (saved["status"], saved["version"], saved["values"]["trained"]) == ("saved", 1, "1,059")
    assert (refused["status"], refused["errors"][0]["field"], refused["errors"][0]["value"]) == (
        "refused",
        "placed",
        "55",
    )
    assert (conflict["status"], conflict["by"], conflict["values"]["trained"]) == ("conflict", "Township_Clerk", "1")
    assert (locked["status"], locked["values"]["trained"]) == ("locked", "2")
    assert (elsewhere["status"], "values" in elsewhere) == ("refused", False)
    assert answer["counts"]["drafted"] == 2


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        "[" * 100_000,
        '{"rows": 5}',
        '{"rows": [5]}',
        '{"rows": [{"area": "1", "version": 0, "nil": false, "values": {}}]}',
        '{"rows": [{"area": 1, "version": 0, "nil": false, "values": {"trained": 5}}]}',
        '{"rows": [{"area": 1, "version": 99999999999, "nil": false, "values": {}}]}',
        '{"rows": [{"area": 1, "version": 0, "nil": false, "values": []}]}',
    ],
)
def test_a_body_that_is_not_the_pages_json_is_refused_in_words(as_user, body):
    response = as_user("clerk").post(address("entry-save"), body, content_type="application/json")
    assert response.status_code == 400
    assert "Nothing was saved" in response.json()["message"]


def test_ten_thousand_rows_at_once_are_refused_whole(as_user, world):
    response = send(as_user("clerk"), [row(world["Huawu"], trained=n) for n in range(10_000)])
    assert response.status_code == 413
    assert str(MAX_ROWS) in response.json()["message"]
    assert not DewRecord.objects.exists()


def test_a_script_whose_session_ended_gets_json_not_a_page(client, world):
    response = send(client, [row(world["Huawu"], trained=5)])
    assert (response.status_code, "Sign in again" in response.json()["message"]) == (401, True)


def test_rows_typed_by_one_person_are_not_booked_under_the_next(as_user, world):
    response = send(as_user("clerk"), [row(world["Huawu"], trained=5)], **{"X-Entered-By": str(world.reviewer.pk)})
    assert response.status_code == 403
    assert not DewRecord.objects.exists()


def test_a_closed_round_is_said_on_the_page_and_refuses_the_script(as_user, world):
    client = as_user("clerk")
    page = client.get(address(year=2009))
    assert not page.context["can_enter"]
    response = client.post(
        address("entry-save", year=2009),
        json.dumps({"rows": [row(world["Huawu"], trained=5)]}),
        content_type="application/json",
    )
    assert response.status_code == 403
    assert "is not open" in response.json()["message"]


@pytest.mark.parametrize(
    "where",
    [
        ("dew", 2010, "520525"),
        ("dew", 2010, "999999"),
        ("dew", 1900, "520524"),
        ("dew", 99999, "520524"),
        ("none", 2010, "520524"),
        ("dew", 2010, "\0"),
    ],
)
def test_what_is_not_there_or_not_yours_is_the_same_404(as_user, where):
    assert as_user("clerk").get(reverse("entry", args=where)).status_code == 404
