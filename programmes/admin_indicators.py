"""Pilot indicators in the admin: defined here without code. Their figures are entered on the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from povtrack.accounts.admin_base import CountrywideAdmin, LookAdmin
from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from programmes.models import Indicator, IndicatorFigure
from villages.models import Area


@admin.register(Indicator)
class IndicatorAdmin(CountrywideAdmin):
    list_display = ("name", "unit", "theme", "area", "adds_up", "is_asked")
    list_filter = ("theme", "is_asked")
    list_select_related = ("area",)
    search_fields = ("name",)
    autocomplete_fields = ("area",)
    fields: ClassVar = ("theme", "area", "name", "unit", "definition", "adds_up", "is_asked")
    ordering = ("theme", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Indicator | None = None) -> tuple[str, ...]:
        # What figures were given for does not become something else; a new indicator can be defined beside it.
        return ("theme", "unit") if obj and obj.figures.exists() else ()


@admin.register(IndicatorFigure)
class IndicatorFigureAdmin(LookAdmin):
    seen_with = (Ability.MANAGE, Ability.KEEP_REGISTRY)
    list_display = ("indicator", "area", "year", "target", "actual", "version", "entered_at")
    list_filter = ("indicator__theme",)
    list_select_related = ("indicator", "area")
    search_fields = ("=area__code", "indicator__name")
    ordering = ("-pk",)

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.filter(area__in=Area.objects.visible_to(user))
