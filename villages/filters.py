"""What lists of places can be narrowed by, on the page and in the API."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import status

from povtrack.accounts.roles import Ability
from povtrack.feed.reading import changed_since, told_since
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from villages.levels import Level
from villages.lineage import changes_seen
from villages.marks import Mark, MarkFilter
from villages.models import Area, AreaQuerySet, BoundaryChange, ChangedArea, Succession
from villages.search import search
from villages.translate import scope_of


def visible_areas(request: Any) -> AreaQuerySet:
    """The areas that the person who asks may read; none when nobody asks (the schema).

    Every filter that takes an area asks again, so the reader's own areas are looked up once a request.
    """
    if request is None or not request.user.is_authenticated:
        return Area.objects.none()
    asked = getattr(request, "_request", request)
    if not hasattr(asked, "visible_areas"):
        asked.visible_areas = Area.objects.visible_to(request.user)
    areas: AreaQuerySet = asked.visible_areas
    return areas.all()


def in_readers_areas(queryset: Any, request: Any, way: str = "area") -> Any:
    """Keep the rows whose place (`way` leads to it) the person who asks may read; none when nobody asks.

    For a token of the whole nation there is no condition, where that is known without asking.
    """
    is_known = request is not None and request.user.is_authenticated and request.user.known_paths(Ability.READ)
    if is_known and readers_paths(request) is None:
        return queryset
    return queryset.filter(**{f"{way}__in": visible_areas(request)})


def readers_paths(request: Any) -> list[str] | None:
    """The paths that the person who asks may read below, looked up once a request; None is the whole registry."""
    if request is None or not request.user.is_authenticated:
        return []
    asked = getattr(request, "_request", request)
    if not hasattr(asked, "readers_paths"):
        asked.readers_paths = scope_of(request.user)
    paths: list[str] | None = asked.readers_paths
    return paths


@extend_schema_field(OpenApiTypes.INT)
class AreaChoice(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Takes the id of an area. One that does not exist and one that lies elsewhere are refused in the same words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        message = gettext_lazy("There is no such place among yours.")
        kwargs.setdefault("error_messages", {"invalid_choice": message})
        super().__init__(*args, queryset=visible_areas, **kwargs)


class AreaFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(
        method="search",
        max_length=100,
        label=gettext_lazy("Code, or the beginning of a name, former name or name in Latin letters"),
    )
    level = django_filters.TypedChoiceFilter(choices=Level.choices, coerce=int, label=gettext_lazy("Level"))
    parent = AreaChoice(label=gettext_lazy("Id of the area it belongs to today"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: itself and all below it today"))
    standing = django_filters.TypedChoiceFilter(
        method="keep_standing",
        choices=[("true", gettext_lazy("standing")), ("false", gettext_lazy("ended"))],
        label=gettext_lazy("true: only what stands today; false: only what has ended"),
    )
    code = django_filters.CharFilter(
        method="keep_coded", max_length=20, label=gettext_lazy("Code it carried on that day")
    )
    on = django_filters.DateFilter(
        method="leave", label=gettext_lazy("Day on which it carried the code; today if absent")
    )

    class Meta:
        model = Area
        fields: list[str] = []

    def search(self, queryset: AreaQuerySet, name: str, value: str) -> AreaQuerySet:
        level = self.form.cleaned_data.get("level")
        return search(queryset, value, levels=tuple(Level) if level in ("", None) else [level])

    def keep_within(self, queryset: AreaQuerySet, name: str, value: Area) -> AreaQuerySet:
        return queryset.within(value)

    @extend_schema_field(OpenApiTypes.BOOL)
    def keep_standing(self, queryset: AreaQuerySet, name: str, value: str) -> AreaQuerySet:
        return queryset.filter(ended_on__isnull=value == "true")

    def keep_coded(self, queryset: AreaQuerySet, name: str, value: str) -> AreaQuerySet:
        return queryset.coded(value, on=self.form.cleaned_data.get("on") or timezone.localdate())

    @extend_schema_field(OpenApiTypes.DATE)
    def leave(self, queryset: AreaQuerySet, name: str, value: Any) -> AreaQuerySet:
        return queryset

    def get_form_class(self) -> Any:
        """A day alone selects nothing, so it is refused without a code."""
        base = super().get_form_class()

        def clean(form: Any) -> dict[str, Any]:
            data: dict[str, Any] = super(base, form).clean() or form.cleaned_data
            if data.get("on") and not data.get("code"):
                form.add_error("on", ValidationError(_("A day is used together with a code only.")))
            return data

        return type(base.__name__, (base,), {"clean": clean})


class ListedAreaFilter(AreaFilter):
    """Of the list of the API, whose readers come again for what is new."""

    updated_since = django_filters.IsoDateTimeFilter(
        method="keep_updated",
        label=gettext_lazy("Whose row was written at this moment or later, as far back as the feed of changes goes"),
    )

    @extend_schema_field(OpenApiTypes.DATETIME)
    def keep_updated(self, queryset: AreaQuerySet, name: str, value: dt.datetime) -> AreaQuerySet:
        told = told_since()
        if told and value <= told:
            words = _("What changed is known one by one only after %(moment)s. Load the whole list.")
            words %= {"moment": timezone.localtime(told).isoformat()}
            raise Refusal(status.HTTP_400_BAD_REQUEST, Fault("invalid", words, name))
        return queryset.filter(pk__in=changed_since("areas", value))


class PlacementFilter(django_filters.FilterSet):  # type: ignore[misc]
    on = django_filters.DateFilter(method="keep_day", label=gettext_lazy("Only where it stood on this day"))

    @extend_schema_field(OpenApiTypes.DATE)
    def keep_day(self, queryset: Any, name: str, value: dt.date) -> Any:
        return queryset.filter(valid__contains=value)


class ChangeFilter(django_filters.FilterSet):  # type: ignore[misc]
    kind = django_filters.ChoiceFilter(choices=BoundaryChange.Kind.choices, label=gettext_lazy("Kind"))
    state = django_filters.ChoiceFilter(
        choices=[choice for choice in BoundaryChange.State.choices if choice[0] != BoundaryChange.State.DRAFT],
        label=gettext_lazy("Whether it stands or was reverted"),
    )
    year = django_filters.NumberFilter(
        method="keep_year",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        decimal_places=0,
        label=gettext_lazy("Year in which it took effect"),
    )
    effective_min = django_filters.DateFilter(
        field_name="effective", lookup_expr="gte", label=gettext_lazy("Took effect on this day or later")
    )
    effective_max = django_filters.DateFilter(
        field_name="effective", lookup_expr="lte", label=gettext_lazy("Took effect on this day or earlier")
    )
    area = AreaChoice(method="keep_area", label=gettext_lazy("Id of an area that it touches"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: it touches that or something below"))
    since = MarkFilter(
        method="keep_since",
        label=gettext_lazy(
            "What is newer than this mark of a change, or was applied or reverted at this moment or later"
        ),
    )

    class Meta:
        model = BoundaryChange
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.INT)
    def keep_year(self, queryset: Any, name: str, value: Decimal) -> Any:
        return queryset.filter(effective__year=int(value))

    @extend_schema_field(OpenApiTypes.INT)
    def keep_area(self, queryset: Any, name: str, value: Area) -> Any:
        parts = ChangedArea.objects.filter(area=value, change=OuterRef("pk"))
        follows = Succession.objects.filter(Q(old=value) | Q(new=value), change=OuterRef("pk"))
        return queryset.filter(Exists(parts) | Exists(follows))

    @extend_schema_field(OpenApiTypes.INT)
    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(pk__in=changes_seen([value.path]).values("pk"))

    @extend_schema_field(OpenApiTypes.STR)
    def keep_since(self, queryset: Any, name: str, value: Mark) -> Any:
        return value.newer(queryset)
