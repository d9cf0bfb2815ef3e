"""What lists of roll-ups can be narrowed by. One filterset per programme, made from its model."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy

from povtrack.rollups.designated import DesignationChoice, of_members
from programmes.filters import YearRangeFilter
from programmes.models import Record, Rollup
from villages.filters import AreaChoice
from villages.levels import Level
from villages.models import Area, Designation

EACH = "each"  # every kind, and the total over all


class RollupFilter(YearRangeFilter):
    area = AreaChoice(label=gettext_lazy("Id of the area"))
    parent = AreaChoice(label=gettext_lazy("Id of the area whose parts these are, as it was in that year"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: itself and all below it today"))
    level = django_filters.TypedChoiceFilter(choices=Level.choices, coerce=int, label=gettext_lazy("Level"))
    designation = DesignationChoice(
        method="keep_members", label=gettext_lazy("Code of a list: its members on 31 December of each row's year")
    )
    basis = django_filters.CharFilter(
        method="leave",
        max_length=10,
        label=gettext_lazy(
            "On which boundaries: recorded (of each year, the default), current (today's), or a year that is over, for "
            "those of its last day. Totals on a year are summed anew for each page; they need year or area."
        ),
    )

    as_of = django_filters.CharFilter(
        method="leave",
        max_length=40,
        label=gettext_lazy(
            "A day (its end) or a moment of the past, ISO: totals of the records that were known then. Boundaries, and "
            "who is expected, are as known now. Worked out for five years at most, for the nation one."
        ),
    )

    def keep_members(self, queryset: Any, name: str, value: Designation) -> Any:
        return of_members(queryset, value)

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep one basis always: totals on different boundaries are no parts of each other."""
        basis = self.form.cleaned_data.get("basis") or Rollup.Basis.RECORDED
        kind = self.form.cleaned_data.get("breakdown") or ""
        if kind != EACH:
            queryset = queryset.filter(breakdown=kind)
        return super().filter_queryset(queryset.filter(basis=basis))

    def leave(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        """Villages have no totals, so that they, which are most of a province, are not even looked at."""
        level = self.form.cleaned_data.get("level")
        levels = {"level__lte": Level.TOWNSHIP} if level in ("", None) else {"level": level}
        return queryset.filter(area__in=Area.objects.within(value).filter(**levels))


def rollup_filter(model: type[Record]) -> type[RollupFilter]:
    """Return the filterset for the roll-ups of a programme."""
    attrs: dict[str, Any] = {"Meta": type("Meta", (), {"model": model.rollup, "fields": []})}
    if model.kinds:
        words = gettext_lazy("A kind, for its totals; each, for every kind and all together. Left out: over all kinds.")
        kinds = [(kind.code, kind.label) for kind in model.kinds]
        attrs["breakdown"] = django_filters.ChoiceFilter(method="leave", choices=[*kinds, (EACH, EACH)], label=words)
    return type(f"{model.rollup.__name__}Filter", (RollupFilter,), attrs)
