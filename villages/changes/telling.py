"""What a change does, in words and as a table: each place before and after.

Reads only. What a draft finds before it is asked of the versions of its day; an applied or reverted change has kept it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from villages.levels import Level
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, Succession
from villages.names import latin_beside

# As many places as a sentence names; of the others it tells how many they are.
_NAMED = 4
Kind = BoundaryChange.Kind


@dataclass(frozen=True)
class Form:
    """The form of a place at one time. `parent` is the place it belongs to, in words."""

    code: str
    name: str
    parent: str
    parent_id: int | None = None


@dataclass(frozen=True)
class Told:
    """One place of a change: `before` is None for a place that begins, `after` for one that ends."""

    area_id: int | None
    level: Level
    before: Form | None
    after: Form | None

    @property
    def sign(self) -> str:
        """What happens to the place, as one word for a chip: ends, new, or what changes of it."""
        if self.after is None:
            return _("ends")
        if self.before is None:
            return _("new")
        changed = [
            word
            for word, differs in (
                (_("name"), self.before.name != self.after.name),
                (_("code"), self.before.code != self.after.code),
                (pgettext("what of a place changes", "belongs to"), self.before.parent != self.after.parent),
            )
            if differs
        ]
        return ", ".join(changed) or _("goes on")


@dataclass
class _Rows:
    """The first places and successions of a change, and how many places it names."""

    places: list[ChangedArea] = field(default_factory=list)
    follows: list[Succession] = field(default_factory=list)


def rows_of(change: BoundaryChange) -> QuerySet[ChangedArea]:
    """The places of a change in the order in which they are shown: those that end or begin first, then by level."""
    rows = ChangedArea.objects.filter(change=change).select_related("area", "parent", "under__area", "was_parent")
    return rows.order_by("-ends", F("area").asc(nulls_first=True), "level", "pk")


def told(change: BoundaryChange, rows: Sequence[ChangedArea]) -> list[Told]:
    """Tell these rows of a change, before and after. One query for a draft, none for another."""
    standing = _standing(change, rows) if change.state == BoundaryChange.State.DRAFT else {}
    return [_told(row, standing.get(row.area_id or 0)) for row in rows]


def _standing(change: BoundaryChange, rows: Sequence[ChangedArea]) -> dict[int, AreaVersion]:
    areas = [row.area_id for row in rows if row.area_id]
    versions = AreaVersion.objects.filter(area__in=areas, valid__contains=change.effective)
    return {version.area_id: version for version in versions.select_related("parent")}


def _told(row: ChangedArea, version: AreaVersion | None) -> Told:
    if version is not None:
        name = _named(version.name_latin, version.name)
        before: Form | None = Form(version.code, name, str(version.parent or ""), version.parent_id)
    elif row.was_version is not None:
        name = _named(row.was_name_latin, row.was_name)
        before = Form(row.was_code, name, str(row.was_parent or ""), row.was_parent_id)
    elif row.area is not None and not row.made:
        before = Form(row.area.code, str(row.area), "")
    else:
        before = None
    return Told(row.area_id, Level(row.level), before, None if row.ends else _after(row, before, version))


def _after(row: ChangedArea, before: Form | None, version: AreaVersion | None) -> Form:
    latin = row.name_latin or (version.name_latin if version else row.was_name_latin)
    name = _named(latin, row.name) if row.name or before is None else before.name
    if row.under is not None:
        parent, parent_id = _label(row.under), row.under.area_id
    elif row.parent is not None:
        parent, parent_id = str(row.parent), row.parent_id
    else:
        parent, parent_id = (before.parent, before.parent_id) if before else ("", None)
    return Form(row.code or (before.code if before else ""), name, parent, parent_id)


def _named(latin: str, name: str) -> str:
    return f"{latin_beside(latin)} {name}".strip()


def _label(row: ChangedArea) -> str:
    """The name of a place as the change finds it, or makes it."""
    if row.was_version is not None:
        return _named(row.was_name_latin, row.was_name)
    return str(row.area) if row.area is not None and not row.made else _named(row.name_latin, row.name)


def _new_label(row: ChangedArea) -> str:
    """The name of a place as the change leaves it."""
    return _named(row.name_latin or row.was_name_latin, row.name) if row.name else _label(row)


def sentence(change: BoundaryChange) -> str:
    """Say in one sentence what a change does."""
    return sentences([change])[change.pk]


def sentences(changes: Iterable[BoundaryChange]) -> dict[int, str]:
    """Say in one sentence each what changes do, by id. Two queries however many they are."""
    listed = list(changes)
    found: dict[int, _Rows] = defaultdict(_Rows)
    for row in _first_places(listed):
        found[row.change_id].places.append(row)
    for follow in _first_follows(listed):
        found[follow.change_id].follows.append(follow)
    return {change.pk: _sentence(change, found[change.pk]) for change in listed}


def _first_places(changes: list[BoundaryChange]) -> list[ChangedArea]:
    nth = Window(RowNumber(), partition_by="change", order_by=["level", "pk"])
    rows = ChangedArea.objects.filter(change__in=changes).annotate(nth=nth).filter(nth__lte=_NAMED + 1)
    return list(rows.select_related("area", "parent", "under", "was_parent").order_by("change", "nth"))


def _first_follows(changes: list[BoundaryChange]) -> list[Succession]:
    nth = Window(RowNumber(), partition_by="change", order_by=["pk"])
    rows = Succession.objects.filter(change__in=changes).annotate(nth=nth).filter(nth__lte=3 * _NAMED)
    return list(rows.select_related("old", "part__area").order_by("change", "nth"))


def _sentence(change: BoundaryChange, rows: _Rows) -> str:
    if rows.follows:
        return _succession(rows.follows)
    if not rows.places:
        return ""
    first = rows.places[0]
    words = {
        "places": _list([_label(row) for row in rows.places]),
        "new": _new_label(first),
        "parent": _parent(first),
        "old_parent": str(first.was_parent or ""),
        "code": first.code,
    }
    if change.kind == Kind.CREATE:
        return _("%(new)s (%(code)s) is made in %(parent)s") % words
    if change.kind == Kind.ABOLISH:
        return _("Ends: %(places)s") % words
    if change.kind == Kind.TRANSFER:
        return _("Now part of %(parent)s: %(places)s") % words
    if change.kind == Kind.RECODE and len(rows.places) > 1:
        return _("Other codes for %(places)s") % words
    if change.kind == Kind.RECODE:
        return _("%(places)s has the code %(code)s from now on") % words
    if len(rows.places) > 1:
        return _("Other names for %(places)s") % words
    return _("%(places)s becomes %(new)s") % words


def _succession(follows: list[Succession]) -> str:
    """Who became what, for changes in which places take over from others."""
    olds = list(dict.fromkeys(str(follow.old) for follow in follows))
    news = list(dict.fromkeys(_new_label(follow.part) for follow in follows))
    kept = {follow.old_id for follow in follows} & {follow.part.area_id for follow in follows if not follow.part.made}
    kept |= {follow.old_id for follow in follows if follow.part.was_version and follow.part.area_id == follow.old_id}
    ending = list(dict.fromkeys(str(follow.old) for follow in follows if follow.old_id not in kept))
    begun = list(dict.fromkeys(_new_label(follow.part) for follow in follows if follow.part.area_id not in kept))
    words = {"olds": _list(olds), "news": _list(news), "ending": _list(ending), "begun": _list(begun)}
    if len(news) == 1 and kept:
        words = {"ending": _list(ending), "news": _list(news)}
        one, several = _("%(ending)s becomes part of %(news)s"), _("%(ending)s become part of %(news)s")
        return (one if len(ending) == 1 else several) % words
    if len(news) == 1 and len(olds) > 1:
        return _("%(olds)s become one place: %(news)s") % words
    if len(news) == 1:
        return _("%(olds)s becomes %(news)s") % words
    if kept and len(olds) == 1:
        return _("Split off from %(olds)s: %(begun)s") % words
    return _("%(olds)s: divided into %(news)s") % words


def _parent(row: ChangedArea) -> str:
    return _new_label(row.under) if row.under is not None else str(row.parent or row.was_parent or "")


def _list(names: list[str]) -> str:
    """Write names as a list in words; those beyond the first few as a number is not known here, so as “others”."""
    if len(names) > _NAMED:
        return get_text_list([*names[:_NAMED], _("others")], _("and"))
    return get_text_list(names, _("and"))


def successions_of(change: BoundaryChange) -> QuerySet[Succession]:
    """Who takes over from whom, in the order in which it is shown."""
    rows = Succession.objects.filter(change=change).select_related("old", "part__area", "new")
    return rows.order_by("old__level", "old__code", "pk")


def follow_words(follow: Succession) -> tuple[str, str]:
    """The old and the new place of a succession, in words."""
    return str(follow.old), str(follow.new) if follow.new else _new_label(follow.part)


def count_words(count: int) -> str:
    return ngettext("%(count)s place", "%(count)s places", count) % {"count": f"{count:,}"}


def parts_named(change: BoundaryChange) -> list[Area]:
    """The first places of a change that stand already, for leading to their pages."""
    rows = ChangedArea.objects.filter(change=change).exclude(area=None).select_related("area")
    return [row.area for row in rows.order_by("level", "pk")[:_NAMED] if row.area]
