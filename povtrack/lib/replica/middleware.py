"""The middleware that offers requests to the replica. It is the last: what stands before it is the primary's."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from inspect import iscoroutinefunction
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from povtrack.lib.replica import positions
from povtrack.lib.replica.base import REFUSED, TryPrimary
from povtrack.lib.replica.reading import begin, is_reading, offered

SAFE = ("GET", "HEAD")
# Signing in reads and writes sessions, and who looks at tables in the admin decides on what is true now.
SIGN_IN, ADMIN = "allauth.", "admin"
HEADER = "Povtrack-Read-From"

logger = logging.getLogger(__name__)


class ReadFromReplica:
    """Answers what only reads from the replica, and remembers for everyone else how far it must come."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DATABASE_REPLICA_URL:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in SAFE or getattr(request, "wrote", False):
            if getattr(response, "streaming", False):
                # It may still be at work when its first part is sent.
                response.streaming_content = _each(response.streaming_content, request)  # type: ignore[attr-defined]
            else:
                _remember(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer from the replica; None lets the view be called as ever, for the first time or again."""
        if request.method not in SAFE or iscoroutinefunction(view) or _is_of_the_primary(request, view):
            return None
        try:
            with offered():
                # A token says who asks inside the view, and whose turn it is begins there.
                if "Authorization" not in request.headers:
                    if not request.user.is_authenticated:
                        return None
                    begin(request.user.pk)
                    if not is_reading():
                        return None
                response: HttpResponseBase = view(request, *args, **kwargs)
                if callable(render := getattr(response, "render", None)):
                    response = render()
                if is_reading():
                    response.headers[HEADER] = "replica"
                return response
        except TryPrimary as reason:
            level = logging.INFO if reason.code else logging.DEBUG
            logger.log(level, "%s is read from the primary: %s", request.path, reason)
            request.wrote = reason.code == REFUSED  # type: ignore[attr-defined]
            return None


def _is_of_the_primary(request: HttpRequest, view: Callable[..., Any]) -> bool:
    match = request.resolver_match
    return view.__module__.startswith(SIGN_IN) or (match is not None and ADMIN in match.app_names)


def _each(parts: Iterator[bytes], request: HttpRequest) -> Iterator[bytes]:
    for part in parts:
        _remember(request)
        yield part


def _remember(request: HttpRequest) -> None:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        positions.remember(user.pk)
