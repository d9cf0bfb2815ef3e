"""Lists of the API: lean rows that say what the serializer says, any order, some fields, and the whole as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from programmes.actions import approve_records, submit_records
from programmes.catalogue.dew import DewRecord
from tests.csv_answers import read_whole
from tests.funding.money import given
from tests.problems import by_place, kind
from tests.queries import queries_made
from tests.world import build_world
from villages.models import Designation, Membership

pytestmark = pytest.mark.django_db

RECORDS = "/api/v1/records/dew/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def reader(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    """An analyst in a world with some records; made once, for these tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        world.save("Huawu", trained=59, women=30, spent="1234.50")
        world.save("Gaoshan", trained=7)
        world.save("Longtan", nil=True)
        world.save("Baiyan", by="other_clerk", trained=59, pay_before="800")
        submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
        approve_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.reviewer)
        client = Client()
        client.force_login(world.users["analyst"], backend=BACKEND)
        client.world = world  # type: ignore[attr-defined]
        yield client
        transaction.set_rollback(True)


def rows(reader: Client, url: str = RECORDS, **asked: Any) -> list[dict[str, Any]]:
    answer = reader.get(url, asked)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def through(reader: Client, **asked: Any) -> tuple[list[Any], list[Any]]:
    """Read all pages forward, then back again."""
    answer = reader.get(RECORDS, asked).json()
    forward, back = [answer["results"]], []
    while answer["next"]:
        answer = reader.get(answer["next"]).json()
        forward.append(answer["results"])
    while answer["previous"]:
        answer = reader.get(answer["previous"]).json()
        back.append(answer["results"])
    return forward, back


def test_a_list_says_of_each_row_what_the_serializer_says(reader: Client) -> None:
    listed = rows(reader)
    assert [reader.get(f"{RECORDS}{row['id']}/").json() for row in listed] == listed
    assert {row["entered_by"] for row in listed} == {"Clerk", "Other_Clerk"}


@pytest.mark.parametrize("ordering", ["-trained", "women,-area_code", "approved_at", "state,-id"])
def test_any_order_is_paged_without_loss_forward_and_back(ordering: str, reader: Client) -> None:
    whole = rows(reader, ordering=ordering)
    forward, back = through(reader, ordering=ordering, page_size=1)
    assert [row for page in forward for row in page] == whole
    assert len(whole) == 4
    assert back == forward[-2::-1]


def test_blank_figures_come_last_both_ways(reader: Client) -> None:
    for ordering, first in (("trained", 7), ("-trained", 59)):
        figures = [row["trained"] for row in rows(reader, ordering=ordering)]
        assert (figures[0], figures[-1]) == (first, None)


def test_fields_keep_what_is_named_and_counts_are_told_when_asked_for(reader: Client) -> None:
    assert rows(reader, fields="area_name,trained", ordering="area_code")[0] == {"area_name": "化屋村", "trained": 59}
    answer = reader.get(RECORDS, {"count": "exact", "page_size": 1}).json()
    assert (answer["count"], answer["count_is"], len(answer["results"])) == (4, "exact", 1)
    assert reader.get(RECORDS, {"count": "estimated"}).json()["count"] >= 0


@pytest.mark.parametrize(
    ("asked", "at", "words"),
    [
        ({"ordering": "traned"}, "ordering", "Did you mean “trained”?"),
        ({"ordering": "year,-year"}, "ordering", "twice"),
        ({"fields": "area_nam"}, "fields", "Did you mean “area_name”"),
        ({"fields": ""}, "fields", "Name a field"),
        ({"count": "about"}, "count", "exact, estimated"),
        ({"format": "cvs"}, "format", "Did you mean “csv”?"),
        ({"bom": "1"}, "bom", "format=csv"),
        ({"format": "csv", "page_size": "5"}, "page_size", "A file holds all rows"),
        ({"format": "csv", "heading": "label"}, "heading", "Did you mean “labels”?"),
        ({"cursor": "WyJwayIsZmFsc2UsWyJ4Il1d"}, "cursor", "not valid"),
        ({"cursor": "WyJpZCIsZmFsc2UsWzFdXQ", "ordering": "year"}, "cursor", "not valid"),
    ],
)
def test_what_a_list_can_not_do_is_said(asked: dict[str, str], at: str, words: str, reader: Client) -> None:
    answer = reader.get(RECORDS, asked)
    assert kind(answer) == "invalid"
    assert words in by_place(answer)[at]


def test_a_form_that_is_not_there_is_not_acceptable(reader: Client) -> None:
    answer = reader.get(RECORDS, headers={"accept": "text/html"})
    assert kind(answer) == "not-acceptable"
    assert "text/csv" in answer.json()["detail"]


def test_the_whole_list_comes_as_csv_that_counts_and_sums_itself(reader: Client) -> None:
    listed = rows(reader, ordering="-trained")
    answer = reader.get(RECORDS, {"format": "csv", "ordering": "-trained"})
    assert 'filename="dew-' in answer["Content-Disposition"]
    found = read_whole(answer)
    text = io.StringIO(
        reader.get(RECORDS, {"ordering": "-trained"}, headers={"accept": "text/csv"}).getvalue().decode()
    )
    table = list(csv.DictReader(text))
    assert [list(row.values()) for row in table] == found
    assert list(table[0]) == list(listed[0])
    for line, row in zip(table, listed, strict=True):
        assert line["area_name"] == row["area_name"]
        assert line["nil"] == str(row["nil"]).lower()
        assert line["spent"] == (row["spent"] or "")
        assert line["trained"] == ("" if row["trained"] is None else str(row["trained"]))
        assert line["entered_at"].endswith("Z")


def test_a_file_for_excel_has_the_mark_and_the_words_of_people(reader: Client) -> None:
    answer = reader.get(RECORDS, {"format": "csv", "bom": "1", "heading": "labels", "fields": "area_name,trained"})
    assert answer.getvalue().decode().splitlines()[0] == "\ufeffArea name,Trained (people)"
    book = openpyxl.load_workbook(io.BytesIO(reader.get(RECORDS, {"format": "xlsx"}).getvalue()))
    heading, *lines = book.active.iter_rows(values_only=True)
    huawu = dict(zip(heading, lines[0], strict=True))
    assert (huawu["area_name"], huawu["trained"], huawu["spent"], huawu["nil"]) == ("化屋村", 59, 1234.5, False)


def test_lines_of_json_are_the_rows_of_the_list(reader: Client) -> None:
    answer = reader.get(RECORDS, {"format": "ndjson"})
    assert [json.loads(line) for line in answer.getvalue().splitlines()] == rows(reader)
    assert answer["Povtrack-Rows-Out"] == "4"


def test_files_keep_to_filters_and_to_the_readers_areas(reader: Client) -> None:
    world: Any = reader.world  # type: ignore[attr-defined]
    assert len(read_whole(reader.get(RECORDS, {"format": "csv", "state": "approved"}))) == 3
    stranger = Client()
    stranger.force_login(world.users["other_clerk"], backend=BACKEND)
    for form in ("csv", "ndjson"):
        assert "化屋" not in stranger.get(RECORDS, {"format": form}).getvalue().decode()
    cache.clear()


def test_what_has_not_changed_is_not_sent_again(reader: Client) -> None:
    first = reader.get(RECORDS)
    again = reader.get(RECORDS, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (
        reader.get(RECORDS, {"year": 2010, "page_size": 1}, headers={"if-none-match": first["ETag"]}).status_code == 200
    )


def test_rows_bring_along_their_place_and_who_took_which_step(reader: Client) -> None:
    world = reader.world  # type: ignore[attr-defined]
    asked = {"include": "place,people"}
    few, many = queries_of(reader, {**asked, "area": world["Huawu"].pk}), queries_of(reader, asked)
    assert few == many + 1 == 7  # session, user, roles, own areas, (the area asked for,) the page, what is above
    listed = {row["area"]: row for row in rows(reader, **asked)}
    assert [{k: v for k, v in row.items() if k not in ("place", "people")} for row in listed.values()] == rows(reader)
    huawu, baiyan = listed[world["Huawu"].pk], listed[world["Baiyan"].pk]
    assert huawu["place"]["code"] == world["Huawu"].code
    assert [up["name_latin"] for up in huawu["place"]["above"]] == [
        "China", "Guizhou", "Bijie", "Zhijin County", "Chengguan",
    ]  # fmt: skip
    assert huawu["people"] == {
        "entered": "Clerk", "submitted": "Clerk", "confirmed": None, "approved": "Reviewer",
    }  # fmt: skip
    assert baiyan["people"]["submitted"] is None
    assert by_place(reader.get(RECORDS, {"include": "plaec"}))["include"].endswith("Did you mean “place”?")
    assert by_place(reader.get(RECORDS, {"include": ""}))["include"].endswith("Known here: place, people.")
    assert "format=json" in by_place(reader.get(RECORDS, {"include": "place", "format": "csv"}))["include"]
    given(world, "Guizhou", 1000)
    [money] = rows(reader, "/api/v1/allocations/", include="place")
    assert money["place"]["name_latin"] == "Guizhou"


def queries_of(reader: Client, asked: Any) -> int:
    with queries_made() as made:
        rows(reader, **asked)
    return len(made)


def test_records_are_narrowed_to_places_of_a_list(reader: Client) -> None:
    world: Any = reader.world  # type: ignore[attr-defined]
    listed = Designation.objects.create(code="key", name="Key counties")
    Membership.objects.create(
        designation=listed, area=world["Zhijin County"], valid=("2001-01-01", None), listed_name="", listed_within=""
    )
    assert len(rows(reader, designation="key")) == 3
    assert by_place(reader.get(RECORDS, {"designation": "kye"}))["designation"].endswith("Did you mean “key”?")


def test_few_rows_are_counted_even_where_an_estimate_would_do(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"count": "estimated", "state": "approved", "page_size": 1}
    told = reader.get(RECORDS, asked).json()
    assert (told["count"], told["count_is"]) == (3, "exact")
    monkeypatch.setattr("povtrack.lib.rest.paging._COUNTED", 2)
    assert reader.get(RECORDS, asked).json()["count_is"] == "estimated"
