"""The registry in the admin, for looking. Places change by imports and boundary changes, which keep history true."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.admin_base import LookAdmin, LookInline
from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.admin import EstimatedPaginator
from villages.levels import Level
from villages.models import Area, AreaVersion, BoundaryChange, County, OpenQuestion, Placement, RegistryImport
from villages.questions import changes_read_by, questions_of
from villages.search import search
from villages.trails import trail_text

KEEPERS = (Ability.KEEP_REGISTRY, Ability.MANAGE)


class DatedInline(LookInline):
    """Rows with a date range, written as two days; the second is the first on which the row no longer holds."""

    seen_with = KEEPERS
    ordering = ("-valid",)

    @admin.display(description=_("Since"))
    def since(self, row: Any) -> Any:
        return row.valid.lower

    @admin.display(description=_("Until"))
    def until(self, row: Any) -> Any:
        return row.valid.upper


class VersionInline(DatedInline):
    model = AreaVersion
    fk_name = "area"
    fields = ("since", "until", "code", "name", "name_latin", "parent", "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AreaVersion]:
        return super().get_queryset(request).select_related("parent", "source")


class PlacementInline(DatedInline):
    model = Placement
    fk_name = "area"
    fields = ("since", "until", "province", "prefecture", "county", "township")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("province", "prefecture", "county", "township")


@admin.register(Area)
class AreaAdmin(LookAdmin):
    seen_with = KEEPERS
    paginator = EstimatedPaginator
    list_display = ("code", "name", "name_latin", "level", "kind", "parent")
    list_display_links = ("code", "name")
    list_filter = ("level", "kind")
    list_select_related = ("parent",)
    # The words of the search box; what is searched is in `get_search_results`.
    search_fields = ("code",)
    search_help_text = _("Code, or the beginning of a name, former name or name in Latin letters")
    ordering = ("pk",)
    fields = ("level", "kind", "code", "name", "name_latin", "where")
    inlines = (VersionInline, PlacementInline)

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.visible_to(user)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search by index, best hits first; the admin's own search would read the whole table."""
        if not search_term.strip():
            return queryset, False
        return search(queryset, search_term).order_by("line"), False  # type: ignore[misc]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields)

    @admin.display(description=_("Where"))
    def where(self, area: Area) -> str:
        return trail_text(area.ancestors())


@admin.register(County)
class CountyAdmin(AreaAdmin):
    list_display = ("code", "name", "name_latin", "kind", "parent")  # type: ignore[assignment]
    list_filter = ("kind",)  # type: ignore[assignment]

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.visible_to(user).filter(level=Level.COUNTY)


@admin.register(RegistryImport)
class RegistryImportAdmin(LookAdmin):
    """Which lists were taken in concerns everyone who keeps the registry or manages; a list lies in no area."""

    seen_with = KEEPERS
    list_display = ("vintage", "source", "file_name", "areas", "created_at", "created_by")
    list_select_related = ("created_by",)
    ordering = ("-vintage", "-pk")

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset


def _page(url: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, _("Open its page"))


@admin.register(BoundaryChange)
class BoundaryChangeAdmin(LookAdmin):
    """For looking; changes are drafted, previewed, applied and reverted on their own pages."""

    seen_with = KEEPERS
    list_display = ("effective", "__str__", "kind", "state", "document_no", "page")
    list_display_links = ("effective", "__str__")
    list_filter = ("state", "kind")
    search_fields = ("title", "document_no")
    ordering = ("-effective", "-pk")
    list_select_related = ("drafted_by", "applied_by")

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.filter(pk__in=changes_read_by(user).values("pk"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["page", *super().get_readonly_fields(request, obj)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_readonly_fields(request, obj)

    @admin.display(description=_("Page"))
    def page(self, change: BoundaryChange) -> SafeString:
        return _page(reverse("change", args=[change.pk]))


@admin.register(OpenQuestion)
class OpenQuestionAdmin(LookAdmin):
    """For looking; questions are answered on their own pages."""

    seen_with = KEEPERS
    list_display = ("subject", "kind", "year", "level", "answered_at", "page")
    list_filter = ("kind", "level")
    search_fields = ("subject",)
    ordering = ("pk",)

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.filter(pk__in=questions_of(user).values("pk"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["page", *super().get_readonly_fields(request, obj)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_readonly_fields(request, obj)

    @admin.display(description=_("Page"))
    def page(self, question: OpenQuestion) -> SafeString:
        return _page(reverse("question", args=[question.pk]))
