"""China's county code history (civil affairs, county level and up): the state in force at the end of one year is read.

Each row is one code with the years in which it came and went; a code may have several rows. This reader takes the rows
in force on 31 December of the vintage's year. The changes themselves (who succeeded whom) are not taken from it yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from villages.imports.divisions import CHINA, DivisionLists
from villages.imports.sources import Flaw, Layout, Listed, Source, WrongColumns
from villages.levels import Level
from villages.models import Area

_CODE, _SECOND, _NAME, _LEVEL, _FROM, _TO = "代码", "二级行政区", "名称", "级别", "启用时间", "变更/弃用时间"
_LEVELS = {"省级": Level.PROVINCE, "地级": Level.PREFECTURE, "县级": Level.COUNTY}
_DIRECT = "直辖"  # a county that stands right below its province
_UNDATED = "undated"


class AreaCodes(Source):
    code = "areacodes"
    title = gettext_lazy("county code history")
    nation = CHINA
    code_lengths: ClassVar = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6}
    prefixed = True
    odd_names: ClassVar = DivisionLists.odd_names
    name_tails: ClassVar = DivisionLists.name_tails
    left_out_kinds: ClassVar = (Area.Kind.PLACEHOLDER.value, Area.Kind.STATISTICAL.value)

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        return _CODE in header and _FROM in header

    def layout(self, header: Sequence[str], vintage: dt.date) -> Layout:
        wanted = (_CODE, _SECOND, _NAME, _LEVEL, _FROM, _TO)
        if missing := [name for name in wanted if name not in header]:
            raise WrongColumns(_("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)})
        at = [list(header).index(name) for name in wanted]
        year = vintage.year

        def pick(cells: list[str]) -> Listed | None:
            code, second, name, level_word, first, last = (cells[place].strip() for place in at)
            level = _LEVELS.get(level_word, -1)
            if not (_is_year(first) and (not last or _is_year(last))):
                # No year to judge by: handed on with a kind that `flaws` rejects, so that it is not lost.
                return Listed(level, _short(code, level), name, "", _parent(code, level, second), _UNDATED)
            if not int(first) <= year or (last and int(last) <= year):
                return None
            return Listed(level, _short(code, level), name, "", _parent(code, level, second), Area.Kind.ORDINARY.value)

        return Layout({"code": _CODE, "name": _NAME, "parent": _SECOND, "level": _LEVEL, "kind": _FROM}, pick)

    def _shape_flaws(self, row: Listed) -> Iterator[Flaw]:
        if row.kind == _UNDATED:
            yield Flaw("kind", _("A year has four digits, as in 2011."), fatal=True)
        else:
            yield from super()._shape_flaws(row)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _short(code: str, level: int) -> str:
    """Cut the zeros that fill up the codes of provinces and prefectures."""
    length = {Level.PROVINCE: 2, Level.PREFECTURE: 4}.get(Level(max(level, 0)), 6)
    return code[:length] if len(code) == 6 and not code[length:].strip("0") else code


def _parent(code: str, level: int, second: str) -> str:
    if level == Level.PROVINCE:
        return ""
    return code[:2] if level == Level.PREFECTURE or second == _DIRECT else code[:4]
