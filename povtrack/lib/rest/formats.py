"""The forms in which the API gives a list, and how one is chosen: by `format`, else by what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import Any

import orjson
from django.utils.translation import gettext as _
from rest_framework import exceptions, negotiation, renderers, status
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from povtrack.lib.csvanswers import CSV
from povtrack.lib.rest.nearest import misspelt
from povtrack.lib.rest.refusals import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NDJSON = "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"
JSON_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z


class JSONRenderer(renderers.JSONRenderer):
    """Writes JSON ten times as quickly as the framework's, in the same words."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if data is None:
            return b""
        try:
            return orjson.dumps(data, JSONEncoder().default, JSON_OPTIONS)
        except TypeError:  # a number of more than 64 bits
            return bytes(super().render(data, accepted_media_type, renderer_context))


class FileForm(JSONRenderer):
    """Stands for a form in which a list is sent as a file. An error is JSON all the same."""

    is_file = True


class CsvForm(FileForm):
    media_type, format = CSV, "csv"


class XlsxForm(FileForm):
    media_type, format = XLSX, "xlsx"


class NdjsonForm(FileForm):
    media_type, format = NDJSON, "ndjson"


class ParquetForm(FileForm):
    media_type, format = PARQUET, "parquet"


# Parquet's library weighs more than all of povtrack, so it is an extra. Where it is missing, the form is not known.
_EXTRA = (ParquetForm,) if find_spec("pyarrow") else ()
FILES: tuple[type[FileForm], ...] = (CsvForm, XlsxForm, NdjsonForm, *_EXTRA)
FORMS = tuple(form.format for form in FILES)  # the names of these


class Negotiation(negotiation.DefaultContentNegotiation):
    """Chooses among the forms that an endpoint has, and names them where there is none such."""

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        known = list(renderers)
        asked = request.query_params.get("format")
        if asked is None or len(known) == 1:
            try:
                chosen: tuple[Any, str] = super().select_renderer(request, known, None)
                return chosen
            except exceptions.NotAcceptable:
                words = _("It can be had as: %(known)s.") % {"known": ", ".join(one.media_type for one in known)}
                raise exceptions.NotAcceptable(words) from None
        for renderer in known:
            if renderer.format == asked:
                return renderer, renderer.media_type
        fault = misspelt(asked, [one.format for one in known], "format")
        raise Refusal(status.HTTP_400_BAD_REQUEST, fault)

    def filter_renderers(self, renderers: Any, format: str) -> Any:  # noqa: A002 - the framework's word
        return renderers
