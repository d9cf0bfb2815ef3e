"""The ledger in the API: sources, allocations, what changed them later, and payments, to read and to write."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funding.actions import (
    Booking,
    Foreign,
    Problem,
    RowsRefused,
    Share,
    adjust_allocation,
    book_payment,
    book_payments,
    enter_allocation,
    pass_down,
    reverse_payment,
)
from funding.actions.attachments import TYPES
from funding.answers import LedgerResource, status_of, writes
from funding.columns import ALLOCATION_COLUMNS, ALLOCATION_ORDERINGS, PAYMENT_COLUMNS, PAYMENT_ORDERINGS, of_reader
from funding.filters import (
    AdjustmentFilter,
    AllocationFilter,
    FundSourceFilter,
    PaymentFilter,
    visible_allocations,
)
from funding.incoming import (
    AdjustAllocationSerializer,
    BookPaymentSerializer,
    BookPaymentsSerializer,
    EnterAllocationSerializer,
    PassAllocationDownSerializer,
    ReversePaymentSerializer,
)
from funding.models import Adjustment, Allocation, Attachment, FundSource, Payment
from funding.serializers import (
    AdjustmentSerializer,
    AllocationDetailSerializer,
    AllocationRowsSerializer,
    AllocationSerializer,
    AttachmentSerializer,
    FundSourceSerializer,
    PaymentRowsSerializer,
    PaymentSerializer,
)
from povtrack.lib.rest.lists import TableResource
from povtrack.lib.rest.paging import OnePage
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.table import Table
from villages.filters import in_readers_areas, readers_paths, visible_areas
from villages.including import place

SHOWN = 100  # adjustments of one allocation


@extend_schema_view(
    list=extend_schema(summary="The fund sources"),
    retrieve=extend_schema(summary="One fund source"),
)
class FundSourceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Where money comes from; the same for everyone who signs in."""

    queryset = FundSource.objects.order_by("pk")
    serializer_class = FundSourceSerializer
    filterset_class = FundSourceFilter
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]+"


@extend_schema_view(
    list=extend_schema(
        summary="Allocations, each with what it holds now",
        description="Those to your areas. Each yuan rests in one of them, so `balance.resting` can be added up.",
    ),
    retrieve=extend_schema(summary="One allocation, with what changed it later", responses=AllocationDetailSerializer),
)
class AllocationViewSet(mixins.RetrieveModelMixin, LedgerResource, TableResource):
    """What was given to areas, from outside or by one another. Entries stay: a correction is an entry of its own."""

    queryset = Allocation.objects.none()
    serializer_class = AllocationSerializer
    filterset_class = AllocationFilter
    entry_serializer = AllocationSerializer
    own_columns = ALLOCATION_COLUMNS
    orderings: ClassVar = ALLOCATION_ORDERINGS
    two_steps = True  # what an allocation holds is asked of the few that are shown: of half a million it takes a second
    table_name = "allocations"
    includes: ClassVar = {"place": place()}
    row_fields: ClassVar = {"pass_down": frozenset({"area", "amount", "programme", "note"})}

    def get_queryset(self) -> Any:
        return visible_allocations(self.request)

    def get_serializer_class(self) -> Any:
        sent = {
            "create": EnterAllocationSerializer,
            "pass_down": PassAllocationDownSerializer,
            "adjust": AdjustAllocationSerializer,
        }
        shown = {"retrieve": AllocationDetailSerializer, "attachments": AttachmentSerializer}
        return {**sent, **shown}.get(self.action, AllocationSerializer)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "paths": readers_paths(self.request)}

    def whole(self, entries: Any) -> list[Any]:
        """With what they hold and name, asked of the few that are shown: of half a million it takes a second."""
        asked = Allocation.objects.with_balance().select_related("balance", "area", "source", "parent__area", "by")
        found = asked.in_bulk([entry.pk for entry in entries])
        return [found[entry.pk] for entry in entries]

    def bound(self, table: Table) -> Table:
        return table.bound(of_reader(readers_paths(self.request)))

    def columns(self) -> Any:
        return Allocation.objects.all()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        [found] = self.whole([self.get_object()])
        found.adjustments_count = found.adjustments.count()
        found.shown_adjustments = found.adjustments.select_related("allocation", "by").order_by("pk")[:SHOWN]
        return Response(self.get_serializer(found).data)

    @writes(
        "Enter what comes to an area from outside",
        AllocationSerializer,
        "Send the amount in yuan, or the amount of another currency with its rate.",
    )
    def create(self, request: Request) -> Response:
        data = self.checked(request)
        if "currency" in data:
            data["foreign"] = Foreign(data.pop("currency"), data.pop("currency_amount"), data.pop("rate"))
        made = enter_allocation(by=self.by, **data)
        return self.answer(made)

    @writes(
        "Pass an allocation down",
        AllocationRowsSerializer,
        "To areas below its own, all by one document, and all or none. The answer has what each got, in their order.",
    )
    @action(detail=True, methods=["post"], url_path="pass-down")
    def pass_down(self, request: Request, pk: str) -> Response:
        parent, data = self.get_object(), self.checked(request)
        rows = data.pop("rows")
        self.row_of = {row["area"]: number for number, row in enumerate(rows)}
        made = pass_down(parent, shares=self._shares(rows), by=self.by, **data)
        return self.answer_rows(made)

    @writes(
        "Give an allocation more or less, or take money back",
        AdjustmentSerializer,
        "For whoever keeps the funds of the area that gave it, or, of money from outside, those of its own area.",
    )
    @action(detail=True, methods=["post"])
    def adjust(self, request: Request, pk: str) -> Response:
        made = adjust_allocation(self.get_object(), by=self.by, **self.checked(request))
        return Response(AdjustmentSerializer(made).data, status=status_of(made))

    @extend_schema(
        summary="The documents of an allocation",
        description="They are attached on the page of the allocation; here they are listed and downloaded.",
        filters=False,
        responses=AttachmentSerializer(many=True),
    )
    @action(detail=True, filterset_class=None, pagination_class=OnePage)
    def attachments(self, request: Request, pk: str) -> Response:
        found = self.get_object().attachments.defer("content").select_related("by").order_by("pk")
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def _shares(self, rows: list[dict[str, Any]]) -> list[Share]:
        areas = visible_areas(self.request).in_bulk([row["area"] for row in rows])
        words = _("There is no such place among yours.")
        if unknown := [n for n, row in enumerate(rows) if row["area"] not in areas]:
            told = [Problem(rows[n]["area"], "area", str(rows[n]["area"]), words, n) for n in unknown]
            raise RowsRefused(told)
        return [Share(**{**row, "area": areas[row["area"]]}) for row in rows]


@extend_schema_view(
    list=extend_schema(summary="What changed allocations later"),
    retrieve=extend_schema(summary="One later change of an allocation"),
)
class AdjustmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Later changes of the allocations to your areas. One is made under `allocations/{id}/adjust/`."""

    queryset = Adjustment.objects.none()
    serializer_class = AdjustmentSerializer
    filterset_class = AdjustmentFilter

    def get_queryset(self) -> Any:
        found = Adjustment.objects.select_related("allocation", "by")
        return in_readers_areas(found, self.request, "allocation__area")


@extend_schema_view(
    list=extend_schema(summary="Payments"),
    retrieve=extend_schema(summary="One payment"),
)
class PaymentViewSet(mixins.RetrieveModelMixin, LedgerResource, TableResource):
    """What was disbursed, spent and given back of the allocations to your areas."""

    queryset = Payment.objects.none()
    serializer_class = PaymentSerializer
    filterset_class = PaymentFilter
    entry_serializer = PaymentSerializer
    own_columns = PAYMENT_COLUMNS
    orderings: ClassVar = PAYMENT_ORDERINGS
    table_name = "payments"
    includes: ClassVar = {"place": place("allocation__area")}
    row_fields: ClassVar = {
        "bulk": frozenset({"allocation", "kind", "amount", "paid_on", "document_no", "note"}),
    }

    def get_queryset(self) -> Any:
        found = Payment.objects.select_related("allocation__area", "reversed_by", "by")
        return in_readers_areas(found, self.request, "allocation__area")

    def whole(self, entries: Any) -> list[Any]:
        found = self.get_queryset().in_bulk([entry.pk for entry in entries])
        return [found[entry.pk] for entry in entries]

    def get_serializer_class(self) -> Any:
        sent = {"create": BookPaymentSerializer, "bulk": BookPaymentsSerializer, "reverse": ReversePaymentSerializer}
        return sent.get(self.action, PaymentSerializer)

    @writes("Book a payment", PaymentSerializer)
    def create(self, request: Request) -> Response:
        return self.answer(book_payment(by=self.by, **self.checked(request)))

    @writes("Book many payments, all or none", PaymentRowsSerializer, "With one key for all of them.")
    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        data = self.checked(request)
        made = book_payments(self._bookings(data["rows"]), by=self.by, key=data["key"])
        return self.answer_rows(made)

    @writes("Take a payment back", PaymentSerializer, "By an entry of its own, with the amount below zero.")
    @action(detail=True, methods=["post"])
    def reverse(self, request: Request, pk: str) -> Response:
        return self.answer(reverse_payment(self.get_object(), by=self.by, **self.checked(request)))

    def _bookings(self, rows: list[dict[str, Any]]) -> list[Booking]:
        allocations = visible_allocations(self.request).select_related("area").in_bulk({r["allocation"] for r in rows})
        words = _("There is no such allocation among yours.")
        if unknown := [n for n, row in enumerate(rows) if row["allocation"] not in allocations]:
            told = [Problem(None, "allocation", str(rows[n]["allocation"]), words, n) for n in unknown]
            raise RowsRefused(told)
        return [Booking(**{**row, "allocation": allocations[row["allocation"]]}) for row in rows]


@extend_schema_view(retrieve=extend_schema(summary="What is known of a document"))
class AttachmentViewSet(mixins.RetrieveModelMixin, Resource):
    """Documents of the allocations to your areas."""

    queryset = Attachment.objects.none()
    serializer_class = AttachmentSerializer

    def get_queryset(self) -> Any:
        found = Attachment.objects.filter(allocation__area__in=visible_areas(self.request)).select_related("by")
        return found if self.action == "content" else found.defer("content")

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A document is sent as what it is, whatever a program says it accepts."""
        return super().perform_content_negotiation(request, force or self.action == "content")

    @extend_schema(
        summary="Download a document", responses={(200, content_type): OpenApiTypes.BINARY for content_type in TYPES}
    )
    @action(detail=True)
    def content(self, request: Request, pk: str) -> HttpResponse:
        found = self.get_object()
        name = content_disposition_header(as_attachment=True, filename=found.file_name)
        headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(bytes(found.content), content_type=found.content_type, headers=headers)
