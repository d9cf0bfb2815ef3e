"""The forms of boundary changes, one for each kind. Each makes the draft that `villages.changes.drafts` builds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from villages.changes import drafts
from villages.changes.parts import Part
from villages.forms.base import ChangeForm, CodeField, Kind, latin_field, name_field
from villages.forms.picks import Pick, is_code
from villages.levels import Level


class RenameForm(ChangeForm):
    kind = Kind.RENAME
    singles = {"area": True}
    name = name_field()
    name_latin = latin_field()
    code = CodeField(required=False)

    def check(self) -> None:
        version, wanted = self.single("area").version, self.cleaned_data
        if version and all(
            wanted.get(part, "") in ("", getattr(version, part)) for part in ("name", "name_latin", "code")
        ):
            self.add_error("name", _("It is called so already."))

    def draft(self) -> drafts.Draft:
        data = self.cleaned_data
        return drafts.rename(self.area("area"), name=data["name"], name_latin=data["name_latin"], code=data["code"])


class RecodeForm(ChangeForm):
    kind = Kind.RECODE
    lists = {"places": ("code",)}

    def check(self) -> None:
        self.check_rows("places")
        codes: dict[str, Pick] = {}
        for pick in self.rows("places"):
            code = pick.extra["code"]
            if not is_code(code):
                self.wrong(
                    pick, _("Write the new code of %(place)s, in letters and digits.") % {"place": pick.area}, "code"
                )
            elif code in codes:
                self.wrong(pick, _("The code %(code)s stands in this list twice.") % {"code": code}, "code")
            elif pick.version and pick.version.code == code:
                self.wrong(pick, _("%(place)s has this code already.") % {"place": pick.area}, "code")
            codes[code] = pick

    def draft(self) -> drafts.Draft:
        return drafts.recode({pick.area: pick.extra["code"] for pick in self.rows("places") if pick.area})


class TransferForm(ChangeForm):
    kind = Kind.TRANSFER
    singles = {"to": True}
    lists = {"places": ("code",)}

    def check(self) -> None:
        self.check_rows("places")
        for pick in self.rows("places"):
            if pick.area is None:
                continue
            if pick.extra["code"] and not is_code(pick.extra["code"]):
                self.wrong(pick, _("A code is written in letters and digits, without blanks."), "code")
            self.check_above(self.single("to"), pick.area.level)
            if pick.version and pick.version.parent_id == self.area("to").pk:
                words = {"place": pick.area, "parent": self.area("to")}
                self.wrong(pick, _("%(place)s belongs to %(parent)s already.") % words)

    def draft(self) -> drafts.Draft:
        rows = {pick.area: pick.extra["code"] for pick in self.rows("places") if pick.area}
        return drafts.transfer(rows, to=self.area("to"), codes=rows)


class MergeForm(ChangeForm):
    kind = Kind.MERGE
    singles = {"heir": False, "parent": False}
    lists = {"olds": ()}
    into = forms.ChoiceField(
        label=gettext_lazy("They become"),
        choices=[("new", gettext_lazy("a new place")), ("one", gettext_lazy("part of one place that goes on"))],
        widget=forms.RadioSelect,
        initial="new",
    )
    code = CodeField(required=False)
    name = name_field(required=False)
    name_latin = latin_field()

    def clean(self) -> dict[str, Any]:
        # What stands in a box of the other choice is not asked about.
        other = "parent" if self.cleaned_data.get("into") == "one" else "heir"
        self.picks[other] = [Pick(other)]
        return super().clean()

    def check(self) -> None:
        self.check_rows("olds")
        olds, new = self.rows("olds"), self.cleaned_data.get("into") != "one"
        if not new and self.single("heir").area is None:
            self.wrong(self.single("heir"), _("Choose the place that goes on."))
        together = {pick.area: pick for pick in [*olds, self.single("heir")] if pick.area}
        if len(together) < 2:
            self.wrong(self.first("olds"), _("Name at least two places that come together."))
        one = next(iter(together), None)
        for area, pick in together.items():
            if one and area.level != one.level:
                words = {"one": one, "other": area}
                self.wrong(pick, _("%(other)s is not of the same level as %(one)s.") % words)
        for name in ("code", "name") if new else ():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("A new place needs a code and a name."))
        if new and one:
            self.check_above(self.single("parent"), one.level)

    def draft(self) -> drafts.Draft:
        data, olds = self.cleaned_data, [pick.area for pick in self.rows("olds") if pick.area]
        words = {"code": data["code"], "name": data["name"], "name_latin": data["name_latin"]}
        if data["into"] == "one":
            heir = self.area("heir")
            into = Part(heir, **words)
            return drafts.merge([area for area in olds if area != heir], into=into, day=data["effective"])
        into = Part(level=Level(olds[0].level), parent=self.parent_or(self.rows("olds")[0]), **words)
        return drafts.merge(olds, into=into, day=data["effective"])


class CreateForm(ChangeForm):
    kind = Kind.CREATE
    singles = {"parent": True}
    level = forms.TypedChoiceField(label=gettext_lazy("Level"), coerce=int, choices=())
    code = CodeField()
    name = name_field()
    name_latin = latin_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level.value, level.word) for level in Level if level != Level.NATION]
        self.fields["level"].choices = [("", "–"), *levels]  # type: ignore[attr-defined]

    def check(self) -> None:
        if self.cleaned_data.get("level"):
            self.check_above(self.single("parent"), self.cleaned_data["level"])

    def draft(self) -> drafts.Draft:
        data = self.cleaned_data
        words = {name: data[name] for name in ("code", "name", "name_latin")}
        return drafts.create(Part(level=Level(data["level"]), parent=self.area("parent"), **words))


class AbolishForm(ChangeForm):
    kind = Kind.ABOLISH
    singles = {"area": True, "heir": False}

    def check(self) -> None:
        area, heir = self.area("area"), self.single("heir")
        if heir.area == area:
            self.wrong(heir, _("A place can't take over from itself."))
        elif heir.area and heir.area.level != area.level:
            words = {"one": area, "other": heir.area}
            self.wrong(heir, _("%(other)s is not of the same level as %(one)s.") % words)

    def draft(self) -> drafts.Draft:
        return drafts.abolish(self.area("area"), heir=self.single("heir").area, day=self.cleaned_data["effective"])
