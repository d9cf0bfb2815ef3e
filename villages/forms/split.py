"""The form of a split: which of the places that belong to the old one go to which new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from villages.changes import drafts
from villages.changes.parts import Part
from villages.forms.base import ChangeForm, CodeField, Kind, latin_field, name_field
from villages.forms.picks import MOST_ROWS, Pick, is_code, read
from villages.levels import Level
from villages.models import Area, AreaVersion
from villages.names import latin_beside

STAYS = "stays"


@dataclass(frozen=True)
class Child:
    """One place that belongs to the old one: `chosen` is the number of the new place, "stays", or "" for none yet."""

    version: AreaVersion
    chosen: str

    @property
    def name(self) -> str:
        return f"child-{self.version.area_id}"

    @property
    def label(self) -> str:
        return f"{latin_beside(self.version.name_latin)} {self.version.name}".strip()


class SplitForm(ChangeForm):
    """`news` are rows without a place to pick: code, name and Latin name of each new place."""

    kind = Kind.SPLIT
    singles = {"area": True, "parent": False}
    lists = {"news": ("code", "name", "latin")}
    least = 2
    goes_on = forms.ChoiceField(
        label=gettext_lazy("The old place"),
        choices=[("yes", gettext_lazy("goes on with the rest")), ("no", gettext_lazy("ends"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    name = name_field(required=False)
    name_latin = latin_field()
    code = CodeField(required=False)

    @property
    def stays(self) -> bool:
        if self.is_bound:
            return self.data.get("goes_on") != "no"
        return bool(self.initial.get("goes_on", "yes") != "no")

    @property
    def children(self) -> list[Child]:
        """What belongs to the old place on the day of the change, with the choice made for each. One query."""
        area = self.single("area").area
        if area is None:
            return []
        rows = AreaVersion.objects.filter(parent=area, valid__contains=self.day).select_related("area").order_by("code")
        source: Any = self.data if self.is_bound else self.initial.get("children", {})
        numbers = self._numbers if self.is_bound else {}
        asked = [(row, source.get(f"child-{row.area_id}", STAYS if self.stays else "")) for row in rows]
        chosen = [(row, numbers.get(choice, choice)) for row, choice in asked]
        # Whoever lets the old place end after all chooses anew for what was to stay.
        return [Child(row, "" if choice == STAYS and not self.stays else choice) for row, choice in chosen]

    @property
    def _numbers(self) -> dict[str, str]:
        """The numbers of the new places as they were sent, and as they are now that blank rows are left out."""
        filled = [n for n in range(MOST_ROWS) if not read(self.data, f"news-{n}", self.lists["news"]).blank]
        # A row that was left blank is no place; whoever chose it has chosen nothing.
        gone = {str(n): "" for n in range(len(filled) + self.least) if n not in filled}
        return gone | {str(n): str(index) for index, n in enumerate(filled)}

    @property
    def targets(self) -> list[tuple[str, str]]:
        """What can be chosen for each of them: value and words."""
        rows = [(str(n), row.extra["name"] or row.extra["code"]) for n, row in enumerate(self.rows("news"))]
        return [(STAYS, _("stays")) if self.stays else ("", "–"), *rows]

    def check(self) -> None:
        if not self.rows("news"):
            self.wrong(self.first("news"), _("Write the code and the name of the new place."), "code")
        codes: set[str] = set()
        for row in self.rows("news"):
            self._check_new(row, codes)
            codes.add(row.extra["code"])
        area = self.area("area")
        if area.level == Level.NATION:
            self.wrong(self.single("area"), _("The whole country can't be split."))
        self.check_above(self.single("parent"), area.level)
        self._check_children()

    def _check_new(self, row: Pick, codes: set[str]) -> None:
        code, name, latin = (row.extra[part] for part in ("code", "name", "latin"))
        if not is_code(code):
            self.wrong(row, _("Write the code of the new place, in letters and digits."), "code")
        elif code in codes:
            self.wrong(row, _("The code %(code)s stands in this list twice.") % {"code": code}, "code")
        if not name or len(name) > 120:
            self.wrong(row, _("Write the name of the new place, of at most 120 characters."), "name")
        if len(latin) > 160:
            self.wrong(row, _("A name in Latin letters has at most 160 characters."), "latin")

    def _check_children(self) -> None:
        children = self.children
        known = {str(n) for n in range(len(self.rows("news")))}
        for child in children:
            if child.chosen not in known | ({STAYS} if self.stays else set()):
                words = {"place": child.version.name, "code": child.version.code}
                pick = Pick(child.name, errors={"": _("Say where %(place)s (%(code)s) belongs from then on.") % words})
                self.picks.setdefault("children", []).append(pick)
        if children and self.stays and not any(child.chosen in known for child in children):
            first = Pick(children[0].name, errors={"": _("Say which places the new one gets. None was given away.")})
            self.picks.setdefault("children", []).append(first)

    def draft(self) -> drafts.Draft:
        data, area = self.cleaned_data, self.area("area")
        parent = self.parent_or(self.single("area"))
        news = [
            Part(
                level=Level(area.level),
                code=row.extra["code"],
                name=row.extra["name"],
                name_latin=row.extra["latin"],
                parent=parent,
            )
            for row in self.rows("news")
        ]
        into: dict[Part, list[Area]] = {part: [] for part in news}
        for child in self.children:
            if child.chosen != STAYS:
                into[news[int(child.chosen)]].append(child.version.area)
        words = {name: data[name] for name in ("code", "name", "name_latin")}
        return drafts.split(area, into=into, goes_on=Part(area, **words) if self.stays else None)
