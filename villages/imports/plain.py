"""Povtrack's own layout for any country: level, code, name, parent_code, and if wanted name_latin and kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from villages.imports.sources import Layout, Listed, Source, WrongColumns
from villages.levels import Level

_LEVELS = {level.name.lower(): level.value for level in Level} | {str(level.value): level.value for level in Level}
_WANTED = ("level", "code", "name", "parent_code")


class PlainList(Source):
    code = "plain"
    title = gettext_lazy("povtrack's own layout")

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        return {"level", "parent_code"} <= set(header) and "vintage" not in header

    def layout(self, header: Sequence[str], vintage: dt.date) -> Layout:
        columns = list(header)
        if missing := [name for name in _WANTED if name not in columns]:
            raise WrongColumns(
                _("These columns are missing: %(missing)s. The file has: %(found)s.")
                % {"missing": ", ".join(missing), "found": ", ".join(columns)}
            )
        level_at, code_at, name_at, parent_at = (columns.index(name) for name in _WANTED)
        latin_at = columns.index("name_latin") if "name_latin" in columns else None
        kind_at = columns.index("kind") if "kind" in columns else None

        def pick(cells: list[str]) -> Listed:
            return Listed(
                _LEVELS.get(cells[level_at].strip().lower(), -1),
                cells[code_at].strip(),
                cells[name_at].strip(),
                cells[latin_at].strip() if latin_at is not None else "",
                cells[parent_at].strip(),
                cells[kind_at].strip() if kind_at is not None else "",
            )

        named = {"code": "code", "name": "name", "parent": "parent_code", "level": "level", "kind": "kind"}
        return Layout(named, pick)
