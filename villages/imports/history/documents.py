"""Reading the file of changes: the legal act behind each link of the code list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from povtrack.lib.csvfiles import CsvFile, FileError
from villages.imports.history.doubts import doubts_of
from villages.imports.history.model import Document, History, Link

_LINK = ("year", "old_code", "old_name", "new_code", "new_name")
_DOCUMENT = ("title", "doc_no", "doc_date", "approved_on")

Key = tuple[str, ...]


def add_documents(history: History, path: Path) -> None:
    """Give each link its documents; count the links that have none. Raises FileError for a row without its link."""
    links: dict[Key, list[Link]] = defaultdict(list)
    for link in history.links:
        links[_key(link)].append(link)
    with CsvFile(path) as file:
        if missing := [name for name in (*_LINK, *_DOCUMENT) if name not in file.header]:
            reason = _("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)}
            raise FileError(file.name, reason, line=1)
        at = {name: file.header.index(name) for name in (*_LINK, *_DOCUMENT)}
        for line, cells in file.rows():
            if len(cells) != len(file.header):
                words = {"wanted": len(file.header), "found": len(cells)}
                reason = _("The header has %(wanted)s columns; this row has %(found)s.") % words
                raise FileError(file.name, reason, line=line)
            row = {name: cells[place].strip() for name, place in at.items()}
            key = tuple(row[name] for name in _LINK)
            if key not in links:
                reason = _("The code list has no such change. The two files are not of one edition.")
                raise FileError(file.name, reason, line=line, value=" ".join(key))
            document = Document(row["title"], row["doc_no"], row["doc_date"], _day(file, line, row["approved_on"]))
            for link in links[key]:
                if document not in link.documents:
                    link.documents.append(document)
    history.undocumented = sum(not link.documents for link in history.links)
    history.doubts += doubts_of(history)


def _key(link: Link) -> Key:
    return str(link.year), link.old.code, link.old.name, link.new.code, link.new.name


def _day(file: CsvFile, line: int, text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        reason = _("This is not a day; write it as 2023-06-30.")
        raise FileError(file.name, reason, line=line, column="approved_on", value=text) from error
