"""The pages on which the differences between a list and the registry are looked through and decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from villages.actions import ChangeRefused
from villages.actions.reviews import ANOTHER, EVIDENCE, SAME, accept_rows, refuse_rows, reopen_rows, undo_acceptance
from villages.imports.findings import Decided
from villages.imports.looking import visible_rows
from villages.models import BoundaryChange, ListReview, ListRow
from villages.views.accepting import LONG, accepting
from villages.views.differences import choice, differences, filter_of

PAGE = 20
MANY = 10_000  # counted no further on the list of reviews
BATCHES = 5  # acceptances that are offered to be taken back
_AS = {"accept": EVIDENCE, "accept-same": SAME, "accept-another": ANOTHER}
_DAY = 86400
_KEPT = ("filter", "action", "row", "group")  # what the form says again when it is asked whether so many are meant
_LEFT = "review-left-open"


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """List the reviews, newest list first.

    Context: `rows` (url, file, source, vintage, state_word, is_open, left, many, same, created_at, created_by), `page`.
    """
    user = _keeper(request)
    found = ListReview.objects.select_related("source", "created_by").order_by("-vintage", "-pk")
    page = sliced(request, found, PAGE)
    context = {"section": "registry", "rows": [_review_row(row, user) for row in page.rows], "page": page, "many": MANY}
    return render(request, "villages/reviews.html", context)


def _review_row(row: ListReview, user: User) -> dict[str, Any]:
    is_open = row.state == ListReview.State.OPEN
    left = 0
    if is_open:
        left = visible_rows(row, user).filter(decision=ListRow.Decision.OPEN)[: MANY + 1].count()
    return {
        "url": reverse("review", args=[row.pk]),
        "file": row.source.file_name,
        "vintage": row.vintage,
        "is_open": is_open,
        "left": min(left, MANY),
        "many": left > MANY,
        "same": row.rows_same,
        "created_at": row.created_at,
        "created_by": row.created_by.label if row.created_by else "",
    }


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one review: what differs, narrowed by outcome, level, county, decision and text.

    Context: `review`, all of `differences` (tally, filter, groups, neighbours), `batches` (see `_batches`), and
    `left_open` (label, why) of the rows that the last acceptance could not take.
    """
    user = _keeper(request)
    row = _review(pk)
    shown = differences(request, row, user)
    context = {
        "section": "registry",
        "review": row,
        "left_open": request.session.pop(_LEFT, []),
        "batches": _batches(row),
        "url_undo": reverse("review-undo", args=[row.pk]),
        "trail": [
            {"label": _("Registry"), "url": reverse("registry")},
            {"label": _("Lists to review"), "url": reverse("reviews")},
            {"label": _("List of %(day)s") % {"day": date_format(row.vintage, "Y-m-d")}, "url": None},
        ],
        **shown,
    }
    return render(request, "villages/review.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Decide rows: `action` is accept, accept-same, accept-another, refuse or reopen.

    With "-all" it means all that the filter shows; otherwise `row` names single rows, and `group` all rows of one
    outcome, level and county.
    """
    user = _keeper(request)
    row = _review(pk)
    back = QueryDict(request.POST.get("filter", "")[:500])
    asked = filter_of(back)
    rows = choice(request.POST, asked, visible_rows(row, user))
    here = f"{reverse('review', args=[pk])}?{back.urlencode()}"
    if rows is None:
        messages.error(request, _("Nothing was decided: no row is ticked."))
        return redirect(here)
    action = request.POST.get("action", "").removesuffix("-all")
    if action in _AS:
        return _accept(request, row, rows, _AS[action], here)
    if action in {"refuse", "reopen"}:
        messages.success(request, _refuse(row, rows, action, user))
    else:
        messages.error(request, _("Choose what is to be done with these rows."))
    return redirect(here)


def _refuse(row: ListReview, rows: QuerySet[ListRow], action: str, user: User) -> str:
    if action == "refuse":
        count = refuse_rows(review=row, rows=rows, by=user)
        return ngettext(
            "%(count)s difference refused; the registry stays as it is.",
            "%(count)s differences refused; the registry stays as it is.",
            count,
        ) % {"count": f"{count:,}"}
    count = reopen_rows(review=row, rows=rows, by=user)
    return ngettext("%(count)s difference is open again.", "%(count)s differences are open again.", count) % {
        "count": f"{count:,}"
    }


def _accept(request: HttpRequest, row: ListReview, rows: QuerySet[ListRow], as_: str, here: str) -> HttpResponseBase:
    """Accept at once; where that takes long, ask first, and answer with a page that tells what is under way."""
    user = _keeper(request)

    def work() -> Decided:
        return accept_rows(review=row, rows=rows, by=user, as_=as_)

    count = rows.order_by()[: LONG + 1].count()
    if count > LONG:
        count = rows.order_by().count()
        if "sure" in request.POST:
            return accepting(request, row, count, work, here)
        kept = [(name, value) for name in _KEPT for value in request.POST.getlist(name)]
        context = {"section": "registry", "review": row, "count": count, "fields": kept, "here": here}
        return render(request, "villages/review_sure.html", context)
    try:
        decided = work()
    except ChangeRefused as refusal:
        messages.error(request, " ".join([str(refusal), *map(str, refusal.problems[:5])]))
    else:
        _tell(request, decided)
    return redirect(here)


def _tell(request: HttpRequest, decided: Decided) -> None:
    if decided.accepted:
        words = ngettext("%(count)s difference accepted.", "%(count)s differences accepted.", decided.accepted)
        messages.success(request, words % {"count": f"{decided.accepted:,}"})
    if decided.left_open:
        words = ngettext(
            "%(count)s difference could not be accepted and stays open; see why below.",
            "%(count)s differences could not be accepted and stay open; see why below.",
            decided.left_open,
        )
        messages.warning(request, words % {"count": f"{decided.left_open:,}"})
        request.session[_LEFT] = [(label, why) for _pk, label, why in decided.rows]


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the acceptance that the change of id `change` was part of."""
    user = _keeper(request)
    row = _review(pk)
    asked = request.POST.get("change", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    change = BoundaryChange.objects.filter(pk=number, source=row.source).first()
    if change is None:
        raise Http404(_("There is no such acceptance."))
    try:
        count = undo_acceptance(review=row, change=change, by=user)
    except ChangeRefused as refusal:
        messages.error(request, " ".join([str(refusal), *map(str, refusal.problems[:5])]))
    else:
        words = ngettext(
            "Taken back: %(count)s difference is open again.",
            "Taken back: %(count)s differences are open again.",
            count,
        )
        messages.success(request, words % {"count": f"{count:,}"})
    return redirect(reverse("review", args=[pk]))


def _batches(row: ListReview) -> list[dict[str, Any]]:
    """The last acceptances: `change` (id of one of the changes), `at`, `by`, `kinds` (word, count)."""
    changes = (
        BoundaryChange.objects.filter(source=row.source, state=BoundaryChange.State.APPLIED)
        .select_related("applied_by")
        .order_by("-applied_at", "-pk")
    )
    batches: dict[Any, dict[str, Any]] = {}
    for change in changes[: BATCHES * 5]:
        batch = batches.setdefault(change.applied_at, {"change": change.pk, "at": change.applied_at, "kinds": []})
        batch["by"] = change.applied_by.label if change.applied_by else ""
        # What was applied stays as it is; of a whole country these are many rows to count for each page.
        count = cache.get_or_set(f"change-places-{change.pk}", change.areas.count, _DAY)
        batch["kinds"].append({"word": change.get_kind_display(), "count": count})
    return list(batches.values())[:BATCHES]


def _review(pk: int) -> ListReview:
    found = ListReview.objects.select_related("source").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such review."))
    return found


def _keeper(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not request.user.can(Ability.KEEP_REGISTRY):
        raise PermissionDenied
    return request.user
