"""Looking through a review: which rows a person sees, how many there are of each kind, and what speaks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import under
from villages.levels import Level
from villages.models import Area, AreaVersion, ListReview, ListRow

REMEMBERED = 60  # seconds; every decision forgets what was counted before it
ORDER = ("outcome", "level", "group", "pk")  # that of the index, so that a page is read and not sorted

_EVIDENCE: dict[str, Promise] = {
    "code_end": gettext_lazy(
        "The place above has another code now; the end of the code is the same, and the name begins alike."
    ),
    "name_here": gettext_lazy("The same name stands once in the same place, now and before."),
    "stem_here": gettext_lazy(
        "The same name but for the word for the kind of place stands once in the same place, now and before."
    ),
    "name_near": gettext_lazy("The same name stands once in the place above, now and before."),
    "stem_near": gettext_lazy(
        "The same name but for the word for the kind of place stands once in the place above, now and before."
    ),
    "code_kept": gettext_lazy("The same code, and the name begins alike."),
    "alike": gettext_lazy("Most of the old name is in the new one: supposed to be the same place, written otherwise."),
    "partly": gettext_lazy("Half of the old name is in the new one: the same place or another, a person must say."),
    "unlike": gettext_lazy("The names have little in common: supposed to be another place."),
    "level": gettext_lazy("The registry has a place of another level under this code."),
    "below": gettext_lazy("%(what)s of the places below it kept code and name."),
    "went": gettext_lazy("Places that belonged to it belong elsewhere in the list: %(what)s."),
    "code_taken": gettext_lazy("Another place carries this code on a later day, or did on an earlier one."),
    "code_freed": gettext_lazy("The place that had this code has %(what)s in this list."),
    "fresh": gettext_lazy("The registry has no place of this code or name here."),
    "absent": gettext_lazy("The list has no place of this code or name here."),
    "name_twice": gettext_lazy("The list has new places of this name near, more than one or not only for this one."),
}


def evidence_words(evidence: str) -> list[str]:
    """Say the facts that are stored with a row, in the reader's language."""
    facts = [fact.partition(":") for fact in evidence.split(",") if fact]
    return [str(_EVIDENCE[key]) % {"what": what} for key, _colon, what in facts if key in _EVIDENCE]


def visible_rows(review: ListReview, user: User) -> QuerySet[ListRow]:
    """The rows whose place lies where `user` keeps the registry; for a new place, the place it would belong to.

    Told by the county in which a row lies wherever that is enough, which the index finds; at most seven small queries.
    """
    roots = list(Area.objects.filter(pk__in=user.area_ids(Ability.KEEP_REGISTRY)).only("path", "level", "code"))
    rows = ListRow.objects.filter(review=review)
    if any(root.level == Level.NATION for root in roots):
        return rows
    wide = [root for root in roots if root.level <= Level.COUNTY]
    condition = _in_counties(review, wide)
    for root in roots:
        if root.level > Level.COUNTY:
            condition |= _below_county(review, root)
    return rows.filter(condition)


def _in_counties(review: ListReview, roots: list[Area]) -> Q:
    """Rows of the counties at or below `roots`, and of places above the counties there."""
    if not roots:
        return Q(pk__in=[])
    paths = [root.path for root in roots]
    rows = ListRow.objects.filter(review=review)
    forms = AreaVersion.objects.filter(
        under(paths, "area__path"), valid__contains=review.vintage, area__level__lte=Level.COUNTY
    )
    codes = set(forms.values_list("code", flat=True))
    above = rows.filter(level__lte=Level.COUNTY)
    codes |= set(above.filter(area=None, parent_code__in=codes).values_list("code", flat=True))
    codes |= set(above.filter(under(paths, "area__path")).exclude(code="").values_list("code", flat=True))
    # Places that the list moves between counties lie where the registry has them until that is accepted.
    moved = rows.filter(outcome=ListRow.Outcome.MOVED, level__lte=Level.TOWNSHIP).order_by()
    here = set(moved.filter(under(paths, "area__path")).values_list("pk", flat=True))
    coming = set(moved.filter(group__in=codes).values_list("pk", flat=True)) - here
    leaving = here - set(moved.filter(group__in=codes).values_list("pk", flat=True))
    condition = Q(group__in=codes)
    if coming:
        condition &= ~Q(pk__in=coming)
    return condition | Q(pk__in=leaving) if leaving else condition


def _below_county(review: ListReview, root: Area) -> Q:
    """Rows at or below a township or a village."""
    county = AreaVersion.objects.filter(
        area__in=root.ancestor_ids, area__level=Level.COUNTY, valid__contains=review.vintage
    )
    groups = set(county.values_list("code", flat=True))
    recoded = ListRow.objects.filter(review=review, level=Level.COUNTY, area__in=root.ancestor_ids).exclude(code="")
    groups |= set(recoded.values_list("code", flat=True))
    own = (
        ListRow.objects.filter(review=review, group__in=groups, area=root)
        .exclude(code="")
        .values_list("code", flat=True)
    )
    inside = under([root.path], "area__path") | Q(area=None, parent_code__in={root.code, *own})
    return Q(group__in=groups) & inside


@dataclass(frozen=True)
class Tally:
    """How many visible rows of one outcome, level and decision there are."""

    outcome: str
    level: int
    decision: str
    count: int


def tally(rows: QuerySet[ListRow]) -> list[Tally]:
    """Count rows by outcome, level and decision. One query."""
    counted = rows.order_by().values_list("outcome", "level", "decision").annotate(count=Count("pk"))
    return [Tally(*row) for row in counted]


def tally_of(review: ListReview, user: User, rows: QuerySet[ListRow]) -> list[Tally]:
    """The same for the rows that `user` sees. Who sees all of a large review is shown a count that is remembered."""
    if not Area.objects.filter(pk__in=user.area_ids(Ability.KEEP_REGISTRY), level=Level.NATION).exists():
        return tally(rows)
    counted: list[Tally] | None = cache.get(_key(review))
    if counted is None:
        counted = tally(rows)
        cache.set(_key(review), counted, REMEMBERED)
    return counted


def forget_tally(review: ListReview) -> None:
    """Count anew, once the decision that is being made is committed."""
    transaction.on_commit(lambda: cache.delete(_key(review)))


def _key(review: ListReview) -> str:
    return f"review-tally-{review.pk}"


def after(rows: QuerySet[ListRow], place: tuple[Any, ...], *, backwards: bool = False) -> QuerySet[ListRow]:
    """The rows after `place`, a value for each field of `ORDER`, in that order; or those before it, nearest first."""
    here = Func(*(F(name) for name in ORDER), function="ROW", output_field=TextField())
    there = Func(*(Value(value) for value in place), function="ROW", output_field=TextField())
    if backwards:
        return rows.filter(LessThan(here, there)).order_by(*(f"-{name}" for name in ORDER))
    return rows.filter(GreaterThan(here, there)).order_by(*ORDER)


def names_by_code(review: ListReview, codes: Iterable[str], groups: Iterable[str]) -> dict[str, str]:
    """What the places above are called that have these codes, in the registry or else in the list. Two queries."""
    wanted = {code for code in codes if code}
    names = dict(
        AreaVersion.objects.filter(code__in=wanted, valid__contains=review.vintage).values_list("code", "name")
    )
    # Of the counties in sight only, so that few rows are read.
    new = ListRow.objects.filter(review=review, level__lt=Level.VILLAGE, group__in=set(groups), code__in=wanted)
    return dict(new.values_list("code", "name")) | names
