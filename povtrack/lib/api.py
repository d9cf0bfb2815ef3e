"""How lists of the API are paged. Apart from the resources: the framework imports this while it is imported itself."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class CursorPagination(pagination.CursorPagination):
    """Pages by the key of the last row, so that a deep page costs what the first one costs.

    The first column of `ordering` must be a whole number, and unique or nearly so: rows that share it are told apart by
    counting, up to a thousand.
    """

    ordering: str | tuple[str, ...] = "pk"
    page_size = 100
    max_page_size = 1000
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int | None:
        """Return how many rows were asked for. A size out of range is refused, for a cut page looks like a full one."""
        text = request.query_params.get("page_size", str(self.page_size))
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self.max_page_size):
            raise exceptions.ValidationError(
                {"page_size": [_("A page holds 1 to %(limit)s rows.") % {"limit": self.max_page_size}]}
            )
        return int(text)

    def decode_cursor(self, request: Request) -> Any:
        """Return the cursor of the request. One that points nowhere, or at no whole number, was never handed out."""
        try:
            cursor = super().decode_cursor(request)
            if cursor is not None:
                int(cursor.position or cursor.offset or "nowhere")
        except (exceptions.NotFound, ValueError, TypeError):
            message = _("The cursor is not valid. Follow the links “next” and “previous” as they are.")
            raise exceptions.ValidationError({"cursor": [message]}) from None
        return cursor

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_of(schema)


def page_of(rows: dict[str, Any], page: str = "Page") -> dict[str, Any]:
    """Describe a page of rows: what every page carries, by the name of its component, and the rows."""
    return {
        "type": "object",
        "allOf": [{"$ref": f"#/components/schemas/{page}"}],
        "required": ["results"],
        "properties": {"results": rows},
    }


class OnePage(pagination.BasePagination):
    """The envelope of a paged list, for a list that is short by nature."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        return list(queryset)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": None, "previous": None, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_of(schema)
