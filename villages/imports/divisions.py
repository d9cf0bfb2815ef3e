"""China's five-level division lists: statistical codes of 2, 4, 6, 9 and 12 digits, one file for each level.

They are statistical lists, not legal ones. Rows such as 市辖区 stand where the tree would have a hole, a city without
counties is repeated as its own county, and development zones, farms and other units that are no divisions have rows of
their own. Nothing outside this file knows that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from villages.imports.sources import Layout, Listed, Nation, Source, WrongColumns
from villages.levels import Level
from villages.models import Area

CHINA = Nation("CN", "中国", "China")

# The column that names the parent tells the level of a file; the columns stand in different orders in different files.
_PARENTS = {
    "streetCode": Level.VILLAGE,
    "areaCode": Level.TOWNSHIP,
    "cityCode": Level.COUNTY,
    "provinceCode": Level.PREFECTURE,
}
_STACKED = {"vintage", "level", "code", "name", "parent_code"}
_STACKED_LEVELS = {
    "province": Level.PROVINCE,
    "prefecture": Level.PREFECTURE,
    "county": Level.COUNTY,
    "township": Level.TOWNSHIP,
    "village": Level.VILLAGE,
}

_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
# Their codes above the counties: in the four municipalities, and what a province governs itself. The lists of counties
# and townships alone name them as parents, and the legal code history has none of them.
_PLACEHOLDER_CODES = r"^((11|12|31|50)0[12]|\d\d90)$"
# Dongguan, Zhongshan and Danzhou have no counties; a row with the city's own code stands in.
_STAND_INS = frozenset({"441900", "442000", "460400"})
# Four forestry districts, Jiayuguan, Dachaidan and three island groups: the legal list codes them otherwise or not.
_NOT_LEGAL = frozenset({"232761", "232762", "232763", "232764", "620201", "632857", "460321", "460322", "460323"})

# What is changed as a matter of form: villages are printed with and without their committee, counties become cities.
_TAILS: Mapping[int, str] = {
    Level.PREFECTURE: r"(地区|盟|市|自治州)$",
    Level.COUNTY: r"(自治县|自治旗|县|市|区|旗)$",
    Level.TOWNSHIP: r"(街道办事处|办事处|街道|民族乡|乡|镇)$",
    Level.VILLAGE: r"(社区|村)?(居民委员会|村民委员会|居委会|村委会|社区|村)$",
}

_GLYPH = gettext_lazy("A question mark stands for a character that was lost.")
# Small letters only: “A区” and “IT家园” are real names.
_LATIN = gettext_lazy("Pinyin stands in the name, as a rule for a rare character.")


class DivisionLists(Source):
    code = "divisions"
    title = gettext_lazy("five-level division lists")
    nation = CHINA
    code_lengths: ClassVar = {
        Level.PROVINCE: 2,
        Level.PREFECTURE: 4,
        Level.COUNTY: 6,
        Level.TOWNSHIP: 9,
        Level.VILLAGE: 12,
    }
    prefixed = True
    placeholders: ClassVar = (_PLACEHOLDER_CODES, 2)
    name_tails: ClassVar = _TAILS
    odd_names: ClassVar = ((re.compile(r"[?？\ufffd]"), _GLYPH), (re.compile(r"[a-z]{2,}"), _LATIN))

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        columns = set(header)
        return bool(columns & set(_PARENTS)) or {"vintage", "parent_code"} <= columns or columns == {"code", "name"}

    def layout(self, header: Sequence[str], vintage: dt.date) -> Layout:
        columns = list(header)
        if "vintage" in columns:
            return self._stacked(columns, vintage)
        _require(columns, {"code", "name"})
        if unknown := [name for name in columns if name not in {"code", "name", *_PARENTS}]:
            raise WrongColumns(_("These columns are not known: %(names)s.") % {"names": ", ".join(unknown)})
        parents = [name for name in _PARENTS if name in columns]
        return self._one_level(columns, parents) if parents else self._by_length(columns)

    def _one_level(self, columns: list[str], parents: list[str]) -> Layout:
        """Read a file of one level: the lowest of its parent columns tells which."""
        level = _PARENTS[parents[0]]
        code_at, name_at, parent_at = (columns.index(name) for name in ("code", "name", parents[0]))
        kind_of = self.kind

        def pick(cells: list[str]) -> Listed:
            code, name = cells[code_at].strip(), cells[name_at].strip()
            return Listed(level, code, name, "", cells[parent_at].strip(), kind_of(level, code, name))

        return Layout({"code": "code", "name": "name", "parent": parents[0]}, pick, above=parents[1:])

    def _by_length(self, columns: list[str]) -> Layout:
        """Read a file of codes and names alone, such as that of the provinces: the length of a code tells its level."""
        code_at, name_at = columns.index("code"), columns.index("name")
        levels = {length: level for level, length in self.code_lengths.items()}

        def pick(cells: list[str]) -> Listed:
            code, name = cells[code_at].strip(), cells[name_at].strip()
            level = levels.get(len(code), Level.PROVINCE)
            parent = "" if level == Level.PROVINCE else code[: self.code_lengths[level - 1]]
            return Listed(level, code, name, "", parent, self.kind(level, code, name))

        return Layout({"code": "code", "name": "name", "parent": "code"}, pick)

    def _stacked(self, columns: list[str], vintage: dt.date) -> Layout:
        """Read the file that stacks the counties and townships of several years."""
        _require(columns, _STACKED)
        at = [columns.index(name) for name in ("vintage", "level", "code", "name", "parent_code")]
        year = str(vintage.year)

        def pick(cells: list[str]) -> Listed | None:
            of_year, level_word, code, name, parent = (cells[place].strip() for place in at)
            if of_year[:4] != year:
                return None
            level = _STACKED_LEVELS.get(level_word, -1)
            code, parent = _short(code, level), _short(parent, level - 1)
            return Listed(level, code, name, "", parent, self.kind(level, code, name))

        return Layout({"code": "code", "name": "name", "parent": "parent_code", "level": "level"}, pick)

    @staticmethod
    def kind(level: int, code: str, name: str) -> str:
        """Tell ordinary units, statistical ones and placeholders apart."""
        if level == Level.VILLAGE:
            return Area.Kind.STATISTICAL.value if code[9:] >= "400" else Area.Kind.ORDINARY.value
        if level == Level.TOWNSHIP:
            return Area.Kind.STATISTICAL.value if "400" <= code[6:] <= "599" else Area.Kind.ORDINARY.value
        if name in _PLACEHOLDERS or code in _STAND_INS:
            return Area.Kind.PLACEHOLDER.value
        if level == Level.COUNTY and ("71" <= code[4:] <= "79" or code in _NOT_LEGAL):
            return Area.Kind.STATISTICAL.value
        return Area.Kind.ORDINARY.value


def _short(code: str, level: int) -> str:
    """Cut the zeros with which the list of 2015 filled up the codes of townships and prefectures."""
    full, length = {Level.TOWNSHIP: (12, 9), Level.PREFECTURE: (6, 4)}.get(Level(max(level, 0)), (0, 0))
    return code[:length] if full and len(code) == full and not code[length:].strip("0") else code


def _require(columns: list[str], wanted: set[str]) -> None:
    if missing := sorted(wanted - set(columns)):
        raise WrongColumns(
            _("These columns are missing: %(missing)s. The file has: %(found)s.")
            % {"missing": ", ".join(missing), "found": ", ".join(columns)}
        )
