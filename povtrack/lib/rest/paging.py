"""How lists of the API are paged. Apart from the resources: the framework imports this while it is imported itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from povtrack.lib.rest.keyset import BadCursor, Cursor, Key, keys_of, read_cursor, sliced
from povtrack.lib.rest.nearest import unknown

_FEW = 10  # words that an order knows, for the description of each list to name them
COUNTS = ("exact", "estimated")
# Rows that are counted even where an estimate would do. A guess at so few is often far off, and as it is made of what
# the planner knows of the whole table, it would tell readers of a county what is written elsewhere.
_COUNTED = 10_000


class CursorPagination(pagination.BasePagination):
    """Pages by the values of the last row, so that a deep page costs what the first one costs.

    `ordering` is the order of a list that is asked for in no other, and must tell all its rows apart; it also tells
    apart rows that are alike in the order asked for. A view names by `orderings` what else its list can be ordered by:
    words of the API, each with the way to its column.
    """

    ordering: tuple[str, ...] = ("pk",)
    envelope = "Page"  # the component that describes what a page carries beside its rows
    page_size = 100
    max_page_size = 5000
    cursor_query_param = "cursor"

    def parameters(self, view: Any) -> list[str]:
        """Return the parameters that a list of this view takes for its pages."""
        return ["cursor", "page_size", "count", *(["ordering"] if getattr(view, "orderings", None) else [])]

    def get_page_size(self, request: Request) -> int:
        """Return how many rows were asked for. A size out of range is refused, for a cut page looks like a full one."""
        text = request.query_params.get("page_size", str(self.page_size))
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self.max_page_size):
            raise exceptions.ValidationError(
                {"page_size": [_("A page holds 1 to %(limit)s rows.") % {"limit": self.max_page_size}]}
            )
        return int(text)

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Return the order of a list: what was asked for, then what tells apart what is alike in that."""
        asked = _asked_order(request.query_params.get("ordering", ""), getattr(view, "orderings", {}))
        used = {one.removeprefix("-") for one in asked}
        return (*asked, *(one for one in self.ordering if one.removeprefix("-") not in used))

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        return self.read(queryset, request, view, lambda rows, keys: (list(rows), _of_instance(keys)))

    def read(
        self,
        queryset: QuerySet[Any],
        request: Request,
        view: Any,
        fetch: Callable[[QuerySet[Any], Sequence[Key]], tuple[list[Any], Callable[[Any], list[Any]]]],
    ) -> list[Any]:
        """Return the rows of the page that was asked for. `fetch` gives rows, and how their keys are read off them."""
        self._request, size = request, self.get_page_size(request)
        self._count = _counted(request, queryset)
        self._keys = keys_of(queryset, self.get_ordering(request, queryset, view))
        cursor = self._cursor(request)
        try:
            rows, values = fetch(sliced(queryset, self._keys, cursor)[: size + 1], self._keys)
        except BadCursor:
            raise _bad_cursor() from None
        more, rows = len(rows) > size, rows[:size]
        back = cursor is not None and cursor.back
        if back:
            rows.reverse()
        ends = [values(rows[0]), values(rows[-1])] if rows else [None, None]
        self._previous = ends[0] if (more if back else cursor is not None) else None
        self._next = ends[1] if (back or more) else None
        return rows

    def _cursor(self, request: Request) -> Cursor | None:
        text = request.query_params.get("cursor")
        try:
            return read_cursor(text, self._keys) if text else None
        except BadCursor:
            raise _bad_cursor() from None

    def get_next_link(self) -> str | None:
        return self._link(self._next, back=False)

    def get_previous_link(self) -> str | None:
        return self._link(self._previous, back=True)

    def _link(self, values: list[Any] | None, *, back: bool) -> str | None:
        if values is None:
            return None
        here = self._request.build_absolute_uri()
        return replace_query_param(here, "cursor", Cursor(values, back).write(self._keys))

    def get_paginated_response(self, data: Any) -> Response:
        counted = getattr(self, "_count", {})
        links = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        return Response({**links, **counted, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_of(schema, self.envelope)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [described for name in self.parameters(view) if (described := _described(name, self, view))]


class NewestFirst(CursorPagination):
    """Pages of what is looked at for what happened last."""

    ordering = ("-pk",)


def numbered_links(request: Request, page: int, *, more: bool) -> dict[str, str | None]:
    """Return the links of an answer whose pages have numbers; `more` says that another follows."""
    here = request.build_absolute_uri()
    return {
        "next": replace_query_param(here, "page", page + 1) if more else None,
        "previous": replace_query_param(here, "page", page - 1) if page > 1 else None,
    }


def _asked_order(text: str, known: dict[str, str]) -> list[str]:
    asked = []
    for word in [part.strip() for part in text.split(",") if part.strip()]:
        name = word.removeprefix("-")
        if name not in known:
            raise exceptions.ValidationError({"ordering": [unknown(name, known)]}, "unknown")
        asked.append(word.replace(name, known[name], 1))
    if len({one.removeprefix("-") for one in asked}) < len(asked):
        raise exceptions.ValidationError({"ordering": [_("The list is ordered by the same twice.")]})
    return asked


def _counted(request: Request, queryset: QuerySet[Any]) -> dict[str, Any]:
    """Count the rows if asked to: exactly, which takes long where they are many, or as the planner guesses."""
    asked = request.query_params.get("count")
    if asked is None:
        return {}
    if asked not in COUNTS:
        raise exceptions.ValidationError({"count": [unknown(asked, COUNTS)]}, "unknown")
    if asked == "exact":
        return {"count": queryset.count(), "count_is": asked}
    few = queryset.order_by().values("pk")[: _COUNTED + 1].count()
    return {"count": few, "count_is": "exact"} if few <= _COUNTED else {"count": estimate(queryset), "count_is": asked}


def estimate(queryset: QuerySet[Any]) -> int:
    """Return how many rows the planner expects; it costs the same however many they are."""
    try:
        sql, values = queryset.order_by().query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        [plan] = cursor.fetchone()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return int(plan[0]["Plan"]["Plan Rows"])


def _of_instance(keys: Sequence[Key]) -> Callable[[Any], list[Any]]:
    getters = [attrgetter(key.path.replace("__", ".")) for key in keys]
    return lambda row: [get(row) for get in getters]


def _bad_cursor() -> exceptions.ValidationError:
    message = _("The cursor is not valid. Follow the links “next” and “previous” as they are.")
    return exceptions.ValidationError({"cursor": [message]})


def _described(name: str, pages: CursorPagination, view: Any) -> dict[str, Any]:
    """Describe a parameter of pages for the schema."""
    orderings = getattr(view, "orderings", {})
    few = ", ".join(orderings) if len(orderings) <= _FEW else _("most columns of the list, figures too")
    words = {
        "cursor": _("Where the page begins: from the links “next” and “previous”."),
        "page_size": _("Rows of a page."),
        "count": _("Count all rows too: exact (slow for millions) or estimated."),
        "ordering": _("What the list is ordered by, separated by commas, with - for downwards. Known: %(known)s."),
    }[name]
    size = {"type": "integer", "minimum": 1, "maximum": pages.max_page_size, "default": pages.page_size}
    kinds: dict[str, Any] = {"page_size": size, "count": {"type": "string", "enum": list(COUNTS)}}
    described = words % {"known": few} if name == "ordering" else words
    return {"name": name, "in": "query", "description": described, "schema": kinds.get(name, {"type": "string"})}


def page_of(rows: dict[str, Any], page: str) -> dict[str, Any]:
    """Describe a page of rows: what every page carries, by the name of its component, and the rows."""
    return {
        "type": "object",
        "allOf": [{"$ref": f"#/components/schemas/{page}"}],
        "required": ["results"],
        "properties": {"results": rows},
    }


class OnePage(pagination.BasePagination):
    """The envelope of a paged list, for a list that is short by nature."""

    envelope = "Page"

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        return list(queryset)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": None, "previous": None, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_of(schema, self.envelope)
