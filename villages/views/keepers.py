"""Who comes to the registry's pages, and what they find there: shared by its views."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from villages.models import BoundaryChange
from villages.questions import changes_of, changes_read_by


def keeper_of(request: HttpRequest) -> User:
    """The person who asks; raises PermissionDenied for one who keeps no registry."""
    user = user_of(request)
    if not user.can(Ability.KEEP_REGISTRY):
        raise PermissionDenied
    return user


def kept_change(request: HttpRequest, pk: int) -> BoundaryChange:
    """The change, for one who keeps the registry of one of its places; raises PermissionDenied or Http404."""
    return _found(changes_of(keeper_of(request)).filter(pk=pk).select_related(*_PEOPLE).first())


def read_change(request: HttpRequest, pk: int) -> BoundaryChange:
    """The change, for one who may read one of its places; a draft only for its keepers. Raises Http404."""
    return _found(changes_read_by(user_of(request)).filter(pk=pk).select_related(*_PEOPLE).first())


_PEOPLE = ("drafted_by", "applied_by", "reverted_by", "source")


def _found(change: BoundaryChange | None) -> BoundaryChange:
    if change is None:
        raise Http404(_("There is no such change among yours."))
    return change
