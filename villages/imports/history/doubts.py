"""Where the documents of the history contradict what they are given for."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from villages.imports.history.model import Document, Doubt, History, Link, Record
from villages.levels import Level
from villages.told import told


def doubts_of(history: History) -> list[Doubt]:
    """Return the links whose documents can't be right: of a later year, of another province, or two for one link."""
    provinces = {record.name: record.code[:2] for record in history.records if record.level == Level.PROVINCE}
    found: dict[str, Doubt] = {}
    for link in history.links:
        for kind, reason, documents in _flaws(link, provinces):
            key = f"{kind}:{link.year}:{link.old.code}:{link.new.code}"
            found[key] = _doubt(key, reason, link, documents)
    return list(found.values())


def _flaws(link: Link, provinces: dict[str, str]) -> Iterator[tuple[str, str, list[Document]]]:
    if len(link.documents) > 1:
        yield "twice", told(gettext_noop("The source has this change twice, with different documents.")), link.documents
    for document in link.documents:
        if document.approved_on and document.approved_on.year > link.year:
            late = gettext_noop(
                "The source has this change in force at the end of %(year)s, but it was approved on %(day)s."
            )
            yield "late", told(late, year=link.year, day=document.approved_on.isoformat()), [document]
        named = [name for name in provinces if name in document.title]
        if named and not {provinces[name] for name in named} & {link.old.code[:2], link.new.code[:2]}:
            about = gettext_noop("The document given for this change is about %(place)s.")
            yield "elsewhere", told(about, place=", ".join(named)), [document]


def _doubt(key: str, reason: str, link: Link, documents: list[Document]) -> Doubt:
    place: Record = link.old
    evidence = {
        "old": str(link.old),
        "new": str(link.new),
        "documents": [{"title": one.title, "number": one.number, "date": one.written} for one in documents],
    }
    return Doubt(key, f"{link.old} → {link.new}", reason, link.year, place, evidence)
