"""Roll-ups in the API: totals that add up, and how fresh they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.basis import BadBasis, Basis, parse_basis
from povtrack.lib.moments import AsOf, BadMoment
from povtrack.lib.rest.fresh import FRESHNESS
from povtrack.lib.rest.lists import Beside, TableResource, Written
from povtrack.lib.rest.making import is_rehearsal
from povtrack.lib.rest.paging import CursorPagination
from povtrack.lib.rest.table import Table
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from povtrack.rollups.boundaries import RECORDED, Boundaries
from povtrack.rollups.columns import rollup_columns, rollup_orderings
from povtrack.rollups.divided import shares_of
from povtrack.rollups.filters import rollup_filter
from povtrack.rollups.on_request import require_known
from povtrack.rollups.read import boundaries_of
from povtrack.rollups.serializers import ShareSerializer, rollup_serializer
from povtrack.rollups.verified import verified
from povtrack.rollups.waiting import waiting
from programmes.as_known import known_moment, require_few_years
from programmes.models import Record, Round
from villages.filters import in_readers_areas
from villages.levels import Level
from villages.models import Area


@dataclass(frozen=True)
class Asked:
    """What a request asks for, once its filters have been found right.

    `ids` are the areas it names (or else the reader's own), `span` the first and the last year; `as_of` is the moment
    whose records are wanted, None for those of now.
    """

    basis: Basis
    ids: list[int]
    span: tuple[int, int]
    as_of: AsOf | None = None

    @classmethod
    def of(cls, request: Request) -> Asked:
        """Read a request; raises ValidationError for what makes no sense, or asks for too much at once."""
        assert isinstance(request.user, User)
        given = {name: str(value) for name, value in request.query_params.items() if value}
        try:
            basis = parse_basis(given.get("basis", RECORDED.basis), timezone.localdate())
            require_known(basis)
        except BadBasis as bad:
            raise ValidationError({"basis": [str(bad)]}) from bad
        if basis.year and not {"year", "area"} & given.keys():
            words = _(
                "Totals on the boundaries of a year are summed when they are asked for. Name a year or an area too."
            )
            raise ValidationError({"basis": [words]})
        first, last = given.get("year", given.get("year_min")), given.get("year", given.get("year_max"))
        named = [int(given[name]) for name in ("area", "parent", "within") if name in given]
        ids = named or list(request.user.area_ids(Ability.READ))
        return cls(basis, ids, (int(first or FIRST_YEAR), int(last or LAST_YEAR)), _as_of(given))

    @property
    def is_kept(self) -> bool:
        """Whether the totals asked for stand written, or are summed for this."""
        return self.basis.year is None and self.as_of is None

    def years(self, model: type[Record]) -> list[int]:
        """The years to sum where totals are not kept: those asked for, of the programme's rounds."""
        if self.is_kept:
            return []
        rounds = Round.objects.filter(programme=model.code, year__range=self.span)
        years = list(rounds.values_list("year", flat=True))
        if self.as_of:
            try:
                is_nation = Area.objects.filter(pk__in=self.ids, level=Level.NATION).exists()
                require_few_years(years, everywhere=is_nation or self.basis.year is not None)
            except BadMoment as bad:
                raise ValidationError({"as_of": [str(bad)]}) from bad
        return years

    def scope(self) -> list[int] | None:
        """The areas that must be summed for this; None is all, and asks for one year. None of what is kept."""
        if self.is_kept:
            return []
        areas = list(Area.objects.filter(pk__in=self.ids))
        if not any(area.level == Level.NATION for area in areas):
            below = Area.objects.within(*areas).filter(level__lte=Level.TOWNSHIP)
            return list(below.values_list("pk", flat=True))
        if self.span[0] != self.span[1]:
            words = _("For the whole nation name one year. Its own total is the same on all boundaries.")
            raise ValidationError({"year": [words]})
        return None

    @contextmanager
    def read(self, model: type[Record]) -> Iterator[Reading]:
        """Let the roll-ups of a programme be read as asked while the block runs."""
        moment = self.as_of.moment if self.as_of else None
        years, areas = self.years(model), self.scope()
        if is_rehearsal():  # what is to be summed is summed when the file is made
            yield Reading(RECORDED, 0, None, moment, self.basis.name)
            return
        with boundaries_of(model, self.basis, years=years, areas=areas, as_of=moment) as on:
            # Asked before the rows are read: then a recompute in between can only make them fresher than they claim.
            pending = 0 if moment else waiting(model, on, self.ids, self.span).total(self.ids)
            yield Reading(on, pending, None if moment else verified(model.code, on).at, moment, self.basis.name)


class Reading(NamedTuple):
    """The boundaries on which roll-ups are read, and how fresh what is read is."""

    on: Boundaries
    pending_changes: int
    verified_at: dt.datetime | None
    as_of: dt.datetime | None
    basis: str

    def freshness(self, computed_at: dt.datetime | None) -> dict[str, Any]:
        """What a page or a file says of it; `computed_at` is that of its oldest row."""
        told = self._asdict() | {"computed_at": computed_at}
        return {name: told[name] for name in FRESHNESS}

    def freshness_of(self, queryset: Any) -> dict[str, Any]:
        """What a file of these rows says of it."""
        return self.freshness(None if is_rehearsal() else queryset.aggregate(oldest=Min("computed_at"))["oldest"])


def _as_of(given: dict[str, str]) -> AsOf | None:
    """The moment that a request names; raises ValidationError."""
    try:
        return known_moment(given["as_of"]) if "as_of" in given else None
    except BadMoment as bad:
        raise ValidationError({"as_of": [str(bad)]}) from bad


class RollupPagination(CursorPagination):
    """A recompute gives rows new keys, so pages follow the grain, which stays."""

    ordering = ("area_id", "year", "basis", "breakdown")
    envelope = "FreshPage"


class RollupViewSet(TableResource):
    """The totals of one programme, one row an area (township and up), year and basis."""

    model: ClassVar[type[Record]]
    pagination_class = RollupPagination
    beside = ("area_id", "year", "breakdown", "estimated", "computed_at")

    def get_queryset(self) -> Any:
        return in_readers_areas(self.model.rollup.objects.all(), self.request)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        queryset, table = self.filter_queryset(self.get_queryset()), self.asked_table(request)
        with Asked.of(request).read(self.model) as reading:
            self._on = reading.on
            if getattr(request.accepted_renderer, "is_file", False):
                return self.file_of(request, queryset, table, reading.freshness_of(queryset))
            page = self.page(request, queryset, table)
        response = self.get_paginated_response(page)
        response.data = {"freshness": reading.freshness(self._oldest), **response.data}
        return response

    def completed(self, written: Written, rows: Beside, table: Table) -> None:
        told = [_Beside(*row) for row in rows]
        self._oldest = min((row.computed_at for row in told), default=None)
        if any(column.name == "shares" for column in table.columns):
            shares = shares_of(self.model, self._on, told)
            for row, line in zip(told, written, strict=True):
                divided = shares.get((row.area_id, row.year, row.breakdown))
                line["shares"] = ShareSerializer(divided, many=True).data if divided else []


class _Beside(NamedTuple):
    area_id: int
    year: int
    breakdown: str
    estimated: int
    computed_at: Any


def rollup_viewset(model: type[Record]) -> type[RollupViewSet]:
    """Return the endpoint of a programme's roll-ups."""
    attrs = {
        "__doc__": RollupViewSet.__doc__,
        "__module__": __name__,
        "model": model,
        "queryset": model.rollup.objects.none(),
        "serializer_class": rollup_serializer(model),
        "filterset_class": rollup_filter(model),
        "own_columns": rollup_columns(model),
        "orderings": rollup_orderings(model),
        "table_name": f"{model.code}-totals",
    }
    viewset = type(f"{model.rollup.__name__}ViewSet", (RollupViewSet,), attrs)
    return extend_schema_view(list=extend_schema(summary=f"{model.label}: totals"))(viewset)
