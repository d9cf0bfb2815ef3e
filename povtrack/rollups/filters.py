"""What lists of roll-ups can be narrowed by. One filterset per programme, made from its model."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy

from programmes.filters import YearRangeFilter
from programmes.models import Record, Rollup
from villages.filters import AreaChoice
from villages.levels import Level
from villages.models import Area


class RollupFilter(YearRangeFilter):
    area = AreaChoice(label=gettext_lazy("Id of the area"))
    parent = AreaChoice(label=gettext_lazy("Id of the area whose parts these are, as it was in that year"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: itself and all below it today"))
    level = django_filters.TypedChoiceFilter(choices=Level.choices, coerce=int, label=gettext_lazy("Level"))
    basis = django_filters.ChoiceFilter(choices=Rollup.Basis.choices, label=gettext_lazy("On which boundaries"))

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(area__in=Area.objects.within(value))


def rollup_filter(model: type[Record]) -> type[RollupFilter]:
    """Return the filterset for the roll-ups of a programme."""
    meta = type("Meta", (), {"model": model.rollup, "fields": []})
    return type(f"{model.rollup.__name__}Filter", (RollupFilter,), {"Meta": meta})
