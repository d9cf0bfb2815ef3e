"""The worklist of open questions, and the page of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from povtrack.accounts.grants import held_by, may_grant
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability, Role
from villages.actions.questions import (
    QuestionRefused,
    answer_question,
    decide_role,
    note_question,
    notes_of,
    reopen_question,
    role_id,
    successors,
)
from villages.filters import visible_areas
from villages.levels import Level
from villages.models import Area, OpenQuestion
from villages.questions import changes_read_by, questions_of

PAGE = 50
Kind = OpenQuestion.Kind


class QuestionFilter(forms.Form):
    """What the worklist can be narrowed by. `after` and `before` are the ids between which a page lies."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("all kinds")), *Kind.choices], required=False
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=0, max_value=9999, required=False)
    level = forms.TypedChoiceField(label=gettext_lazy("Level"), coerce=int, required=False)
    q = forms.CharField(label=gettext_lazy("Name or code"), max_length=100, required=False)
    answered = forms.BooleanField(label=gettext_lazy("answered ones"), required=False)
    after = forms.IntegerField(min_value=0, max_value=2**62, required=False)
    before = forms.IntegerField(min_value=0, max_value=2**62, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", _("all levels")),
            *((level.value, level.word) for level in Level),
        ]

    def narrowed(self, questions: QuerySet[OpenQuestion]) -> QuerySet[OpenQuestion]:
        """Those of this year, level and words; which kind is left to the caller, who counts by kind."""
        asked = self.cleaned_data
        questions = questions.filter(answered_at__isnull=not asked["answered"])
        if asked["year"] is not None:
            questions = questions.filter(year=asked["year"])
        if asked["level"] not in ("", None):
            questions = questions.filter(level=asked["level"])
        if asked["q"]:
            questions = questions.filter(Q(subject__icontains=asked["q"]) | Q(area__code=asked["q"]))
        return questions


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions that the reader may work at.

    Context: `form` (see `QuestionFilter`), `kinds` (label, count, url, current), `rows` (question, level_word, url),
    `previous_url`, `next_url`, `answered`.
    """
    user = _worker(request)
    form = QuestionFilter(request.GET)
    valid = form.is_valid()
    found = form.narrowed(questions_of(user)) if valid else OpenQuestion.objects.none()
    kind = form.cleaned_data.get("kind", "")
    rows, earlier, later = _slice(found.filter(kind=kind) if kind else found, form.cleaned_data)
    context = {
        "section": "registry",
        "form": form,
        "kinds": _kinds(request, found, kind),
        "rows": [_line(row) for row in rows],
        "previous_url": _page_url(request, "before", rows[0].pk) if earlier else "",
        "next_url": _page_url(request, "after", rows[-1].pk) if later else "",
        "answered": bool(form.cleaned_data.get("answered")),
        "asked": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "villages/question_list.html", context, status=200 if valid else 400)


def _slice(found: QuerySet[OpenQuestion], asked: dict[str, Any]) -> tuple[list[OpenQuestion], bool, bool]:
    """One page by id, so that answering one skips none: its rows, and whether there are earlier and later ones."""
    after, before = asked.get("after"), asked.get("before")
    if before is not None and after is None:
        rows = list(found.filter(pk__lt=before).order_by("-pk")[: PAGE + 1])
        return rows[PAGE - 1 :: -1] if len(rows) > PAGE else rows[::-1], len(rows) > PAGE, bool(rows)
    rows = list(found.filter(pk__gt=after or 0).order_by("pk")[: PAGE + 1])
    return rows[:PAGE], bool(after) and bool(rows), len(rows) > PAGE


def _page_url(request: HttpRequest, name: str, pk: int) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[name] = str(pk)
    return f"?{query.urlencode()}"


def _kinds(request: HttpRequest, found: QuerySet[OpenQuestion], chosen: str) -> list[dict[str, Any]]:
    """How many there are of each kind, each leading to its list."""
    counts = dict(found.order_by().values_list("kind").annotate(count=Count("pk")))
    kept = request.GET.copy()
    for name in ("kind", "after", "before"):
        kept.pop(name, None)
    choices = [("", _("all kinds"), sum(counts.values())), *((k.value, k.label, counts.get(k.value, 0)) for k in Kind)]
    result = []
    for value, label, count in choices:
        query = kept.copy()
        if value:
            query["kind"] = value
        current = value == chosen
        if count or current:
            result.append({"label": label, "count": count, "url": f"?{query.urlencode()}", "current": current})
    return result


def _line(row: OpenQuestion) -> dict[str, Any]:
    return {
        "question": row,
        "level_word": "" if row.level is None else Level(row.level).word,
        "url": reverse("question", args=[row.pk]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question, and take what is done about it: `action` is answer, note, reopen or decide.

    Context: see `_context`.
    """
    user = _worker(request)
    row = questions_of(user).filter(pk=pk).select_related("area", "change", "user", "answered_by", "source").first()
    if row is None:
        raise Http404(_("There is no such question among yours."))
    if request.method != "POST":
        return render(request, "villages/question.html", _context(request, row))
    try:
        words = _carry_out(request, row, user)
    except QuestionRefused as refused:
        row.refresh_from_db()
        context = {**_context(request, row), "refused": str(refused), "typed": request.POST.get("text", "")}
        return render(request, "villages/question.html", context, status=422)
    messages.success(request, words)
    return redirect("question", pk=pk)


def _carry_out(request: HttpRequest, row: OpenQuestion, user: User) -> str:
    """Do what the form asks, and say what was done; raises QuestionRefused."""
    action, text = request.POST.get("action"), request.POST.get("text", "")
    if action == "answer":
        answer_question(question=row, text=text, by=user)
        return _("The answer is kept.")
    if action == "note":
        note_question(question=row, text=text, by=user)
        return _("The note is kept. The question stays open.")
    if action == "reopen":
        reopen_question(question=row, by=user)
        return _("The question is open again.")
    if action == "decide":
        choice, _sep, target = request.POST.get("choice", "").partition("-")
        to = next((area for area in successors(row) if str(area.pk) == target), None)
        return decide_role(question=row, choice=choice, to=to, text=text, by=user).answer
    raise QuestionRefused(_("Choose what is to be done with this question."))


def _context(request: HttpRequest, row: OpenQuestion) -> dict[str, Any]:
    """What the page of a question shows.

    `question`, `level_word`, `evidence` (pairs), `notes`, `area_url` and `change_url` ("" if not the reader's), `role`
    (of a question about a person; see `_role`), `person` (it is about one), `next_url` (the next open one of its kind).
    """
    user = user_of(request)
    area_seen = row.area_id and visible_areas(request).filter(pk=row.area_id).exists()
    change_seen = row.change_id and changes_read_by(user).filter(pk=row.change_id).exists()
    person = row.kind == Kind.PEOPLE
    later = questions_of(user).filter(answered_at=None, kind=row.kind, pk__gt=row.pk).order_by("pk").values("pk")[:1]
    following = later[0]["pk"] if later else None
    return {
        "section": "registry",
        "question": row,
        "level_word": "" if row.level is None else Level(row.level).word,
        "evidence": [] if person else _evidence(row),
        "notes": notes_of(row),
        "area_url": reverse("place", args=[row.area_id]) if area_seen else "",
        "change_url": reverse("change", args=[row.change_id]) if change_seen else "",
        "person": person,
        "role": _role(row, user) if person and row.answered_at is None else None,
        "next_url": reverse("question", args=[following]) if following else "",
        "list_url": f"{reverse('questions')}?kind={row.kind}",
    }


def _role(row: OpenQuestion, user: User) -> dict[str, Any] | None:
    """The role in question, while it is held: word, area, `may` (the reader may decide), `offers` (area, may)."""
    held = Jurisdiction.objects.select_related("area").filter(pk=role_id(row)).first()
    if held is None:
        return None
    mine = held_by(user)

    def may(area: Area) -> bool:
        return user.is_superuser or may_grant(mine, held.role, area.path)

    return {
        "word": Role(held.role).label,
        "area": held.area,
        "may": may(held.area),
        "offers": [{"area": area, "may": may(area)} for area in successors(row)],
    }


def _evidence(row: OpenQuestion) -> list[tuple[str, str]]:
    """What was read, as pairs of column and cell."""
    found = row.evidence if isinstance(row.evidence, dict) else {"": row.evidence}
    return [(str(name), _cell(value)) for name, value in found.items() if name != "notes"]


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_cell(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    return "" if value is None else str(value)


def _worker(request: HttpRequest) -> User:
    """Whoever keeps a registry, or manages people."""
    user = user_of(request)
    if not (user.can(Ability.KEEP_REGISTRY) or user.can(Ability.MANAGE)):
        raise PermissionDenied
    return user
