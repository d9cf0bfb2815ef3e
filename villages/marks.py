"""Places in the feed of changes: a moment to the microsecond, and the id of the change that came then.

The feed is ordered by both, so that of a thousand changes applied together none is passed over or given twice.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_MARK = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Mark:
    """A place in the feed. With no id it stands before all that came at its moment."""

    moment: dt.datetime
    pk: int | None = None

    @classmethod
    def of(cls, change: Any) -> Mark:
        """Return the place of a change that was read with its `moment`."""
        return cls(change.moment, change.pk)

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """Return the mark written as `text`, or None where it is none."""
        found = _MARK.fullmatch(text)
        try:
            return cls(_EPOCH + int(found[1]) * _MICROSECOND, int(found[2])) if found else None
        except OverflowError:
            return None

    def __str__(self) -> str:
        return f"{(self.moment - _EPOCH) // _MICROSECOND}-{self.pk}"

    def newer(self, changes: QuerySet[Any]) -> QuerySet[Any]:
        """Those of `changes` that stand after this mark."""
        if self.pk is None:
            return changes.filter(moment__gte=self.moment)
        return changes.filter(Q(moment__gt=self.moment) | Q(moment=self.moment, pk__gt=self.pk))

    def older(self, changes: QuerySet[Any]) -> QuerySet[Any]:
        """Those of `changes` that stand before this mark."""
        return changes.filter(Q(moment__lt=self.moment) | Q(moment=self.moment, pk__lt=self.pk))


class MarkField(forms.Field):
    """Takes a mark, or a moment such as 2024-01-31T08:00:00+08:00; without its zone that of the server is meant."""

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            # A plus sign that was not escaped arrives as a blank.
            moment = parse_datetime(text.replace(" ", "+") if "T" in text else text)
            if moment is not None:
                moment = (moment if timezone.is_aware(moment) else timezone.make_aware(moment)).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            moment = None
        mark = Mark.read(text)
        if mark is None and moment is None:
            raise ValidationError(_("Give the mark of a change, or a moment as 2024-01-31T08:00:00+08:00."))
        return mark or Mark(moment)  # type: ignore[arg-type]


class MarkFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = MarkField
