"""Who asks."""

from __future__ import annotations

from typing import Any

from povtrack.accounts.models import User


def user_of(request: Any) -> User:
    """The person who asks, of a request to a page or to the API. Those who are not signed in come nowhere near."""
    assert isinstance(request.user, User)
    return request.user
