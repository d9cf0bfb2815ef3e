"""Who helps an area: the list of a year, one pairing with its reports, and the forms of finance officers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from funding.actions import change_pairing, pair, remove_pairing
from funding.models import FIGURES, Pairing, PairingReport, Partner, figures_of_reports
from funding.partner_forms import NewPairingForm, PairingForm
from funding.views.keeping import tried
from funding.views.scope import keeps, place_of
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from povtrack.lib.years import year_end
from programmes.actions import Refused
from programmes.progress import place_filter
from programmes.views.scope import codes_in
from villages.forms import picks
from villages.forms.picks import Pick
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement

PAGE = 50
_FIELDS = ("since", "until", "document_no", "document_date", "note")


@require_GET
def pairings(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show who helps an area and what lies below it in a year.

    Context: `rows` (see `_line`), `page`, `may_enter`, `years` (this one and those beside), `totals_url`.
    """
    area, user = place_of(request, year, code)
    page = sliced(request, helping(area, year, user), PAGE)
    context = {
        "section": "funds",
        "area": area,
        "code": code,
        "year": year,
        "rows": [_line(one, year) for one in page.rows],
        "page": page,
        "may_enter": keeps(user, area),
        "year_urls": years_beside(area, year, "pairings"),
        "totals_url": reverse("partner-totals", args=[year, code]),
    }
    return render(request, "funding/partners/pairings.html", context)


def helping(area: Area, year: int, user: User) -> QuerySet[Pairing]:
    """The pairings of a year of an area and what lay below it at the end of that year; the reader's alone."""
    rows = Pairing.objects.in_year(year).visible_to(user).select_related("partner", "area")
    reported = PairingReport.objects.filter(pairing=OuterRef("pk"), year=year)
    rows = rows.annotate(reported=Subquery(reported.values("version")))
    if area.level != Level.NATION:
        lay = Q(area=area) if area.level == Level.VILLAGE else Q(**place_filter(area))
        rows = rows.filter(area__in=Placement.objects.filter(lay, valid__contains=year_end(year)).values("area"))
    return rows.order_by("area__level", "area__code", "valid", "pk")


def _line(one: Pairing, year: int) -> dict[str, Any]:
    """One pairing, and whether it began or ended within the year."""
    since, until = one.valid.lower, one.valid.upper
    first, next_first = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    return {
        "pairing": one,
        "since": since,
        "until": until,
        "began": since > first,
        "ended": until is not None and until < next_first,
        "reported": one.reported is not None,  # type: ignore[attr-defined]
    }


def years_beside(area: Area, year: int, name: str) -> list[dict[str, Any]]:
    """The years up to this one in which an area stood and anyone helped anywhere, each with the same page."""
    first = Pairing.objects.order_by("valid").values_list("valid", flat=True).first()
    this = max(timezone.localdate().year, year)
    years = range(min(first.lower.year if first else year, year), this + 1)
    versions = list(AreaVersion.objects.filter(area=area))
    return [
        {"year": y, "url": reverse(name, args=[y, version.code]), "current": y == year}
        for y in years
        for version in versions
        if year_end(y) in version.valid
    ]


def pairing_or_404(user: User, pk: int, ability: Ability = Ability.READ) -> Pairing:
    """One pairing, if it is of an area where the user holds `ability`."""
    found = Pairing.objects.visible_to(user, ability).select_related("partner", "area", "entered_by").filter(pk=pk)
    one = found.first()
    if one is None:
        raise Http404(_("There is no such pairing among yours."))
    return one


@require_GET
def pairing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one pairing and what came of it in each year.

    Context: `pairing`, `years` (report, figures in order), `missing` (years), `heads`, `may_enter`, `area_url`.
    """
    user = user_of(request)
    found = pairing_or_404(user, pk)
    reports = {report.year: report for report in found.reports.select_related("entered_by").order_by("year")}
    day = min(timezone.localdate(), (found.valid.upper or dt.date.max) - dt.timedelta(days=1))
    year = max(day.year, found.valid.lower.year)
    codes = {y: codes_in(y, [found.area]).get(found.area_id) for y in (year, year - 1)}
    known = next(((y, code) for y, code in codes.items() if code), None)
    context = {
        "section": "funds",
        "pairing": found,
        "years": [_year(report) for report in reversed(reports.values())],
        "missing": [y for y in _years(found, day) if y not in reports],
        "heads": figures_of_reports(),
        "may_enter": keeps(user, found.area),
        "today": timezone.localdate(),
        "area_url": reverse("pairings", args=known) if known else "",
    }
    return render(request, "funding/partners/pairing.html", context)


def _years(found: Pairing, day: dt.date) -> range:
    """The years of which a pairing can be reported, the latest first."""
    return range(day.year, found.valid.lower.year - 1, -1)


def _year(report: PairingReport) -> dict[str, Any]:
    return {"report": report, "figures": [getattr(report, name) for name in FIGURES]}


@require_http_methods(["GET", "POST"])
def pairing_new(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Offer the form of a new pairing to whoever keeps the area's funds, or enter the one that was sent.

    Context: `form`, `pick` (the helped area), `errors` (lines of field, label, message), `back_url`.
    """
    area, user = place_of(request, year, code, Ability.ENTER_FUNDS)
    if request.method == "POST":
        form, pick = NewPairingForm(request.POST), picks.read(request.POST, "area")
        made = _entered(form, pick, user)
        if made is not None:
            words = _("It was entered that %(partner)s helps %(area)s. Next, report what came of it.")
            messages.success(request, words % {"partner": made.partner, "area": made.area})
            return redirect("pairing", made.pk)
    else:
        asked = request.GET.get("partner", "")
        form = NewPairingForm(initial={"partner": asked if asked.isdecimal() else None})
        version = AreaVersion.objects.select_related("area").get(area=area, valid__contains=year_end(year))
        pick = picks.picked("area", version)
    errors = form.summary() if form.is_bound else []
    if pick.message:
        errors.append((pick.id, _("Helped area"), pick.message))
    context = {
        "section": "funds",
        "area": area,
        "form": form,
        "pick": pick,
        "query": f"within={area.pk}",
        "errors": errors,
        "has_partners": Partner.objects.exists(),
        "back_url": reverse("pairings", args=[year, code]),
    }
    return render(request, "funding/partners/pairing_new.html", context, status=422 if errors else 200)


def _entered(form: NewPairingForm, pick: Pick, user: User) -> Pairing | None:
    """Enter what was sent, or mark what is wrong with it."""
    is_valid = form.is_valid()
    if pick.blank:
        pick.errors[""] = _("Choose a place, or type its code.")
    else:
        picks.find([pick], user, form.cleaned_data.get("since") or timezone.localdate(), Ability.ENTER_FUNDS)
    if not is_valid or pick.area is None or pick.message:
        return None
    words, area = {name: form.cleaned_data[name] for name in _FIELDS}, pick.area
    made: Pairing | None = tried(form, lambda: pair(form.cleaned_data["partner"], area=area, by=user, **words), pick)
    return made


@require_http_methods(["GET", "POST"])
def pairing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the form in which a pairing is ended or put right, or save what was sent.

    Context: `form`, `errors`, `pairing`, `may_remove`.
    """
    user = user_of(request)
    found = pairing_or_404(user, pk, Ability.ENTER_FUNDS)
    if request.method == "POST":
        form = PairingForm(request.POST)
        if form.is_valid():
            words = {name: form.cleaned_data[name] for name in _FIELDS}
            made = tried(form, lambda: change_pairing(found, version=form.seen(), by=user, **words))
            if made is not None:
                messages.success(request, _("The pairing was saved."))
                return redirect("pairing", pk)
    else:
        words = {name: getattr(found, name) for name in ("document_no", "document_date", "note", "version")}
        form = PairingForm(initial={"since": found.valid.lower, "until": found.valid.upper, **words})
    context = {
        "section": "funds",
        "form": form,
        "errors": form.summary() if form.is_bound else [],
        "pairing": found,
        "may_remove": not found.reports.exists(),
    }
    return render(request, "funding/partners/pairing_edit.html", context, status=422 if form.errors else 200)


@require_POST
def pairing_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a pairing that was entered by mistake, if it is the version that the person saw."""
    user = user_of(request)
    found = pairing_or_404(user, pk, Ability.ENTER_FUNDS)
    text = request.POST.get("version", "")
    try:
        version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        remove_pairing(found, version=version, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("pairing", pk)
    messages.success(request, _("The pairing was removed."))
    return redirect("partner", found.partner_id)
