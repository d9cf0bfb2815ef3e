"""Fund sources in the admin. Everything else of the ledger is entered on the pages, and never changed."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from funding import admin_partners  # noqa: F401 registers itself
from funding.models import Allocation, FundSource
from povtrack.accounts.admin_base import CountrywideAdmin, holds_everywhere
from povtrack.accounts.roles import Ability


@admin.register(FundSource)
class FundSourceAdmin(CountrywideAdmin):
    """Kept by whoever manages the whole country, or keeps its registry."""

    seen_with = (Ability.MANAGE, Ability.KEEP_REGISTRY)
    list_display = ("code", "name", "name_latin", "kind", "tier", "closed_on")
    list_filter = ("kind", "tier")
    search_fields = ("code", "name", "name_latin")

    def has_change_permission(self, request: HttpRequest, obj: FundSource | None = None) -> bool:
        return super().has_change_permission(request, obj) or holds_everywhere(request, Ability.KEEP_REGISTRY)

    def get_readonly_fields(self, request: HttpRequest, obj: FundSource | None = None) -> tuple[str, ...]:
        """What money was entered as stays: its address, whose money it is, and of which kind."""
        is_used = obj is not None and Allocation.objects.filter(source=obj).exists()
        return ("code", "kind", "tier") if is_used else ()
