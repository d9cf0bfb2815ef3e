"""The base of every admin page: what a person may do there follows from their abilities, and the rest is denied."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from povtrack.accounts.grants import roles_everywhere
from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability, roles_with


class AbilityRights:
    """Rights from abilities, for admin pages and their inlines. A superuser holds every ability.

    `seen_with` names the abilities of which one is needed to look, `changed_with` the one needed to add and change;
    None means that nobody does that here. Nothing is deleted in the admin.
    """

    seen_with: ClassVar[tuple[Ability, ...]] = ()
    changed_with: ClassVar[Ability | None] = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user = user_of(request)
        return user.is_superuser or any(user.can(ability) for ability in self.seen_with)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user = user_of(request)
        return self.changed_with is not None and (user.is_superuser or user.can(self.changed_with))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AbilityAdmin(AbilityRights, admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin page whose list is scoped by `scoped`, so that an object outside it is not found."""

    list_per_page = 50
    show_full_result_count = False
    # Counts beside the filters would count the whole table once for each.
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user = user_of(request)
        return super().get_queryset(request) if user.is_superuser else self.scoped(super().get_queryset(request), user)

    def scoped(self, queryset: QuerySet[Any], user: User) -> QuerySet[Any]:
        """Return those rows that `user` may see. Each page says so itself; by default none."""
        return queryset.none()

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What lies outside one's areas is not found, as everywhere; Django would redirect with the id in a message."""
        raise Http404


def holds_everywhere(request: HttpRequest, ability: Ability) -> bool:
    """Tell whether the user holds an ability on the whole country, as every superuser does.

    What is held there is asked once a request, though the list of all models asks for each of them.
    """
    user = user_of(request)
    held: set[str] | None = getattr(request, "held_everywhere", None)
    if held is None:
        held = roles_everywhere(user)
        request.held_everywhere = held  # type: ignore[attr-defined]
    return user.is_superuser or not held.isdisjoint(roles_with(ability))


class CountrywideAdmin(AbilityAdmin):
    """An admin page of what concerns everyone: seen by all who manage, changed by who manages the whole country."""

    seen_with: ClassVar[tuple[Ability, ...]] = (Ability.MANAGE,)

    def scoped(self, queryset: QuerySet[Any], user: User) -> QuerySet[Any]:
        return queryset

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return holds_everywhere(request, Ability.MANAGE)


class LookAdmin(AbilityAdmin):
    """An admin page on which everything can be read and nothing changed."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [field.name for field in self.opts.local_fields]


class LookInline(AbilityRights, admin.TabularInline):  # type: ignore[type-arg]
    """Rows beside an object that can be read and not changed."""

    extra = 0
    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields or [])  # type: ignore[arg-type]
