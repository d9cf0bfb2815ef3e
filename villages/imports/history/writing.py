"""Putting the planned history into an empty registry, by COPY."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils import timezone

from povtrack.accounts.models import User
from villages.imports.history.changes import Change, Row
from villages.imports.history.identities import Form, Place
from villages.imports.history.planning import Plan
from villages.imports.history.wording import words_of
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, OpenQuestion, RegistryImport, Succession
from villages.told import kept

TABLES = [model._meta.db_table for model in (Area, AreaVersion, BoundaryChange, ChangedArea, Succession, OpenQuestion)]


def write_plan(cursor: CursorWrapper, plan: Plan, source: RegistryImport, by: User | None) -> None:
    """Write places, forms, changes and questions. What is derived of them is not written here."""
    writer = _Writer(cursor, plan, source.pk, by.pk if by else None)
    writer.write_places()
    writer.write_changes()
    writer.write_questions()
    cursor.execute("ANALYZE " + ", ".join(TABLES))


class _Writer:
    """Knows the ids of all that is planned, so that rows can name each other before they are written."""

    def __init__(self, cursor: CursorWrapper, plan: Plan, source: int, by: int | None) -> None:
        self._cursor, self._plan, self._source, self._by = cursor, plan, source, by
        self._now = timezone.now().isoformat()
        forms = [form for place in plan.places for form in place.forms]
        rows = [row for change in plan.changes for row in change.rows]
        self._area = dict(zip(plan.places, self._ids(Area, len(plan.places)), strict=True))
        self._version = dict(zip(forms, self._ids(AreaVersion, len(forms)), strict=True))
        self._change = dict(zip(plan.changes, self._ids(BoundaryChange, len(plan.changes)), strict=True))
        self._row = dict(zip(rows, self._ids(ChangedArea, len(rows)), strict=True))

    def write_places(self) -> None:
        columns = ["id", "level", "kind", "code", "name", "name_latin", "parent_id", "path"]
        self._copy(Area, columns, (self._area_row(place) for place in self._plan.places))
        columns = ["id", "area_id", "code", "name", "name_latin", "parent_id", "valid", "source_id"]
        self._copy(
            AreaVersion, columns, (self._form_row(place, form) for place in self._plan.places for form in place.forms)
        )

    def write_changes(self) -> None:
        columns = ["id", "kind", "state", "effective", "day_known", "approved_on", "document_no", "document_url"]
        columns += ["title", "note", "source_id", "drafted_at", "drafted_by_id", "applied_at", "applied_by_id"]
        self._copy(BoundaryChange, columns, map(self._change_row, self._plan.changes))
        columns = ["id", "change_id", "area_id", "level", "area_kind", "ends", "code", "name", "name_latin"]
        columns += ["parent_id", "made", "was_version", "was_code", "was_name", "was_name_latin", "was_parent_id"]
        columns += ["was_from", "was_source"]
        rows = (self._changed_row(change, row) for change in self._plan.changes for row in change.rows)
        self._copy(ChangedArea, columns, rows)
        columns = ["change_id", "old_id", "part_id", "new_id", "share", "share_back", "reason", "effective"]
        self._copy(Succession, columns, self._succession_rows())

    def write_questions(self) -> None:
        columns = ["kind", "key", "subject", "reason", "evidence", "year", "level", "area_id", "change_id", "source_id"]
        columns += ["asked_at", "answer"]
        self._copy(OpenQuestion, columns, self._question_rows())

    def _area_row(self, place: Place) -> Sequence[Any]:
        last = place.forms[-1]
        parent = self._area[last.parent] if last.parent else None
        return self._area[place], place.level.value, place.kind, last.code, last.name, last.name_latin, parent, ""

    def _form_row(self, place: Place, form: Form) -> Sequence[Any]:
        parent = self._area[form.parent] if form.parent else None
        names = form.code, form.name, form.name_latin
        return self._version[form], self._area[place], *names, parent, _range(form), self._source

    def _change_row(self, change: Change) -> Sequence[Any]:
        words = words_of(change)
        what = change.kind.value, BoundaryChange.State.APPLIED.value, change.effective, False
        why = words.approved_on, words.document_no, "", words.title, kept(words.note)
        return self._change[change], *what, *why, self._source, self._now, self._by, self._now, self._by

    def _changed_row(self, change: Change, row: Row) -> Sequence[Any]:
        form = None if row.stays else row.form
        parent = self._area[form.parent] if form and form.parent else None
        new = (form.code, form.name, form.name_latin, parent, self._version[form]) if form else ("", "", "", None, None)
        was: Sequence[Any] = (None, "", "", "", None, None, None)
        if row.was:
            was_parent = self._area[row.was.parent] if row.was.parent else None
            names = row.was.code, row.was.name, row.was.name_latin
            was = (self._version[row.was], *names, was_parent, row.was.since, self._source)
        place = self._area[row.place], row.place.level.value, row.place.kind
        return self._row[row], self._change[change], *place, row.ends, *new, *was

    def _succession_rows(self) -> Iterator[Sequence[Any]]:
        for change in self._plan.changes:
            parts = {row.place: self._row[row] for row in change.rows}
            for heir in change.heirs:
                places = self._area[heir.old], parts[heir.new], self._area[heir.new]
                shares = heir.share, heir.share_back, heir.reason.value
                yield self._change[change], *places, *shares, change.effective

    def _question_rows(self) -> Iterator[Sequence[Any]]:
        for question in self._plan.questions:
            doubt, place = question.doubt, question.place
            evidence = json.dumps(doubt.evidence, ensure_ascii=False)
            about = place.level.value if place else None, self._area[place] if place else None
            change = self._change[question.change] if question.change else None
            what = question.kind.value, doubt.key, doubt.subject[:300], kept(doubt.reason), evidence, doubt.year
            yield *what, *about, change, self._source, self._now, ""

    def _ids(self, model: type[Model], count: int) -> list[int]:
        """Take so many ids from the sequence of a table."""
        table = model._meta.db_table
        self._cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [number for (number,) in self._cursor.fetchall()]

    def _copy(self, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        text = io.StringIO("".join("\t".join(map(_field, row)) + "\n" for row in rows))
        self._cursor.copy_expert(f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN", text)


def _field(value: Any) -> str:
    """Write one value for COPY."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value)
    for sign, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, escaped)
    return text


def _range(form: Form) -> str:
    return f"[{form.since},{form.until or ''})"
