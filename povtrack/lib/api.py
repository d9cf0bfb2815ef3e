"""API plumbing shared by every app: paging, known parameters, and errors of one shape."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class CursorPagination(pagination.CursorPagination):
    """Pages by the key of the last row, so that a deep page costs what the first one costs.

    The first column of `ordering` must be a whole number, and unique or nearly so: rows that share it are told apart by
    counting, up to a thousand.
    """

    ordering = "pk"
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
        """Return the cursor of the request. A position that is no whole number was never handed out."""
        try:
            cursor = super().decode_cursor(request)
            if cursor is not None and cursor.position is not None:
                int(cursor.position)
        except (exceptions.NotFound, ValueError):
            message = _("The cursor is not valid. Follow the links “next” and “previous” as they are.")
            raise exceptions.ValidationError({"cursor": [message]}) from None
        return cursor


class OnePage(pagination.BasePagination):
    """The envelope of a paged list, for a list that is short by nature."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        return list(queryset)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": None, "previous": None, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }


class Resource(viewsets.GenericViewSet[Any]):
    """The base of every endpoint: numbers for keys, and no parameter that it does not know."""

    http_method_names = ["get", "head", "post", "patch"]
    lookup_value_regex = "[0-9]+"
    # The actions that answer with a list, and so take filters and a page.
    list_actions: tuple[str, ...] = ("list",)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require_known_parameters(request, self.known_parameters())

    def known_parameters(self) -> list[str]:
        """Return the query parameters that this action understands."""
        if self.action not in self.list_actions:
            return []
        filterset = getattr(self, "filterset_class", None)
        paging = ["cursor", "page_size"] if isinstance(self.paginator, CursorPagination) else []
        return [*(filterset.base_filters if filterset else []), *paging]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filters belong to lists; one object is found by its key alone."""
        return super().filter_queryset(queryset) if self.action in self.list_actions else queryset


def require_known_parameters(request: Request, known: Iterable[str]) -> None:
    """Refuse a parameter that means nothing here, or is given twice: either would quietly answer another question."""
    listed = ", ".join(known) or _("none")
    unknown = _("There is no such parameter. Known here: %(known)s.") % {"known": listed}
    problems = {name: [unknown] for name in request.query_params if name not in known}
    for name, values in request.query_params.lists():
        if len(values) > 1 and name not in problems:
            problems[name] = [_("This parameter was given more than once.")]
    if problems:
        raise exceptions.ValidationError(problems)


class NoSuchEndpoint(APIView):
    """Answers every other address below the API in the API's own error shape."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound(_("There is no such address in the API. Every address ends with a slash."))
