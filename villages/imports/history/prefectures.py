"""Prefectures that went on as another one, as their counties show.

The history names no successor for most prefectures: when Bijie Prefecture became Bijie City in 2011, only its eight
counties are linked, from 5224 to 5205. Where all counties of a prefecture go to one that begins just then and takes
none from elsewhere, the two are forms of one place, as it is with a county that becomes a city. The link is made here,
with the documents that all counties share. Any other prefecture without a successor is left to a person.
"""

from __future__ import annotations

from villages.imports.history.model import History, Link
from villages.imports.history.moves import Moves
from villages.levels import Level


def join_prefectures(history: History, moves: Moves) -> None:
    """Add a link from each such prefecture to the one that it became."""
    linked = {link.old for link in history.links if link.year == link.old.end}
    for old in [record for record in history.records if record.level == Level.PREFECTURE and record not in linked]:
        new = moves.sole_new(old)
        if new and old.end is not None and new.level == old.level:
            counties = moves.links[old]
            shared = [
                document
                for document in counties[0].documents
                if all(document in county.documents for county in counties)
            ]
            history.links.append(Link(old.end, old, new, part=False, documents=shared))
