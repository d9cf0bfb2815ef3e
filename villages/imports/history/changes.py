"""The events between the forms of places: one change for all that hangs together in one year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from povtrack.lib.years import year_end
from villages.imports.history.identities import Form, Place
from villages.imports.history.model import Document, History, Link, Record
from villages.models import BoundaryChange, Succession

_PLACES = Decimal("0.0000000001")

Kind = BoundaryChange.Kind


@dataclass(eq=False)
class Row:
    """What a change does to one place. Without `form` the place ends, or (`was` is its form) stays as it is."""

    place: Place
    was: Form | None
    form: Form | None

    @property
    def ends(self) -> bool:
        return self.form is None

    @property
    def stays(self) -> bool:
        return self.form is self.was


@dataclass(frozen=True, eq=False)
class Heir:
    """`new` took over some of `old`, with the shares onwards and back."""

    old: Place
    new: Place
    share: Decimal
    share_back: Decimal

    @property
    def reason(self) -> Succession.Reason:
        whole = self.share == 1 and self.share_back == 1
        return Succession.Reason.WHOLE if whole else Succession.Reason.EQUAL


@dataclass(eq=False)
class Change:
    """One event; becomes a boundary change. `parts` are the links between places that both go on, `mentions` those that
    only tell of it.
    """

    year: int
    kind: Kind
    rows: list[Row]
    heirs: list[Heir]
    documents: list[Document] = field(default_factory=list)
    parts: list[Link] = field(default_factory=list)
    mentions: list[Link] = field(default_factory=list)

    @property
    def effective(self) -> dt.date:
        return year_end(self.year)


def changes_of(history: History, places: Sequence[Place], place_of: Mapping[Record, Place]) -> list[Change]:
    """Return all changes, oldest first. Links that change nothing here (a parent was renamed) make none."""
    by_year: dict[int, list[Link]] = defaultdict(list)
    for link in history.links:
        by_year[link.year].append(link)
    begins: dict[dt.date, list[Place]] = defaultdict(list)
    ends: dict[dt.date, list[Place]] = defaultdict(list)
    for place in places:
        begins[place.since].append(place)
        if place.until:
            ends[place.until].append(place)
    changes = []
    for year in range(history.first + 1, history.last + 1):
        alone = [*begins[year_end(year)], *ends[year_end(year)]]
        for members, links in _events(alone, by_year[year], place_of):
            if change := _change(year, members, links, place_of):
                changes.append(change)
    return changes


def _events(
    alone: Iterable[Place], links: Iterable[Link], place_of: Mapping[Record, Place]
) -> list[tuple[list[Place], list[Link]]]:
    """Group places that links join, directly or by way of others; those that no link names stand alone."""
    group_of: dict[Place, int] = {}
    members: dict[int, list[Place]] = {}
    for number, place in enumerate(dict.fromkeys([*alone, *(place_of[end] for link in links for end in _ends(link))])):
        group_of[place], members[number] = number, [place]
    kept: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        one, other = (group_of[place_of[end]] for end in _ends(link))
        if one != other:
            for place in members[other]:
                group_of[place] = one
            members[one] += members.pop(other)
    for link in links:
        kept[group_of[place_of[link.old]]].append(link)
    return [(places, kept[number]) for number, places in members.items()]


def _ends(link: Link) -> tuple[Record, Record]:
    return link.old, link.new


def _change(
    year: int, members: Iterable[Place], links: Sequence[Link], place_of: Mapping[Record, Place]
) -> Change | None:
    day = year_end(year)
    told = [link for link in links if not link.mentioned and place_of[link.old] is not place_of[link.new]]
    parts = [link for link in told if all(place_of[end].stood_through(day) for end in _ends(link))]
    heirs = _heirs(day, [(place_of[link.old], place_of[link.new]) for link in told if link not in parts])
    involved = {place for heir in heirs for place in (heir.old, heir.new)}
    involved |= {place_of[end] for link in parts for end in _ends(link)}
    # The smaller place of a link between levels took part in the event; nothing is said of the larger one.
    involved |= {place_of[max(_ends(link), key=lambda end: end.level)] for link in links if link.mentioned}
    rows = []
    for place in sorted(members, key=lambda place: (place.level, place.forms[-1].code)):
        was, form = place.form_before(day), place.form_on(day)
        if form is not was or place in involved:
            rows.append(Row(place, was, form))
    if not rows:
        return None
    documents = list(dict.fromkeys(document for link in links for document in link.documents))
    mentions = [link for link in links if link.mentioned]
    return Change(year, _kind(day, rows, heirs, parts), rows, heirs, documents, parts, mentions)


def _heirs(day: dt.date, pairs: Iterable[tuple[Place, Place]]) -> list[Heir]:
    """Who took over from whom, in equal parts. A place that goes on is its own heir too.

    Not for a part that moved between two places which both go on: it may be a township or a few fields, and an equal
    share would take half of the figures of a county away from it for good. What is left of such a county is nearly all
    of it; a place that ends, or that begins with land of others, has to be divided somehow.
    """
    given = dict.fromkeys(pairs)
    for place in [place for pair in given for place in pair]:
        if place.stood_through(day):
            given.setdefault((place, place))
    successors: dict[Place, list[Place]] = defaultdict(list)
    sources: dict[Place, list[Place]] = defaultdict(list)
    for old, new in sorted(given, key=lambda pair: (pair[0] is not pair[1], *(end.forms[0].code for end in pair))):
        successors[old].append(new)
        sources[new].append(old)
    onwards = {(old, new): share for old, new_ones in successors.items() for new, share in _equal(new_ones)}
    back = {(old, new): share for new, old_ones in sources.items() for old, share in _equal(old_ones)}
    return [Heir(old, new, share, back[old, new]) for (old, new), share in onwards.items()]


def _equal(places: Sequence[Place]) -> list[tuple[Place, Decimal]]:
    """Give each an equal share; the last takes the rest, so that they add up to one exactly."""
    part = (Decimal(1) / len(places)).quantize(_PLACES, ROUND_DOWN)
    shares = [part] * (len(places) - 1)
    return list(zip(places, [*shares, 1 - sum(shares, Decimal(0))], strict=True))


def _kind(day: dt.date, rows: Sequence[Row], heirs: Sequence[Heir], parts: Sequence[Link]) -> Kind:
    """Name what happened, by what it does to places."""
    begun = sum(row.was is None for row in rows)
    ended = sum(row.ends for row in rows)
    if heirs:
        if not begun and not ended:
            return Kind.TRANSFER
        if begun != ended:
            return Kind.SPLIT if begun > ended else Kind.MERGE
        divided = any(heir.share < 1 and heir.old.until == day for heir in heirs)
        return Kind.SPLIT if divided else Kind.MERGE
    if begun or ended:
        return Kind.CREATE if begun else Kind.ABOLISH
    return Kind.TRANSFER if parts else _kind_of_form(rows)


def _kind_of_form(rows: Sequence[Row]) -> Kind:
    for row in rows:
        if row.form and row.was and not row.stays:
            if row.form.parent is not row.was.parent:
                return Kind.TRANSFER
            return Kind.RECODE if row.form.code != row.was.code else Kind.RENAME
    return Kind.TRANSFER
