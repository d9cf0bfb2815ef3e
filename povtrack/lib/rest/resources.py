"""The base of every endpoint of the API: what it understands, and what it answers to everything else."""

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers, status, viewsets
from rest_framework.request import Request
from rest_framework.views import APIView

from povtrack.lib.rest.etags import conditional
from povtrack.lib.rest.nearest import did_you_mean
from povtrack.lib.rest.paging import CursorPagination
from povtrack.lib.rest.refusals import Fault, Refusal


class TextParser(parsers.JSONParser):
    """Reads JSON, and refuses what is JSON by the letter but no text: no answer that repeats it could be sent."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            half = ascii(error.object[error.start])[1:-1]
            raise exceptions.ParseError(_("The text holds %(half)s, half of a character.") % {"half": half}) from error
        except RecursionError as error:
            raise exceptions.ParseError(_("The lists are nested too deeply.")) from error
        return data


class Resource(viewsets.GenericViewSet[Any]):
    """The base of every endpoint: numbers for keys, and no parameter that it does not know."""

    http_method_names = ["get", "head", "post", "patch"]
    parser_classes = (TextParser,)
    lookup_value_regex = "[0-9]+"
    # The actions that answer with a list, and so take filters and a page.
    list_actions: tuple[str, ...] = ("list",)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require_known_parameters(request, self.known_parameters())

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        return conditional(request, super().finalize_response(request, response, *args, **kwargs))

    def known_parameters(self) -> list[str]:
        """Return the query parameters that this action understands."""
        if self.action not in self.list_actions:
            return []
        filterset = getattr(self, "filterset_class", None)
        paging = self.paginator.parameters(self) if isinstance(self.paginator, CursorPagination) else []
        return [*(filterset.base_filters if filterset else []), *paging]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filters belong to lists; one object is found by its key alone."""
        return super().filter_queryset(queryset) if self.action in self.list_actions else queryset


def require_known_parameters(request: Request, known: Iterable[str]) -> None:
    """Refuse a parameter that means nothing here, or is given twice: either would quietly answer another question."""
    known = list(known)
    faults = []
    for name, values in request.query_params.lists():
        if name not in known:
            words = _("There is no such parameter.") + (did_you_mean(name, known) or " " + _("None is taken here."))
            faults.append(Fault("unknown_parameter", words, name, more={"known": known}))
        elif len(values) > 1:
            faults.append(Fault("repeated", _("This parameter was given more than once."), name))
    if faults:
        raise Refusal(status.HTTP_400_BAD_REQUEST, *faults)


class NoSuchEndpoint(APIView):
    """Answers every other address below the API in the API's own error shape."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound(_("There is no such address in the API. Every address ends with a slash."))
