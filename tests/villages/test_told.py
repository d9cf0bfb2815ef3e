"""Words that povtrack writes into the registry, told to each reader in their own language."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from villages.levels import Level
from villages.models import BoundaryChange, OpenQuestion
from villages.told import Told, joined, kept, read, told

CODE = "No place had the code %(code)s on %(day)s."
NOBODY = "No place of the province bore this name."


def in_chinese(column: str) -> str:
    with translation.override("zh-hans"):
        return str(read(column))


def test_a_message_is_kept_and_read_in_another_language():
    with translation.override("ru"):
        column = kept(told(CODE, code="520524", day="2010-12-31"))
    assert read(column) == "No place had the code 520524 on 2010-12-31."
    with translation.override("zh-hans"):
        assert read(column) == translation.gettext(CODE) % {"code": "520524", "day": "2010-12-31"}
        assert read(column) != "No place had the code 520524 on 2010-12-31."


def test_what_stands_in_a_message_is_translated_too():
    column = kept(told("%(who)s: %(role)s", who="Li (li)", role=gettext_lazy("clerk")))
    assert read(column) == "Li (li): clerk"
    with translation.override("zh-hans"):
        assert read(column) == f"Li (li): {translation.gettext('clerk')}"
    assert "county" in kept(told("%(level)s", level=Level.COUNTY.told))


def test_joined_texts_stay_told_and_a_persons_words_stay_as_they_are():
    text = joined(" ", ["Typed by hand, 100 % sure.", "", told(NOBODY)])
    text = joined(" ", [text, told(CODE, code="1", day="2")])
    column = kept(text)
    assert read(column) == f"Typed by hand, 100 % sure. {NOBODY} No place had the code 1 on 2."
    assert in_chinese(column).startswith("Typed by hand, 100 % sure. ")
    assert NOBODY not in in_chinese(column)
    again = read(column)
    assert isinstance(again, Told)
    assert kept(again) == column


@pytest.mark.parametrize("text", ["", "plain", "100 %", "%(name)s", '["", []]', "多行\n文字"])
def test_plain_text_is_kept_unchanged(text):
    assert kept(text) == text
    assert read(text) == text


@pytest.mark.parametrize(
    "column", ["\x02", "\x02{}", "\x02[1]", '\x02["", [["%(a)s", {}]]]', '\x02["", [["%(a)s", {"b": "c"}]]]']
)
def test_what_can_not_be_read_is_shown_as_it_is(column):
    assert "\x02" not in read(column)


@pytest.mark.django_db
def test_columns_keep_them_through_saving_updating_and_bulk_writing():
    reason = told(CODE, code="520524", day="2010-12-31")
    rows = [OpenQuestion(kind="other", key=str(n), subject="s", reason=reason) for n in range(2)]
    OpenQuestion.objects.bulk_create(rows)
    OpenQuestion.objects.filter(key="0").update(reason=joined(" ", [reason, told(NOBODY)]))
    with translation.override("zh-hans"):
        one, two = OpenQuestion.objects.order_by("key")
        assert "520524" in two.reason
        assert "No place" not in one.reason + two.reason
        two.save()  # in the reader's language, which must not stay
    assert OpenQuestion.objects.get(key="1").reason == "No place had the code 520524 on 2010-12-31."
    assert OpenQuestion.objects.get(key="0").reason.endswith(NOBODY)


@pytest.mark.django_db
def test_told_words_too_long_for_their_column_are_kept_as_they_read():
    change = BoundaryChange.objects.create(
        kind="rename", effective="2010-07-01", title=told("%(list)s", list="x" * 490)
    )
    change.refresh_from_db()
    assert change.title == "x" * 490
