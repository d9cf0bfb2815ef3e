"""Reading the code list, a tree of records in JSON. A file that can't be read as it is, is refused with the place."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from povtrack.lib.csvfiles import FileError
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from villages.imports.history.documents import add_documents
from villages.imports.history.model import Doubt, History, Link, Record
from villages.levels import Level

_GZIP = b"\x1f\x8b"


def read_history(codes: Path, changes: Path | None = None) -> History:
    """Read the list of codes and, if given, the file of changes with their documents; raises FileError."""
    records: list[tuple[Record, list[dict[str, Any]]]] = []
    _walk(codes.name, _items(codes), None, records)
    years = [year for record, _links in records for year in (record.start, record.end) if year is not None]
    history = History([record for record, _links in records], [], [], min(years), max(years))
    _check_lives(codes.name, history.records)
    by_code: dict[str, list[Record]] = defaultdict(list)
    for record in history.records:
        by_code[record.code].append(record)
    for record, successors in records:
        for successor in successors:
            _add_link(codes.name, history, by_code, record, successor)
    if changes:
        add_documents(history, changes)
    return history


def _items(path: Path) -> list[Any]:
    try:
        data = path.read_bytes()
        content = json.loads(gzip.decompress(data) if data.startswith(_GZIP) else data)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FileError(path.name, _("The gzip file is damaged. Get the file again.")) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise FileError(path.name, _("The file can't be opened: %(why)s.") % {"why": why}) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FileError(path.name, _("The file is no JSON text (%(why)s).") % {"why": error}) from error
    items = content.get("items") if isinstance(content, dict) else None
    if not isinstance(items, list) or not items:
        raise FileError(path.name, _("The file has no list of codes (“items”)."))
    return items


def _walk(file: str, items: list[Any], parent: Record | None, found: list[tuple[Record, list[dict[str, Any]]]]) -> None:
    for item in items:
        if not isinstance(item, dict):
            raise FileError(file, _("A record of the list has no code."), value=str(item))
        record = _record(file, item, parent)
        found.append((record, _list(file, record, item, "succ")))
        _walk(file, _list(file, record, item, "children"), record, found)


def _record(file: str, item: dict[str, Any], parent: Record | None) -> Record:
    code, name = str(item.get("code", "")), item.get("name")
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise FileError(file, _("A code has six digits."), column="code", value=code or _("nothing"))
    if not isinstance(name, str) or not name.strip() or len(name) > 120 or not name.isprintable():
        raise FileError(file, _("The name of code %(code)s can't be read.") % {"code": code}, column="name")
    if not code.endswith("00"):
        level = Level.COUNTY
    elif not code.endswith("0000"):
        level = Level.PREFECTURE
    else:
        level = Level.PROVINCE
    start = _year(file, code, item, "start")
    end = _year(file, code, item, "end") if item.get("end") is not None else None
    return Record(code, name.strip(), level, start, end, parent)


def _year(file: str, code: str, item: dict[str, Any], key: str) -> int:
    year = item.get(key)
    if isinstance(year, bool) or not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        words = {"code": code, "first": FIRST_YEAR, "last": LAST_YEAR}
        reason = _("The year of code %(code)s lies between %(first)s and %(last)s.") % words
        raise FileError(file, reason, column=key, value=str(year))
    return year


def _list(file: str, record: Record, item: dict[str, Any], key: str) -> list[Any]:
    value = item.get(key, [])
    if not isinstance(value, list) or (key == "succ" and not all(isinstance(one, dict) for one in value)):
        raise FileError(file, _("This record has something else than a list here."), column=key, value=str(record))
    return value


def _check_lives(file: str, records: list[Record]) -> None:
    """Refuse what no registry could hold: places before their parent, and two places with one code."""
    last: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: (record.code, record.start)):
        for reason in _life_flaws(record, last.get(record.code)):
            raise FileError(file, reason, value=f"{record} {record.start}")
        last[record.code] = record


def _life_flaws(record: Record, before: Record | None) -> Iterator[str]:
    parent = record.parent
    if record.end is not None and record.end <= record.start:
        yield _("The record ends before it was in force at the end of any year.")
    if before and (before.end is None or before.end > record.start):
        yield _("Two records have this code at the same time: %(names)s.") % {"names": f"{before}, {record}"}
    if parent is None:
        if record.level != Level.PROVINCE:
            yield _("The record belongs to no province.")
    elif parent.level >= record.level:
        yield _("The record belongs to %(parent)s, which is not of a higher level.") % {"parent": parent}
    elif parent.start > record.start or (parent.end is not None and (record.end is None or record.end > parent.end)):
        yield _("The record belongs to %(parent)s, which was not in force all that time.") % {"parent": parent}


def _add_link(
    file: str, history: History, by_code: dict[str, list[Record]], old: Record, successor: dict[str, Any]
) -> None:
    part = successor.get("time") is not None
    if not part and old.end is None:
        raise FileError(file, _("A record that has not ended has a successor."), column="succ", value=str(old))
    year = _year(file, old.code, successor, "time") if part else old.end
    code = str(successor.get("code", ""))
    assert year is not None
    targets = [record for record in by_code[code] if record.stands_after(year)]
    if len(targets) != 1 or (part and not old.stood_before(year)):
        history.doubts.append(_dangling(old, year, code, in_force=old.stood_before(year)))
        return
    history.links.append(Link(year, old, targets[0], part))


def _dangling(old: Record, year: int, code: str, *, in_force: bool) -> Doubt:
    if in_force:
        reason = _("Its successor of %(year)s has the code %(code)s, which nothing carried at the end of that year.")
    else:
        reason = _("It gave a part to %(code)s in %(year)s, when it was not in force itself.")
    words = {"year": year, "code": code}
    key = f"link:{old.code}:{old.start}:{year}:{code}"
    return Doubt(key, str(old), reason % words, year, old, {"code": old.code, "name": old.name, "successor": code})
