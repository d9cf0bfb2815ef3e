"""Moments of the past, as people and programs name them: a day, or a moment, in ISO form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from povtrack.lib.replica.reading import needs_primary


class BadMoment(ValueError):
    """A text that names no moment that can be gone back to; its message is fit for the person who sent it."""


@dataclass(frozen=True)
class AsOf:
    """What was asked for, as it was written, and the moment that it means: of a day its end, of today now."""

    text: str
    moment: dt.datetime

    def __str__(self) -> str:
        return timezone.localtime(self.moment).isoformat(timespec="microseconds")


def parse_as_of(text: str) -> AsOf:
    """Return the moment that a text names, in the reader's time zone unless it names one.

    Raises BadMoment for what is no day and no moment, and for one that has not come.
    """
    now = timezone.now()
    try:
        day = parse_date(text) if len(text) == len("2010-12-31") else None
        # The plus of an offset arrives as a space where an address was written by hand.
        moment = None if day else parse_datetime(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        day = moment = None
    if day is not None and day.year < dt.MAXYEAR:
        moment = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(1), dt.time()))
        if day == timezone.localdate():
            moment = now
    if moment is None:
        raise BadMoment(
            _("“%(text)s” is no day and no moment. Write 2010-12-31 or 2010-12-31T17:30.")
            % {"text": text[:40].replace("\0", "")}
        )
    moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    if moment > now:
        raise BadMoment(_("%(text)s has not come yet. Ask for today or for a day before.") % {"text": text})
    if now - moment < dt.timedelta(seconds=settings.REPLICA_MAX_LAG):
        needs_primary("what is known as of now is known there")
    return AsOf(text, moment)
