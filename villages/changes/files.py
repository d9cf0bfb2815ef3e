"""A change written down in a JSON file, for the command line and for other systems.

    {"kind": "merge", "effective": "2013-07-01", "title": "…", "document_no": "国函〔2013〕1号",
     "approved_on": "2013-05-01",
     "places": [{"code": "520524", "ends": true},
                {"code": "520525", "ends": true},
                {"level": "county", "code": "520530", "name": "织纳县", "parent": "5205", "new": true},
                {"code": "520524100", "parent": "520530", "to_code": "520530100"}],
     "successions": [{"old": "520524", "new": "520530", "share": "1"}, {"old": "520525", "new": "520530"}]}

A place is named by the code that it carries the day before the change, one that the change makes by its new code. With
`to_code`, `name`, `name_latin` and `parent` a place gets a new form; what is left out stays.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import FileError
from villages.actions.changes import draft_change
from villages.changes.parts import Follow, Part
from villages.levels import Level
from villages.models import Area, BoundaryChange

_TOP = {"kind", "effective", "places", "successions"}
_DOCUMENT = {"title", "document_no", "document_url", "note", "approved_on", "day_known"}
_PLACE = {"code", "new", "ends", "level", "kind", "to_code", "name", "name_latin", "parent"}
_SUCCESSION = {"old", "new", "share", "share_back"}
_LEVELS = {level.name.lower(): level for level in Level}


def draft_from_file(path: Path, *, by: User | None) -> BoundaryChange:
    """Keep the change that a file describes as a draft. Raises FileError for what can't be read, naming the place."""
    return _Reader(path).draft(by)


class _Reader:
    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise FileError(self._name, error.strerror or str(error)) from error
        except UnicodeDecodeError as error:
            raise FileError(self._name, _("The file is not written in UTF-8.")) from error
        except json.JSONDecodeError as error:
            raise FileError(
                self._name, _("This is not JSON: %(why)s.") % {"why": error.msg}, line=error.lineno
            ) from error
        self._data: dict[str, Any] = self._object(data, _TOP | _DOCUMENT, _("The change"))
        self._effective = self._day("effective")
        self._parts: dict[str, Part] = {}

    def draft(self, by: User | None) -> BoundaryChange:
        kind = self._data.get("kind")
        if kind not in BoundaryChange.Kind.values:
            raise self._error(_("“%(value)s” is no kind of change.") % {"value": kind}, "kind")
        document = {name: self._data[name] for name in _DOCUMENT & self._data.keys()}
        if document.get("approved_on"):
            document["approved_on"] = self._day("approved_on")
        places = [self._object(place, _PLACE, _("A place")) for place in self._list("places")]
        for place in sorted(places, key=lambda place: not place.get("new")):
            self._read_place(place)
        follows = [self._follow(self._object(f, _SUCCESSION, _("A succession"))) for f in self._list("successions")]
        return draft_change(
            kind=kind, effective=self._effective, parts=list(self._parts.values()), follows=follows, by=by, **document
        )

    def _read_place(self, place: dict[str, Any]) -> None:
        code = str(place.get("code", ""))
        if code in self._parts:
            raise self._error(_("This place stands in the file twice."), code)
        parent = self._parent(str(place["parent"])) if place.get("parent") else None
        name, latin = str(place.get("name", "")), str(place.get("name_latin", ""))
        form: dict[str, Any] = {"name": name, "name_latin": latin, "parent": parent}
        if place.get("new"):
            level = _LEVELS.get(str(place.get("level", "")))
            if level is None:
                raise self._error(_("A new place needs a level: %(known)s.") % {"known": ", ".join(_LEVELS)}, code)
            self._parts[code] = Part(code=code, level=level, kind=str(place.get("kind", "ordinary")), **form)
        else:
            ends, to_code = bool(place.get("ends")), str(place.get("to_code", ""))
            self._parts[code] = Part(self._standing(code), ends=ends, code=to_code, **form)

    def _parent(self, code: str) -> Area | Part:
        made = self._parts.get(code)
        return made if made is not None and made.area is None else self._standing(code)

    def _follow(self, follow: dict[str, Any]) -> Follow:
        new = str(follow.get("new", ""))
        if new not in self._parts:
            raise self._error(_("This successor is not among the places of the change."), new)
        shares = (self._share(follow, "share"), self._share(follow, "share_back"))
        return Follow(self._standing(str(follow.get("old", ""))), self._parts[new], *shares)

    def _share(self, follow: Mapping[str, Any], name: str) -> Decimal | None:
        if follow.get(name) in (None, ""):
            return None
        try:
            share = Decimal(str(follow[name]))
        except InvalidOperation:
            share = Decimal(0)
        if not 0 < share <= 1:
            raise self._error(_("A share is more than zero and at most one."), str(follow[name]))
        return share

    def _standing(self, code: str) -> Area:
        area = Area.objects.coded(code, self._effective - dt.timedelta(days=1)).first() if "\0" not in code else None
        if area is None:
            words = {"day": self._effective - dt.timedelta(days=1)}
            raise self._error(_("No place carries this code on %(day)s.") % words, code)
        return area

    def _day(self, name: str) -> dt.date:
        try:
            return dt.date.fromisoformat(str(self._data.get(name, "")))
        except ValueError:
            raise self._error(_("Write the day as 2013-07-01."), name) from None

    def _list(self, name: str) -> list[Any]:
        found = self._data.get(name, [])
        if not isinstance(found, list):
            raise self._error(_("This must be a list."), name)
        return found

    def _object(self, value: Any, known: Iterable[str], what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise FileError(self._name, _("%(what)s must be a JSON object.") % {"what": what})
        if unknown := sorted(set(value) - set(known)):
            raise FileError(
                self._name, _("%(what)s has unknown fields: %(names)s.") % {"what": what, "names": ", ".join(unknown)}
            )
        return value

    def _error(self, reason: str, value: str) -> FileError:
        return FileError(self._name, f"{value}: {reason}")
