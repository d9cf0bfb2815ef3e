"""How the API of the ledger answers a write: once for each key, and a refusal by whose reason it is.

403 where the funds are not the sender's, 409 where what stands does not allow it (with its numbers), 400 for the rest.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from funding.actions.refusals import Clash, NotYours, Overdrawn, Problem, RowsRefused
from funding.models.entry import Entry
from funding.serializers import BalanceSerializer
from povtrack.accounts.models import User
from povtrack.lib.rest.keys import HEADER, one_key
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.schema import errors_of
from programmes.actions import Refused

Act = TypeVar("Act", bound=Callable[..., Response])


class BalanceWouldBeSerializer(BalanceSerializer):
    """The balance that an allocation would have; it may not be below zero."""

    allocation = serializers.IntegerField(source="allocation_id")


def writes(summary: str, made: Any, description: str | None = None) -> Callable[[Act], Act]:
    """Describe an endpoint that writes entries: what it makes, its key, and what it answers otherwise."""
    answers = {
        200: OpenApiResponse(
            made, description="Sent again with the same key; this is what was written the first time."
        ),
        201: OpenApiResponse(made, description="Written."),
        **errors_of(403, 409),
    }
    words = gettext_lazy("A UUID of your own: what is sent again with it is written once. The same as the field `key`.")
    header = OpenApiParameter(HEADER, uuid.UUID, OpenApiParameter.HEADER, description=words)
    described: Callable[[Act], Act] = extend_schema(
        summary=summary, description=description, parameters=[header], responses=answers
    )
    return described


class LedgerResource(Resource):
    """What endpoints of the ledger have in common. Writes go the way of the pages: same actions, rules and words."""

    entry_serializer: ClassVar[type[serializers.Serializer[Any]]]
    # The fields that are a row's own, for actions that take rows; what is wrong with others is wrong with the whole.
    row_fields: ClassVar[Mapping[str, frozenset[str]]] = {}
    row_of: Mapping[int, int] = {}  # the row of each area, set by an action that takes rows of areas

    @property
    def by(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def checked(self, request: Request) -> dict[str, Any]:
        """Return the fields that were sent, with the key from wherever it was sent. Raises ValidationError."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = dict(serializer.validated_data)
        return {**data, "key": one_key(request, data.get("key"))}

    def answer(self, made: Entry) -> Response:
        """Answer with an entry that was written."""
        return Response(self._shown([made])[0], status=status_of(made))

    def answer_rows(self, made: Sequence[Entry]) -> Response:
        """Answer with entries that were written together, in the order of the rows that were sent."""
        return Response({"rows": self._shown(made)}, status=status_of(made[0]))

    def whole(self, entries: Sequence[Entry]) -> list[Any]:
        """Return entries with all that is told of them, in their order."""
        raise NotImplementedError

    def _shown(self, made: Sequence[Entry]) -> list[Any]:
        return list(self.entry_serializer(self.whole(made), many=True, context=self.get_serializer_context()).data)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, NotYours):
            exc = exceptions.PermissionDenied(str(exc))
        elif isinstance(exc, Clash):
            exc = _clash(exc)
        elif isinstance(exc, RowsRefused) and self.action in self.row_fields:
            exc = Refusal(status.HTTP_400_BAD_REQUEST, *self._row_faults(exc.problems))
        elif isinstance(exc, Refused):
            exc = exceptions.ValidationError(_by_field(exc))
        return super().handle_exception(exc)

    def _row_faults(self, problems: Iterable[Problem]) -> list[Fault]:
        """Write problems with the place of each. What is wrong with the whole is told once, not for every row."""
        found: dict[tuple[str, str], Fault] = {}
        for problem in problems:
            row = problem.row if problem.row is not None else self.row_of.get(problem.area or 0)
            own = row is not None and (not problem.field or problem.field in self.row_fields[self.action])
            at = ".".join(["rows", str(row), problem.field] if own else [problem.field]).rstrip(".")
            more = {"area": problem.area} if own and problem.area else {}
            found.setdefault((at, problem.message), Fault("invalid", problem.message, at, problem.value, more))
        return list(found.values())


def status_of(entry: Any) -> int:
    """Tell what was written now from what was written the first time that it was sent."""
    return status.HTTP_201_CREATED if entry.is_new else status.HTTP_200_OK


def _by_field(refused: Refused) -> dict[str, list[str]]:
    whole = api_settings.NON_FIELD_ERRORS_KEY
    if not isinstance(refused, RowsRefused):
        return {whole: [str(refused)]}
    found: dict[str, list[str]] = {}
    for problem in refused.problems:
        found.setdefault(problem.field or whole, []).append(problem.message)
    return found


def _clash(clash: Clash) -> Refusal:
    more = {"would_be": BalanceWouldBeSerializer(clash.numbers).data} if isinstance(clash, Overdrawn) else {}
    return Refusal(status.HTTP_409_CONFLICT, Fault(clash.code, str(clash)), **more)
