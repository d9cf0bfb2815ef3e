"""The form in which a finance officer reports what came of a pairing in a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from funding.actions import save_pairing_report
from funding.models import FIGURES, Pairing, PairingReport
from funding.partner_forms import ReportForm
from funding.views.keeping import tried
from funding.views.pairings import pairing_or_404
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Offer the form of a pairing and year, or save what was sent.

    Context: `pairing`, `year`, `report` (what stands, or None), `form`, `lines` (field, last year's figure), `errors`.
    """
    user = user_of(request)
    found = pairing_or_404(user, pk, Ability.ENTER_FUNDS)
    _require_reportable(found, year)
    stands = found.reports.filter(year=year).select_related("entered_by").first()
    if request.method == "POST":
        form = ReportForm(request.POST, report=stands)
        if form.is_valid():
            words: dict[str, Any] = {"year": year, "version": form.seen(), "values": form.typed(), "by": user}
            made = tried(form, lambda: save_pairing_report(found, note=form.cleaned_data["note"], **words))
            if made is not None:
                messages.success(request, _("The report of %(year)s was saved.") % {"year": year})
                return redirect("pairing", pk)
            stands = found.reports.filter(year=year).select_related("entered_by").first()
    else:
        form = ReportForm(report=stands)
    context = {
        "section": "funds",
        "pairing": found,
        "year": year,
        "last_year": year - 1,
        "report": stands,
        "form": form,
        "lines": _lines(form, found.reports.filter(year=year - 1).first()),
        "errors": form.summary() if form.is_bound else [],
    }
    return render(request, "funding/partners/report.html", context, status=422 if form.errors else 200)


def _lines(form: ReportForm, before: PairingReport | None) -> list[dict[str, Any]]:
    """The boxes in order, each with the figure of the year before."""
    return [{"field": form[name], "before": getattr(before, name, None)} for name in FIGURES]


def _require_reportable(found: Pairing, year: int) -> None:
    """Raise Http404 for a year in which the pairing did not stand, or that has not come."""
    until = found.valid.upper
    over = until is not None and (until.year, until.month, until.day) <= (year, 1, 1)
    if year < found.valid.lower.year or over or year > timezone.localdate().year:
        raise Http404(_("The pairing did not stand in %(year)s.") % {"year": year})
