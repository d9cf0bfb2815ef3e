"""The demonstration's registry lives: places with the codes of their time, documents, lists, and something to try."""

from __future__ import annotations

import csv
import datetime as dt

from django.test import TestCase

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from povtrack.lib.progress import SilentSteps
from povtrack.lib.years import year_end
from villages import derive
from villages.actions.changes import apply_change, revert_change
from villages.actions.preview import preview_change
from villages.demo.history import AREAS, codes_of, load_history, load_places
from villages.levels import Level
from villages.models import Area, AreaVersion, BoundaryChange, Membership, OpenQuestion
from villages.timeline import forms_of


def coded(code: str, day: str) -> Area:
    return Area.objects.coded(code, dt.date.fromisoformat(day)).get()


def everything() -> set[tuple[object, ...]]:
    return set(AreaVersion.objects.values_list("area", "code", "name", "name_latin", "parent", "valid"))


class TestDemonstrationRegistry(TestCase):
    """Loaded once for all tests of the class; each leaves it as it was."""

    keeper: User

    @classmethod
    def setUpTestData(cls) -> None:
        load_places(SilentSteps())
        cls.keeper = User.objects.create_user("keeper")
        nation = Area.objects.get(level=Level.NATION)
        Jurisdiction.objects.create(user=cls.keeper, role=Role.REGISTRY, area=nation)
        load_history(by=cls.keeper, progress=SilentSteps())

    def test_bijie_was_a_prefecture_until_22_october_2011(self) -> None:
        bijie = coded("5224", "2011-10-21")
        assert bijie == coded("5205", "2011-10-22")
        assert [form.name for form in forms_of(bijie)] == ["毕节市", "毕节地区"]
        (act,) = forms_of(bijie)[0].acts
        assert (act.document_no, act.approved_on, act.day_known) == ("国函〔2011〕130号", dt.date(2011, 10, 22), True)

    def test_a_place_has_the_codes_of_its_time(self) -> None:
        for codes in (
            ["520524", "522425"],
            ["520581", "520522", "522423"],
            ["451227", "452729"],
            ["632701", "632721"],
            ["653023"],
            ["520524111", "520524208", "522425208"],
            ["520581202207", "520522202207", "522423202207"],
        ):
            assert [form.code for form in forms_of(Area.objects.get(code=codes[0]))] == codes

    def test_codes_begin_with_that_of_the_county_in_every_year(self) -> None:
        for year in (2001, 2010, 2014, 2023):
            codes = codes_of(year)
            below = AreaVersion.objects.filter(valid__contains=year_end(year), parent__level__gte=Level.COUNTY)
            assert all(version.code.startswith(codes[version.parent_id or 0]) for version in below)

    def test_nothing_began_or_ended_and_the_registry_is_sound(self) -> None:
        with AREAS.open(encoding="utf-8") as file:
            assert Area.objects.standing().count() == Area.objects.count() == len(list(csv.DictReader(file)))
        assert derive.problems() == []

    def test_a_document_without_a_day_is_held_to_its_year(self) -> None:
        (act,) = forms_of(Area.objects.get(code="520524111"))[0].acts
        assert (act.document_no, act.effective, act.day_known) == ("黔府函〔2016〕18号", dt.date(2016, 12, 31), False)

    def test_the_poor_counties_are_listed_until_their_year_of_exit(self) -> None:
        lines = Membership.objects.filter(designation__code="poor-832").select_related("area")
        left = {line.area.code: line.valid.upper.year for line in lines if line.area}
        assert left == {
            "520524": 2019, "520581": 2017, "451223": 2019, "451224": 2019, "451227": 2019, "522324": 2020,
            "653023": 2018, "513221": 2017, "632701": 2018,
        }  # fmt: skip

    def test_a_line_whose_code_and_name_never_went_together_says_how_it_was_found(self) -> None:
        line = Membership.objects.get(listed_name="黔西县", designation__code="poor-832")
        assert (line.listed_code, line.area) == ("520581", Area.objects.get(code="520581"))
        assert "found as 520522" in line.note

    def test_what_is_not_proven_is_marked(self) -> None:
        lines = Membership.objects.filter(designation__code="contiguous-04")
        assert set(lines.values_list("evidence", "area__code")) == {("weak", "520524"), ("weak", "520581")}
        assert Membership.objects.filter(designation__code="western", area__level=Level.PROVINCE).count() == 12

    def test_the_open_questions_are_rows_of_the_sheets_that_name_no_heir(self) -> None:
        asked = OpenQuestion.objects.filter(answered_at=None)
        assert {question.evidence["old_name"] for question in asked} == {"雁门镇", "三宝彝族乡"}

    def test_the_exercise_can_be_previewed_applied_and_reverted(self) -> None:
        draft = BoundaryChange.objects.get(state=BoundaryChange.State.DRAFT)
        assert draft.title.startswith("Exercise:")
        assert preview_change(change=draft, by=self.keeper).possible
        before = everything()
        apply_change(change=draft, by=self.keeper)
        assert Area.objects.get(code="520524109").ended_on == draft.effective
        assert Area.objects.filter(parent__code="520524110").count() == 19 + 23
        revert_change(change=draft, by=self.keeper)
        assert everything() == before
        assert derive.problems() == []
