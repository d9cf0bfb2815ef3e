"""What is written beside a change: its documents, and what its rows can't say."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from villages.imports.history.changes import Change
from villages.imports.history.model import Document
from villages.models import Area, BoundaryChange
from villages.told import joined, told

_TITLE = 500
_NUMBERS = 300


@dataclass(frozen=True)
class Words:
    """The columns of a boundary change that hold words and the day of approval."""

    title: str
    document_no: str
    approved_on: str | None
    note: str


def words_of(change: Change) -> Words:
    """Return title, document numbers, day of approval and note of a change. All documents are named in full."""
    documents = change.documents
    numbers = "; ".join(dict.fromkeys(document.number for document in documents if document.number))
    first = documents[0] if documents else None
    notes = [_full(document) for document in documents] if _is_cut(documents, numbers) else []
    notes += [*_parts(change), *_mentions(change), *_origins(change)]
    return Words(
        first.title[:_TITLE] if first else "",
        numbers[:_NUMBERS],
        first.approved_on.isoformat() if first and first.approved_on else None,
        joined("\n", notes),
    )


def _is_cut(documents: list[Document], numbers: str) -> bool:
    """Tell whether title, number and day alone would lose something of the documents."""
    return (
        len(documents) > 1
        or len(numbers) > _NUMBERS
        or any(len(one.title) > _TITLE or (one.written and not one.approved_on) for one in documents)
    )


def _full(document: Document) -> str:
    return " · ".join(part for part in (document.title, document.number, document.written) if part)


def _parts(change: Change) -> list[str]:
    """Say which places gave a part away and went on: how much of them it was, no source tells."""
    return [
        told(
            gettext_noop("Part of %(old)s went to %(new)s. How large it was is not known, so no figures follow it."),
            old=link.old,
            new=link.new,
        )
        for link in change.parts
    ]


def _mentions(change: Change) -> list[str]:
    """Say which larger places took part, whose share can't be told."""
    return [
        told(
            gettext_noop("%(new)s took over territory of %(old)s, a place of another level; no share is kept."),
            new=link.new,
            old=link.old,
        )
        for link in change.mentions
        if link.part
    ]


def _origins(change: Change) -> list[str]:
    notes: list[str] = []
    for row in change.rows:
        if row.was is None and row.place.kind == Area.Kind.PLACEHOLDER:
            name = f"{row.place.forms[0].code} {row.place.forms[0].name}"
            only = gettext_noop(
                "%(name)s is a county in the registry only: it stands for territory of the city in no county."
            )
            notes.append(told(only, name=name))
    if not change.heirs and not change.mentions and not change.documents:
        if change.kind == BoundaryChange.Kind.CREATE:
            listed = gettext_noop("Listed from this year on; the source names neither a predecessor nor a document.")
            notes.append(told(listed))
        elif change.kind == BoundaryChange.Kind.ABOLISH:
            gone = gettext_noop("Not listed after this year; the source names neither a successor nor a document.")
            notes.append(told(gone))
    return notes
