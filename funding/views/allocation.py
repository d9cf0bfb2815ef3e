"""One allocation: what it holds, whom it was passed on to, its payments and documents, and how it came to this."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from funding.actions.attachments import LARGEST, MOST
from funding.history import History
from funding.models import Allocation, Payment
from funding.views.scope import allocation_or_404, funds_trail, gives, keeps, ordered_page
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from povtrack.lib.paths import is_under
from programmes.actions.scope import paths_of
from programmes.registry import label_of
from programmes.views.scope import codes_in
from villages.levels import Level

CHILDREN, PAYMENTS, ENTRIES = 50, 10, 30


@require_GET
def allocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one allocation."""
    return allocation_page(request, allocation_or_404(user_of(request), pk))


def allocation_page(request: HttpRequest, one: Allocation, problem: str = "") -> HttpResponse:
    """The page, with a problem of the file that was sent, if there is one.

    Context: `one`, `balance`, `adjusted` (the sum of its adjustments), `giver_url`, `children` and `children_page`,
    `payments`, `files`, `lines` and `lines_page` (see `funding.history`), and what the reader may do.
    """
    user = user_of(request)
    codes, paths = codes_in(one.year, [one.area]), paths_of(user, Ability.READ)
    children = one.children.order_by("area__code", "pk").values_list("pk", flat=True)
    page = sliced(request, children, CHILDREN)
    lines = sliced(request, History(one), ENTRIES, name="history")
    context = {
        **frame_of(one, user),
        "balance": one.balance,
        "adjusted": one.balance.allocated - one.amount,
        "giver_url": _url(one.parent, paths) if one.parent else "",
        "children": _children(page.rows, paths),
        "children_page": page,
        "payments": _payments(one),
        "payments_url": _payments_url(one, codes.get(one.area_id)),
        "files": one.attachments.defer("content").select_related("by").order_by("pk"),
        "lines": lines.rows,
        "lines_page": lines,
        "problem": problem,
        "limit": LARGEST // 1024 // 1024,
        "most": MOST,
        **_rights(one, user),
    }
    return render(request, "funding/allocation.html", context, status=422 if problem else 200)


def frame_of(one: Allocation, user: User, *, further: bool = False) -> dict[str, Any]:
    """What every page about one allocation says of it; `further` ones lead back to it."""
    trail = funds_trail(user, one.area, one.year, itself=True)
    if further:
        trail.append({"label": one.document_no, "url": reverse("allocation", args=[one.pk])})
    return {
        "section": "funds",
        "one": one,
        "area": one.area,
        "year": one.year,
        "programme": label_of(one.programme),
        "trail": trail,
    }


def _rights(one: Allocation, user: User) -> dict[str, bool]:
    own, gives_it = keeps(user, one.area), gives(user, one)
    return {
        "may_pay": own,
        "may_pass": own and one.area.level < Level.VILLAGE and one.balance.available > 0,
        "may_adjust": gives_it,
        "may_attach": own or gives_it,
    }


def _url(one: Allocation, paths: tuple[str, ...]) -> str:
    """The page of an allocation, for those who may look there: a place can have moved away since it got its money."""
    return reverse("allocation", args=[one.pk]) if is_under(one.area.path, paths) else ""


def _children(pks: list[int], paths: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = Allocation.objects.with_balance().select_related("area")
    return [
        {"entry": child, "url": _url(child, paths), "programme": label_of(child.programme)}
        for child in ordered_page(rows, pks)
    ]


def _payments(one: Allocation) -> list[Payment]:
    """The latest payments, each with the one that takes it back."""
    rows = one.payments.select_related("by", "reversed_by").order_by("-paid_on", "-pk")
    return list(rows[:PAYMENTS])


def _payments_url(one: Allocation, code: str | None) -> str:
    return f"{reverse('funds-payments', args=[one.year, code])}?allocation={one.pk}" if code else ""
