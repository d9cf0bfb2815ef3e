"""Releases that everyone may read, signed in or not: where the installation has this on, and a releaser says so."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.throttling import AnonRateThrottle

from povtrack.accounts.backends import WithinTerms
from povtrack.accounts.models import User
from povtrack.rollups.releases.actions import require_releaser
from povtrack.rollups.releases.models import Publication, Release
from programmes.actions import Refused
from villages.models import Area

OPEN_ACTIONS = frozenset({"list", "retrieve", "rollups"})
# An answer that never changes, to keep for ever: by shared caches where it is the same for everyone.
FOR_EVER = "max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"  # what tells of a withdrawal


@transaction.atomic
def publish_release(*, release: Release, by: User) -> None:
    """Let everyone read a release. Raises Refused for what is not frozen or is withdrawn, and as `unpublish_release`.

    Published twice it is published once.
    """
    _require(release, by)
    if release.state != Release.State.FROZEN:
        raise Refused(_("Only what is frozen, and not withdrawn, can be published."))
    Publication.objects.get_or_create(release=release, defaults={"by": by})


@transaction.atomic
def unpublish_release(*, release: Release, by: User) -> None:
    """Let only those read a release again who may read its areas.

    Raises Refused for whoever may not release, and where the installation publishes nothing.
    """
    _require(release, by)
    Publication.objects.filter(release=release).delete()


def _require(release: Release, by: User) -> None:
    require_releaser(release.area, by)
    if not settings.PUBLIC_RELEASES:
        raise Refused(_("This installation publishes nothing. Whoever runs it can allow it."))


def is_public(release: Release) -> bool:
    """Tell whether everyone may read a release."""
    return bool(settings.PUBLIC_RELEASES) and Publication.objects.filter(release=release).exists()


def readable_releases(user: Any) -> models.QuerySet[Release]:
    """The releases that someone may read, signed in or not."""
    public = Release.objects.published()
    return Release.objects.visible_to(user) | public if user.is_authenticated else public


def readable_totals(release: Release, user: Any) -> Any:
    """The rows of a release that someone may read: all of one that is public, else those of their areas."""
    if is_public(release):
        return release.totals.all()
    return release.totals.visible_to(user) if user.is_authenticated else release.totals.none()


def areas_of(release: Release, user: Any) -> models.QuerySet[Area]:
    """The areas of a release of whose totals someone may read."""
    if is_public(release):
        return Area.objects.filter(pk__in=release.totals.values("area"))
    return Area.objects.visible_to(user).within(release.area)


class OpenOrSignedIn(BasePermission):
    """Lets strangers read where releases are published, and nothing else; everyone else as ever."""

    def has_permission(self, request: Any, view: Any) -> bool:
        if request.user.is_authenticated:
            within = WithinTerms()
            allowed = within.has_permission(request, view)
            self.message = within.message
            return allowed
        return bool(settings.PUBLIC_RELEASES) and getattr(view, "action", "") in OPEN_ACTIONS


class AddressThrottle(AnonRateThrottle):
    """Counts strangers by their address."""

    scope = "stranger"


class TooOften(Exception):
    """A stranger asks for pages too often; `wait` is in seconds."""

    def __init__(self, wait: float | None) -> None:
        super().__init__(_("You have asked too often."))
        self.wait = wait


def require_patience(request: HttpRequest) -> None:
    """Count a page that a stranger asks for as the API does. Raises TooOften."""
    throttle: Any = AddressThrottle()
    if not throttle.allow_request(request, None):
        raise TooOften(throttle.wait())


def kept_by_all(response: Any, how: str) -> None:
    """Let shared caches keep what a stranger was told, for strangers."""
    response.headers["Cache-Control"] = how
    patch_vary_headers(response, ("Authorization", "Cookie"))
