"""Changing openly what an allocation gives."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from funding.actions import adjust_allocation
from funding.forms import AdjustForm
from funding.models import Allocation
from funding.views.allocation import frame_of
from funding.views.keeping import tried
from funding.views.scope import allocation_or_404, gives, not_found
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of


@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the form to whoever gives the money, or write the adjustment that was sent."""
    user = user_of(request)
    one = allocation_or_404(user, pk)
    if not gives(user, one):
        raise not_found()
    form = AdjustForm(request.POST) if request.method == "POST" else AdjustForm()
    if form.is_bound and form.is_valid() and _adjusted(one, form, user):
        messages.success(request, _("The change was entered."))
        return redirect("allocation", pk)
    giver = Allocation.objects.with_balance().get(pk=one.parent_id) if one.parent_id else None
    context = {
        **frame_of(one, user, further=True),
        "form": form,
        "balance": one.balance,
        "giver": giver,
        "errors": form.summary() if form.is_bound else [],
    }
    return render(request, "funding/adjust.html", context, status=422 if form.is_bound else 200)


def _adjusted(one: Allocation, form: AdjustForm, user: User) -> bool:
    kind, amount = form.change
    words = {name: form.cleaned_data[name] for name in ("document_no", "document_date", "reason", "key")}
    return bool(tried(form, lambda: adjust_allocation(one, kind=kind, amount=amount, by=user, **words), field="amount"))
