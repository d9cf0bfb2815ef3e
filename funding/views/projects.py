"""Foreign-funded projects: the list, one of them with the counties it covers, and the form of those who keep them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from funding.actions import Covered, add_project, book_to_project, change_project, curates
from funding.actions.projects import FIELDS
from funding.models import (
    Allocation,
    AllocationQuerySet,
    ForeignProject,
    FundSource,
    Partner,
    ProjectAllocation,
    ProjectCounty,
)
from funding.partner_forms import ProjectForm
from funding.views.keeping import keeper_or_404, tried
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from programmes.actions import Refused
from programmes.registry import label_of
from villages.models import Area, AreaVersion

PAGE = 50
_COUNTIES = 100


@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    """List the foreign projects that cover something of the reader's.

    Context: `rows` (projects with `own`, how many of the reader's counties), `page`, `sums` (by currency), `may_keep`.
    """
    user = user_of(request)
    seen = ForeignProject.objects.visible_to(user)
    own = Count("counties__area", filter=Q(counties__area__in=Area.objects.visible_to(user)), distinct=True)
    page = sliced(request, seen.annotate(own=own).select_related("donor").order_by("-valid", "name", "pk"), PAGE)
    sums = seen.values("currency").annotate(
        n=Count("pk"),
        amount=Sum("currency_amount"),
        in_yuan=Sum("yuan"),
        beside=Sum("counterpart"),
        reached=Sum("people"),
    )
    context = {
        "section": "funds",
        "rows": page.rows,
        "page": page,
        "sums": list(sums.order_by("currency")),
        "may_keep": curates(user),
        "today": timezone.localdate(),
    }
    return render(request, "funding/partners/projects.html", context)


def project_or_404(user: User, pk: int) -> ForeignProject:
    """One foreign project, if it covers something of the user's."""
    found = ForeignProject.objects.visible_to(user).select_related("donor", "entered_by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such project among yours."))
    return found


@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one foreign project and the counties of the reader's that it covers.

    Context: `project`, `programme` (label), `rows` (counties with `valid`), `page`, `covered` (how many in all),
    `allocations` (of the reader's areas), `free` (those that the reader could book to it), `may_keep`, `today`.
    """
    user = user_of(request)
    found = project_or_404(user, pk)
    areas = Area.objects.visible_to(user)
    counties = found.counties.filter(area__in=areas).select_related("area", "area__parent")
    page = sliced(request, counties.order_by("area__code", "valid", "pk"), _COUNTIES)
    booked = ProjectAllocation.objects.filter(project=found, allocation__area__in=areas)
    free = unbooked(user).select_related("area").order_by("-year", "-pk")[:_COUNTIES]
    context = {
        "section": "funds",
        "project": found,
        "programme": label_of(found.programme),
        "rows": page.rows,
        "page": page,
        "covered": found.counties.values("area").distinct().count(),
        "allocations": booked.select_related("allocation__area").order_by("allocation__year", "pk")[:_COUNTIES],
        "free": free,
        "may_keep": curates(user),
        "today": timezone.localdate(),
    }
    return render(request, "funding/partners/project.html", context)


def unbooked(user: User) -> AllocationQuerySet:
    """The allocations of foreign money from outside that `user` keeps, and that belong to no project yet."""
    own = Allocation.objects.visible_to(user, Ability.ENTER_FUNDS)
    return own.filter(source__kind=FundSource.Kind.FOREIGN, parent=None, of_project=None)


@require_POST
def project_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an allocation of the officer's (`allocation`, its id) is money of a project."""
    user = user_of(request)
    found, text = project_or_404(user, pk), request.POST.get("allocation", "")
    key = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    rows = Allocation.objects.visible_to(user, Ability.ENTER_FUNDS).select_related("area", "source")
    allocation = rows.filter(pk=key).first()
    if allocation is None:
        messages.error(request, _("Choose an allocation."))
        return redirect("project", pk)
    try:
        book_to_project(allocation, project=found, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(document)s is money of this project.") % {"document": allocation.document_no})
    return redirect("project", pk)


@require_http_methods(["GET", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """Offer the form of a new project to those who keep them, or add the one that was sent."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the form of a project to those who keep them, or change it.

    Context: `form`, `errors` (lines of field, label, message), `project`, `has_donors`.
    """
    keeper_or_404(user_of(request))
    return _edit(request, get_object_or_404(ForeignProject, pk=pk))


def _edit(request: HttpRequest, stands: ForeignProject | None) -> HttpResponse:
    user = user_of(request)
    keeper_or_404(user)
    form = ProjectForm(request.POST if request.method == "POST" else None, initial=_initial(stands))
    if form.is_bound and form.is_valid():
        made = _saved(form, stands, user)
        if made is not None:
            messages.success(request, _("%(project)s was saved.") % {"project": made})
            return redirect("project", made.pk)
    context = {
        "section": "funds",
        "form": form,
        "errors": form.summary() if form.is_bound else [],
        "project": stands,
        "has_donors": Partner.objects.filter(kind=Partner.Kind.FOREIGN).exists(),
    }
    return render(request, "funding/partners/project_edit.html", context, status=422 if form.errors else 200)


def _initial(stands: ForeignProject | None) -> dict[str, Any]:
    if stands is None:
        return {}
    fields = {name: getattr(stands, name) for name in (*FIELDS, "version")}
    fields["rate"] = f"{stands.rate.normalize():f}"
    counties = stands.counties.select_related("area").order_by("area__code", "valid")
    lines = "\n".join(_line(row, stands) for row in counties)
    return {**fields, "since": stands.valid.lower, "until": stands.valid.upper, "counties": lines}


def _line(row: ProjectCounty, project: ForeignProject) -> str:
    """A county as it is typed: with its days where they are not those of the project."""
    if row.valid == project.valid:
        return row.area.code
    until = f" {row.valid.upper}" if row.valid.upper else ""
    return f"{row.area.code} {row.valid.lower}{until}"


def _saved(form: ProjectForm, stands: ForeignProject | None, user: User) -> ForeignProject | None:
    """Save what was sent, or mark what is wrong with it."""
    cleaned = form.cleaned_data
    words = {name: cleaned[name] for name in (*FIELDS, "since", "until")}
    words["people"] = None if cleaned["people"] is None else int(cleaned["people"])
    covered = _covered(form, user)
    if form.errors:
        return None

    def save() -> ForeignProject:
        if stands is None:
            return add_project(by=user, counties=covered, **words)
        return change_project(stands, version=form.seen(), by=user, counties=covered, **words)

    made: ForeignProject | None = tried(form, save)
    return made


def _covered(form: ProjectForm, user: User) -> list[Covered]:
    """Read the lines of counties; what is wrong with a line is told with its number."""
    rows = []
    for number, line in enumerate(form.cleaned_data["counties"].splitlines(), 1):
        code, *days = line.split() or [""]
        try:
            since, until = [*map(dt.date.fromisoformat, days[:2]), None, None][:2]
        except ValueError:
            told = _("Line %(n)s: “%(text)s” has no days as 2005-01-01.")
            form.add_error("counties", told % {"n": number, "text": line.strip()[:60]})
        else:
            rows += [(number, code, since, until)] if code else []
    return _found(form, user, rows)


def _found(form: ProjectForm, user: User, rows: list[Any]) -> list[Covered]:
    """Find the county of each line by its code on its first day, or today. One query for each day there is."""
    first, today = form.cleaned_data["since"], timezone.localdate()
    days = {since or first for _number, _code, since, _until in rows} | {today}
    coded = {day: _coded(user, day, [row[1] for row in rows]) for day in days}
    found = []
    for number, code, since, until in rows:
        area = coded[since or first].get(code) or coded[today].get(code)
        if area is None:
            told = _("Line %(n)s: no place had the code %(code)s then, nor has it today.")
            form.add_error("counties", told % {"n": number, "code": code[:20]})
        else:
            found.append(Covered(area, since, until))
    return found


def _coded(user: User, day: dt.date, codes: list[str]) -> dict[str, Area]:
    versions = AreaVersion.objects.filter(code__in=codes, valid__contains=day, area__in=Area.objects.visible_to(user))
    return {version.code: version.area for version in versions.select_related("area")}
