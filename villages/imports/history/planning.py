"""What the registry will hold of the history: places, their forms, the changes between them, and open questions."""

from __future__ import annotations

from dataclasses import dataclass, field

from villages.imports.history.changes import Change, changes_of
from villages.imports.history.identities import Place, places_of
from villages.imports.history.model import Doubt, History
from villages.imports.history.moves import moves_of
from villages.imports.history.prefectures import join_prefectures
from villages.imports.history.questions import without_successor
from villages.imports.history.standins import add_stand_ins
from villages.imports.sources import Nation
from villages.models import OpenQuestion


@dataclass(frozen=True)
class Question:
    """One open question, with the place and the change it is about."""

    kind: OpenQuestion.Kind
    doubt: Doubt
    place: Place | None = None
    change: Change | None = None


@dataclass
class Plan:
    """Everything to be written. `nation` comes first among the places; a place stands after its first parent."""

    nation: Place
    places: list[Place]
    changes: list[Change]
    questions: list[Question] = field(default_factory=list)


def plan_history(history: History, nation: Nation) -> Plan:
    """Turn records and links into places and changes. Needs nothing of the registry, and is the same each time."""
    moves = moves_of(history)
    join_prefectures(history, moves)
    add_stand_ins(history)
    top, place_of = places_of(history, nation)
    places = list(dict.fromkeys(place_of.values()))
    changes = changes_of(history, places, place_of)
    plan = Plan(top, [top, *places], changes)
    plan.questions += [
        Question(OpenQuestion.Kind.HISTORY, doubt, place_of[doubt.record] if doubt.record else None)
        for doubt in history.doubts
    ]
    ending = {row.place: change for change in changes for row in change.rows if row.ends}
    plan.questions += [
        Question(OpenQuestion.Kind.NO_SUCCESSOR, doubt, place, ending.get(place))
        for place, doubt in without_successor(places, changes, moves)
    ]
    return plan
