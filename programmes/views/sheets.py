"""The pages of the Excel and CSV round trip: take a template, send a file, look at what it would do, save it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.csvanswers import send_table
from povtrack.lib.figures import grouped
from programmes.actions import Refused
from programmes.actions.scope import is_writable
from programmes.actions.upload_doubts import keep_reasons
from programmes.actions.uploads import (
    BAD,
    ask_save,
    counts_of,
    delete_upload,
    is_stale,
    resume_upload,
    take_upload,
)
from programmes.models import Record, Round, Upload, UploadRow
from programmes.sheets.content import Content
from programmes.sheets.errors_book import errors_workbook
from programmes.sheets.limits import KEPT_DAYS, MAX_BYTES, Unreadable
from programmes.sheets.matching import match
from programmes.sheets.places import Places
from programmes.sheets.preview import DOUBTED, chosen_tab, doubted_rows, reasons_in, rows_in, tabs, told, unexplained
from programmes.sheets.reading import read_sheets
from programmes.sheets.template import MIME, template_workbook
from programmes.sheets.template_csv import template_table
from programmes.views.scope import grid_place, trail_of
from villages.models import Area

UPLOADS, ROWS = 20, 50


@require_http_methods(["GET", "POST"])
def sheets(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Offer the template, take a file, and list the files that its reader has sent."""
    model, area, user = grid_place(request, programme, year, code, Ability.ENTER)
    problem = ""
    if request.method == "POST":
        try:
            upload = _take(request, model, year, area, code, user)
            return redirect("sheet", programme, year, code, upload.pk)
        except Refused as refused:
            problem = str(refused)
    own = Upload.objects.light().filter(user=user, programme=model.code, year=year, area=area).order_by("-at", "-pk")
    context = {
        **_frame(model, year, area, code, user),
        "problem": problem,
        "round": Round.objects.filter(programme=model.code, year=year).first(),
        "is_open": is_writable(model, year, area),
        "limit": MAX_BYTES // 1024 // 1024,
        "days": KEPT_DAYS,
        "page_obj": Paginator(own, UPLOADS).get_page(request.GET.get("page")),
    }
    return render(request, "programmes/sheets.html", context, status=422 if problem else 200)


def _take(request: HttpRequest, model: type[Record], year: int, area: Area, code: str, user: User) -> Upload:
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused(_("Choose a file first."))
    # One byte more than may be is enough to refuse it, however long it is.
    content = sent.read(MAX_BYTES + 1)
    return take_upload(model, year=year, area=area, code=code, file_name=sent.name or "", content=content, by=user)


def _frame(model: type[Record], year: int, area: Area, code: str, user: User) -> dict[str, Any]:
    """What both pages say of where they are."""
    trail = trail_of(user, area, "figures-area", programme=model.code, year=year)
    grid = {"label": str(area), "url": reverse("entry", args=[model.code, year, code])}
    return {
        "section": "work",
        "programme": {"code": model.code, "label": model.label},
        "year": year,
        "area": area,
        "code": code,
        "trail": [*trail, grid],
    }


@require_GET
def download(request: HttpRequest, programme: str, year: int, code: str, form: str) -> HttpResponseBase:
    """Send the template, as `form` says: xlsx or csv."""
    model, area, _user = grid_place(request, programme, year, code, Ability.ENTER)
    if form not in ("xlsx", "csv"):
        raise Http404(_("There is no template of this kind."))
    try:
        content = Content.of(model, year, area, code)
    except Unreadable as problem:
        messages.error(request, str(problem))
        return redirect("sheets", programme, year, code)
    name = f"{programme}-{year}-{code}"
    if form == "csv":
        return send_table(name, *template_table(content))
    return _attached(template_workbook(content), MIME, f"{name}.xlsx")


def _attached(content: bytes, mime: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})


Own = tuple[type[Record], Area, User, Upload]


def _own_or_404(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> Own:
    """Return an upload of the reader's own, in the words of any other missing page."""
    model, area, user = grid_place(request, programme, year, code, Ability.ENTER)
    upload = Upload.objects.light().filter(pk=pk, user=user, programme=model.code, year=year, area=area).first()
    if upload is None:
        raise Http404(_("You have sent no such file, or it has been deleted."))
    return model, area, user, upload


@require_GET
def sheet(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> HttpResponse:
    """Show how far one upload is, what it would do, or what it did."""
    model, area, user, upload = _own_or_404(request, programme, year, code, pk)
    counts = counts_of(upload)
    doubted = doubted_rows(upload.rows.all()).count()
    tab = chosen_tab(counts, doubted, request.GET.get("status", ""))
    page = Paginator(rows_in(upload.rows.all(), tab), ROWS).get_page(request.GET.get("page"))
    context = {
        **_frame(model, year, area, code, user),
        "upload": upload,
        "stale": is_stale(upload),
        "tabs": tabs(counts, doubted, tab),
        "is_doubted": tab == DOUBTED,
        "unexplained": unexplained(upload) if doubted else 0,
        "rows": [told(model, upload, row) for row in page.object_list],
        "page_obj": page,
        "accepted": counts[UploadRow.Status.ACCEPTED],
        "bad": sum(counts[status] for status in BAD),
        "total": counts.total(),
        "n": {name: grouped(counts[name]) for name in UploadRow.Status.values},
        "days": KEPT_DAYS,
    }
    context["trail"].append({"label": _("Excel and CSV"), "url": reverse("sheets", args=[programme, year, code])})
    return render(request, "programmes/sheet.html", context)


@require_GET
def state(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> HttpResponse:
    """Say in JSON how far an upload is: {"busy", "done", "total"}."""
    _model, _area, _user, upload = _own_or_404(request, programme, year, code, pk)
    return JsonResponse({"busy": upload.is_busy, "stale": is_stale(upload), "done": upload.done, "total": upload.total})


@require_POST
def save(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> HttpResponse:
    """Save an upload: all rows or none, or the accepted ones, with the reasons that the form gives."""
    _model, _area, user, upload = _own_or_404(request, programme, year, code, pk)
    try:
        if upload.state == Upload.State.READ:
            _keep_reasons(request, upload, user)
        ask_save(pk=upload.pk, mode=request.POST.get("mode", ""), by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("sheet", programme, year, code, pk)


@require_POST
def reasons(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> HttpResponse:
    """Keep why unlikely figures are right until the rows are saved. The page's script is answered in JSON."""
    _model, _area, user, upload = _own_or_404(request, programme, year, code, pk)
    message = ""
    try:
        _keep_reasons(request, upload, user)
    except Refused as refused:
        message = str(refused)
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"message": message}, status=422 if message else 200)
    if message:
        messages.error(request, message)
    address = reverse("sheet", args=[programme, year, code, pk])
    return redirect(f"{address}?{urlencode({'status': DOUBTED, 'page': request.POST.get('page', '1')})}")


def _keep_reasons(request: HttpRequest, upload: Upload, user: User) -> None:
    given = reasons_in(request.POST.dict())
    if given:
        keep_reasons(pk=upload.pk, reasons=given, by=user)


@require_POST
def resume(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> HttpResponse:
    """Go on with an upload whose job was lost."""
    _model, _area, user, upload = _own_or_404(request, programme, year, code, pk)
    resume_upload(pk=upload.pk, by=user)
    return redirect("sheet", programme, year, code, pk)


@require_POST
def delete(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> HttpResponse:
    """Delete an upload with its file."""
    _model, _area, user, upload = _own_or_404(request, programme, year, code, pk)
    delete_upload(pk=upload.pk, by=user)
    messages.success(request, _("The file “%(name)s” was deleted.") % {"name": upload.file_name})
    return redirect("sheets", programme, year, code)


@require_GET
def errors(request: HttpRequest, programme: str, year: int, code: str, pk: int) -> HttpResponse:
    """Send the error workbook of an upload that was read."""
    model, area, _user, upload = _own_or_404(request, programme, year, code, pk)
    if upload.state not in (Upload.State.READ, Upload.State.SAVED):
        raise Http404(_("This file has not been read yet."))
    places = Places.of(model, year, area)
    try:
        matched = match(model, places, read_sheets(bytes(upload.content)))
    except Unreadable as problem:
        # The programme's figures or the registry have changed since it was read.
        messages.error(request, str(problem))
        return redirect("sheet", programme, year, code, pk)
    return _attached(errors_workbook(model, upload, places, matched), MIME, f"{programme}-{year}-{code}-errors.xlsx")
