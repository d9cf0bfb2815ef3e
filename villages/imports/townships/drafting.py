"""Making boundary changes of sound events, a whole year at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from povtrack.accounts.models import User
from villages.imports.townships.events import Event
from villages.imports.townships.registry import Registry, Standing
from villages.levels import Level
from villages.models import Area, BoundaryChange, ChangedArea, RegistryImport, Succession

_NUMBERS = 300

Kind = BoundaryChange.Kind


@dataclass
class _Draft:
    """The rows of one change before they are written; `rows` by code, and what hangs under them."""

    event: Event
    change: BoundaryChange
    rows: dict[str, ChangedArea] = field(default_factory=dict)
    below: list[ChangedArea] = field(default_factory=list)
    follows: list[Succession] = field(default_factory=list)


def draft_events(
    events: Iterable[Event], registry: Registry, source: RegistryImport, by: User | None
) -> dict[BoundaryChange, Event]:
    """Keep each event as a draft; return the drafts with their events. Four statements, any number of events."""
    drafts = [_draft(event, registry, source, by) for event in events]
    BoundaryChange.objects.bulk_create(draft.change for draft in drafts)
    ChangedArea.objects.bulk_create(row for draft in drafts for row in draft.rows.values())
    ChangedArea.objects.bulk_create(row for draft in drafts for row in draft.below)
    Succession.objects.bulk_create(follow for draft in drafts for follow in draft.follows)
    return {draft.change: draft.event for draft in drafts}


def _draft(event: Event, registry: Registry, source: RegistryImport, by: User | None) -> _Draft:
    change = BoundaryChange(
        kind=_kind(event, registry),
        effective=registry.day,
        day_known=False,
        document_no=_joined(row.document for row in event.rows)[:_NUMBERS],
        note=_joined(row.why for row in event.rows),
        source=source,
        drafted_by=by,
    )
    draft = _Draft(event, change)
    for old in event.targets:
        _add_old(draft, registry, old)
    for new in event.sources:
        _add_new(draft, registry, new)
    for old, targets in event.targets.items():
        if event.becomes(old) is None:
            _follow(draft, registry, old, targets)
    return draft


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _add_old(draft: _Draft, registry: Registry, old: str) -> None:
    """Add the row of an old place. It goes on in the form that it becomes, or under its own code, or it ends."""
    standing = _standing(registry, old)
    becomes = draft.event.becomes(old) or (old if draft.event.goes_on(old) else None)
    if becomes is None:
        draft.rows[f"-{old}"] = ChangedArea(
            change=draft.change, area_id=standing.area_id, level=Level.TOWNSHIP, area_kind=standing.kind, ends=True
        )
    else:
        draft.rows[becomes] = _form(draft, registry, becomes, standing)


def _add_new(draft: _Draft, registry: Registry, new: str) -> None:
    """Add the row of a new place, if it is not an old one that goes on."""
    if new in draft.rows:
        return
    standing = registry.township(new) if new not in draft.event.targets else None
    if standing:
        draft.rows[new] = ChangedArea(
            change=draft.change, area_id=standing.area_id, level=Level.TOWNSHIP, area_kind=standing.kind
        )
        draft.follows.append(Succession(change=draft.change, old_id=standing.area_id, part=draft.rows[new]))
    else:
        draft.rows[new] = _form(draft, registry, new, None)


def _form(draft: _Draft, registry: Registry, code: str, standing: Standing | None) -> ChangedArea:
    county = registry.county(code[:6])
    return ChangedArea(
        change=draft.change,
        area_id=standing.area_id if standing else None,
        level=Level.TOWNSHIP,
        area_kind=standing.kind if standing else Area.Kind.ORDINARY,
        code=code,
        name=draft.event.names[code],
        parent_id=county.area_id if county else None,
    )


def _follow(draft: _Draft, registry: Registry, old: str, targets: Sequence[str]) -> None:
    """Add the successions of an old place, and what belongs to it if it ends with one heir."""
    standing = _standing(registry, old)
    for new in targets:
        draft.follows.append(Succession(change=draft.change, old_id=standing.area_id, part=draft.rows[new]))
    if f"-{old}" not in draft.rows:
        return
    for child in registry.children.get(standing.area_id, []):
        heir = draft.rows[targets[0]]
        draft.below.append(
            ChangedArea(
                change=draft.change,
                area=child,
                level=child.level,
                area_kind=child.kind,
                parent_id=heir.area_id,
                under=None if heir.area_id else heir,
            )
        )


def _kind(event: Event, registry: Registry) -> str:
    if all(event.becomes(old) for old in event.targets):
        old = next(iter(event.targets))
        new = event.becomes(old) or old
        county, standing = registry.county(new[:6]), _standing(registry, old)
        if county and county.area_id != standing.parent_id:
            return Kind.TRANSFER
        return Kind.RECODE if new != old else Kind.RENAME
    begun = sum(new not in event.targets and registry.township(new) is None for new in event.sources)
    ended = sum(not event.goes_on(old) for old in event.targets)
    divided = any(len(targets) > 1 for targets in event.targets.values())
    return Kind.SPLIT if begun > ended or (begun == ended and divided) else Kind.MERGE


def _standing(registry: Registry, code: str) -> Standing:
    found = registry.township(code)
    if found is None:
        raise LookupError(code)  # judged before
    return found
