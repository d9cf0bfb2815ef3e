"""Answers that are not sent again while they are the same: each has an ETag, the sum of what it says."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from django.utils.cache import get_conditional_response
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response


def conditional(request: Request, response: Any) -> Any:
    """Give an answer to a question its ETag, and answer 304 to whoever names that already.

    What a program was told with a token it may keep, and ask whether it still holds. A browser keeps nothing.
    """
    if request.method not in ("GET", "HEAD") or response.status_code != status.HTTP_200_OK:
        return response
    if request.auth is not None and not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = "private, no-cache"
    if isinstance(response, Response) and not response.has_header("ETag"):
        response.add_post_render_callback(partial(_summed, request))
        return response
    return _unless_known(request, response) if response.has_header("ETag") else response


def _summed(request: Request, response: Any) -> Any:
    response.headers["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    return _unless_known(request, response)


def _unless_known(request: Any, response: Any) -> Any:
    return get_conditional_response(request, etag=response["ETag"], response=response)
