"""What the page frame needs of the programmes on every page."""

from typing import Any

from django.http import HttpRequest

from povtrack.accounts.roles import Ability
from programmes.notices import unread_of


def review(request: HttpRequest) -> dict[str, Any]:
    """Return how many notifications wait for this user, and whether the door to review is theirs."""
    user = request.user
    if not user.is_authenticated:
        return {}
    # Counted where a page shows it: an answer without the frame costs no query.
    return {"unread": lambda: unread_of(user).count(), "review_door": user.can(Ability.REVIEW)}
