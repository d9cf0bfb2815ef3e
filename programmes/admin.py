"""Rounds, extensions, review, and each programme's records and roll-ups. Entry and review happen on the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.admin_base import CountrywideAdmin, LookAdmin
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.admin import EstimatedPaginator
from programmes import admin_indicators  # noqa: F401 registers itself
from programmes.actions import plan_round
from programmes.actions.rounds import check_collected
from programmes.models import Extension, Record, Remark, ReviewStep, Round
from programmes.registry import programme_choices, programmes
from villages.models import Area
from villages.search import search

READERS = (Ability.MANAGE, Ability.KEEP_REGISTRY)


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """Offers the programmes there are."""

    programme = forms.ChoiceField(label=_("Programme"), choices=programme_choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # Both are there on a new round only, and only when each is right by itself.
        if "programme" in cleaned and "year" in cleaned:
            check_collected(cleaned["programme"], cleaned["year"])
        return cleaned


@admin.register(Round)
class RoundAdmin(CountrywideAdmin):
    form = RoundForm
    list_display = ("programme", "year", "opens", "due", "closes")
    list_filter = ("programme",)
    ordering = ("-year", "programme")

    def get_readonly_fields(self, request: HttpRequest, obj: Round | None = None) -> tuple[str, ...]:
        # Moved to another programme or year, a round would leave the records that it collected without one. For their
        # sake none is deleted either, as nothing is in the admin.
        return ("programme", "year") if obj else ()

    def save_model(self, request: HttpRequest, obj: Round, form: Any, change: bool) -> None:
        plan_round(obj, by=user_of(request))


class YearOfRound(admin.SimpleListFilter):
    """The years in which the programme was collected; asking the records themselves would read all of them."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        code = getattr(model_admin.model, "code", None) or model_admin.model.record.code
        years = Round.objects.filter(programme=code).order_by("-year").values_list("year", flat=True)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        return queryset.filter(year=int(value)) if value and value.isdecimal() else queryset


class OfAreasAdmin(LookAdmin):
    """Rows that each belong to an area: found by it, and seen where one may read it."""

    seen_with = READERS
    paginator = EstimatedPaginator
    list_select_related: ClassVar[tuple[str, ...]] = ("area",)
    search_fields = ("area__code",)
    search_help_text = _("Code, or the beginning of a name, former name or name in Latin letters")

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.filter(area__in=Area.objects.visible_to(user))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find the areas by index, then their rows."""
        if not search_term.strip():
            return queryset, False
        user = user_of(request)
        areas = Area.objects.all() if user.is_superuser else Area.objects.visible_to(user)
        return queryset.filter(area__in=search(areas, search_term).values("pk")), False

    @admin.display(description=_("Code"))
    def code(self, row: Any) -> str:
        return str(row.area.code)


class RecordAdmin(OfAreasAdmin):
    list_filter = (YearOfRound, "state")
    ordering = ("-pk",)


class RollupAdmin(OfAreasAdmin):
    list_filter = (YearOfRound, "basis", ("level", admin.ChoicesFieldListFilter))
    ordering = ("area", "-year", "basis")


@admin.register(Extension)
class ExtensionAdmin(OfAreasAdmin):
    """Extensions are granted on the page of their round, where the overdue counties are in sight."""

    list_display = ("programme", "year", "area", "code", "until", "reason", "by", "at")
    list_filter = ("programme",)
    list_select_related = ("area", "by")
    ordering = ("-until", "-pk")


class SaidAdmin(OfAreasAdmin):
    """Steps of review and remarks: only ever added, and never here."""

    list_filter = ("programme",)
    list_select_related = ("area", "by")
    ordering = ("-pk",)


@admin.register(ReviewStep)
class ReviewStepAdmin(SaidAdmin):
    list_display = ("programme", "year", "area", "code", "breakdown", "kind", "reason", "by", "at")


@admin.register(Remark)
class RemarkAdmin(SaidAdmin):
    list_display = ("programme", "year", "area", "code", "breakdown", "measure", "text", "by", "at")


def register(model: type[Record]) -> None:
    """Give a programme its two pages."""
    kind = ("breakdown",) if model.kinds else ()
    shown = {"list_display": ("area", "code", "year", *kind, "state", *model.headline, "version", "entered_at")}
    admin.site.register(model, type(f"{model.__name__}Admin", (RecordAdmin,), shown))
    counts = ("expected", "reported", "approved", "estimated")
    columns = {field.name for field in model.rollup._meta.local_fields}
    figures = [name for name in model.headline if name in columns]  # a mean is no column
    totals = {"list_display": ("area", "code", "year", "basis", *kind, *counts, *figures, "computed_at")}
    admin.site.register(model.rollup, type(f"{model.rollup.__name__}Admin", (RollupAdmin,), totals))


for programme in programmes():
    register(programme)
