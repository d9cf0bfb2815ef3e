"""What lists of places can be narrowed by, on the page and in the API."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from villages.levels import Level
from villages.models import Area, AreaQuerySet
from villages.search import search


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
        return search(queryset, value)

    def keep_within(self, queryset: AreaQuerySet, name: str, value: Area) -> AreaQuerySet:
        return queryset.within(value)

    def keep_coded(self, queryset: AreaQuerySet, name: str, value: str) -> AreaQuerySet:
        return queryset.coded(value, on=self.form.cleaned_data["on"] or timezone.localdate())

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
