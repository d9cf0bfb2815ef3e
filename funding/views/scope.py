"""What the pages of the ledger share: what an address names, within what the reader may see, and who may write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.actions.adjustments import giver_of
from funding.models import Allocation, AllocationQuerySet
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from povtrack.lib.years import year_end
from programmes.actions.scope import paths_of
from programmes.progress import place_filter
from programmes.views.scope import area_or_404, trail_to
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement


def place_of(request: HttpRequest, year: int, code: str, ability: Ability = Ability.READ) -> tuple[Area, User]:
    """The area of an address and the person who asks, or Http404."""
    user = user_of(request)
    return area_or_404(user, code, year, ability), user


def allocation_or_404(user: User, pk: int, ability: Ability = Ability.READ) -> Allocation:
    """One allocation with its balance, if it was given to an area where the user holds `ability`."""
    rows = Allocation.objects.visible_to(user, ability).with_balance()
    found = rows.select_related("source", "area", "parent__area", "by").filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def not_found() -> Http404:
    """The words for every allocation that is not there, or not the reader's."""
    return Http404(_("There is no such allocation among yours."))


def keeps(user: User, *areas: Area) -> bool:
    """Whether the user keeps the funds of one of these areas."""
    paths = paths_of(user, Ability.ENTER_FUNDS) if user.can(Ability.ENTER_FUNDS) else ()
    return any(is_under(area.path, paths) for area in areas)


def gives(user: User, allocation: Allocation) -> bool:
    """Whether the user may change what an allocation gives."""
    return keeps(user, giver_of(allocation).area)


def given_within(area: Area, year: int, user: User) -> AllocationQuerySet:
    """The allocations of a year to an area and to what lay below it at the end of that year; the reader's alone.

    The reader may read the area. Whoever may read the nation may read all, which need not be looked up.
    """
    rows = Allocation.objects.filter(year=year)
    if area.level == Level.NATION:
        return rows
    rows = rows.visible_to(user)
    lay = Q(area=area) if area.level == Level.VILLAGE else Q(**place_filter(area))
    return rows.filter(area__in=Placement.objects.filter(lay, valid__contains=year_end(year)).values("area"))


def ordered_page(rows: QuerySet[Any], pks: Iterable[int]) -> list[Any]:
    """Rows by their keys, in that order. What is costly to work out is so asked for the rows of one page only."""
    wanted = list(pks)
    found = rows.in_bulk(wanted)
    return [found[pk] for pk in wanted]


def funds_trail(user: User, area: Area, year: int, *, itself: bool = False) -> list[dict[str, str | None]]:
    """The areas above an area in a year (and it `itself`), those of the reader leading to their funds."""
    return trail_to(user, area, year, lambda code: reverse("funds-area", args=[year, code]), itself=itself)


def known_years() -> range:
    """The years of which there is money, and those for which it can be entered now: this one and the next."""
    ends = Allocation.objects.aggregate(first=Min("year"), last=Max("year"))
    this = timezone.localdate().year
    return range(min(ends["first"] or this, this), max(ends["last"] or this, this + 1) + 1)


def year_urls(area: Area, year: int, name: str) -> list[dict[str, Any]]:
    """The years in which an area stood, with the same page of each."""
    versions = list(AreaVersion.objects.filter(area=area))
    return [
        {"year": y, "url": reverse(name, args=[y, version.code]), "current": y == year}
        for y in known_years()
        for version in versions
        if year_end(y) in version.valid
    ]
