"""Picking places in a form: chosen from the hits while typing, or, without a script, typed as a code.

A pick is read as it was typed and keeps that, so that a form with an error shows it again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from villages.models import Area, AreaVersion
from villages.names import latin_beside
from villages.search import folded

TEXT_MAX = 300
MOST_ROWS = 500
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]*", re.ASCII)


@dataclass
class Pick:
    """One place that a form asks for. `name` is the name of its box; its hidden id is `name`-id.

    `extra` holds what else stands in its row, such as a new code, and `errors` what is wrong, by part ("" the place).
    `area` and `version` (its form on the day of the change) are known once it was found.
    """

    name: str
    text: str = ""
    pk: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    area: Area | None = None
    version: AreaVersion | None = None

    @property
    def blank(self) -> bool:
        return not self.text and not any(self.extra.values())

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def message(self) -> str:
        return self.errors.get("", "")

    @property
    def cells(self) -> list[dict[str, str]]:
        """The other boxes of the row: part, name, id, value, error."""
        return [
            {
                "part": part,
                "name": f"{self.name}-{part}",
                "id": f"{self.id}-{part}",
                "value": value,
                "error": self.errors.get(part, ""),
            }
            for part, value in self.extra.items()
        ]


def picked(name: str, version: AreaVersion | None, **extra: str) -> Pick:
    """A pick that is filled in already."""
    if version is None:
        return Pick(name, extra=extra)
    return Pick(name, label(version), str(version.area_id), extra, area=version.area, version=version)


def label(version: AreaVersion) -> str:
    """A place as the search box writes it: name, then code."""
    return f"{latin_beside(version.name_latin)} {version.name} {version.code}".strip()


def read(data: Mapping[str, str], name: str, extras: Sequence[str] = ()) -> Pick:
    """Read a pick as it was sent."""
    extra = {part: folded(_plain(data.get(f"{name}-{part}", ""))) for part in extras}
    return Pick(name, folded(_plain(data.get(name, ""))), data.get(f"{name}-id", "").strip(), extra)


def read_rows(data: Mapping[str, str], name: str, extras: Sequence[str] = ()) -> list[Pick]:
    """Read the rows of a list of picks, without the blank ones, and then the lines that were pasted beside them."""
    keys = (f"{name}-{n}" for n in range(MOST_ROWS))
    present = [key for key in keys if key in data or any(f"{key}-{part}" in data for part in extras)]
    rows = [row for row in (read(data, key, extras) for key in present) if not row.blank]
    for line in data.get(f"{name}-lines", "")[: 100 * MOST_ROWS].splitlines():
        words = folded(_plain(line)).replace(",", " ").replace(";", " ").split()
        if words:
            extra = {part: words[1] if part == "code" and len(words) > 1 else "" for part in extras}
            rows.append(Pick("", words[0], "", extra))
    for n, row in enumerate(rows):
        row.name = f"{name}-{n}"
    return rows


def padded(rows: Sequence[Pick], name: str, least: int, extras: Sequence[str] = ()) -> list[Pick]:
    """The rows, and blank ones after them: `least` rows in all, and at least one that is blank."""
    count = max(least, len(rows) + 1)
    blank = [Pick(f"{name}-{n}", extra=dict.fromkeys(extras, "")) for n in range(len(rows), min(count, MOST_ROWS))]
    return [*rows, *blank]


def find(picks: Iterable[Pick], user: User, day: dt.date, ability: Ability = Ability.KEEP_REGISTRY) -> None:
    """Find the places of the picks among those where `user` holds `ability`, as of `day`; say of each why not.

    Three queries, however many picks.
    """
    asked = [pick for pick in picks if pick.text and pick.area is None]
    mine = Area.objects.visible_to(user, ability)
    ids = {int(pick.pk) for pick in asked if _is_id(pick.pk)}
    areas = mine.in_bulk(ids)
    # What stands in the box decides; a hidden id that does not fit it any more is left over.
    chosen = {pick.name: areas[int(pick.pk)] for pick in asked if _is_id(pick.pk) and int(pick.pk) in areas}
    standing = AreaVersion.objects.filter(valid__contains=day).select_related("area", "parent")
    forms = {version.area_id: version for version in standing.filter(area__in=[area.pk for area in chosen.values()])}
    codes = {code for pick in asked if (code := _code(pick.text))}
    coded = {version.code: version for version in standing.filter(code__in=codes, area__in=mine)} if codes else {}
    for pick in asked:
        area, code = chosen.get(pick.name), _code(pick.text)
        if area is not None and _fits(pick.text, code, area, forms.get(area.pk)):
            _settle(pick, area, forms.get(area.pk), day)
        elif code in coded:
            _settle(pick, coded[code].area, coded[code], day)
        else:
            pick.errors[""] = _unknown(pick.text, code, day)


def _fits(text: str, code: str, area: Area, version: AreaVersion | None) -> bool:
    """The words in the box still name the place that was chosen before."""
    if code:
        return code in {area.code, version.code if version else ""}
    return area.name in text or bool(version and version.name in text)


def _settle(pick: Pick, area: Area, version: AreaVersion | None, day: dt.date) -> None:
    pick.area, pick.version, pick.pk = area, version, str(area.pk)
    if version is None:
        words = {"place": area, "code": area.code, "day": day.isoformat()}
        pick.errors[""] = _("%(place)s (%(code)s) did not stand on %(day)s.") % words


def _unknown(text: str, code: str, day: dt.date) -> str:
    if not any(sign.isdigit() for sign in code):
        return _("Choose a place from the list, or type its code. “%(text)s” is no code.") % {"text": text[:60]}
    return _("No place of yours had the code %(code)s on %(day)s.") % {"code": code, "day": day.isoformat()}


def _code(text: str) -> str:
    """The word of a box that is a code: the last one, as the list of hits writes it, or the first."""
    words = text.split()
    likely = [word for word in (words[-1], words[0]) if _CODE.fullmatch(word)] if words else []
    numbered = [word for word in likely if any(sign.isdigit() for sign in word)]
    # A nation's code has no digit; then it stands alone.
    return (numbered or (likely if len(words) == 1 else []) or [""])[0][:20]


def is_code(text: str) -> bool:
    """Tell whether a text can be a code: letters and digits, no blanks."""
    return len(text) <= 20 and _CODE.fullmatch(text) is not None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _plain(text: str) -> str:
    return text.replace("\0", "")[:TEXT_MAX]
