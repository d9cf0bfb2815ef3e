"""Boundary changes: drafting, applying and reverting them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.paths import under
from villages.changes import engine, people
from villages.changes.checks import ChangeRefused
from villages.changes.parts import Follow, Part
from villages.imports.writing import lock
from villages.models import Area, BoundaryChange, ChangedArea, Succession


def draft_change(
    *,
    kind: str,
    effective: dt.date,
    parts: Sequence[Part],
    follows: Sequence[Follow] = (),
    by: User | None,
    **document: Any,
) -> BoundaryChange:
    """Keep a change as a draft; nothing else changes. `by` None is an operator at the command line.

    `document` may hold approved_on, document_no, document_url, title, note, day_known. Raises ChangeRefused for a
    change that names no place, or places outside the areas in which `by` keeps the registry.
    """
    if not parts:
        raise ChangeRefused(_("A change names at least one place."))
    with transaction.atomic():
        change = BoundaryChange.objects.create(kind=kind, effective=effective, drafted_by=by, **document)
        rows: dict[Part, ChangedArea] = {}
        for wave in _parents_first(parts):
            made = ChangedArea.objects.bulk_create([_row(change, part, rows) for part in wave])
            rows |= dict(zip(wave, made, strict=True))
        Succession.objects.bulk_create(
            Succession(
                change=change,
                old=follow.old,
                part=rows[follow.new],
                share=follow.share,
                share_back=follow.share_back,
            )
            for follow in follows
        )
        require_keeper(by, [change])
    return change


def _row(change: BoundaryChange, part: Part, rows: dict[Part, ChangedArea]) -> ChangedArea:
    level = part.area.level if part.area else part.level
    if level is None:
        raise ChangeRefused(_("Say of which level %(name)s is.") % {"name": part.name or part.code})
    return ChangedArea(
        change=change,
        area=part.area,
        level=level,
        area_kind=part.area.kind if part.area else part.kind,
        ends=part.ends,
        code=part.code,
        name=part.name,
        name_latin=part.name_latin,
        parent=part.parent if isinstance(part.parent, Area) else None,
        under=rows[part.parent] if isinstance(part.parent, Part) else None,
    )


def _parents_first(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts in waves: each stands in a later one than the part it belongs to."""
    waiting, placed = list(parts), set[Part]()
    while waiting:
        wave = [part for part in waiting if not isinstance(part.parent, Part) or part.parent in placed]
        if not wave:
            names = ", ".join(str(part.name or part.code or part.area) for part in waiting)
            raise ChangeRefused(
                _("These places belong to one that this change does not make: %(names)s.") % {"names": names}
            )
        yield wave
        placed.update(wave)
        waiting = [part for part in waiting if part not in placed]


def require_keeper(by: User | None, changes: Sequence[BoundaryChange]) -> None:
    """Raise ChangeRefused unless `by` keeps the registry for every place that the changes name, and their parents."""
    if by is None or by.is_superuser:
        return
    named = ChangedArea.objects.filter(change__in=changes)
    followed = Succession.objects.filter(change__in=changes)
    ids = named.values("area").union(named.values("parent"), named.values("was_parent"), followed.values("old"))
    areas = Area.objects.filter(pk__in=ids)
    kept = Area.objects.filter(pk__in=by.area_ids(Ability.KEEP_REGISTRY)).values_list("path", flat=True)
    outside = areas.exclude(under(kept)).order_by("level", "pk").first()
    if outside is not None:
        raise ChangeRefused(
            _("%(code)s %(name)s lies outside the areas whose registry you keep.")
            % {"code": outside.code, "name": outside.name}
        )


def apply_change(*, change: BoundaryChange, by: User | None) -> BoundaryChange:
    """Apply one draft; see `apply_changes`."""
    apply_changes(changes=[change], by=by)
    return change


def apply_changes(*, changes: Sequence[BoundaryChange], by: User | None) -> list[people.Affected]:
    """Apply drafts together, in one transaction; return the roles of people whose place ended.

    Any number of places. Raises ChangeRefused, and then nothing has changed.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Many rows are joined and sorted; the server's default would do that on disk.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        lock(cursor)
        drafts = list(
            BoundaryChange.objects.select_for_update().filter(pk__in=[change.pk for change in changes]).order_by("pk")
        )
        _require_state(drafts, BoundaryChange.State.DRAFT, _("has been applied already"))
        _require_past(drafts)
        require_keeper(by, drafts)
        engine.write(cursor, drafts)
        affected = people.hand_over(cursor)
        _mark(changes, state=BoundaryChange.State.APPLIED, applied_at=timezone.now(), applied_by=by)
        recompute_after_commit()
    return affected


def revert_change(*, change: BoundaryChange, by: User | None) -> BoundaryChange:
    """Put everything back as it stood before an applied change; see `revert_changes`."""
    revert_changes(changes=[change], by=by)
    return change


def revert_changes(*, changes: Sequence[BoundaryChange], by: User | None) -> None:
    """Put everything back as it stood before changes that were applied together, in one transaction.

    Raises ChangeRefused while something beside them leans on one: a later change of the same places, a code given away
    since, records or roles of places that they made.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        lock(cursor)
        applied = list(
            BoundaryChange.objects.select_for_update().filter(pk__in=[change.pk for change in changes]).order_by("pk")
        )
        _require_state(applied, BoundaryChange.State.APPLIED, _("is not applied"))
        require_keeper(by, applied)
        engine.take_back(cursor, applied, before_forgetting=lambda: people.hand_back(cursor, applied))
        _mark(changes, state=BoundaryChange.State.REVERTED, reverted_at=timezone.now(), reverted_by=by)
        recompute_after_commit()


def discard_draft(*, change: BoundaryChange, by: User | None) -> None:
    """Throw a draft away. Raises ChangeRefused for a change that was ever applied: its history is kept."""
    with transaction.atomic():
        found = list(BoundaryChange.objects.select_for_update().filter(pk=change.pk))
        _require_state(found, BoundaryChange.State.DRAFT, _("has been applied and is kept"))
        require_keeper(by, found)
        found[0].delete()


def _require_state(changes: Sequence[BoundaryChange], state: str, words: str) -> None:
    for change in changes:
        if change.state != state:
            raise ChangeRefused(_("“%(change)s” %(words)s.") % {"change": change, "words": words})


def _require_past(changes: Sequence[BoundaryChange]) -> None:
    """Today's forms are the latest ones; a change of a day to come would be shown as done."""
    today = timezone.localdate()
    for change in changes:
        if change.effective > today:
            words = {"change": change, "day": date_format(change.effective, "Y-m-d")}
            raise ChangeRefused(
                _("“%(change)s” takes effect on %(day)s. It stays a draft and can be applied from that day on.") % words
            )


def _mark(changes: Sequence[BoundaryChange], **fields: Any) -> None:
    BoundaryChange.objects.filter(pk__in=[change.pk for change in changes]).update(**fields)
    for change in changes:
        for name, value in fields.items():
            setattr(change, name, value)
