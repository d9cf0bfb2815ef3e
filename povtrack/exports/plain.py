"""Lists that are no tables as whole files: their rows are written by their serializers, some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.db.models import QuerySet
from django.http import FileResponse
from rest_framework import serializers

from povtrack.lib.rest.formats import JSONRenderer
from povtrack.lib.rest.keyset import keys_of, sliced
from povtrack.lib.rest.paging import CursorPagination, estimate
from povtrack.lib.rest.table import Column
from povtrack.lib.rest.whole import file_name, send_rows
from povtrack.lib.rest.writers import batched

_CHUNK = 1000


class _Whole:
    """Stands for the pages of a list, and answers with all of it."""

    form = ""

    def parameters(self, view: Any) -> list[str]:
        return ["ordering"] if getattr(view, "orderings", None) else []

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        self._rows, self._request, self._view = queryset, request, view
        return []

    def get_paginated_response(self, data: Any) -> FileResponse:
        rows, view, request, form = self._rows, self._view, self._request, self.form
        if isinstance(rows, QuerySet) and isinstance(self, CursorPagination):
            rows = sliced(rows, keys_of(rows, self.get_ordering(request, rows, view)), None)
        columns = _columns(view.get_serializer()) if form != "ndjson" else _fields(view.get_serializer())
        name = file_name(view.basename.removeprefix("api-"))

        def read() -> Iterator[list[Any]]:
            return ([_cell(row, one.name, form) for one in columns] for row in _written(rows, view))

        def expected() -> int:
            return estimate(rows) if isinstance(rows, QuerySet) else len(rows)

        return send_rows(columns, read, form, name, expected=expected, request=request)


def whole_of(pages: Any, form: str) -> Any:
    """Return what stands for the pages of a list."""
    return type(f"Whole{pages.__name__}", (_Whole, pages), {"form": form})


def _written(rows: Any, view: Any) -> Iterator[dict[str, Any]]:
    """Yield rows as the JSON of the list has them."""
    for some in batched(rows.iterator(_CHUNK) if isinstance(rows, QuerySet) else rows, _CHUNK):
        yield from orjson.loads(JSONRenderer().render(view.get_serializer(some, many=True).data))


def _fields(serializer: Any) -> list[Column]:
    return [Column(name, (), label=field.label or name) for name, field in serializer.fields.items()]


def _columns(serializer: Any, before: str = "") -> list[Column]:
    found: list[Column] = []
    for name, field in serializer.fields.items():
        if isinstance(field, serializers.Serializer):
            found += _columns(field, f"{before}{name}.")
        else:
            found.append(Column(f"{before}{name}", (), label=field.label or name))
    return found


def _cell(row: Any, name: str, form: str) -> Any:
    """Return the value at a name with dots; below what is null there is nothing."""
    if form == "ndjson":
        return row[name]
    for step in name.split("."):
        row = row.get(step) if isinstance(row, dict) else None
    return orjson.dumps(row).decode() if isinstance(row, list | dict) else row
