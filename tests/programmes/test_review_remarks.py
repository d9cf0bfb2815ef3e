"""Remarks on figures: who may make one, and about what."""

from __future__ import annotations

import json

import pytest

from programmes.actions import Refused, add_remark
from programmes.catalogue.dew import DewRecord
from programmes.models import Remark
from tests.programmes.reviews import last_year, reasons, submit

pytestmark = pytest.mark.django_db


def remark(world, *, place="Huawu", by="clerk", **changes):
    words = {"year": 2010, "breakdown": "", "measure": "trained", "text": "A new school opened.", **changes}
    return add_remark(DewRecord, area=world[place], by=world.users[by], **words)


@pytest.mark.parametrize("by", ["clerk", "township_clerk", "reviewer"])
def test_who_enters_or_reviews_a_place_remarks_on_its_figures(world, by):
    remark(world, by=by, text="  A new school opened.\0 ")
    made = Remark.objects.get()
    assert (made.programme, made.area, made.measure, made.text, made.by) == (
        "dew", world["Huawu"], "trained", "A new school opened.", world.users[by],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("1,200", "1200"), ("１２００", "1200"), (" ", ""), (None, None)],
    ids=["grouped", "wide", "blank", "none"],
)
def test_a_remark_keeps_the_figure_that_its_author_has_before_them(world, sent, kept):
    assert remark(world, figure=sent).figure == kept


def test_without_one_it_is_about_the_figure_that_stands(world):
    world.save("Huawu", trained=5, spent="1200.50")
    assert (remark(world).figure, remark(world, measure="spent").figure) == ("5", "1200.5")
    assert remark(world, measure="women").figure == ""


def test_the_same_words_on_the_same_figure_are_kept_once_and_on_another_again(world):
    first = remark(world, figure="5")
    assert remark(world, figure="5") == first
    assert remark(world, figure="6") != first
    assert Remark.objects.count() == 2


def test_a_reason_holds_as_long_as_the_figure_is_the_one_it_explains(world):
    last_year(world, "Huawu", trained=5)
    remark(world, figure="500")  # before its row is saved
    world.save("Huawu", trained=500)
    assert submit(world).moved == 1
    world.save("Huawu", version=2, trained=800)
    refused = submit(world)
    assert reasons(refused) == {
        "Huawu": "Give a reason. Trained: 800 this year, 5 last year. Is that right? "
        "Given for 500, now 800: A new school opened."
    }
    remark(world, figure="800", text="Two schools opened.")
    assert submit(world).moved == 1
    # Back to the figure of before, its reason holds again.
    world.save("Huawu", version=4, trained=500)
    assert submit(world).moved == 1


def test_pages_tell_what_a_reason_was_given_for(as_user, world):
    last_year(world, "Huawu", trained=5)
    world.save("Huawu", trained=500)
    page = "/records/dew/2010/520524100201/"
    client = as_user("clerk")
    shown = client.get(page).content.decode()
    assert '<input type="hidden" name="figure-trained" value="500">' in shown
    world.save("Huawu", version=1, trained=800)  # a colleague, meanwhile
    form = {"action": "remark", "measure": "trained", "figure-trained": "500", "text": "A new school opened."}
    assert client.post(page, form).status_code == 302
    after = client.get(page).content.decode()
    assert "No reason for this figure.</b> Given for 500, now 800: A new school opened." in after
    assert "remark on “Trained”</b> (500)" in after
    # It becomes unlikely only after it was submitted: the reviewer sees for which figure the reason was given.
    remark(world, figure="800", text="Two schools opened.")
    submit(world)
    DewRecord.objects.filter(area=world["Huawu"], year=2010).update(trained=900)
    [row] = as_user("reviewer").get("/review/dew/2010/520524/").context["rows"]
    [flag] = row["flags"]
    assert (flag["reason"], flag["earlier"]) == ("", "Given for 800, now 900: Two schools opened.")
    assert [(said.label, said.text) for said in row["remarks"]] == [("Trained 500", "A new school opened.")]


def test_the_api_takes_and_tells_the_figure_of_a_remark(as_user, world):
    world.save("Huawu", trained=500)
    url = f"/api/v1/records/dew/{DewRecord.objects.get().pk}/remarks/"

    def post(**sent):
        words = {"measure": "trained", "text": "So.", **sent}
        return as_user("clerk").post(url, json.dumps(words), content_type="application/json")

    assert [post(**sent).json()["figure"] for sent in ({}, {"figure": "1,000"}, {"figure": None})] == [
        "500",
        "1000",
        "500",
    ]
    bad = post(figure="many")
    assert (bad.status_code, "“many” is not a number" in bad.json()["errors"][0]["detail"]) == (403, True)
    assert len(as_user("clerk").get(url).json()["results"]) == 3


def test_a_round_that_has_closed_hinders_no_remark(world):
    assert remark(world, year=2009).pk


@pytest.mark.parametrize("by", ["other_clerk", "analyst", "finance", "admin"])
def test_nobody_else_does_and_nobody_learns_whether_there_is_such_a_place(world, by):
    with pytest.raises(Refused, match=f"^Place {world['Huawu'].pk} is not one of yours in this year.$"):
        remark(world, by=by)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " \0 "}, "Write at least a word"),
        ({"text": "x" * 501}, "501 characters are too many; at most 500 fit"),
        ({"figure": "many"}, "Trained: “many” is not a number"),
        ({"measure": "rain"}, "There is no figure “rain”"),
        ({"breakdown": "road"}, "“road” is no kind"),
        ({"year": 1995}, "not one of yours in this year"),
        ({"year": 10**9}, "not one of yours in this year"),
        ({"place": "Chengguan"}, "is not a village"),
    ],
)
def test_a_remark_that_makes_no_sense_is_refused_in_words(world, changes, words):
    with pytest.raises(Refused, match=words):
        remark(world, **changes)
    assert not Remark.objects.exists()
