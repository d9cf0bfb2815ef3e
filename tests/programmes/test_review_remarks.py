"""Remarks on figures: who may make one, and about what."""

from __future__ import annotations

import pytest

from programmes.actions import Refused, add_remark
from programmes.catalogue.dew import DewRecord
from programmes.models import Remark

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
