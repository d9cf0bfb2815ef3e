"""What is unlikely in a file is shown before it is saved, and the reasons given there become remarks with the rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import TestCase

from programmes.actions import Refused, load_records
from programmes.actions.upload_doubts import keep_reasons
from programmes.catalogue.dew import DewRecord
from programmes.models import Remark, Upload
from programmes.soft_rules import Outlier
from programmes.unlikely import unlikely_in
from tests.programmes.sheets.files import address, fill, save, send, take, workbook

pytestmark = pytest.mark.django_db

HUAWU, GAOSHAN, DAZHAI = "520524100201", "520524100202", "520524100203"
JUMPED = "900 this year, 20 last year. Is that right?"


@pytest.fixture
def clerk(as_user: Any, world: Any) -> Any:
    """A clerk whose villages trained twenty people each last year."""
    blank = [None] * (len(DewRecord.measures()) - 1)
    rows = [(world[name].pk, 2009, "draft", False, 20, *blank) for name in ("Huawu", "Gaoshan", "Dazhai")]
    load_records(DewRecord, rows=rows, by=world.clerk)
    return as_user("clerk")


def sent(clerk: Any, **rows: int) -> Upload:
    codes = {"huawu": HUAWU, "gaoshan": GAOSHAN, "dazhai": DAZHAI}
    return send(clerk, workbook(["Code", "Trained"], *([codes[name], figure] for name, figure in rows.items())))


def asked(upload: Upload) -> dict[int, list[tuple[str, ...]]]:
    rows = upload.rows.exclude(doubts=[]).order_by("number")
    return {row.number: [tuple(doubt) for doubt in row.asked] for row in rows}


def give(clerk: Any, upload: Upload, **headers: str) -> Any:
    reasons = {"reason-2-trained": " A school was built. ", "reason-3-trained": "", "reason-2-placed": "No such doubt."}
    return clerk.post(address("sheet-reasons", "dew", upload.pk), {**reasons, "page": "1"}, headers=headers)


def remarks() -> list[tuple[str, str, str, str]]:
    return list(Remark.objects.order_by("pk").values_list("area__code", "measure", "text", "by__username"))


def test_an_unlikely_figure_is_shown_with_its_place_and_numbers_and_a_field_for_the_reason(clerk: Any) -> None:
    upload = sent(clerk, huawu=900, gaoshan=21)
    assert asked(upload) == {2: [("trained", JUMPED, "")]}
    answer = clerk.get(address("sheet", "dew", upload.pk))
    page = answer.content.decode()
    assert "1 figure is unlikely and has no reason yet" in page
    assert JUMPED in page
    assert "Reason: Trained, 520524100201" in page
    assert 'name="reason-2-trained"' in page
    assert page.index("unlikely? (1)".capitalize()) < page.index("Would be saved (2)")


def test_a_reason_is_kept_until_the_rows_are_saved_and_is_a_remark_from_then_on(clerk: Any, world: Any) -> None:
    upload = sent(clerk, huawu=900, gaoshan=901)
    assert give(clerk, upload)["Location"].endswith("?status=doubted&page=1")
    assert asked(upload)[2] == [("trained", JUMPED, "A school was built.")]
    assert "1 figure is unlikely" in clerk.get(address("sheet", "dew", upload.pk)).content.decode()
    assert remarks() == []
    save(clerk, upload)
    assert remarks() == [(HUAWU, "trained", "A school was built.", "clerk")]
    county = world["520524"].pk
    assert [(each.measure, each.reason) for each in unlikely_in(DewRecord, 2010, [county])] == [
        ("trained", "A school was built."),
        ("trained", ""),
    ]
    assert "A school was built." in clerk.get(f"{address('sheet', 'dew', upload.pk)}?status=doubted").content.decode()


def test_reasons_typed_beside_the_save_button_are_saved_with_the_rows(clerk: Any) -> None:
    upload = sent(clerk, huawu=900)
    url = address("sheet-save", "dew", upload.pk)
    with TestCase.captureOnCommitCallbacks(execute=True):
        clerk.post(url, {"mode": "all", "reason-2-trained": "A school was built."})
    assert remarks() == [(HUAWU, "trained", "A school was built.", "clerk")]
    clerk.post(url, {"mode": "all", "reason-2-trained": "Sent again."})
    assert len(remarks()) == 1


def test_a_row_that_was_overtaken_leaves_no_remark(clerk: Any, world: Any) -> None:
    upload = sent(clerk, huawu=900, gaoshan=901)
    give(clerk, upload)
    world.save("Huawu", trained=8, by="township_clerk")
    save(clerk, upload, "accepted")
    assert remarks() == []


def test_the_script_of_the_page_is_told_in_json_what_was_kept(clerk: Any, world: Any) -> None:
    upload = sent(clerk, huawu=900)
    assert give(clerk, upload, accept="application/json").json() == {"message": ""}
    long = {"reason-2-trained": "x" * 501}
    answer = clerk.post(address("sheet-reasons", "dew", upload.pk), long, headers={"accept": "application/json"})
    assert (answer.status_code, "at most 500 fit" in answer.json()["message"]) == (422, True)
    clerk.post(address("sheet-reasons", "dew", upload.pk), {"reason-x": "1", "reason-99999999999-a": "2"})
    assert asked(upload)[2] == [("trained", JUMPED, "A school was built.")]
    save(clerk, upload)
    with pytest.raises(Refused, match="not waiting to be saved"):
        keep_reasons(pk=upload.pk, reasons={(2, "trained"): "Late."}, by=world.clerk)


def test_the_mended_file_brings_the_reasons_of_the_one_before(clerk: Any) -> None:
    give(clerk, sent(clerk, huawu=900, gaoshan=901))
    again = sent(clerk, dazhai=19, huawu=900)
    assert asked(again) == {3: [("trained", JUMPED, "A school was built.")]}
    other = sent(clerk, huawu=910)
    assert asked(other)[2][0][2] == ""


def test_what_stands_explained_and_unchanged_is_not_asked_about_again(clerk: Any) -> None:
    first = sent(clerk, huawu=900)
    give(clerk, first)
    save(clerk, first)
    more = send(clerk, fill(take(clerk), {HUAWU: {"women": 3}}))
    assert more.rows.get(status="accepted").before == {"women": None}
    assert asked(more) == {}
    changed = send(clerk, fill(take(clerk), {HUAWU: {"trained": 950}}))
    assert asked(changed)[3][0][0] == "trained"


def test_figures_are_held_against_the_county_as_the_file_would_leave_it(
    clerk: Any, world: Any, monkeypatch: Any
) -> None:
    """The first file of a county has only itself to be held against."""
    monkeypatch.setattr(DewRecord, "soft_rules", [Outlier("trained", fewest=3, limit=3)])
    world.save("Gaoshan", trained=4000)
    upload = sent(clerk, huawu=20, gaoshan=22, dazhai=500)
    words = "500 stands far from the others: half of the 3 places of the county report 22 or less. Is that right?"
    assert asked(upload) == {4: [("trained", words, "")]}
    save(clerk, upload)
    [found] = unlikely_in(DewRecord, 2010, [world["520524"].pk])
    assert found.message == words
