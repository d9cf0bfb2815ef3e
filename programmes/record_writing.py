"""Writing records by the API: one, or many rows of which each is answered for itself. The way is that of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from povtrack.accounts.requests import user_of
from povtrack.lib.rest.etags import SEEN, one_version
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.resent.once import once
from programmes.actions import IncomingRow, NotTogether, Refused, RowResult, save_rows
from programmes.models import Record, ReviewStep
from programmes.row_results import faults_of, faults_sent, told_of
from programmes.written_serializers import RecordSerializers

_NO_FIGURES = frozenset(("area", "year", "version", "nil", "breakdown", "key", "reasons"))


class RecordWriting:
    """The writes of a programme's records, to be mixed into their viewset."""

    model: ClassVar[type[Record]]
    serializers: ClassVar[RecordSerializers]
    request: Any

    @once
    def create(self, request: Request) -> Response:
        data = self._checked(request)
        return self._save(data["year"], _incoming(data, data["area"], nil=False))

    @once
    def partial_update(self, request: Request, pk: str) -> Response:
        record: Record = self.get_object()  # type: ignore[attr-defined]
        data = self._checked(request)
        data["version"] = one_version(request, data.get("version"))
        data["breakdown"] = record.breakdown
        return self._save(record.year, _incoming(data, record.area_id, nil=record.nil))  # type: ignore[attr-defined]

    @action(detail=False, methods=["post"])
    @once
    def bulk(self, request: Request) -> Response:
        data = self._checked(request)
        sent: Any = request.data
        sent = sent["rows"]
        read = {n: row for n, row in enumerate(data["rows"]) if isinstance(row, dict)}
        spoilt = {n: row for n, row in enumerate(data["rows"]) if n not in read}
        faults = {n: faults_sent(n, bad) for n, bad in spoilt.items()}
        if faults and (data["atomic"] or not read):
            raise Refusal(status.HTTP_400_BAD_REQUEST, *(fault for found in faults.values() for fault in found))
        rows = [_incoming(row, row["area"], nil=False) for row in read.values()]
        results = dict(zip(read, self._save_rows(data["year"], rows, list(read), together=data["atomic"]), strict=True))
        told = told_of(self.model, data["year"], results, faults, sent)
        return Response(self.serializers.results({"rows": told}).data)

    def _checked(self, request: Request) -> dict[str, Any]:
        serializer = self.get_serializer(data=request.data)  # type: ignore[attr-defined]
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _save_rows(
        self, year: int, rows: Sequence[IncomingRow], numbers: Sequence[int] = (), *, together: bool = False
    ) -> Sequence[RowResult]:
        try:
            return save_rows(self.model, year=year, rows=rows, by=user_of(self.request), together=together)
        except NotTogether as none:
            raise _none_saved(dict(zip(numbers, none.results, strict=True))) from none
        except Refused as refused:
            raise exceptions.PermissionDenied(str(refused)) from refused

    def _save(self, year: int, row: IncomingRow) -> Response:
        """Save one row and answer with what now stands, or with what is wrong."""
        [result] = self._save_rows(year, [row])
        if result.status == "refused":
            raise exceptions.ValidationError(_problems(result))
        if result.version == 0:
            empty = _("No figure was entered. If there is nothing to report, say so.")
            raise exceptions.ValidationError({api_settings.NON_FIELD_ERRORS_KEY: [empty]})
        records = self.model.objects.select_related("area", "entered_by")
        record = records.get(area=row.area, year=year, breakdown=row.breakdown)
        if not result.stands:
            raise clash(self.request, record, result.status, self.serializers)
        first = result.status == "saved" and result.version == 1
        answer = Response(
            self.serializers.read(record).data, status=status.HTTP_201_CREATED if first else status.HTTP_200_OK
        )
        if first:
            answer.headers["Location"] = reverse(f"api-record-{self.model.code}-detail", args=[record.pk])
        return told(answer)


def told(response: Response) -> Response:
    """Let an answer that shows a record tell its version."""
    response.version = response.data["version"]  # type: ignore[attr-defined]
    return response


def clash(request: Request, record: Any, why: str, made: RecordSerializers) -> Refusal:
    """Return the answer to a write that would overwrite what its author has not seen, or what is approved."""
    by, at = last_writer(record)
    words = {
        "conflict": _("%(by)s changed this record meanwhile; it is now version %(version)s. Nothing was saved."),
        "locked": _("This record is approved and can't be changed. Nothing was saved."),
    }
    detail = words[why] % {"by": by, "version": record.version}
    by_header = why == "conflict" and SEEN in request.headers
    code = status.HTTP_412_PRECONDITION_FAILED if by_header else status.HTTP_409_CONFLICT
    fault = Fault(why, detail, SEEN if by_header else "version")
    return Refusal(code, fault, theirs=made.read(record).data, changed_by=by, changed_at=timezone.localtime(at))


def last_writer(record: Any) -> tuple[str, Any]:
    """Return who made a record what it is, and when: who took the step that did, or entered its figures."""
    of_record = {"programme": record.code, "area": record.area_id, "year": record.year}
    steps = ReviewStep.objects.filter(**of_record, breakdown=record.breakdown, version=record.version)
    step = steps.select_related("by").order_by("-at", "-pk").first()
    return (step.by.label, step.at) if step else (record.entered_by.label, record.entered_at)


def _none_saved(results: dict[int, RowResult]) -> Refusal:
    """Return the answer to rows that were to be saved together: all that is wrong with any of them."""
    faults = [fault for n, result in results.items() for fault in faults_of(n, result)]
    is_wrong = any(result.status == "refused" for result in results.values())
    return Refusal(status.HTTP_400_BAD_REQUEST if is_wrong else status.HTTP_409_CONFLICT, *faults)


def _problems(result: RowResult) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    for error in result.errors:
        problems.setdefault(error.field or api_settings.NON_FIELD_ERRORS_KEY, []).append(error.message)
    return problems


def _incoming(data: dict[str, Any], area: int, *, nil: bool) -> IncomingRow:
    """Return the row to save. `nil` is what holds when the sender said nothing of it: figures end a nil return."""
    typed = {name: value or "" for name, value in data.items() if name not in _NO_FIGURES}
    is_nil = data.get("nil", nil and not any(typed.values()))
    place = area, data.get("version", 0), is_nil, typed, data.get("breakdown", "")
    return IncomingRow(*place, data.get("key"), data.get("reasons", {}))
