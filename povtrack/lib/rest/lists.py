"""Lists that are tables: lean pages in JSON, and the whole list as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request

from povtrack.lib.rest.formats import FILES
from povtrack.lib.rest.includes import Includes, asked_includes, complete, include_parameter, with_includes
from povtrack.lib.rest.keyset import Key, keys_of, sliced
from povtrack.lib.rest.nearest import unknown
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.table import Table, table_of
from povtrack.lib.rest.whole import file_name, send_whole

_OF_FILES = {"bom": ("csv",), "heading": ("csv", "xlsx")}
_HEADINGS = ("names", "labels")


Written = list[dict[str, Any]]
Beside = list[tuple[Any, ...]]


class TableResource(Resource):
    """An endpoint whose list is a table. The serializer describes it, and writes single objects.

    `own_columns` are those that are no plain fields of the serializer. `two_steps` is for tables whose columns are dear
    to compute: they are asked of the rows of the page alone.
    """

    own_columns: ClassVar[Mapping[str, Any]] = {}
    two_steps: ClassVar[bool] = False
    beside: ClassVar[tuple[str, ...]] = ()  # columns that `completed` is given beside those that are shown
    includes: ClassVar[Includes] = {}  # what rows can bring along
    table_name: ClassVar[str] = "table"

    def get_renderers(self) -> list[Any]:
        more = [form() for form in FILES] if self.action == "list" else []
        return [*super().get_renderers(), *more]

    def known_parameters(self) -> list[str]:
        known = super().known_parameters()
        more = ["fields", "format", *_OF_FILES, *(["include"] if self.includes else [])]
        return [*known, *more] if self.action == "list" else known

    @classmethod
    def list_parameters(cls) -> Sequence[OpenApiParameter]:
        """Describe what the list takes beside its filters and pages."""
        forms = ["json", *(form.format for form in FILES)]
        fields = _("Only these fields, separated by commas; a name with parts keeps them all.")
        form = _("As Accept says if it is left out. Every form but json is a file that holds all rows.")
        return [
            OpenApiParameter("fields", str, description=fields),
            OpenApiParameter("format", str, enum=forms, description=form),
            OpenApiParameter("bom", str, enum=["1"], description=_("Mark a CSV file as UTF-8, for Excel.")),
            OpenApiParameter(
                "heading", str, enum=list(_HEADINGS), description=_("Name columns for programs, or for people.")
            ),
            *([include_parameter(cls.includes)] if cls.includes else []),
        ]

    @classmethod
    @cache
    def table(cls) -> Table:
        """Return all columns of the list."""
        return table_of(cls.list_serializer(), cls.own_columns)

    @classmethod
    def list_serializer(cls) -> Any:
        return cls.serializer_class

    def bound(self, table: Table) -> Table:
        """Return the table for the one who asks: where what columns show depends on that."""
        return table

    def completed(self, written: Written, rows: Beside, table: Table) -> None:
        """Add to the rows of a page what is looked up for all of them at once. `rows` have the columns of `beside`."""

    def columns(self) -> QuerySet[Any]:
        """Return the rows to read columns of, in any order: what `two_steps` asks the rows of a page of."""
        return self.get_queryset()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        queryset, table = self.filter_queryset(self.get_queryset()), self.asked_table(request)
        if getattr(request.accepted_renderer, "is_file", False):
            return self.file_of(request, queryset, table)
        return self.get_paginated_response(self.page(request, queryset, table))

    def asked_table(self, request: Request) -> Table:
        table = self.bound(self.table())
        fields = request.query_params.get("fields")
        return table if fields is None else table.narrowed(fields)

    def page(self, request: Request, queryset: QuerySet[Any], table: Table) -> Written:
        """Return the rows of a page as JSON has them."""
        only_of_files(request)
        asked = asked_includes(request, self.includes)
        table = with_includes(table.for_json(queryset.model), asked, self.includes)
        pages: Any = self.paginator
        rows = pages.read(queryset, request, self, self._in_two_steps(table) if self.two_steps else self._fetch(table))
        written = self._written(rows, table)
        complete(written, asked, self.includes)
        return written

    def rows_of(self, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Return rows by their ids, as the list shows them; those that are not the reader's are left out."""
        queryset = self.get_queryset()
        table, pk = self.bound(self.table()).for_json(queryset.model), [Key("pk")]
        fetch = self._in_two_steps(table) if self.two_steps else self._fetch(table)
        rows, key_of = fetch(queryset.filter(pk__in=keys), pk)
        return dict(zip((key_of(row)[0] for row in rows), self._written(rows, table), strict=True))

    def _written(self, rows: Sequence[Any], table: Table) -> Written:
        written = table.written(rows)
        start, end = len(table.sources), len(table.sources) + len(self.beside)
        self.completed(written, [row[start:end] for row in rows] if self.beside else [], table)
        return written

    def _fetch(self, table: Table) -> Callable[[QuerySet[Any], Sequence[Key]], Any]:
        def fetch(rows: QuerySet[Any], keys: Sequence[Key]) -> Any:
            width = len(keys)
            return list(table.values(rows, [*self.beside, *(key.path for key in keys)])), lambda row: list(row[-width:])

        return fetch

    def _in_two_steps(self, table: Table) -> Callable[[QuerySet[Any], Sequence[Key]], Any]:
        def fetch(rows: QuerySet[Any], keys: Sequence[Key]) -> Any:
            found = list(rows.values_list(*(key.path for key in keys), "pk"))
            told = table.values(self.columns().filter(pk__in=[row[-1] for row in found]), ["pk"])
            by_key = {row[-1]: row for row in told}
            width = len(keys)
            return [(*by_key[row[-1]], *row[:width]) for row in found], lambda row: list(row[-width:])

        return fetch

    def file_of(
        self, request: Request, queryset: QuerySet[Any], table: Table, freshness: Mapping[str, Any] | None = None
    ) -> FileResponse:
        """Send the whole list, in its order. `freshness` is what totals say of themselves."""
        pages: Any = self.paginator
        asked = asked_file(request)
        ordered = sliced(queryset, keys_of(queryset, pages.get_ordering(request, queryset, self)), None)
        return send_whole(
            table,
            ordered,
            asked.form,
            file_name(self.table_name),
            bom=asked.bom,
            labels=asked.labels,
            looked_up=(self.beside, self.completed),
            freshness=freshness,
            request=request,
        )


@dataclass(frozen=True)
class AskedFile:
    form: str
    bom: bool
    labels: bool


def asked_file(request: Request) -> AskedFile:
    """Return what file a request asks for; raises Refusal for what does not go together."""
    asked, form = request.query_params, request.accepted_renderer.format
    for name in ("cursor", "page", "page_size", "count"):
        if name in asked:
            raise _refused(name, _("A file holds all rows, and tells how many in a header. Leave this out."))
    if "include" in asked:
        raise _refused("include", _("This goes with format=%(forms)s.") % {"forms": "json"})
    heading = asked.get("heading", "names")
    if heading not in _HEADINGS:
        raise _refused("heading", unknown(heading, _HEADINGS))
    if asked.get("bom", "1") != "1":
        raise _refused("bom", unknown(asked["bom"], ["1"]))
    only_of_files(request, form)
    return AskedFile(form, "bom" in asked, heading == "labels")


def only_of_files(request: Request, form: str = "json") -> None:
    """Refuse what another form of the list would take."""
    for name, forms in _OF_FILES.items():
        if name in request.query_params and form not in forms:
            raise _refused(name, _("This goes with format=%(forms)s.") % {"forms": _(" or ").join(forms)})


def _refused(name: str, words: str) -> Refusal:
    return Refusal(status.HTTP_400_BAD_REQUEST, Fault("invalid", words, name))
