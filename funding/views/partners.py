"""Partners: the list, one of them with whom it helps and what came of it, and the form of those who keep the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, Count, Q, Sum, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from funding.actions import add_partner, change_partner, curates
from funding.models import FIGURES, ForeignProject, Pairing, PairingReport, Partner, figures_of_reports
from funding.partner_forms import PartnerFilter, PartnerForm
from funding.views.keeping import keeper_or_404, tried
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from villages.forms import picks
from villages.forms.picks import Pick
from villages.models import Area, AreaVersion

PAGE = 50


@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """List the partners, with how many of the reader's areas each helps today.

    Context: `rows` (partners with `helps`), `page`, `filter`, `is_narrowed`, `may_keep`.
    """
    user, narrow = user_of(request), PartnerFilter(request.GET)
    asked = narrow.cleaned_data if narrow.is_valid() else {}
    rows = Partner.objects.annotate(helps=_helped_today(user))
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if text := asked.get("q"):
        rows = rows.filter(Q(name__icontains=text) | Q(name_latin__icontains=text))
    order = Case(*[When(kind=kind, then=n) for n, kind in enumerate(Partner.Kind.values)])
    page = sliced(request, rows.order_by(order, "name", "pk"), PAGE)
    context = {
        "section": "funds",
        "rows": page.rows,
        "page": page,
        "filter": narrow,
        "is_narrowed": bool(asked.get("kind") or asked.get("q")),
        "may_keep": curates(user),
    }
    return render(request, "funding/partners/partners.html", context)


def _helped_today(user: User) -> Count:
    own = Q(pairings__area__in=Area.objects.visible_to(user), pairings__valid__contains=timezone.localdate())
    return Count("pairings__area", filter=own, distinct=True)


@require_GET
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one partner: which of the reader's areas it helps or helped, and what came of it by year.

    Context: `partner`, `rows` (pairings with their area), `page`, `years` (see `_years`), `heads` (label, unit),
    `projects`, `may_keep`, `today`.
    """
    user = user_of(request)
    found = get_object_or_404(Partner.objects.select_related("area"), pk=pk)
    pairings = Pairing.objects.visible_to(user).filter(partner=found).select_related("area", "area__parent")
    page = sliced(request, pairings.order_by("area__level", "area__code", "valid"), PAGE)
    context = {
        "section": "funds",
        "partner": found,
        "rows": page.rows,
        "page": page,
        "years": _years(found, user),
        "heads": figures_of_reports(),
        "projects": _projects(found, user),
        "may_keep": curates(user),
        "today": timezone.localdate(),
    }
    return render(request, "funding/partners/partner.html", context)


def _years(found: Partner, user: User) -> list[dict[str, Any]]:
    """What came of all pairings of a partner in the reader's areas: year, reports, figures in order."""
    reports = PairingReport.objects.visible_to(user).filter(pairing__partner=found)
    sums = {f"sum_{name}": Sum(name) for name in FIGURES}
    years: Any = reports.order_by("year").values("year").annotate(n=Count("pk"), **sums)
    return [
        {"year": row["year"], "reports": row["n"], "figures": [row[f"sum_{name}"] for name in FIGURES]} for row in years
    ]


def _projects(found: Partner, user: User) -> list[ForeignProject]:
    if found.kind != Partner.Kind.FOREIGN:
        return []
    return list(ForeignProject.objects.visible_to(user).filter(donor=found).order_by("valid", "pk")[:PAGE])


@require_http_methods(["GET", "POST"])
def partner_new(request: HttpRequest) -> HttpResponse:
    """Offer the form of a new partner to those who keep the list, or add the one that was sent."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the form of a partner to those who keep the list, or change it.

    Context: `form`, `pick` (its own area), `errors` (lines of field, label, message), `partner`.
    """
    keeper_or_404(user_of(request))
    return _edit(request, get_object_or_404(Partner.objects.select_related("area"), pk=pk))


def _edit(request: HttpRequest, stands: Partner | None) -> HttpResponse:
    user = user_of(request)
    keeper_or_404(user)
    if request.method == "POST":
        form, pick = PartnerForm(request.POST), picks.read(request.POST, "area")
        made = _kept(form, pick, stands, user)
        if made is not None:
            messages.success(request, _("%(partner)s was saved.") % {"partner": made})
            return redirect("partner", made.pk)
    else:
        names = ("kind", "name", "name_latin", "note", "version")
        form = PartnerForm(initial={name: getattr(stands, name) for name in names} if stands else None)
        pick = picks.picked("area", _form_of(stands.area) if stands and stands.area else None)
    errors = form.summary() if form.is_bound else []
    if pick.message:
        errors.append((pick.id, _("Its own area"), pick.message))
    context = {"section": "funds", "form": form, "pick": pick, "errors": errors, "partner": stands}
    return render(request, "funding/partners/partner_edit.html", context, status=422 if errors else 200)


def _form_of(area: Area) -> AreaVersion:
    return AreaVersion.objects.filter(area=area).select_related("area").latest("valid")


def _kept(form: PartnerForm, pick: Pick, stands: Partner | None, user: User) -> Partner | None:
    """Save what was sent, or mark what is wrong with it."""
    if not pick.blank:
        picks.find([pick], user, timezone.localdate(), Ability.READ)
    if not form.is_valid() or pick.message:
        return None
    words = {name: form.cleaned_data[name] for name in ("kind", "name", "name_latin", "note")} | {"area": pick.area}

    def save() -> Partner:
        if stands is None:
            return add_partner(by=user, **words)
        return change_partner(stands, version=form.seen(), by=user, **words)

    made: Partner | None = tried(form, save, pick)
    return made
