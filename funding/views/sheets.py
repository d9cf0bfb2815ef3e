"""The Excel round trip of passing down: take the workbook, send it, look at it in the grid, pass it down there."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from funding.forms import SheetForm
from funding.grid import PassGrid, grid_of
from funding.models import Allocation
from funding.sheets.columns import AMOUNT, PROGRAMME
from funding.sheets.errors_book import errors_workbook
from funding.sheets.reading import PassFile, fill_grid, open_file
from funding.sheets.template import pass_workbook
from funding.views.allocation import frame_of
from funding.views.passing import Lines, grid_page, pass_rows, passable_or_404, shares_of
from povtrack.accounts.models import User
from programmes.sheets.limits import MAX_BYTES, Unreadable
from programmes.sheets.template import MIME

KEPT = 60 * 60 * 24  # seconds for which an error workbook can be taken


@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the workbook of the grid (`?level=`). Each has a key of its own, by which it is passed down once."""
    one, _user = passable_or_404(request, pk)
    content = pass_workbook(grid_of(one, request.GET.get("level", "")), uuid.uuid4())
    return _attached(content, f"pass-down-{one.year}-{pk}.xlsx")


def _attached(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the workbook, and take a filled-in one; it is read into the grid, and nothing is written."""
    one, user = passable_or_404(request, pk)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, one, form)
    sent = form.cleaned_data["file"]
    try:
        file = open_file(sent.read(MAX_BYTES + 1), one)
        grid = grid_of(one, file.token.level if file.token else request.POST.get("level", ""))
        fill_grid(grid, file)
    except Unreadable as problem:
        form.add_error("file", str(problem))
        return _page(request, one, form)
    if before := _passed_before(grid, file):
        return _before(request, one, form, grid, before)
    return _preview(request, form, grid, file, user)


def _page(request: HttpRequest, one: Allocation, form: SheetForm, **more: Any) -> HttpResponse:
    context = {
        **frame_of(one, request.user, further=True),  # type: ignore[arg-type]
        "form": form,
        "level": request.POST.get("level", request.GET.get("level", "")),
        "limit": MAX_BYTES // 1024 // 1024,
        "errors": form.summary() if form.is_bound else [],
        **more,
    }
    return render(request, "funding/sheet.html", context, status=422 if context["errors"] else 200)


def _passed_before(grid: PassGrid, file: PassFile) -> list[Allocation]:
    """What was passed down with this very workbook."""
    return list(grid.parent.children.filter(key=file.token.key)) if file.token else []


def _before(
    request: HttpRequest, one: Allocation, form: SheetForm, grid: PassGrid, before: list[Allocation]
) -> HttpResponse:
    """Say that a workbook was passed down already; with other figures than now, that they need a new one."""
    was = Counter((child.area_id, child.amount, child.programme) for child in before)
    now = Counter((s.area.pk, s.amount, s.programme or one.programme) for s in shares_of(grid))
    if was == now:
        return _page(request, one, form, passed=before[0], errors=[])
    form.add_error(
        "file", _("This workbook was passed down already, with other amounts. Take a new one for more money.")
    )
    return _page(request, one, form)


def _preview(request: HttpRequest, form: SheetForm, grid: PassGrid, file: PassFile, user: User) -> HttpResponse:
    """The grid as the file fills it, with what the ledger would say to it: it is passed down, and taken back."""
    document = form.document(file.key)
    lines: Lines = []
    with transaction.atomic():
        pass_rows(grid, document, user, lines)
        transaction.set_rollback(True)
    # What the file alone shows can be mended only there; an amount that is wrong, in the grid as well.
    lost = [row for row in file.rows if row.faults]
    _take_over(file)
    unread = [row for row in file.rows if row.faults]
    lines += [
        ("", _("Row %(n)s, %(label)s") % {"n": row.number, "label": row.label}, " ".join(row.faults.values()))
        for row in lost
    ]
    more: dict[str, Any] = {"read": len(file.rows), "unread": len(unread), "lost": len(lost)}
    if unread:
        kept = uuid.uuid4()
        cache.set(_kept(user, grid.parent.pk, kept), errors_workbook(file), KEPT)
        more["errors_url"] = reverse("allocation-sheet-errors", args=[grid.parent.pk, kept])
    name = form.cleaned_data["file"].name
    return grid_page(request, grid, document, errors=[*document.summary(), *lines], file_name=name, **more)


def _take_over(file: PassFile) -> None:
    """Tell in the rows of the file what is wrong with those of the grid that they fill."""
    for row in file.rows:
        if row.row and not row.faults:
            told = {AMOUNT: ("amount", "area"), PROGRAMME: ("programme",)}
            found = {key: " ".join(filter(None, map(row.row.errors.get, names))) for key, names in told.items()}
            row.faults |= {key: words for key, words in found.items() if words}


def _kept(user: User, pk: int, key: uuid.UUID) -> str:
    return f"funding-errors-{user.pk}-{pk}-{key}"


@require_GET
def errors(request: HttpRequest, pk: int, key: uuid.UUID) -> HttpResponse:
    """Send the error workbook of a file that its reader sent."""
    one, user = passable_or_404(request, pk)
    content = cache.get(_kept(user, pk, key))
    if content is None:
        raise Http404(_("This error workbook is not kept any more. Send the file again."))
    return _attached(content, f"pass-down-{one.year}-{pk}-errors.xlsx")
