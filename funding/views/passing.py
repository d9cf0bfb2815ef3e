"""Passing one allocation down to many areas: a table of boxes, saved all or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from funding.actions import Problem, RowsRefused, Share, pass_down
from funding.forms import DocumentForm
from funding.grid import PassGrid, PassRow, grid_of, read_amount, written
from funding.grid_words import grid_words
from funding.models import Allocation
from funding.split import split
from funding.views.allocation import frame_of
from funding.views.scope import allocation_or_404, keeps, not_found
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.lib.figures import MONEY_MAX, BadFigure, parse_decimal, shown
from programmes.actions import Refused
from programmes.registry import programmes

FORMULAS = ("equal", "poor", "last")
Lines = list[tuple[str, str, str]]


def passable_or_404(request: HttpRequest, pk: int) -> tuple[Allocation, User]:
    """An allocation whose money the reader keeps, and the reader."""
    user = user_of(request)
    one = allocation_or_404(user, pk)
    if not keeps(user, one.area):
        raise not_found()
    return one, user


@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the grid (`?level=`), split an amount by a formula, or pass down what was sent."""
    one, user = passable_or_404(request, pk)
    grid = grid_of(one, (request.POST or request.GET).get("level", ""))
    if request.method == "GET":
        return grid_page(request, grid, DocumentForm())
    missing = take_rows(grid, request.POST)
    if "split" in request.POST:
        form = DocumentForm(initial={name: request.POST.get(name) for name in DocumentForm.base_fields})
        said, problem = split_rows(grid, request.POST)
        return grid_page(request, grid, form, errors=[("split-amount", "", problem)] if problem else [], said=said)
    form = DocumentForm(request.POST)
    missing = missing or unread_words(request.POST.get("unread", ""))
    errors = [("", "", missing)] if missing else []
    is_valid = form.is_valid()
    made = pass_rows(grid, form, user, errors) if not missing else []
    if made and is_valid:
        tell_passed(request, made)
        return redirect("allocation", pk)
    return grid_page(request, grid, form, errors=[*form.summary(), *errors])


def tell_passed(request: HttpRequest, made: Sequence[Allocation]) -> None:
    words = ngettext(
        "%(amount)s yuan were passed down to %(n)s area.", "%(amount)s yuan were passed down to %(n)s areas.", len(made)
    )
    amount = sum((one.amount for one in made), Decimal(0))
    messages.success(request, words % {"amount": shown(amount), "n": len(made)})


def take_rows(grid: PassGrid, data: Any) -> str:
    """Put what was typed into the rows; return what is to be said of amounts whose row is not there any more."""
    for row in grid.rows:
        row.amount = data.get(f"amount-{row.area.pk}", "").strip()
        row.programme = data.get(f"programme-{row.area.pk}", "").strip()
    known = {f"amount-{pk}" for pk in grid.by_area}
    lost = [name for name in data if name.startswith("amount-") and data[name].strip() and name not in known]
    if not lost:
        return ""
    return ngettext(
        "%(n)s amount is for a place that does not lie below any more. Nothing was passed down.",
        "%(n)s amounts are for places that do not lie below any more. Nothing was passed down.",
        len(lost),
    ) % {"n": len(lost)}


def unread_words(unread: str) -> str:
    """What keeps a grid from being saved that was filled from a file of which rows were left out."""
    words = _("Rows of the file can’t be passed down as they are: %(n)s. Mend the file and send it again.")
    return words % {"n": unread} if unread and unread != "0" else ""


def split_rows(grid: PassGrid, data: Any) -> tuple[str, str]:
    """Fill the rows with an amount split by a formula; return what was done, or what is wrong."""
    weights = grid.weights(data.get("formula", ""))
    if weights is None:
        return "", _("Choose by what the amount is to be split.")
    try:
        amount = parse_decimal(data.get("split-amount", ""))
    except BadFigure as bad:
        return "", str(bad)
    if not amount:
        return "", _("Enter the amount that is to be split.")
    parts = split(amount, weights)
    if not any(parts):
        return "", _("None of these areas has a figure to split by.")
    for row, part in zip(grid.rows, parts, strict=True):
        row.amount = written(part)
    got = sum(part is not None for part in parts)
    said = ngettext(
        "%(amount)s yuan were split over %(n)s area. Nothing is saved yet.",
        "%(amount)s yuan were split over %(n)s areas. Nothing is saved yet.",
        got,
    ) % {"amount": shown(amount), "n": got}
    return f"{said} {without_words(grid.rows, parts)}".strip(), ""


def without_words(rows: Sequence[PassRow], parts: Sequence[Decimal | None]) -> str:
    """Name the areas that a formula gave nothing."""
    names = [row.label for row, part in zip(rows, parts, strict=True) if part is None]
    if not names:
        return ""
    words = _("Without a figure to split by, and so without a share: %(names)s.")
    listed = ", ".join(names[:10]) + (f" … ({len(names)})" if len(names) > 10 else "")
    return words % {"names": listed}


def pass_rows(grid: PassGrid, form: DocumentForm, user: User, errors: Lines) -> list[Allocation]:
    """Pass the rows down, or add to `errors` what is wrong; the rows and the form then show it too."""
    shares = shares_of(grid)
    errors += row_lines(grid)
    if errors or not grid.rows or not form.is_valid():
        return []
    words = {name: form.cleaned_data[name] for name in ("document_no", "document_date", "key")}
    try:
        return pass_down(grid.parent, shares=shares, by=user, **words)
    except RowsRefused as refused:
        mark(grid, refused.problems, form)
        errors += row_lines(grid)
    except Refused as refused:
        first = next((row for row in grid.rows if row.amount), grid.rows[0])
        errors.append((f"amount-{first.area.pk}", "", str(refused)))
    return []


def shares_of(grid: PassGrid) -> list[Share]:
    """The shares that are typed; what can't be read is left among the errors of its row."""
    shares = []
    for row in grid.rows:
        amount = read_amount(row)
        programme = grid.programmes.get(row.programme.casefold(), "") if grid.by_programme else ""
        if grid.by_programme and row.programme and not programme:
            row.errors["programme"] = _("There is no programme “%(code)s”.") % {"code": row.programme[:60]}
        if amount is None and row.programme and not row.errors:
            row.errors["amount"] = _("A programme is named, but no amount.")
        if amount is not None:
            shares.append(Share(row.area, amount, programme))
    return shares


def mark(grid: PassGrid, problems: Sequence[Problem], form: DocumentForm | None) -> None:
    """Show what was refused at its row, or at the document's fields."""
    shared = {name for name in DocumentForm.base_fields if form}
    # What is wrong with the document is wrong in each row; it is said once.
    for field, message in dict.fromkeys((p.field, p.message) for p in problems if p.field in shared):
        form.add_error(field, message)  # type: ignore[union-attr]
    for problem in problems:
        row = grid.by_area.get(problem.area or 0)
        if row and problem.field not in shared:
            row.errors[problem.field if problem.field in ("programme", "area") else "amount"] = problem.message


def row_lines(grid: PassGrid) -> Lines:
    """What is wrong with the rows, for the summary on top."""
    labels = {"amount": _("Amount"), "programme": _("Programme")}
    return [
        (f"{'programme' if name == 'programme' else 'amount'}-{row.area.pk}", ", ".join(
            filter(None, [row.label, labels.get(name, "")])
        ), message)
        for row in grid.rows
        for name, message in row.errors.items()
    ]  # fmt: skip


def grid_page(
    request: HttpRequest,
    grid: PassGrid,
    form: DocumentForm,
    *,
    errors: Lines | None = None,
    said: str = "",
    **more: Any,
) -> HttpResponse:
    """The page of the grid.

    Context: `grid`, `form`, `errors`, `said` (what a split did), `total`, `remaining`, `overdrawn` (by how much, or 0),
    `split_amount`, `formula`, `config` (for the script).
    """
    one, total = grid.parent, grid.typed()
    remaining = one.balance.available - total
    context = {
        **frame_of(one, request.user, further=True),  # type: ignore[arg-type]
        "grid": grid,
        "form": form,
        "errors": errors or [],
        "said": said,
        "balance": one.balance,
        "total": total,
        "remaining": remaining,
        "overdrawn": max(-remaining, Decimal(0)),
        "split_amount": request.POST.get("split-amount") or written(one.balance.available),
        "formula": request.POST.get("formula", ""),
        "last_year": one.year - 1,
        "programmes": [str(model.label) for model in programmes()] if grid.by_programme else [],
        "lost": request.POST.get("unread", ""),  # a grid that a file filled in part stays so, whatever is done to it
        "config": _config(grid),
        **more,
    }
    return render(request, "funding/pass_down.html", context, status=422 if errors else 200)


def _config(grid: PassGrid) -> dict[str, Any]:
    """What the script of the grid knows: the room there is, and its words."""
    amount = {"name": "amount", "label": _("Amount"), "kind": "money", "places": 2, "max": str(MONEY_MAX)}
    programme = {"name": "programme", "label": _("Programme"), "kind": "words", "places": 0, "max": "0"}
    return {
        "available": str(grid.parent.balance.available),
        "measures": [amount, programme] if grid.by_programme else [amount],
        "words": grid_words(),
        "language": get_language(),
        "key": str(uuid.uuid4()),
    }
