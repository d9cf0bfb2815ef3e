"""The open questions behind lines that no place was found for: they say why, and keep who decided what, and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from povtrack.accounts.models import User
from villages.models import Membership, OpenQuestion

_PREFIX = "designation:"


def key_of(membership: Membership) -> str:
    return f"{_PREFIX}{membership.pk}"


def questions() -> QuerySet[OpenQuestion]:
    """All questions about lines of lists."""
    return OpenQuestion.objects.filter(kind=OpenQuestion.Kind.OTHER, key__startswith=_PREFIX)


def ask(lines: Iterable[tuple[Membership, str]]) -> None:
    """Open a question about each of these lines, with the reason why it was not matched; a line has one at most."""
    rows = [_question(line, reason) for line, reason in lines]
    OpenQuestion.objects.bulk_create(rows, ignore_conflicts=True)


def answer(lines: Iterable[Membership], words: str, by: User | None) -> None:
    """Close the questions about these lines."""
    keys = [key_of(line) for line in lines]
    questions().filter(key__in=keys).update(answer=words, answered_at=timezone.now(), answered_by=by)


def reopen(membership: Membership, reason: str) -> None:
    """Ask about a line again, or for the first time; from now on no import decides about it.

    What was decided before is kept among the notes of the question.
    """
    ask([(membership, reason)])
    row = questions().select_related("answered_by").select_for_update(of=("self",)).get(key=key_of(membership))
    row.evidence["by_hand"] = True
    if row.answered_at is not None:
        by = row.answered_by.label if row.answered_by else ""
        note = {"by": by, "at": row.answered_at.isoformat(timespec="minutes"), "text": row.answer}
        row.evidence["notes"] = [*row.evidence.get("notes", []), note]
    row.answer, row.answered_at, row.answered_by = "", None, None
    row.save(update_fields=["evidence", "answer", "answered_at", "answered_by"])


def unmatched(*, set_aside: bool = False) -> QuerySet[Membership]:
    """The lines without a place that wait for a decision, or those that were set aside."""
    closed = questions().filter(
        key=Concat(Value(_PREFIX), Cast(OuterRef("pk"), CharField())), answered_at__isnull=False
    )
    return Membership.objects.filter(Exists(closed) if set_aside else ~Exists(closed), area=None)


def questions_about(lines: Iterable[Membership]) -> dict[int, OpenQuestion]:
    """The question about each of these lines, by id of the line. One query."""
    by_key = {key_of(line): line.pk for line in lines}
    return {by_key[row.key]: row for row in questions().filter(key__in=by_key).select_related("answered_by")}


def _question(line: Membership, reason: str) -> OpenQuestion:
    designation = line.designation
    evidence: dict[str, Any] = {
        "designation": designation.code,
        "name": line.listed_name,
        "code": line.listed_code,
        "within": line.listed_within,
        "on": line.listed_on.isoformat() if line.listed_on else "",
        "note": line.note,
    }
    return OpenQuestion(
        kind=OpenQuestion.Kind.OTHER,
        key=key_of(line),
        subject=f"{designation.name}: {line.listed_code} {line.listed_name}"[:300],
        reason=reason,
        evidence=evidence,
        level=designation.level,
    )
