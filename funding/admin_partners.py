"""Partners in the admin, kept by the same people and actions as on the pages. The rest is here to be looked at."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from funding.actions import RowsRefused, add_partner, change_partner, curates
from funding.actions.partners import check_partner
from funding.models import ForeignProject, Pairing, PairingReport, Partner
from povtrack.accounts.admin_base import CountrywideAdmin, LookAdmin
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from villages.models import Area

_NAMES = ("kind", "name", "name_latin", "area", "note")
_READERS = (Ability.MANAGE, Ability.KEEP_REGISTRY)


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]
    """Tells beforehand what the action would refuse."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            check_partner(Partner(pk=self.instance.pk, **{name: cleaned.get(name) for name in _NAMES}))
        except RowsRefused as refused:
            for problem in refused.problems:
                self.add_error(problem.field, problem.message)
        return cleaned


@admin.register(Partner)
class PartnerAdmin(CountrywideAdmin):
    """Kept by those who enter funds, or manage, for the whole nation."""

    form = PartnerForm
    seen_with = _READERS  # type: ignore[assignment]
    list_display = ("name", "name_latin", "kind", "area")
    list_filter = ("kind",)
    list_select_related = ("area",)
    search_fields = ("name", "name_latin")
    autocomplete_fields = ("area",)
    fields: ClassVar = _NAMES
    ordering = ("kind", "name")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return curates(user_of(request))

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        words, by = {name: form.cleaned_data[name] for name in _NAMES}, user_of(request)
        made = change_partner(obj, version=obj.version, by=by, **words) if change else add_partner(by=by, **words)
        obj.pk, obj.version = made.pk, made.version


@admin.register(Pairing)
class PairingAdmin(LookAdmin):
    seen_with = _READERS
    list_display = ("partner", "area", "valid", "document_no", "entered_at")
    list_filter = ("partner__kind",)
    list_select_related = ("partner", "area")
    search_fields = ("partner__name", "=area__code")
    ordering = ("-pk",)

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.filter(area__in=Area.objects.visible_to(user))


@admin.register(PairingReport)
class PairingReportAdmin(LookAdmin):
    seen_with = _READERS
    list_display = ("pairing", "year", "version", "entered_at")
    list_select_related = ("pairing__partner", "pairing__area")
    search_fields = ("pairing__partner__name", "=pairing__area__code")
    ordering = ("-pk",)

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.filter(pairing__area__in=Area.objects.visible_to(user))


@admin.register(ForeignProject)
class ForeignProjectAdmin(LookAdmin):
    seen_with = _READERS
    list_display = ("name", "donor", "currency", "currency_amount", "valid")
    list_filter = ("currency",)
    list_select_related = ("donor",)
    search_fields = ("name", "name_latin", "donor__name")
    ordering = ("-pk",)

    def scoped(self, queryset: Any, user: User) -> Any:
        return queryset.visible_to(user)
