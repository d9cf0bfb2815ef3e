"""Entering money that comes from outside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from funding.actions import enter_allocation
from funding.actions.allocations import Foreign
from funding.forms import EnterForm
from funding.models import Allocation, FundSource
from funding.views.keeping import tried
from funding.views.scope import funds_trail, place_of
from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import shown
from povtrack.lib.years import year_end
from villages.forms import picks
from villages.forms.picks import Pick
from villages.models import Area, AreaVersion


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Offer the form for an area and year, or enter what was sent.

    Context: `form`, `pick` (the recipient), `errors` (lines of field, label, message), `has_sources`.
    """
    area, user = place_of(request, year, code, Ability.ENTER_FUNDS)
    if request.method == "POST":
        form, pick = EnterForm(request.POST), picks.read(request.POST, "area")
        made = _entered(form, pick, user)
        if made is not None:
            words = _("%(amount)s yuan were entered for %(area)s. Next, pass them down or book what is paid.")
            messages.success(request, words % {"amount": shown(made.amount), "area": made.area})
            return redirect("allocation", made.pk)
    else:
        version = AreaVersion.objects.select_related("area").get(area=area, valid__contains=year_end(year))
        initial = {"year": year, "source": request.GET.get("source"), "programme": request.GET.get("programme")}
        form, pick = EnterForm(initial=initial), picks.picked("area", version)
    return _page(request, form, pick, area, year, code)


def _page(request: HttpRequest, form: EnterForm, pick: Pick, area: Area, year: int, code: str) -> HttpResponse:
    errors = form.summary() if form.is_bound else []
    if pick.message:
        errors.append((pick.id, _("Recipient"), pick.message))
    context = {
        "section": "funds",
        "area": area,
        "code": code,
        "year": year,
        "trail": funds_trail(request.user, area, year, itself=True),  # type: ignore[arg-type]
        "form": form,
        "pick": pick,
        "query": f"within={area.pk}",
        "errors": errors,
        "has_sources": FundSource.objects.exists(),
    }
    return render(request, "funding/enter.html", context, status=422 if errors else 200)


def _entered(form: EnterForm, pick: Pick, user: User) -> Allocation | None:
    """Enter what was sent, or mark what is wrong with it."""
    is_valid = form.is_valid()
    year = form.cleaned_data.get("year")
    if pick.blank:
        pick.errors[""] = _("Choose a place, or type its code.")
    elif year:
        picks.find([pick], user, year_end(year), Ability.ENTER_FUNDS)
    if not is_valid or pick.area is None or pick.message:
        return None
    place = pick.area
    made: Allocation | None = tried(
        form, lambda: enter_allocation(area=place, by=user, **_words(form.cleaned_data)), pick
    )
    return made


def _words(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the action is told."""
    words = {name: cleaned[name] for name in ("source", "year", "programme", "document_no", "document_date", "note")}
    if cleaned["money"] == "foreign":
        foreign = Foreign(cleaned["currency"], cleaned["currency_amount"], cleaned["rate"])
        return {**words, "foreign": foreign, "key": cleaned["key"]}
    return {**words, "amount": cleaned["amount"], "key": cleaned["key"]}
