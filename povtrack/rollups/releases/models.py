"""A release and its rows. The database itself refuses to change what was frozen."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import under
from villages.levels import Level
from villages.models import Area


class ExactDecoder(json.JSONDecoder):
    """Reads figures exactly: what the database writes as 38400.50 does not pass through a binary fraction."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "parse_float": Decimal})


_KEEP_RELEASE = """
    IF OLD.state = 'waiting' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'frozen' AND NEW.state = 'withdrawn'
        AND to_jsonb(NEW) - ARRAY['state', 'withdrawn_at', 'withdrawn_by_id', 'withdrawn_why']
          = to_jsonb(OLD) - ARRAY['state', 'withdrawn_at', 'withdrawn_by_id', 'withdrawn_why'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Release % is frozen. It can be withdrawn, once, and nothing else.', OLD.name;
"""
_KEEP_ROWS = "RAISE EXCEPTION 'Rows of a release are never changed and never deleted.';"
_NO_MORE_ROWS = """
    IF EXISTS (SELECT FROM (SELECT DISTINCT release_id FROM new_rows) AS n
               JOIN rollups_release r ON r.id = n.release_id WHERE r.state <> 'waiting') THEN
        RAISE EXCEPTION 'The release is frozen; no row can be added to it.';
    END IF;
    RETURN NULL;
"""


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: User) -> ReleaseQuerySet:
        """The releases that hold totals of areas which `user` may read: of theirs, of some below, or of all above."""
        own = list(Area.objects.filter(pk__in=user.area_ids(Ability.READ)).only("path"))
        above = {pk for area in own for pk in area.ancestor_ids}
        return self.filter(Q(area__in=above) | under((area.path for area in own), "area__path"))

    def published(self) -> ReleaseQuerySet:
        """Those that everyone may read; none where the installation publishes nothing."""
        return self.filter(pk__in=Publication.objects.values("release")) if settings.PUBLIC_RELEASES else self.none()


class Release(models.Model):
    """A named set of totals as they were at one moment, for citation.

    It holds all totals of `programmes` and `years`, on the boundaries `bases`, of `area` and all areas below it down to
    `lowest`, of submitted and of approved records. `known_at` is the moment of which it is; every write that began
    before `settled_at` is in it, and `pending` edits waited to be counted in. `boundaries_on` is the day of today's
    boundaries. `sha256` is that of the file of all its rows. Once frozen it can only be withdrawn, with a reason; its
    rows stay, for they have been cited.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("being frozen")
        FROZEN = "frozen", _("frozen")
        WITHDRAWN = "withdrawn", _("withdrawn")

    name = models.SlugField(_("name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    programmes = ArrayField(models.CharField(max_length=40), verbose_name=_("programmes"))
    years = ArrayField(models.SmallIntegerField(), verbose_name=_("years"))
    bases = ArrayField(models.CharField(max_length=10), verbose_name=_("boundaries"))
    lowest = models.PositiveSmallIntegerField(_("down to"), choices=Level, default=Level.COUNTY)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    drafted_at = models.DateTimeField(_("made at"), auto_now_add=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    known_at = models.DateTimeField(_("as known at"), null=True)
    settled_at = models.DateTimeField(null=True)
    boundaries_on = models.DateField(_("boundaries of"), null=True)
    pending = models.IntegerField(_("edits pending"), null=True)
    rows = models.IntegerField(_("rows"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_why = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", known_at=None)
                | Q(state__in=["frozen", "withdrawn"], known_at__isnull=False, rows__isnull=False) & ~Q(sha256=""),
                name="rollups_release_frozen_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_why="")
                | ~Q(state="withdrawn") & Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why=""),
                name="rollups_release_withdrawn_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_KEEP_RELEASE,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        """Whether its rows stand; they do when it was withdrawn, too."""
        return self.state != self.State.WAITING

    @property
    def span(self) -> str:
        """Its years as people write them."""
        years = self.years
        is_run = len(years) > 2 and years == list(range(years[0], years[-1] + 1))
        return f"{years[0]}–{years[-1]}" if is_run else ", ".join(map(str, years))

    def citation(self, url: str) -> str:
        """How the release is to be cited."""
        words = gettext(
            "Povtrack, “%(title)s” (release %(name)s), totals of %(area)s, %(years)s, as known at %(at)s. %(url)s, "
            "SHA-256 %(sha256)s"
        )
        at = timezone.localtime(self.known_at).isoformat(timespec="seconds") if self.known_at else "–"
        told = {"title": self.title, "name": self.name, "area": self.area, "years": self.span, "at": at}
        return words % {**told, "url": url, "sha256": self.sha256}


class Publication(models.Model):
    """Says that everyone may read a release, signed in or not, and who said so. Apart: what is frozen never changes."""

    release = models.OneToOneField(Release, models.PROTECT, primary_key=True, related_name="publication")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager[Any] = models.Manager()

    def __str__(self) -> str:
        return str(self.release)


class ReleasedTotalQuerySet(models.QuerySet["ReleasedTotal"]):
    def visible_to(self, user: User) -> ReleasedTotalQuerySet:
        """The rows of areas in whose subtree `user` may read."""
        visible = Area.objects.visible_to(user)
        return self.filter(Exists(visible.filter(pk=OuterRef("area"))))


class ReleasedTotal(models.Model):
    """One total of a release: the roll-up row of an area, programme, year, basis and kind, as it was frozen.

    Code and names are those of the area on these boundaries. `figures` holds counts and sums by the names of the
    roll-up's columns: of all submitted records, with the suffix `_approved` of the approved ones, with `_filled` how
    many gave the figure; what nobody gave is left out. So it can be read whatever becomes of the programme.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="totals", db_index=False)
    programme = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    basis = models.CharField(max_length=10)
    breakdown = models.CharField(max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    parent = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    level = models.PositiveSmallIntegerField(choices=Level)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_latin = models.CharField(max_length=160)
    computed_at = models.DateTimeField()
    figures = models.JSONField(decoder=ExactDecoder)

    objects = ReleasedTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("released total")
        verbose_name_plural = _("released totals")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "programme", "year", "basis", "breakdown", "area"],
                name="rollups_releasedtotal_grain",
            )
        ]
        indexes = [
            models.Index(fields=["release", "parent", "programme", "year"], name="rollups_releasedtotal_parts"),
            models.Index(fields=["release", "area"], name="rollups_releasedtotal_area"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_KEEP_ROWS,
            ),
            pgtrigger.Trigger(
                name="keep_all",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func=_KEEP_ROWS,
            ),
            pgtrigger.Trigger(
                name="no_more",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),  # type: ignore[no-untyped-call]
                func=_NO_MORE_ROWS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}: {self.name}"
