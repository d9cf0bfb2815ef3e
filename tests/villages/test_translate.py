"""Lists of codes: translated from one year to another, and looked up on a day.

What happens in the world here: on 2009-06-01 Zhuchang merges into Chengguan and its Longtan gets another code; on
2010-03-01 four tenths of Huawu become Xinhua; on 2011-07-01 Bijie is recoded from 5205 to 5224, and Qingshan ends with
no heir.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from povtrack.lib.csvfiles import FileError
from tests.database import made_once
from tests.problems import by_place
from tests.queries import queries_made
from villages import codelists
from villages.actions.changes import apply_change, draft_change
from villages.changes.parts import Follow, Part
from villages.codelists import CodeFile, PlainCodes, TooMany, read_row
from villages.levels import Level
from villages.translate import lookup, scope_of, translation

TRANSLATE, LOOKUP, PAGE = "/api/v1/areas/translate/", "/api/v1/areas/lookup/", "/places/translate/"


@pytest.fixture
def changed(world: Any) -> Any:
    return made_once(make_changes, world)


def make_changes(world: Any) -> Any:
    chengguan, huawu = Part(area=world["Chengguan"]), Part(area=world["Huawu"])
    xinhua = Part(
        level=Level.VILLAGE, code="520524100299", name="新华村", name_latin="Xinhua", parent=world["Chengguan"]
    )
    moved = Part(area=world["Longtan"], code="520524100301", parent=world["Chengguan"])
    changes: list[tuple[str, dt.date, list[Part], list[Follow]]] = [
        (
            "merge",
            dt.date(2009, 6, 1),
            [Part(area=world["Zhuchang"], ends=True), chengguan, moved],
            [
                Follow(world["Zhuchang"], chengguan, Decimal(1), Decimal("0.25")),
                Follow(world["Chengguan"], chengguan, Decimal(1), Decimal("0.75")),
            ],
        ),
        (
            "split",
            dt.date(2010, 3, 1),
            [huawu, xinhua],
            [
                Follow(world["Huawu"], huawu, Decimal("0.6"), Decimal(1)),
                Follow(world["Huawu"], xinhua, Decimal("0.4"), Decimal(1)),
            ],
        ),
        ("recode", dt.date(2011, 7, 1), [Part(area=world["Bijie"], code="5224")], []),
        ("abolish", dt.date(2011, 7, 1), [Part(area=world["Qingshan"], ends=True)], []),
    ]
    for kind, effective, parts, follows in changes:
        change = draft_change(kind=kind, effective=effective, parts=parts, follows=follows, by=None)
        apply_change(change=change, by=None)
    return world


def translated(codes: list[str], years: tuple[int, int], paths: list[str] | None = None) -> list[tuple[Any, ...]]:
    """(code in, code out, share) of each row."""
    with translation(PlainCodes(codes), year_from=years[0], year_to=years[1], paths=paths) as answer:
        return [(row["code_from"], row["code_to"], row["share"]) for row, _rest in answer.rows]


def told(codes: list[str], years: tuple[int, int], column: str, paths: list[str] | None = None) -> list[str]:
    with translation(PlainCodes(codes), year_from=years[0], year_to=years[1], paths=paths) as answer:
        return [row[column] for row, _rest in answer.rows]


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def post_csv(client: Any, text: str | bytes, url: str = f"{TRANSLATE}?from=2008&to=2012", **headers: str) -> Any:
    return client.post(url, data=text, content_type="text/csv", headers=headers)


def errors(answer: Any) -> dict[str, str]:
    return by_place(answer)


def test_what_went_on_unchanged_keeps_its_code(changed: Any) -> None:
    assert translated(["520524", "520524100202"], (2008, 2012)) == [
        ("520524", "520524", 1),
        ("520524100202", "520524100202", 1),
    ]
    assert told(["520524"], (2008, 2012), "note") == [""]


def test_a_merger_leads_to_what_took_over_and_back_to_the_parts(changed: Any) -> None:
    assert translated(["520524101"], (2008, 2012)) == [("520524101", "520524100", 1)]
    assert translated(["520524100"], (2012, 2008)) == [
        ("520524100", "520524100", Decimal("0.75")),
        ("520524100", "520524101", Decimal("0.25")),
    ]


def test_a_split_leads_to_all_parts_the_largest_first(changed: Any) -> None:
    assert translated(["520524100201"], (2008, 2012)) == [
        ("520524100201", "520524100201", Decimal("0.6")),
        ("520524100201", "520524100299", Decimal("0.4")),
    ]
    assert told(["520524100201"], (2008, 2012), "estimated") == [True, True]
    assert translated(["520524100299"], (2012, 2008)) == [("520524100299", "520524100201", 1)]


def test_a_new_code_is_followed_both_ways(changed: Any) -> None:
    assert translated(["520524101201"], (2008, 2012)) == [("520524101201", "520524100301", 1)]
    assert translated(["520524100301"], (2012, 2008)) == [("520524100301", "520524101201", 1)]
    assert told(["520524101201"], (2008, 2012), "note") == ["The same place, recoded."]


def test_what_ended_without_an_heir_falls_to_what_it_was_part_of(changed: Any) -> None:
    assert translated(["520525100202"], (2008, 2012)) == [("520525100202", "520525100", 1)]
    assert told(["520525100202"], (2008, 2012), "level_to") == [Level.TOWNSHIP]


def test_a_year_is_its_last_day(changed: Any) -> None:
    assert translated(["520524101"], (2008, 2009)) == [("520524101", "520524100", 1)]
    assert told(["520524101"], (2009, 2012), "problem") == [
        "No place carried this code at the end of 2009. 珠藏镇 carried it from 2001-01-01 to 2009-05-31."
    ]


def test_the_same_year_gives_the_same_codes(changed: Any) -> None:
    assert translated(["520524100201"], (2012, 2012)) == [("520524100201", "520524100201", 1)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("520500", "522400"),
        ("520500000000", "522400000000"),
        ("5205", "5224"),
        ("520000", "520000"),
        ("520524101000", "520524100000"),
        ("５２０５２４", "520524"),
        (" 520524 ", "520524"),
        ("520524.0", "520524"),
        ("'520524", "520524"),
        ('="520524"', "520524"),
        ("CN", "CN"),
    ],
)
def test_a_code_is_read_as_people_write_it_and_answered_in_its_own_form(given: str, found: str, changed: Any) -> None:
    assert translated([given], (2008, 2012)) == [(given, found, 1)]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("", "There is no code in this row."),
        ("  ", "There is no code in this row."),
        ("5.20524E+11", "A spreadsheet has rounded this code."),
        ("9" * 21, "A code has at most 20 characters."),
        ("999999", "No place carried this code at the end of 2008."),
        ("000000", "No place carried this code at the end of 2008."),
        ("织金县", "No place carried this code at the end of 2008."),
        ("5205%", "No place carried this code at the end of 2008."),
        ("\\.", "No place carried this code at the end of 2008."),
        ("520524100299", "新华村 carries it since 2010-03-01."),
    ],
)
def test_a_code_that_can_not_be_answered_keeps_its_row(given: str, problem: str, changed: Any) -> None:
    assert translated([given, "520524"], (2008, 2012)) == [(given, None, None), ("520524", "520524", 1)]
    assert problem in told([given], (2008, 2012), "problem")[0]


def test_a_reader_learns_of_places_outside_only_where_theirs_come_from_or_go(changed: Any) -> None:
    zhijin = scope_of(changed.clerk)
    assert translated(["520525", "520524"], (2008, 2012), zhijin) == [
        ("520525", None, None),
        ("520524", "520524", 1),
    ]
    assert told(["520525"], (2008, 2012), "problem", zhijin) == [
        "No place among yours carried this code at the end of 2008."
    ]
    township = [changed["Chengguan"].path]
    assert translated(["520524101"], (2008, 2012), township) == [("520524101", "520524100", 1)]
    assert told(["520524101"], (2010, 2012), "problem", township) == [
        "No place among yours carried this code at the end of 2010."
    ]
    assert scope_of(changed.admin) is None
    assert translated(["520524"], (2008, 2012), []) == [("520524", None, None)]


def test_csv_goes_in_and_out_with_its_other_columns(changed: Any, as_user: Any) -> None:
    text = 'people,code,"share"\r\n12,520524100201,"a, b"\r\n\r\n7,999999,\r\n'
    rows = table(post_csv(as_user("admin"), text))
    assert [(row["line"], row["code_from"], row["code_to"]) for row in rows] == [
        ("2", "520524100201", "520524100201"),
        ("2", "520524100201", "520524100299"),
        ("4", "999999", ""),
    ]
    assert [(row["people"], row["share"], row["share (given)"]) for row in rows] == [
        ("12", "0.6", "a, b"),
        ("12", "0.4", "a, b"),
        ("7", "", ""),
    ]
    assert [row["estimated"] for row in rows] == ["true", "true", ""]


def test_an_answer_says_how_much_it_holds(changed: Any, as_user: Any) -> None:
    answer = post_csv(as_user("admin"), "520524100201\n999999\n")
    body = b"".join(answer.streaming_content)
    counts = [answer[f"Povtrack-{name}"] for name in ("Rows-In", "Rows-Out", "Problems")]
    assert counts == ["2", "3", "1"]
    assert answer["Povtrack-SHA256"] == hashlib.sha256(body).hexdigest()
    assert body.count(b"\r\n") == 4
    assert answer["Content-Disposition"] == 'attachment; filename="codes-2008-2012.csv"'
    assert answer["Cache-Control"] == "no-store"


def test_json_goes_in_and_out(changed: Any, as_user: Any) -> None:
    url = f"{TRANSLATE}?from=2008&to=2012"
    answer = as_user("admin").post(url, {"codes": ["520500", "1"]}, content_type="application/json")
    body = json.loads(b"".join(answer.streaming_content))
    assert list(body) == ["from", "to", "results", "rows_in", "rows_out", "problems"]
    assert (body["from"], body["to"], body["rows_in"], body["rows_out"], body["problems"]) == (2008, 2012, 2, 2, 1)
    assert body["results"][0] == {
        "line": 1,
        "code_from": "520500",
        "name_from": "毕节市",
        "level_from": 2,
        "code_to": "522400",
        "name_to": "毕节市",
        "level_to": 2,
        "share": "1",
        "estimated": False,
        "note": "The same place, recoded.",
        "problem": "",
    }


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("", "*/*", "text/csv"),
        ("", "application/json", "application/json"),
        ("", "text/csv", "text/csv"),
        ("&format=json", "text/csv", "application/json"),
        ("&format=csv", "application/json", "text/csv"),
    ],
)
def test_the_answer_comes_in_the_form_asked_for(query: str, accept: str, kind: str, changed: Any, as_user: Any) -> None:
    url = f"{TRANSLATE}?from=2008&to=2012{query}"
    answer = post_csv(as_user("admin"), "code,x\n520524,1\n", url, accept=accept)
    assert answer["Content-Type"].startswith(kind)
    text = b"".join(answer.streaming_content).decode()
    if kind == "application/json":
        assert json.loads(text)["results"][0]["given"] == {"x": "1"}


@pytest.mark.parametrize(
    "data",
    [
        "code,名\n520524,甲\n".encode(),
        "code,名\n520524,甲\n".encode("utf-8-sig"),
        "code,名\n520524,甲\n".encode("gb18030"),
        "code\t名\n520524\t甲\n".encode("utf-16"),
        "code;名\r\n520524;甲\r\n".encode(),
        "行政区划代码,名\n520524,甲\n".encode("gbk"),
        gzip.compress("code,名\n520524,甲\n".encode("gbk"), mtime=0),
        "520524,甲\n".encode(),
        "520524\t甲".encode(),
    ],
)
def test_any_usual_file_is_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with CodeFile(path) as file:
        assert [(row.code, row.flaw, row.rest) for row in file.rows()] == [("520524", "", ["甲"])]


def test_a_column_is_taken_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("code,other\n1,520524\n", encoding="utf-8")
    with CodeFile(path, column="other") as file:
        assert [(row.code, row.rest) for row in file.rows()] == [("520524", ["1"])]
        assert file.extras == ["code"]


def test_rows_longer_or_shorter_than_the_first_are_told_or_filled(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("code,a,a\n520524\n520524,1,2,3\n520524,1,2,\n", encoding="utf-8")
    with CodeFile(path) as file:
        rows = list(file.rows())
    assert file.extras == ["a", "a (2)"]
    assert [row.rest for row in rows] == [["", ""], ["1", "2"], ["1", "2"]]
    assert [row.flaw for row in rows] == ["", "The first line has 3 columns; this row has 4.", ""]


def test_what_stands_in_a_code_is_freed_of_signs_nobody_sees() -> None:
    assert read_row(1, "\ufeff520524\u200b\n").code == "520524"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"name,people\nx,1\n", "No column is called"),
        (b"PK\x03\x04rest", "xlsx"),
        (b"\x1f\x8b\x08broken", "gzip file"),
        (b'520524,"x\n', "quotation marks"),
        (b"<html><body>", "web page"),
    ],
)
def test_what_is_no_list_is_refused_with_its_place(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(FileError, match=words), CodeFile(path) as file:
        list(file.rows())


def test_a_list_that_is_too_long_is_refused(
    changed: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(codelists, "MOST_ROWS", 2)
    client = as_user("admin")
    assert len(table(post_csv(client, "520524\n520524\n"))) == 2
    answer = post_csv(client, "520524\n520524\n520524\n")
    assert answer.status_code == 413
    assert answer.json()["errors"] == [
        {"code": "too_large", "detail": "The list has more than 2 rows. Send it in parts."}
    ]
    url = f"{TRANSLATE}?from=2008&to=2012"
    answer = client.post(url, {"codes": ["1", "2", "3"]}, content_type="application/json")
    assert answer.status_code == 413
    page = client.post(PAGE, {"year_from": 2008, "year_to": 2012, "codes": "1\n2\n3\n"})
    assert page.status_code == 400
    assert "more than 2 rows" in page.content.decode()
    monkeypatch.setattr(codelists, "MOST_BYTES", 10)
    path = tmp_path / "list.csv"
    path.write_text("520524,a long cell\n", encoding="utf-8")
    with CodeFile(path) as file, pytest.raises(TooMany):
        list(file.rows())


def test_a_body_that_is_too_large_is_refused_unread(
    changed: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("villages.codes_api.MOST_BYTES", 10)
    answer = post_csv(as_user("admin"), "520524\n520524\n")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("", "from"),
        ("from=2008", "to"),
        ("from=x&to=2012", "from"),
        ("from=2008&to=9999", "to"),
        ("from=1948&to=2012", "from"),
        ("from=-1&to=2012", "from"),
        ("from=2008&to=2012&format=xml", "format"),
        ("from=2008&to=2012&colum=x", "colum"),
        ("from=2008&to=2012&column=x", "file"),
        ("from=2008&to=2012&encoding=nonsense", "file"),
        ("from=2008&from=2009&to=2012", "from"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_json(query: str, at: str, changed: Any, as_user: Any) -> None:
    answer = post_csv(as_user("admin"), "code\n520524\n", f"{TRANSLATE}?{query}", accept="text/csv")
    assert answer.status_code == 400
    assert at in errors(answer)


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "codes"),
        ([], "codes"),
        ({"codes": []}, "codes"),
        ({"codes": "520524"}, "codes"),
        ({"codes": ["520524", 520524]}, "codes.1"),
        ({"codes": ["520524", None]}, "codes.1"),
        ({"codes": ["520524"], "year": 1}, "year"),
    ],
)
def test_json_that_is_no_list_of_codes_is_refused(body: Any, at: str, changed: Any, as_user: Any) -> None:
    url = f"{TRANSLATE}?from=2008&to=2012"
    answer = as_user("admin").post(url, json.dumps(body), content_type="application/json")
    assert answer.status_code == 400
    assert at in errors(answer)


def test_other_kinds_of_bodies_are_refused(changed: Any, as_user: Any) -> None:
    client, url = as_user("admin"), f"{TRANSLATE}?from=2008&to=2012"
    assert client.post(url, "x", content_type="application/xml").status_code == 415
    assert client.post(url, b"", content_type="text/csv").status_code == 400
    assert client.post(url, b'{"codes": [', content_type="application/json").status_code == 400
    assert errors(client.post(url, {"other": "x"})) == {"file": "Send the list as the file “file”."}


def test_a_file_may_be_sent_as_a_form_does(changed: Any, as_user: Any) -> None:
    upload = SimpleUploadedFile("../list.csv", "code\n520524101\n".encode("utf-16"))
    rows = table(as_user("admin").post(f"{TRANSLATE}?from=2008&to=2012", {"file": upload}))
    assert [row["code_to"] for row in rows] == ["520524100"]


def test_a_long_list_costs_as_many_queries_as_a_short_one(changed: Any, as_user: Any) -> None:
    client = as_user("admin")
    costs = []
    for codes in (["520524"], ["520524", "520524101", "520524100201", "5205", "520500", "x"] * 20):
        with queries_made() as queries:
            table(post_csv(client, "\n".join(["code", *codes])))
        costs.append(len(queries))
    # Session, user, jurisdictions, own areas; settings, tables, the list, codes, heirs, other times, the rows.
    assert costs == [11, 11]


def test_a_lookup_tells_the_form_of_the_day(changed: Any, as_user: Any) -> None:
    [row] = table(post_csv(as_user("admin"), "code\n520500\n", f"{LOOKUP}?on=2011-06-30"))
    assert row == {
        "line": "2",
        "code": "520500",
        "area": str(changed["5205"].pk),
        "level": "2",
        "name": "毕节市",
        "name_latin": "Bijie",
        "valid_from": "2001-01-01",
        "valid_until": "2011-07-01",
        "parent_code": "52",
        "parent_name": "贵州省",
        "code_latest": "5224",
        "name_latest": "毕节市",
        "ended_on": "",
        "problem": "",
        "carried": "",
    }


def test_a_lookup_tells_who_carries_a_code_at_other_times(changed: Any, as_user: Any) -> None:
    url = f"{LOOKUP}?on=2011-07-01"
    answer = as_user("admin").post(url, {"codes": ["520500", "1", "520525100202"]}, content_type="application/json")
    body = json.loads(b"".join(answer.streaming_content))
    assert (body["on"], body["rows_in"], body["rows_out"], body["problems"]) == ("2011-07-01", 3, 3, 3)
    bijie, nobody, qingshan = body["results"]
    assert bijie["area"] is None
    assert bijie["problem"] == (
        "No place carried this code on 2011-07-01. 毕节市 carried it from 2001-01-01 to 2011-06-30."
    )
    assert bijie["carried"] == [
        {
            "area": changed["5205"].pk,
            "level": 2,
            "code": "5205",
            "name": "毕节市",
            "valid_from": "2001-01-01",
            "valid_until": "2011-07-01",
            "code_latest": "5224",
            "name_latest": "毕节市",
        }
    ]
    assert (nobody["carried"], nobody["problem"]) == ([], "No place carried this code on 2011-07-01.")
    assert qingshan["carried"][0]["name"] == "青山村"


def test_a_lookup_answers_for_the_readers_areas_only(changed: Any) -> None:
    with lookup(PlainCodes(["520524", "520525"]), on=dt.date(2008, 1, 1), paths=scope_of(changed.other_clerk)) as found:
        rows = [row for row, _rest in found.rows]
    assert [row["area"] for row in rows] == [None, changed["520525"].pk]
    assert rows[0]["carried"] == []
    assert rows[0]["problem"] == "No place among yours carried this code on 2008-01-01."


@pytest.mark.parametrize("on", ["2011-13-01", "yesterday", "2011"])
def test_a_day_that_is_none_is_refused(on: str, changed: Any, as_user: Any) -> None:
    assert "on" in errors(post_csv(as_user("admin"), "520524\n", f"{LOOKUP}?on={on}"))


def test_the_page_sends_the_whole_answer(changed: Any, as_user: Any) -> None:
    client = as_user("clerk")
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, {"year_from": 2008, "year_to": 2012, "codes": "520524101\tx\r\n520525\ty\r\n"})
    assert answer["Povtrack-Rows-Out"] == "2"
    rows = table(answer)
    assert [(row["code_to"], row["column 2"]) for row in rows] == [("520524100", "x"), ("", "y")]


def test_the_page_shows_the_first_rows_and_keeps_what_was_given(changed: Any, as_user: Any) -> None:
    upload = SimpleUploadedFile("a.csv", "code,名\n520524100201,甲\n999,乙\n".encode("gb18030"))
    answer = as_user("clerk").post(PAGE, {"year_from": 2008, "year_to": 2012, "file": upload, "answer": "show"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert answer.context["written"].rows_out == 3
    assert [row["percent"] for row in answer.context["rows"]] == ["60 %", "40 %", ""]
    assert [row["line"] for row in answer.context["troubles"]] == [3]
    assert "520524100201,甲" in page
    assert not answer.context["file_again"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"year_from": 2008, "year_to": 2012}, "codes"),
        ({"year_from": 2008, "year_to": 9999, "codes": "1"}, "year_to"),
        ({"year_from": "x", "year_to": 2012, "codes": "1"}, "year_from"),
        ({"year_from": 2008, "year_to": 2012, "codes": "name\nx\n"}, "codes"),
        ({"year_from": 2008, "year_to": 2012, "codes": "1", "column": "x"}, "codes"),
    ],
)
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(
    form: dict[str, Any], field: str, changed: Any, as_user: Any
) -> None:
    answer = as_user("clerk").post(PAGE, form)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert form.get("codes", "").split("\n")[0] in answer.content.decode()


def test_the_command_writes_a_file_and_tells_what_is_in_it(changed: Any, tmp_path: Path, capsys: Any) -> None:
    source, out = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_text("code,x\n520524101,1\n999,2\n", encoding="utf-8")
    call_command("translate_codes", str(source), "--from", "2008", "--to", "2012", "-o", str(out))
    assert out.read_text(encoding="utf-8").splitlines()[1].startswith("2,520524101,珠藏镇,4,520524100,城关镇,4,1,false")
    assert "Rows given: 2. Rows written: 2. Rows with a problem: 1." in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out.csv"]


def test_the_command_writes_to_standard_output(changed: Any, tmp_path: Path, capsysbinary: Any) -> None:
    source = tmp_path / "list.csv"
    source.write_text("520524101\n", encoding="utf-8")
    call_command("translate_codes", str(source), "--from", "2008", "--to", "2012")
    assert capsysbinary.readouterr().out.count(b"520524100") == 1


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("name\nx\n", [], "No column is called"),
        ("code\n1\n", ["--to", "9999"], "is not a year"),
        ("code\n1\n", ["-o", "/nowhere/out.csv"], "can't be written"),
    ],
)
def test_the_command_refuses_in_words(text: str, options: list[str], words: str, changed: Any, tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        call_command("translate_codes", str(source), "--from", "2008", "--to", "2012", *options)
