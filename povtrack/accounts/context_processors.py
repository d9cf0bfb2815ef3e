"""What the page frame needs on every page."""

from typing import Any

from django.http import HttpRequest

from povtrack.accounts.models import Notice
from povtrack.accounts.roles import Ability


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the notices, and which doors of the navigation this user may open."""
    user = request.user
    return {
        "notices": Notice.objects.all(),
        "doors": {
            "work": user.can(Ability.ENTER) or user.can(Ability.REVIEW),
            "funds": user.can(Ability.READ),
            "places": user.can(Ability.READ),
            "figures": user.can(Ability.READ),
            "registry": user.can(Ability.KEEP_REGISTRY),
            "admin": user.is_staff,
        }
        if user.is_authenticated
        else {},
    }
