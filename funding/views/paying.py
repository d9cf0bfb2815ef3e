"""Payments: booking them, looking at them, and taking back those that were none."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from funding.actions import book_payment, reverse_payment
from funding.forms import EntryForm, PaymentFilter, PaymentForm, TakeBackForm
from funding.models import Allocation, Payment
from funding.views.allocation import frame_of
from funding.views.keeping import tried
from funding.views.scope import (
    allocation_or_404,
    funds_trail,
    given_within,
    keeps,
    not_found,
    ordered_page,
    place_of,
    year_urls,
)
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import shown
from povtrack.lib.pages import sliced
from programmes.registry import label_of

PAGE = 50


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the form for a payment of an allocation, or book what was sent."""
    user = user_of(request)
    one = allocation_or_404(user, pk)
    if not keeps(user, one.area):
        raise not_found()
    form = PaymentForm(request.POST) if request.method == "POST" else PaymentForm()
    if (
        form.is_bound
        and form.is_valid()
        and tried(form, lambda: book_payment(one, by=user, **form.cleaned_data), field="amount")
    ):
        words = _("%(amount)s yuan were booked as %(kind)s.")
        kind = Payment.Kind(form.cleaned_data["kind"]).label
        messages.success(request, words % {"amount": shown(form.cleaned_data["amount"]), "kind": kind})
        return redirect("allocation", pk)
    return _page(request, "funding/pay.html", one, form, user)


def _page(request: HttpRequest, template: str, one: Allocation, form: EntryForm, user: User) -> HttpResponse:
    context = {
        **frame_of(one, user, further=True),
        "form": form,
        "balance": one.balance,
        "errors": form.summary() if form.is_bound else [],
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a payment is to be taken back, or do it."""
    user = user_of(request)
    payment = Payment.objects.filter(pk=pk, allocation__in=Allocation.objects.visible_to(user, Ability.ENTER_FUNDS))
    paid = payment.select_related("allocation__area", "reversed_by", "reverses").first()
    if paid is None:
        raise Http404(_("There is no such payment among yours."))
    form = TakeBackForm(request.POST) if request.method == "POST" else TakeBackForm()
    if form.is_bound and form.is_valid() and tried(form, lambda: reverse_payment(paid, by=user, **form.cleaned_data)):
        messages.success(request, _("The payment of %(amount)s yuan was taken back.") % {"amount": shown(paid.amount)})
        return redirect("allocation", paid.allocation_id)
    context = {
        **frame_of(allocation_or_404(user, paid.allocation_id), user, further=True),
        "payment": paid,
        "is_done": paid.reverses_id is not None or hasattr(paid, "reversed_by"),
        "form": form,
        "errors": form.summary() if form.is_bound else [],
    }
    return render(request, "funding/take_back.html", context, status=422 if form.is_bound else 200)


@require_GET
def payments(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """List the payments of an area's money of a year, that of all below it included.

    Context: `filter`, `rows` (payment, programme, may_take_back), `page`.
    """
    area, user = place_of(request, year, code)
    found = PaymentFilter(request.GET)
    rows = Payment.objects.filter(allocation__in=given_within(area, year, user))
    rows = found.narrowed(rows, "allocation__").order_by("-paid_on", "-pk")
    page = sliced(request, rows.values_list("pk", flat=True), PAGE)
    whole = Payment.objects.select_related("allocation__area", "allocation__source", "by", "reversed_by")
    own = set(Allocation.objects.visible_to(user, Ability.ENTER_FUNDS).filter(payments__in=page.rows).values_list("pk"))
    told = [
        {
            "entry": paid,
            "programme": label_of(paid.allocation.programme),
            "may_take_back": (paid.allocation_id,) in own and not paid.reverses_id and not hasattr(paid, "reversed_by"),
        }
        for paid in ordered_page(whole, page.rows)
    ]
    context = {
        "section": "funds",
        "area": area,
        "code": code,
        "year": year,
        "trail": funds_trail(user, area, year, itself=True),
        "year_urls": year_urls(area, year, "funds-payments"),
        "filter": found,
        "is_narrowed": any(request.GET.get(name) for name in found.fields),
        "rows": told,
        "page": page,
    }
    return render(request, "funding/payments.html", context)
