"""Observations in the API: totals in the tidy form, of one programme at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.lib.rest.formats import FILES, FORMS
from povtrack.lib.rest.keyset import keys_of, sliced
from povtrack.lib.rest.lists import asked_file, only_of_files
from povtrack.lib.rest.nearest import nearest, unknown
from povtrack.lib.rest.paging import estimate
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.table import Column, table_of
from povtrack.lib.rest.whole import file_name, send_rows
from povtrack.rollups.api import Asked, Reading, RollupPagination
from povtrack.rollups.filters import rollup_filter
from povtrack.rollups.observations import COLUMNS, SOURCES, STAGES, Picked
from programmes.registry import find_programme, programmes
from villages.filters import in_readers_areas
from villages.levels import Level

_CHUNK = 5000
_STATUSES = ["reported", "nil", "blank", "not_reported"]


@extend_schema_field({"type": ["number", "string"]})
class Figure(serializers.CharField):
    """A figure of any measure, as it is."""


class ObservationSerializer(serializers.Serializer[Any]):
    """One figure of one place and year."""

    area = serializers.IntegerField()
    area_code = serializers.CharField(help_text=gettext_lazy("Its code today."))
    area_name = serializers.CharField(help_text=gettext_lazy("Its name today."))
    level = serializers.ChoiceField(choices=Level.choices)
    year = serializers.IntegerField()
    basis = serializers.CharField(help_text=gettext_lazy("On which boundaries."))
    programme = serializers.CharField()
    measure = serializers.CharField()
    breakdown = serializers.CharField(help_text=gettext_lazy("The code of the kind; empty for all kinds."))
    stage = serializers.ChoiceField(choices=list(STAGES))
    value = Figure(allow_null=True, help_text=gettext_lazy("A number; one with decimals is written as text."))
    unit = serializers.CharField()
    status = serializers.ChoiceField(
        choices=_STATUSES, help_text=gettext_lazy("What stands there: a figure, nothing to report, a blank, no record.")
    )
    expected = serializers.IntegerField(help_text=gettext_lazy("Areas that should report."))
    reported = serializers.IntegerField()
    approved = serializers.IntegerField()
    estimated = serializers.IntegerField(help_text=gettext_lazy("Reported areas that are counted only in part."))
    computed_at = serializers.DateTimeField()


class ObservationPagination(RollupPagination):
    """Pages end with a whole place and year."""

    per_row = 1

    def get_page_size(self, request: Request) -> int:
        return max(1, super().get_page_size(request) // self.per_row)


@extend_schema_view(
    list=extend_schema(
        summary="Totals in tidy form: one row for each place, year, measure and stage",
        parameters=[
            OpenApiParameter("programme", str, required=True, enum=[model.code for model in programmes()]),
            OpenApiParameter("measure", str, description="Names of measures, separated by commas; all if left out."),
            OpenApiParameter("stage", str, enum=[*STAGES, "both"], description="What counts: reported if left out."),
            OpenApiParameter("format", str, enum=["json", *FORMS], description="All rows as a file."),
            OpenApiParameter("bom", str, enum=["1"], description="Mark a CSV file as UTF-8, for Excel."),
        ],
    )
)
class ObservationViewSet(Resource):
    """What the roll-ups say, ready for a data frame. Filters, boundaries and freshness are those of the roll-ups."""

    queryset = programmes()[0].rollup.objects.none()
    serializer_class = ObservationSerializer
    filterset_class: ClassVar[Any] = rollup_filter(programmes()[0])
    pagination_class = ObservationPagination

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if (model := find_programme(request.query_params.get("programme", ""))) is not None:
            self.filterset_class = rollup_filter(model)  # type: ignore[misc]
        super().initial(request, *args, **kwargs)

    def get_renderers(self) -> list[Any]:
        return [*super().get_renderers(), *(form() for form in FILES)]

    def known_parameters(self) -> list[str]:
        return ["programme", "measure", "stage", *super().known_parameters(), "format", "bom"]

    def get_queryset(self) -> Any:
        return in_readers_areas(self._picked.model.rollup.objects.all(), self.request)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self._picked = picked = _picked(request)
        queryset = self.filter_queryset(self.get_queryset())
        with Asked.of(request).read(picked.model) as reading:
            if getattr(request.accepted_renderer, "is_file", False):
                return self._file(request, queryset, reading)
            only_of_files(request)
            return self._page(request, queryset, reading)

    def _page(self, request: Request, queryset: Any, reading: Reading) -> Response:
        pages: Any = self.paginator
        pages.per_row, width = self._picked.per_row, len(pages.ordering)

        def fetch(rows: Any, keys: Any) -> Any:
            found = list(rows.values_list(*self._picked.sources(), *(key.path for key in keys)))
            return found, lambda row: list(row[-width:])

        rows = pages.read(queryset, request, self, fetch)
        written = [dict(zip(COLUMNS, cells, strict=True)) for cells in self._cells(rows)]
        oldest = min((row[len(SOURCES) - 1] for row in rows), default=None)
        answer: Response = pages.get_paginated_response(written)
        if "count" in answer.data:
            answer.data["count"] *= self._picked.per_row
        answer.data = {"freshness": reading.freshness(oldest), **answer.data}
        return answer

    def _cells(self, rows: Sequence[Any]) -> Any:
        """Yield observations as JSON has them."""
        zone = timezone.get_current_timezone()
        for cells in self._picked.observations(rows):
            value, moment = cells[10], cells[-1]
            cells[10] = f"{value:f}" if isinstance(value, Decimal) else value
            cells[-1] = moment.astimezone(zone)
            yield cells

    def _file(self, request: Request, queryset: Any, reading: Reading) -> Any:
        asked, picked = asked_file(request), self._picked
        ordered = sliced(queryset, keys_of(queryset, RollupPagination.ordering), None)
        rows = ordered.values_list(*picked.sources())
        return send_rows(
            _columns(picked),
            lambda: picked.observations(rows.iterator(_CHUNK)),
            asked.form,
            file_name(f"{picked.model.code}-observations"),
            bom=asked.bom,
            expected=lambda: estimate(queryset) * picked.per_row,
            freshness=reading.freshness_of(queryset),
            request=request,
        )


def _columns(picked: Picked) -> list[Column]:
    """The columns of a file. Figures of all measures share one, which has the places of the finest."""
    places = max(measure.places or 0 for measure in picked.measures)
    own = {one.name: one for one in table_of(ObservationSerializer, {}).columns}
    own["value"] = replace(own["value"], kind="number", places=places)
    return [own[name] for name in COLUMNS]


def _picked(request: Request) -> Picked:
    """Read the programme, measures and stages of a request; raises Refusal."""
    asked = request.query_params
    model = find_programme(asked.get("programme", ""))
    if model is None:
        known = [one.code for one in programmes()]
        raise _refused("programme", asked.get("programme"), known)
    measures = {measure.name: measure for measure in model.totalled()}
    names = [name.strip() for name in asked.get("measure", ",".join(measures)).split(",") if name.strip()]
    for name in names:
        if name not in measures:
            raise _refused("measure", name, list(measures))
    stage = asked.get("stage", "reported")
    if stage not in (*STAGES, "both"):
        raise _refused("stage", stage, [*STAGES, "both"])
    stages = list(STAGES) if stage == "both" else [stage]
    return Picked(model, [measures[name] for name in dict.fromkeys(names)], stages)


def _refused(name: str, word: str | None, known: Sequence[str]) -> Refusal:
    near = {"known": list(known), "nearest": nearest(word or "", known)}
    words = unknown(word, known) if word else _("Name one of: %(known)s.") % {"known": ", ".join(known)}
    return Refusal(status.HTTP_400_BAD_REQUEST, Fault("unknown" if word else "required", words, name, more=near))
