"""The status of the totals, for everyone; and the jobs, for those who manage the whole country."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from povtrack.accounts.grants import manages_everything
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.lib.replica.reading import needs_primary
from povtrack.lib.replica.reading import state as replica_state
from povtrack.rollups.jobs import actions, state
from povtrack.rollups.jobs.kinds import kind_of
from povtrack.rollups.models import Job
from povtrack.rollups.recompute import cut_short
from povtrack.rollups.verified import FUNDS, last_verifications
from programmes.actions.scope import Refused
from programmes.registry import find_programme, programmes
from villages.models import Area

PAGE = 20
# What the list of jobs can be narrowed to.
SHOWN = {
    "stopped": (Job.State.FAILED, Job.State.LOST, Job.State.RETRIED),
    "running": (Job.State.RUNNING,),
    "all": tuple(Job.State),
}


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Show how fresh the totals of each programme are, when they were proven, and how far a replica is behind."""
    needs_primary("what waits is asked where edits arrive")
    proofs, pending = last_verifications(), state.pending_by_programme()
    rows = [
        {"label": model.label, "pending": pending.get(model.code, 0), "proof": proofs.get(model.code)}
        for model in programmes()
    ]
    rows.append({"label": _label(FUNDS), "pending": pending.get(FUNDS, 0), "proof": proofs.get(FUNDS)})
    differing = [one for one in proofs.values() if one.differences]
    context = {
        "section": "status",
        "outbox": state.outbox(),
        "rows": rows,
        "verified_at": min((one.at for one in proofs.values()), default=None),
        "differing": differing,
        "now": timezone.now(),
        "replica": replica_state(),
        "manages": manages_everything(user_of(request)),
    }
    return render(request, "rollups/status.html", context)


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Show what waits, what runs and what went wrong, each with its button."""
    needs_primary("jobs are where edits arrive")
    _require(request)
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else "stopped"
    listed = Job.objects.filter(state__in=SHOWN[str(shown)]).select_related("by").order_by("-started_at", "-pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    held = Paginator(state.held_cells(), PAGE).get_page(request.GET.get("held"))
    context = {
        "section": "status",
        "now": timezone.now(),
        "outbox": state.outbox(),
        "queue_length": state.queue_length(),
        "kinds": state.kinds(),
        "shown": shown,
        "rows": [_row(job) for job in page.object_list],
        "page_obj": page,
        "held": [{"cell": cell, "programme": _label(cell.programme)} for cell in held.object_list],
        "held_page": held,
        "differences": _differences(),
        "cut_short": cut_short(),
    }
    return render(request, "rollups/jobs.html", context)


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    """Do what a button says, and tell on the page of jobs what came of it."""
    _require(request)
    by, action = user_of(request), request.POST.get("action", "")
    try:
        messages.success(request, _done(action, request.POST.get("job", ""), by))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("jobs")


def _done(action: str, job: str, by: User) -> str:
    """Do it, and return what is to be said; raises Refused, and Http404 for what there is not."""
    if action == "held":
        count = actions.release_held(by=by)
        words = ngettext("%(n)s edit is being counted in.", "%(n)s edits are being counted in.", count)
        return words % {"n": count}
    if action in ("verify", "rebuild"):
        actions.start(kind=actions.PROVE if action == "verify" else actions.REBUILD, by=by)
        return _("It has been asked for. Load the page again in a moment.")
    found = get_object_or_404(Job, pk=job if job.isdecimal() else 0)
    if action == "again":
        actions.do_again(job=found, by=by)
        return _("The job is done again. Load the page again in a moment.")
    if action == "end":
        actions.end(job=found, by=by)
        return _("The job is ended.")
    raise Http404(_("There is no such button."))


def _row(job: Job) -> dict[str, Any]:
    return {
        "job": job,
        "label": kind_of(job.kind).label,
        "again": job.state in actions.STOPPED,
        "end": job.state in actions.UNFINISHED,
    }


def _differences() -> list[dict[str, Any]]:
    """What the last proofs found, each figure with its place."""
    found = [one for proof in last_verifications().values() if proof.differences for one in proof.found]
    areas = Area.objects.in_bulk({one["area"] for one in found})
    return [{**one, "place": areas.get(one["area"]), "programme": _label(one["programme"])} for one in found[:PAGE]]


def _label(programme: str) -> Any:
    if programme == FUNDS:
        return _("Funds")
    model = find_programme(programme)
    return model.label if model else programme


def _require(request: HttpRequest) -> None:
    if not manages_everything(user_of(request)):
        raise Http404(_("There is no such page."))
