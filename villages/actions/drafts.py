"""Drafts of boundary changes as a person works at them: made once, written anew, and given shares."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from villages.actions.changes import draft_change, require_keeper
from villages.changes.checks import ChangeRefused
from villages.changes.parts import Follow, Part
from villages.models import BoundaryChange, ChangedArea, Succession
from villages.told import kept

Shares = tuple[Decimal | None, Decimal | None]

_DOCUMENT = ("kind", "effective", "approved_on", "document_no", "document_url", "title", "note")
# Two equal drafts of one person within this time are one form that was sent twice.
_TWICE = dt.timedelta(minutes=10)


def draft_once(
    *,
    kind: str,
    effective: dt.date,
    parts: Sequence[Part],
    follows: Sequence[Follow],
    by: User,
    **document: Any,
) -> BoundaryChange:
    """Keep a change as a draft, or return the equal one that `by` has just made: a form is easily sent twice.

    Raises ChangeRefused as `draft_change` does.
    """
    with transaction.atomic():
        # The second of two requests waits here until the first one's draft can be seen.
        User.objects.select_for_update().get(pk=by.pk)
        change = draft_change(kind=kind, effective=effective, parts=parts, follows=follows, by=by, **document)
        twins = BoundaryChange.objects.filter(
            kind=kind,
            effective=effective,
            drafted_by=by,
            state=BoundaryChange.State.DRAFT,
            drafted_at__gt=timezone.now() - _TWICE,
        ).exclude(pk=change.pk)
        for twin in twins:
            if content(twin) == content(change):
                change.delete()
                return twin
    return change


def redraft_change(
    *,
    change: BoundaryChange,
    effective: dt.date,
    parts: Sequence[Part] | None = None,
    follows: Sequence[Follow] = (),
    by: User,
    **document: Any,
) -> BoundaryChange:
    """Write a draft anew under its old number; with `parts` None its places stay, and only the rest is written.

    Raises ChangeRefused for a change that is no draft, or places outside the areas in which `by` keeps the registry.
    """
    with transaction.atomic():
        draft = _locked(change, by)
        for name, value in {"effective": effective, **document}.items():
            setattr(draft, name, value)
        draft.save(update_fields=["effective", *document])
        if parts is not None:
            fresh = draft_change(kind=draft.kind, effective=effective, parts=parts, follows=follows, by=by)
            _take_over(draft, fresh)
    return draft


def _take_over(draft: BoundaryChange, fresh: BoundaryChange) -> None:
    """Move the places and successions of a new draft to the old one."""
    Succession.objects.filter(change=draft).delete()
    ChangedArea.objects.filter(change=draft).delete()
    ChangedArea.objects.filter(change=fresh).update(change=draft)
    Succession.objects.filter(change=fresh).update(change=draft)
    fresh.delete()


def set_shares(*, change: BoundaryChange, shares: Mapping[int, Shares], by: User) -> None:
    """Give the successions of a draft, by id, their shares of the old and of the new place; None is by the villages.

    Raises ChangeRefused for a change that is no draft or not the person's. Sums are checked with the draft.
    """
    with transaction.atomic():
        draft = _locked(change, by)
        rows = list(Succession.objects.select_for_update().filter(change=draft, pk__in=shares))
        for row in rows:
            row.share, row.share_back = shares[row.pk]
            row.reason = Succession.Reason.GIVEN
        Succession.objects.bulk_update(rows, ["share", "share_back", "reason"])


def _locked(change: BoundaryChange, by: User) -> BoundaryChange:
    """The draft, so that nobody else changes it meanwhile."""
    draft = BoundaryChange.objects.select_for_update().filter(pk=change.pk).first()
    if draft is None or draft.state != BoundaryChange.State.DRAFT:
        raise ChangeRefused(_("This change is no draft any more."))
    require_keeper(by, [draft])
    return draft


def content(change: BoundaryChange) -> str:
    """A short text that is the same for two changes only if they would do the same and cite the same document."""
    rows = ChangedArea.objects.filter(change=change).order_by("pk").values_list("pk", flat=True)
    number = {pk: index for index, pk in enumerate(rows)}
    places = ChangedArea.objects.filter(change=change).values_list(
        "pk", "area", "level", "area_kind", "ends", "code", "name", "name_latin", "parent", "under"
    )
    follows = Succession.objects.filter(change=change).values_list("part", "old", "share", "share_back")
    told = [
        [_kept(getattr(change, name)) for name in _DOCUMENT],
        sorted([number[pk], *rest, number.get(under or 0)] for pk, *rest, under in places),
        sorted(([number[part], *rest] for part, *rest in follows), key=str),
    ]
    return hashlib.sha256(json.dumps(told, default=_plain).encode()).hexdigest()


def _kept(value: Any) -> Any:
    """Told words as they are kept, which is the same in all languages."""
    return kept(value) if isinstance(value, str) else value


def _plain(value: Any) -> str:
    """Write a share without idle noughts: one just read has more of them than one just made."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
