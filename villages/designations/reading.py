"""Reading files of designation lists: which layout each has, what its lines say, and what can't be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from povtrack.lib.csvfiles import CsvFile, FileError
from villages.designations.lists import Line, ListFacts
from villages.designations.sources import SOURCES, BadCell, ListSource

# What the registry can hold.
_NAME, _CODE, _WITHIN, _LIST, _TITLE = 120, 20, 120, 40, 200


@dataclass(frozen=True)
class Place:
    """Where something stands in a file: its name, the line from 1, and the column."""

    file: str
    line: int
    column: str = ""


@dataclass(frozen=True)
class Flaw:
    """A row that can't be taken: where, what stands there, and why."""

    place: Place
    value: str
    reason: str


@dataclass
class Lists:
    """All that some files hold: the lists they describe, their lines, and what is wrong."""

    facts: dict[str, ListFacts] = field(default_factory=dict)
    lines: list[tuple[Place, Line]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


def read_lists(files: Sequence[Path], encoding: str, only: str) -> Lists:
    """Read files, and of them the list `only` ("" for all). Raises FileError for a file that can't be read."""
    lists = Lists()
    seen: dict[tuple[str, str, str, str], Place] = {}
    for path in files:
        with CsvFile(path, encoding) as file:
            source = recognise(file)
            for place, row in _rows(file, lists.flaws):
                try:
                    said = source.read(row)
                    _check_length(source, row, said)
                except BadCell as bad:
                    spot = Place(file.name, place.line, bad.column)
                    lists.flaws.append(Flaw(spot, row.get(bad.column, ""), bad.reason))
                    continue
                if only in ("", said.code if isinstance(said, ListFacts) else said.list):
                    _keep(said, place, lists, seen)
    return lists


def recognise(file: CsvFile) -> ListSource:
    """Return the source whose layout a file has; raises FileError."""
    header = set(file.header)
    for source in SOURCES:
        if source.signs <= header:
            if missing := [name for name in source.wanted if name not in header]:
                words = {"missing": ", ".join(missing), "found": ", ".join(file.header)}
                reason = _("These columns are missing: %(missing)s. The file has: %(found)s.") % words
                raise FileError(file.name, reason, line=1)
            return source()
    reason = _("No designation list has these columns: %(found)s. Povtrack's own layout has: %(plain)s.") % {
        "found": ", ".join(file.header)[:200],
        "plain": ", ".join(SOURCES[-1].wanted),
    }
    raise FileError(file.name, reason, line=1)


def _rows(file: CsvFile, flaws: list[Flaw]) -> Iterator[tuple[Place, Mapping[str, str]]]:
    for line, cells in file.rows():
        place = Place(file.name, line)
        if len(cells) != len(file.header):
            words = {"found": len(cells), "wanted": len(file.header)}
            reason = _("This row has %(found)s cells, the header %(wanted)s.") % words
            flaws.append(Flaw(place, ",".join(cells)[:80], reason))
        elif any("\0" in cell for cell in cells):
            flaws.append(Flaw(place, "", _("This row holds a character that is no text.")))
        else:
            yield place, dict(zip(file.header, (cell.strip() for cell in cells), strict=True))


def _check_length(source: ListSource, row: Mapping[str, str], said: Line | ListFacts) -> None:
    """Refuse what the registry can't hold, naming the column that it stands in."""
    texts = [(said.name, _TITLE)]
    if isinstance(said, Line):
        texts = [(said.name, _NAME), (said.code, _CODE), (said.within, _WITHIN), (said.list, _LIST)]
    for text, most in texts:
        if len(text) > most:
            column = next((name for name in source.wanted if row[name] == text), "")
            raise BadCell(column, _("There is room for %(most)s characters here.") % {"most": most})


def _keep(said: Line | ListFacts, place: Place, lists: Lists, seen: dict[tuple[str, str, str, str], Place]) -> None:
    if isinstance(said, ListFacts):
        lists.facts[said.code] = said
    elif said.key in seen:
        reason = _("Line %(line)s of %(file)s lists the same.") % {
            "line": seen[said.key].line,
            "file": seen[said.key].file,
        }
        lists.flaws.append(Flaw(place, said.name, reason))
    else:
        seen[said.key] = place
        lists.lines.append((place, said))
