"""How the API of the ledger answers a write: once for each key, and a refusal by whose reason it is.

403 where the funds are not the sender's, 409 where what stands does not allow it (with its numbers), 400 for the rest.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from drf_standardized_errors.openapi_serializers import ErrorResponse403Serializer
from rest_framework import exceptions, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from funding.actions.refusals import Clash, NotYours, Overdrawn, Problem, RowsRefused
from funding.models.entry import Entry
from funding.serializers import BalanceSerializer
from povtrack.accounts.models import User
from povtrack.lib.resources import Resource
from programmes.actions import Refused
from programmes.serializers import ErrorSerializer

Act = TypeVar("Act", bound=Callable[..., Response])

HEADER = "Idempotency-Key"


class BalanceWouldBeSerializer(BalanceSerializer):
    """The balance that an allocation would have; it may not be below zero."""

    allocation = serializers.IntegerField(source="allocation_id")


class LedgerClashSerializer(serializers.Serializer[Any]):
    """Why a write does not go together with what stands: overdrawn, taken_back, or key_taken."""

    type = serializers.CharField()
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]
    would_be = BalanceWouldBeSerializer(
        required=False, help_text=gettext_lazy("Only where an allocation would be overdrawn.")
    )


class LedgerRowProblemSerializer(ErrorSerializer):
    """What is wrong with one field of one row. `attr` is its place: rows.0.amount is the amount of the first row."""

    area = serializers.IntegerField(allow_null=True, required=False, help_text=gettext_lazy("Id of the row's area."))
    value = serializers.CharField(required=False, help_text=gettext_lazy("The value as it was read."))


class LedgerRowsRefusedSerializer(serializers.Serializer[Any]):
    """All that is wrong with rows of which none was written."""

    type = serializers.CharField()
    errors = LedgerRowProblemSerializer(many=True)  # type: ignore[assignment]


def writes(summary: str, made: Any, description: str | None = None, *, of_rows: bool = False) -> Callable[[Act], Act]:
    """Describe an endpoint that writes entries: what it makes, its key, and what it answers otherwise."""
    answers = {
        200: OpenApiResponse(
            made, description="Sent again with the same key; this is what was written the first time."
        ),
        201: OpenApiResponse(made, description="Written."),
        403: OpenApiResponse(ErrorResponse403Serializer, description="The funds are not yours to enter."),
        409: OpenApiResponse(LedgerClashSerializer, description="What stands in the ledger does not allow it."),
    }
    if of_rows:
        answers[400] = OpenApiResponse(
            LedgerRowsRefusedSerializer, description="Nothing was written; all that is wrong."
        )
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
        return {**data, "key": _one_key(request.headers.get(HEADER), data.get("key"))}

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
            return Response(_clash(exc), status=status.HTTP_409_CONFLICT, exception=True)
        elif isinstance(exc, RowsRefused) and self.action in self.row_fields:
            errors = self._row_errors(exc.problems)
            told = {"type": "validation_error", "errors": errors}
            return Response(told, status=status.HTTP_400_BAD_REQUEST, exception=True)
        elif isinstance(exc, Refused):
            exc = exceptions.ValidationError(_by_field(exc))
        return super().handle_exception(exc)

    def _row_errors(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        """Write problems with the place of each. What is wrong with the whole is told once, not for every row."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for problem in problems:
            row = problem.row if problem.row is not None else self.row_of.get(problem.area or 0)
            field = problem.field or api_settings.NON_FIELD_ERRORS_KEY
            own = row is not None and (not problem.field or field in self.row_fields[self.action])
            attr = f"rows.{row}.{field}" if own else field
            told = {"code": "invalid", "detail": problem.message, "attr": attr}
            more = {"area": problem.area if own else None, "value": problem.value}
            found.setdefault((attr, problem.message), told | more)
        return list(found.values())


def status_of(entry: Any) -> int:
    """Tell what was written now from what was written the first time that it was sent."""
    return status.HTTP_201_CREATED if entry.is_new else status.HTTP_200_OK


def _one_key(header: str | None, field: uuid.UUID | None) -> uuid.UUID | None:
    if header is None:
        return field
    try:
        key = uuid.UUID(header.strip('"'))  # the draft standard writes it in quotes
    except ValueError:
        raise exceptions.ValidationError({HEADER: [_("The key is a UUID.")]}) from None
    if field not in (None, key):
        raise exceptions.ValidationError({"key": [_("The key is not the one of the header.")]})
    return key


def _by_field(refused: Refused) -> dict[str, list[str]]:
    whole = api_settings.NON_FIELD_ERRORS_KEY
    if not isinstance(refused, RowsRefused):
        return {whole: [str(refused)]}
    found: dict[str, list[str]] = {}
    for problem in refused.problems:
        found.setdefault(problem.field or whole, []).append(problem.message)
    return found


def _clash(clash: Clash) -> dict[str, Any]:
    error = {"code": clash.code, "detail": str(clash), "attr": None}
    told: dict[str, Any] = {"type": "client_error", "errors": [error]}
    if isinstance(clash, Overdrawn):
        told["would_be"] = BalanceWouldBeSerializer(clash.numbers).data
    return told
