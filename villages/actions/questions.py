"""Answering what the registry could not decide by rule."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.grants import held_by, may_grant
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from villages.models import Area, OpenQuestion, Succession
from villages.questions import questions_of

TEXT_MAX = 2000
_NOTES = "notes"  # where a question's evidence keeps what people left to each other


class QuestionRefused(Exception):
    """An answer that can't be taken; the message is fit for the person who gave it."""


def answer_question(*, question: OpenQuestion, text: str, by: User) -> OpenQuestion:
    """Close a question with what was decided. Raises QuestionRefused."""
    with transaction.atomic():
        row = _open(question, by)
        if row.kind == OpenQuestion.Kind.PEOPLE and Jurisdiction.objects.filter(pk=role_id(row)).exists():
            raise QuestionRefused(_("Choose what is to become of the role."))
        _close(row, _checked(text), by)
    return row


def reopen_question(*, question: OpenQuestion, by: User) -> OpenQuestion:
    """Let an answered question wait for a decision again. What was done by its answer stays done."""
    with transaction.atomic():
        row = _mine(question, by)
        if row.answered_at is None:
            raise QuestionRefused(_("This question is open already."))
        answered = row.answered_by.label if row.answered_by else ""
        _note(row, row.answer, answered, row.answered_at.isoformat(timespec="minutes"))
        row.answer, row.answered_at, row.answered_by = "", None, None
        row.save(update_fields=["answer", "answered_at", "answered_by", "evidence"])
    return row


def note_question(*, question: OpenQuestion, text: str, by: User) -> OpenQuestion:
    """Leave a word to whoever decides; the question stays open. Raises QuestionRefused."""
    with transaction.atomic():
        row = _open(question, by)
        _note(row, _checked(text), by.label, timezone.localtime().isoformat(timespec="minutes"))
        row.save(update_fields=["evidence"])
    return row


def decide_role(
    *, question: OpenQuestion, choice: str, to: Area | None = None, text: str = "", by: User
) -> OpenQuestion:
    """Decide about a role whose area has ended: "give" it on a successor, "keep" it as it is, or "take" it away.

    `by` must be able to give that role where it is held, and where it goes. Raises QuestionRefused.
    """
    with transaction.atomic():
        row = _open(question, by)
        held = (
            Jurisdiction.objects.select_for_update(of=("self",)).select_related("area").filter(pk=role_id(row)).first()
        )
        if row.kind != OpenQuestion.Kind.PEOPLE or held is None:
            raise QuestionRefused(_("The role that this question is about is no longer held."))
        _require_grant(by, held, held.area)
        done = _decide(row, held, choice, to, by)
        _close(row, f"{done} {_checked(text) if text.strip() else ''}".strip()[:TEXT_MAX], by)
    return row


def role_id(question: OpenQuestion) -> int:
    """The id of the role that a question about a person is about; 0 where it names none."""
    found = question.evidence.get("jurisdiction") if isinstance(question.evidence, dict) else None
    return found if isinstance(found, int) else 0


def notes_of(question: OpenQuestion) -> list[dict[str, str]]:
    """What people left to each other about a question: by, at, text."""
    found = question.evidence.get(_NOTES) if isinstance(question.evidence, dict) else None
    return found if isinstance(found, list) else []


def successors(question: OpenQuestion) -> list[Area]:
    """The places that took over from the ended one by the change that the question came from."""
    rows = Succession.objects.filter(change=question.change_id, old=question.area_id, effective__isnull=False)
    return [row.new for row in rows.select_related("new").order_by("pk") if row.new is not None]


def _decide(row: OpenQuestion, held: Jurisdiction, choice: str, to: Area | None, by: User) -> str:
    """Carry out a choice, and say what was done."""
    words = {"role": Role(held.role).label, "place": str(held.area), "new": str(to)}
    if choice == "keep":
        return _("The role (%(role)s) stays on %(place)s.") % words
    if choice == "take":
        held.delete()
        return _("The role (%(role)s on %(place)s) was taken away.") % words
    if choice != "give" or to is None:
        raise QuestionRefused(_("Choose what is to become of the role."))
    if to not in successors(row):
        raise QuestionRefused(_("%(new)s did not take over from %(place)s.") % words)
    _require_grant(by, held, to)
    if Jurisdiction.objects.filter(user=held.user_id, role=held.role, area=to).exists():
        held.delete()
    else:
        held.area = to
        held.save(update_fields=["area"])
    return _("The role (%(role)s) is held on %(new)s now.") % words


def _require_grant(by: User, held: Jurisdiction, area: Area) -> None:
    if not by.is_superuser and not may_grant(held_by(by), held.role, area.path):
        words = {"role": Role(held.role).label, "place": area}
        raise QuestionRefused(_("You can't give the role (%(role)s) on %(place)s. You can leave a note.") % words)


def _mine(question: OpenQuestion, by: User) -> OpenQuestion:
    """The question, locked, if it is within what `by` keeps, or manages where it is about a person."""
    found = OpenQuestion.objects.select_for_update(of=("self",)).filter(
        pk=question.pk, pk__in=questions_of(by).values("pk")
    )
    row = found.select_related("answered_by").first()
    if row is None:
        raise QuestionRefused(_("There is no such question among yours."))
    return row


def _open(question: OpenQuestion, by: User) -> OpenQuestion:
    row = _mine(question, by)
    if row.answered_at is not None:
        raise QuestionRefused(_("This question has been answered already: %(answer)s") % {"answer": row.answer})
    return row


def _checked(text: str) -> str:
    words = text.replace("\0", "").strip()
    if not words:
        raise QuestionRefused(_("Write what was decided, and why."))
    if len(words) > TEXT_MAX:
        most = {"most": TEXT_MAX, "found": len(words)}
        raise QuestionRefused(_("This is %(found)s characters long; %(most)s is the most.") % most)
    return words


def _note(row: OpenQuestion, text: str, by: str, at: str) -> None:
    evidence: dict[str, Any] = row.evidence if isinstance(row.evidence, dict) else {"": row.evidence}
    row.evidence = {**evidence, _NOTES: [*notes_of(row), {"by": by, "at": at, "text": text}]}


def _close(row: OpenQuestion, text: str, by: User) -> None:
    row.answer, row.answered_at, row.answered_by = text, timezone.now(), by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
