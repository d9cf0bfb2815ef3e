"""The page on which a person translates a list of codes from one year to another."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from povtrack.accounts.models import User
from povtrack.lib.csvanswers import CSV, kept_file, send_file
from povtrack.lib.csvfiles import FileError
from povtrack.lib.figures import shown
from povtrack.lib.years import FIRST_YEAR
from villages.codelists import MOST_BYTES, CodeFile, TooMany, encoding_of, too_big
from villages.codes_output import Written, write_csv
from villages.levels import Level
from villages.translate import Answer, scope_of, translation

SHOWN = 50
Look = Callable[[Answer], Iterator[tuple[dict[str, Any], list[str]]]]

# A larger file is not written back into the page; it is chosen again.
_KEPT = 200_000


class TranslateForm(forms.Form):
    """A list of codes, pasted or as a file, and the two years."""

    year_from = forms.IntegerField(
        label=gettext_lazy("Year of your codes"),
        min_value=FIRST_YEAR,
        help_text=gettext_lazy("The year whose codes your list holds, as they were on 31 December."),
    )
    year_to = forms.IntegerField(
        label=gettext_lazy("Year you need"),
        min_value=FIRST_YEAR,
        help_text=gettext_lazy("Later or earlier than the first."),
    )
    codes = forms.CharField(
        label=gettext_lazy("Codes"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "form-control"}),
        help_text=gettext_lazy(
            "One a line. Other columns may stand beside them, as copied from a spreadsheet; they are kept."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        help_text=gettext_lazy(
            "With a column called code, or with the codes in the first column. At most 200,000 rows."
        ),
    )
    column = forms.CharField(
        label=gettext_lazy("Name of the column of codes"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Only if it is called otherwise."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        this_year = timezone.localdate().year
        for name in ("year_from", "year_to"):
            if data.get(name) and data[name] > this_year:
                self.add_error(name, _("This year is still to come."))
        if data.get("file") and data["file"].size > MOST_BYTES:
            self.add_error("file", too_big())
        if not self.errors and not data.get("file") and not data["codes"].strip():
            self.add_error("codes", _("Paste codes here, or choose a file."))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest) -> HttpResponseBase:
    """Translate codes, and show the first rows or send all as a file.

    Context: `form`; after "show" `written` (rows_in, rows_out, problems), `rows` and `troubles` (the first rows, and
    the first of those with a problem, by column), `extras`, and `file_again` (the file must be chosen again).
    """
    form = TranslateForm(request.POST or None, request.FILES or None) if request.method == "POST" else _blank()
    context: dict[str, Any] = {"section": "places", "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = _kept_file(Path(folder), form.cleaned_data)
                if request.POST.get("answer") != "show":
                    return _sent(request, form.cleaned_data, path)
                context |= _shown(request, form.cleaned_data, path)
        except (FileError, TooMany) as error:
            form.add_error("file" if form.cleaned_data["file"] else "codes", str(error))
    return render(request, "villages/translate.html", context, status=400 if form.is_bound and form.errors else 200)


def _blank() -> TranslateForm:
    return TranslateForm(initial={"year_from": 2000, "year_to": timezone.localdate().year})


def _kept_file(folder: Path, data: dict[str, Any]) -> Path:
    """Write what was sent to a file of its own."""
    upload: UploadedFile[Any] | None = data["file"]
    if upload is None:
        path = folder / _("pasted")
        path.write_text(data["codes"], encoding="utf-8")
        return path
    path = folder / (Path(upload.name or "").name or "codes.csv")
    with path.open("wb") as kept:
        for block in upload.chunks():
            kept.write(block)
    return path


def _write(request: HttpRequest, data: dict[str, Any], path: Path, file: IO[bytes], look: Look) -> Written:
    assert isinstance(request.user, User)
    codes = CodeFile(path, column=data["column"])
    years = {"year_from": data["year_from"], "year_to": data["year_to"]}
    with codes, translation(codes, **years, paths=scope_of(request.user)) as answer:
        return write_csv(replace(answer, rows=look(answer)), file, bom=True)


def _sent(request: HttpRequest, data: dict[str, Any], path: Path) -> HttpResponseBase:
    with kept_file() as file:
        written = _write(request, data, path, file, lambda answer: answer.rows)
    name = f"codes-{data['year_from']}-{data['year_to']}.csv"
    return send_file(file, name, f"{CSV}; charset=utf-8", written.headers())


def _shown(request: HttpRequest, data: dict[str, Any], path: Path) -> dict[str, Any]:
    """The first rows, and a form that still holds the list where it is not too long."""
    first: list[dict[str, Any]] = []
    troubles: list[dict[str, Any]] = []

    def look(answer: Answer) -> Iterator[tuple[dict[str, Any], list[str]]]:
        for values, rest in answer.rows:
            if len(first) < SHOWN:
                first.append(_row(values))
            if values["problem"] and len(troubles) < SHOWN:
                troubles.append(_row(values))
            yield values, rest

    with kept_file() as file, file:
        written = _write(request, data, path, file, look)
    text = data["codes"]
    if data["file"] and path.stat().st_size <= _KEPT:
        text = path.read_text(encoding=encoding_of(path), errors="replace").removeprefix("\ufeff")
    kept = TranslateForm(initial={**data, "codes": text, "file": None})
    return {
        "form": kept,
        "written": written,
        "rows": first,
        "troubles": troubles,
        "file_again": bool(data["file"]) and path.stat().st_size > _KEPT,
    }


def _row(values: dict[str, Any]) -> dict[str, Any]:
    """One row for reading: the levels as words, the share as a percentage."""
    words = {
        f"{name}_word": "" if values[name] is None else Level(values[name]).word for name in ("level_from", "level_to")
    }
    share = values["share"]
    return {**values, **words, "percent": "" if share is None else f"{shown(round(100 * share, 2))} %"}
