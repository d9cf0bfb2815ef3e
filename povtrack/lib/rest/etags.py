"""Answers that are not sent again while they are the same, and versions that are not written over unseen.

Each answer has an ETag, the sum of what it says. That of one thing that has versions begins with its version, so that
`If-Match` can name it: by the whole tag, or by the version alone, as lists tell it.
"""

from __future__ import annotations

import hashlib
import re
from functools import partial
from typing import Any

from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.lib.rest.refusals import Fault, Refusal

SEEN = "If-Match"
VERSION_SEEN = OpenApiParameter(
    SEEN,
    str,
    OpenApiParameter.HEADER,
    description=gettext_lazy("The version you saw: its ETag, or its number in quotes."),
)
# A proxy that compresses makes a tag weak; the version in it is as good as before.
_MOST_TAG = 100  # characters of what was sent that are told back
_TAG = re.compile(r'\s*(?:W/)?"(?P<version>[0-9]{1,9})(?:\.[0-9a-f]+)?"\s*', re.ASCII)


def conditional(request: Request, response: Any) -> Any:
    """Give an answer to a question its ETag, and answer 304 to whoever names that already.

    What a program was told with a token it may keep, and ask whether it still holds. A browser keeps nothing.
    """
    if getattr(response, "version", None) is not None:
        response.add_post_render_callback(_tag)
    if request.method not in ("GET", "HEAD") or response.status_code != status.HTTP_200_OK:
        return response
    if request.auth is not None and not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = "private, no-cache"
    if isinstance(response, Response) and not response.has_header("ETag"):
        response.add_post_render_callback(partial(_summed, request))
        return response
    return _unless_known(request, response) if response.has_header("ETag") else response


def version_seen(request: Request) -> int | None:
    """Return the version that the header If-Match names, if there is one. Raises Refusal for what names none of ours.

    `*` names none: whoever means whatever stands has not seen it.
    """
    text = request.headers.get(SEEN)
    if text is None:
        return None
    match = _TAG.fullmatch(text)
    if match is None:
        words = _('Name the one version that you saw: by its ETag, or by its number in quotes, as in "3".')
        raise Refusal(status.HTTP_400_BAD_REQUEST, Fault("invalid", words, SEEN, text[:_MOST_TAG]))
    return int(match["version"])


def one_version(request: Request, field: int | None) -> int:
    """Return the version that its sender saw, from the header If-Match or from the field `version`.

    Raises Refusal without one (428), and where the two differ.
    """
    header = version_seen(request)
    if field is not None and header not in (None, field):
        words = _("The version is not the one of the header.")
        raise Refusal(status.HTTP_400_BAD_REQUEST, Fault("invalid", words, "version", field))
    found = field if header is None else header
    if found is None:
        words = _("Say which version you saw, so that you overwrite nothing else: in this header, or in “version”.")
        raise Refusal(status.HTTP_428_PRECONDITION_REQUIRED, Fault("version_missing", words, SEEN))
    return found


def _summed(request: Request, response: Any) -> Any:
    if not response.has_header("ETag"):
        _tag(response)
    return _unless_known(request, response)


def _tag(response: Any) -> None:
    digest = hashlib.blake2b(response.content, digest_size=16).hexdigest()
    version = getattr(response, "version", None)
    response.headers["ETag"] = f'"{digest}"' if version is None else f'"{version}.{digest}"'


def _unless_known(request: Any, response: Any) -> Any:
    return get_conditional_response(request, etag=response["ETag"], response=response)
