"""Lists of codes in the API: what they stood for on a day, and what they are on the boundaries of another year."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, negotiation, parsers, renderers
from rest_framework.decorators import action
from rest_framework.request import Request

from povtrack.accounts.requests import user_of
from povtrack.lib.csvanswers import CSV, kept_file, send_file
from povtrack.lib.csvfiles import FileError
from povtrack.lib.rest.refusals import TooLarge
from povtrack.lib.rest.resources import Resource, TextParser
from povtrack.lib.years import FIRST_YEAR
from villages.codelists import MOST_BYTES, CodeFile, CodeList, PlainCodes, TooMany, too_big
from villages.codes_output import write_csv, write_json
from villages.codes_schema import LOOKUP_SCHEMA, TRANSLATE_SCHEMA
from villages.translate import Answer, lookup, scope_of, translation

# JSON is read into memory whole.
_MOST_JSON = 10 * 1024 * 1024
_JSON = "application/json"


class CsvParser(parsers.BaseParser):
    """Hands the text on as it comes; who reads it tells its encoding."""

    media_type = CSV

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return stream


class ErrorsInJson(negotiation.DefaultContentNegotiation):
    """Lets anything be accepted: the action writes the answer in the form asked for, and errors are always JSON."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[renderers.BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class CodeLists(Resource):
    """What the viewset of areas offers for whole lists of codes."""

    def known_parameters(self) -> list[str]:
        asked = {"translate": ["from", "to"], "lookup": ["on"]}.get(self.action or "")
        return [*asked, "column", "encoding", "format"] if asked else super().known_parameters()

    @extend_schema(**TRANSLATE_SCHEMA)
    @action(
        detail=False,
        methods=["post"],
        filterset_class=None,
        parser_classes=[TextParser, CsvParser, parsers.MultiPartParser],
        content_negotiation_class=ErrorsInJson,
    )
    def translate(self, request: Request) -> FileResponse:
        """Say what each code of a list is on the boundaries of another year."""
        first, last = _year(request, "from"), _year(request, "to")
        with _code_list(request) as codes:
            answer = translation(codes, year_from=first, year_to=last, paths=scope_of(user_of(request)))
            return _written(request, answer, {"from": first, "to": last}, f"codes-{first}-{last}")

    @extend_schema(**LOOKUP_SCHEMA)
    @action(
        detail=False,
        methods=["post"],
        filterset_class=None,
        parser_classes=[TextParser, CsvParser, parsers.MultiPartParser],
        content_negotiation_class=ErrorsInJson,
    )
    def lookup(self, request: Request) -> FileResponse:
        """Say what each code of a list stood for on a day."""
        text = request.query_params.get("on")
        try:
            on = parse_date(text) if text else timezone.localdate()
        except ValueError:
            on = None
        if on is None:
            raise exceptions.ValidationError({"on": [_("Write the day as 2005-12-31.")]})
        with _code_list(request) as codes:
            answer = lookup(codes, on=on, paths=scope_of(user_of(request)))
            return _written(request, answer, {"on": on.isoformat()}, f"codes-{on}")


def _year(request: Request, name: str) -> int:
    """Return the year that a parameter gives; a year to come is refused, for nobody knows its boundaries."""
    text = request.query_params.get(name, "")
    this_year = timezone.localdate().year
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= this_year):
        words = {"first": FIRST_YEAR, "last": this_year}
        raise exceptions.ValidationError({name: [_("Give a year from %(first)s to %(last)s.") % words]})
    return int(text)


@contextmanager
def _code_list(request: Request) -> Iterator[CodeList]:
    """Give the list that was sent, and answer what can't be read or is too long in the API's own shape."""
    _check_size(request)
    try:
        with tempfile.TemporaryDirectory() as folder:
            if _sent(request) == _JSON:
                yield _json_codes(request.data)
                return
            with _csv_codes(request, Path(folder)) as codes:
                yield codes
    except FileError as error:
        raise exceptions.ValidationError({"file": [str(error)]}) from error
    except TooMany as error:
        raise TooLarge(str(error)) from error


def _sent(request: Request) -> str:
    return str(request.content_type or "").partition(";")[0].strip().lower()


def _check_size(request: Request) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = _MOST_JSON if _sent(request) == _JSON else MOST_BYTES
    if length.isdigit() and int(length) > most:
        raise TooLarge(too_big(most))


def _json_codes(data: Any) -> PlainCodes:
    codes = data.get("codes") if isinstance(data, dict) else None
    unknown = sorted(set(data) - {"codes"}) if isinstance(data, dict) else []
    if unknown:
        raise exceptions.ValidationError({name: [_("There is no such field. Known here: codes.")] for name in unknown})
    if not isinstance(codes, list) or not codes:
        raise exceptions.ValidationError({"codes": [_("Send the codes as a list of texts, at least one.")]})
    for place, code in enumerate(codes):
        if not isinstance(code, str):
            wrong = _("%(value)s is not a text. Codes are texts, for some begin with a zero.") % {
                "value": repr(code)[:40]
            }
            raise exceptions.ValidationError({f"codes.{place}": [wrong]})
    return PlainCodes(codes)


def _csv_codes(request: Request, folder: Path) -> CodeFile:
    """Keep the file that was sent, and open it."""
    data: Any = request.data
    name = "codes.csv"
    if _sent(request) == "multipart/form-data":
        data = data.get("file")
        if not hasattr(data, "read"):
            raise exceptions.ValidationError({"file": [_("Send the list as the file “file”.")]})
        name = Path(data.name).name or name
    if not hasattr(data, "read"):
        raise exceptions.ValidationError({"file": [_("The file is empty.")]})
    path = folder / name
    with path.open("wb") as kept:
        while block := data.read(1 << 20):
            kept.write(block)
    asked = request.query_params
    return CodeFile(path, column=asked.get("column", ""), encoding=asked.get("encoding", ""))


def _written(request: Request, asked: AbstractContextManager[Answer], about: dict[str, Any], name: str) -> FileResponse:
    """Write an answer to a file of its own and send that: what is sent is whole, counted and summed."""
    as_csv = _wants_csv(request)
    with kept_file() as file, asked as answer:
        written = write_csv(answer, file) if as_csv else write_json(answer, file, about)
    kind = f"{CSV}; charset=utf-8" if as_csv else _JSON
    return send_file(file, f"{name}.csv" if as_csv else "", kind, written.headers())


def _wants_csv(request: Request) -> bool:
    """Tell whether the answer is wanted as CSV: by `format`, else by what is accepted, else as the list was sent."""
    asked = request.query_params.get("format")
    if asked not in (None, "csv", "json"):
        raise exceptions.ValidationError({"format": [_("The answer can be csv or json.")]})
    if asked:
        return asked == "csv"
    accepted = request.META.get("HTTP_ACCEPT", "")
    if (CSV in accepted) != (_JSON in accepted):
        return CSV in accepted
    return _sent(request) != _JSON
