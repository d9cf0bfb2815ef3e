"""Users and notices in the admin. Managers give only what they hold, and change only whom they could have made."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from knox.models import AuthToken

from povtrack.accounts.admin_base import AbilityAdmin, AbilityRights, CountrywideAdmin, LookAdmin
from povtrack.accounts.grants import held_by, managed_area, may_grant, may_manage, users_seen_by
from povtrack.accounts.models import Jurisdiction, Notice, Token, User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability

# What people may do is in their jurisdictions: no groups, no permissions. Tokens have a page below.
for other in (Group, EmailAddress, AuthToken):
    admin.site.unregister(other)


class JurisdictionFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Refuses what the manager could not give. Taking away and changing need the same as giving."""

    manager: User

    def clean(self) -> None:
        super().clean()
        if self.manager.is_superuser:
            return
        held = held_by(self.manager)
        for form in self.forms:
            if form.has_changed() or form in self.deleted_forms:
                self._require(held, form)

    def _require(self, held: list[tuple[str, str]], form: Any) -> None:
        """Check the jurisdiction that a changed form leaves, and the one that it found."""
        after = form.cleaned_data
        wanted = [(after["role"], after["area"].path)] if after.get("role") and after.get("area") else []
        before = (
            Jurisdiction.objects.filter(pk=form.instance.pk).values_list("role", "area__path")
            if form.instance.pk
            else []
        )
        if not all(may_grant(held, role, path) for role, path in [*wanted, *before]):
            raise ValidationError(
                _("You can give only what you hold yourself, on areas that you manage.")
                if wanted
                else _("This is not yours to take.")
            )


class JurisdictionInline(AbilityRights, admin.TabularInline):  # type: ignore[type-arg]
    model = Jurisdiction
    formset = JurisdictionFormSet
    autocomplete_fields = ("area",)
    extra = 0
    # Someone without any jurisdiction would be out of every manager's sight.
    min_num = 1
    validate_min = True
    seen_with = (Ability.MANAGE,)
    changed_with = Ability.MANAGE

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_formset(request, obj, validate_min=not user_of(request).is_superuser, **kwargs)
        return type(made.__name__, (made,), {"manager": user_of(request)})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Jurisdiction]:
        user, rows = user_of(request), super().get_queryset(request).select_related("area")
        return rows if user.is_superuser else rows.filter(managed_area(user, "area__"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request) and (obj is None or may_manage(user_of(request), obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(User)
class UserAdmin(AbilityAdmin, DjangoUserAdmin):  # type: ignore[misc, type-arg]
    """People are not deleted, for their records name them; an account is closed by taking “active” away."""

    seen_with = (Ability.MANAGE,)
    changed_with = Ability.MANAGE
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "jurisdictions__role")
    search_fields = ("username", "first_name", "last_name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    inlines = (JurisdictionInline,)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("Account"), {"fields": ("is_active", "is_staff", "last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "first_name", "last_name", "is_staff")}),)

    def scoped(self, queryset: QuerySet[User], user: User) -> QuerySet[User]:
        return queryset.filter(pk__in=users_seen_by(user).values("pk"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request) and (obj is None or may_manage(user_of(request), obj))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a superuser makes another."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (None, {"fields": ("is_superuser",)})] if user_of(request).is_superuser else fieldsets


@admin.register(Token)
class TokenAdmin(LookAdmin):
    """Tokens are made by their owners alone; deleting one signs its program out."""

    seen_with = (Ability.MANAGE,)
    list_display = ("token_key", "user", "terms", "writes", "area", "created", "expiry", "used_at")
    list_select_related = ("user", "terms__area")
    search_fields = ("token_key", "user__username", "terms__name")
    ordering = ("-created", "digest")
    fields = list_display

    @admin.display(description=gettext_lazy("may write"), boolean=True)
    def writes(self, token: Token) -> bool:
        return bool(token.terms.writes)

    @admin.display(description=gettext_lazy("only for this area"))
    def area(self, token: Token) -> Any:
        return token.terms.area

    @admin.display(description=gettext_lazy("last used"), ordering="terms__used_at")
    def used_at(self, token: Token) -> Any:
        return token.terms.used_at

    def scoped(self, queryset: QuerySet[Token], user: User) -> QuerySet[Token]:
        return queryset.filter(user__in=users_seen_by(user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Revoking takes the right to change the owner. No object: some of the list may be deleted."""
        return self.has_view_permission(request) and (obj is None or may_manage(user_of(request), obj.user))


@admin.register(Notice)
class NoticeAdmin(CountrywideAdmin):
    list_display = ("kind", "text")
    ordering = ("pk",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)
