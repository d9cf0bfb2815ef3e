"""The feed of changes in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.feed.bookmarks import BadBookmark, Bookmark, scope_of
from povtrack.feed.reading import Change, Gone, Reader, newest, read
from povtrack.lib.rest.nearest import misspelt
from povtrack.lib.rest.paging import CursorPagination
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.schema import errors_of
from povtrack.mirrors.contents import LEDGER, RESOURCES, address_end, contents, list_address, whole_lists
from povtrack.mirrors.serializers import FeedPageSerializer
from programmes.registry import programmes
from villages.filters import readers_paths, visible_areas

_PARAMETERS = [
    OpenApiParameter("since", str, description=gettext_lazy("The cursor to go on from; without it, how to begin.")),
    OpenApiParameter("page_size", int, description=gettext_lazy("Changes of a page: 1 to 5,000; 100 if absent.")),
    OpenApiParameter("resource", str, enum=RESOURCES, description=gettext_lazy("Only changes of this list.")),
    OpenApiParameter(
        "programme", str, description=gettext_lazy("Only records and money of the programme with this code.")
    ),
    OpenApiParameter("include", str, enum=["content"], description=gettext_lazy("Tell what stands now, too.")),
]
_DESCRIPTION = gettext_lazy(
    "For whoever keeps a copy. Ask without `since` for a cursor and the lists to begin with; load these; then follow "
    "`next`, and at the end (`more` is false) ask it again later. Changes come in the order of their commits, each "
    "once for a statement that made it, and none is left out, however many write at the same time: what is not "
    "committed yet comes later. You hear of what lies in your areas. A cursor that is older than what is kept, or was "
    "handed to someone with other areas, is answered with status 410: begin anew."
)


@extend_schema_view(
    list=extend_schema(
        summary="What changed since",
        description=_DESCRIPTION,
        parameters=_PARAMETERS,
        filters=False,
        responses={200: extend_schema_serializer(many=False)(FeedPageSerializer), **errors_of(410)},
    )
)
class FeedViewSet(Resource):
    """The feed of changes."""

    serializer_class = FeedPageSerializer
    pagination_class = None

    def known_parameters(self) -> list[str]:
        return [parameter.name for parameter in _PARAMETERS]

    def list(self, request: Request) -> Response:
        asked = self._asked(request)
        size = CursorPagination().get_page_size(request)
        areas = user_of(request).area_ids(Ability.READ)
        scope = scope_of(areas)
        if "since" not in request.query_params:
            return self._begun(request, newest(scope).write(), **asked)
        places = None if readers_paths(request) is None else visible_areas(request).order_by().values("pk")
        try:
            since = Bookmark.read(request.query_params["since"])
            page = read(since, Reader(places, areas, scope), most=size, **asked)
        except BadBookmark:
            words = _("This cursor was never given out. Go on from one that the feed told, as it is.")
            raise Refusal(status.HTTP_400_BAD_REQUEST, Fault("invalid", words, "since")) from None
        except Gone:
            words = _(
                "The feed does not go back to this cursor. Ask without it, load the whole lists, and go on there."
            )
            raise Refusal(status.HTTP_410_GONE, Fault("gone", words, "since")) from None
        return self._answer(request, page.next.write(), self._entries(request, page.changes, scope), more=page.more)

    def _asked(self, request: Request) -> dict[str, str]:
        """Return the resource and the programme that were asked for; raises Refusal for what is not known."""
        known = {
            "resource": list(RESOURCES),
            "programme": [model.code for model in programmes()],
            "include": ["content"],
        }
        told = {name: request.query_params.get(name, "") for name in known}
        faults = [misspelt(word, known[name], name) for name, word in told.items() if word and word not in known[name]]
        if told["programme"] and told["resource"] in RESOURCES and told["resource"] not in ("records", *LEDGER):
            faults.append(Fault("invalid", _("Only records and money belong to a programme."), "programme"))
        if faults:
            raise Refusal(status.HTTP_400_BAD_REQUEST, *faults)
        return {"resource": told["resource"], "programme": told["programme"]}

    def _begun(self, request: Request, cursor: str, *, resource: str, programme: str) -> Response:
        words = _("Load these lists, whole; then ask “next” for what changed since now, and go on from its “next”.")
        lists = [
            {
                "resource": one,
                "programme": code if one == "records" else programme,
                "url": request.build_absolute_uri(list_address(one, code))
                + (f"?programme={code}" if code and one in LEDGER else ""),
            }
            for one, code in whole_lists(resource, programme)
        ]
        return self._answer(request, cursor, [], more=False, begin={"detail": words, "lists": lists})

    def _answer(
        self, request: Request, cursor: str, entries: Sequence[Any], *, more: bool, begin: Any = None
    ) -> Response:
        here = replace_query_param(request.build_absolute_uri(), "since", cursor)
        return Response({"next": here, "cursor": cursor, "more": more, "begin": begin, "results": entries})

    def _entries(self, request: Request, changes: Sequence[Change], scope: bytes) -> Sequence[dict[str, Any]]:
        known = {"", *(model.code for model in programmes())}  # one that was taken out has no list any more
        changes = [one for one in changes if one.programme in known or one.resource != "records"]
        names = [(one.resource, one.programme if one.resource == "records" else "", one.key) for one in changes]
        starts = {name[:2]: request.build_absolute_uri(list_address(*name[:2])) for name in names}
        entries = [
            {
                "resource": one.resource,
                "programme": one.programme,
                "id": one.key,
                "url": f"{starts[name[:2]]}{one.key}/{address_end(one.resource)}",
                "area": one.area,
                "operation": operation(one),
                "version": one.version,
                "at": timezone.localtime(one.at),
                "cursor": Bookmark.after(one.position, one.at, scope, one.number).write(),
            }
            for one, name in zip(changes, names, strict=True)
        ]
        if "include" in request.query_params:
            standing = contents(request, names)
            for entry, name in zip(entries, names, strict=True):
                entry["content"] = standing.get(name)
        return entries


def operation(change: Change) -> str:
    """Return what became of a row for its reader: also where a place comes into their areas, or leaves them."""
    if change.inside and change.was is False:
        return "entered"
    return "left" if not change.inside and change.area is not None else change.operation
