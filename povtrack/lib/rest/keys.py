"""Keys that senders give to what they send, so that it can be sent again: the header Idempotency-Key, a UUID."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.request import Request

HEADER = "Idempotency-Key"
KEY = OpenApiParameter(
    HEADER,
    uuid.UUID,
    OpenApiParameter.HEADER,
    description=gettext_lazy(
        "A UUID of your own: what is sent again with it is answered as the first time, and done once. Something else "
        "under the same key is refused with 409."
    ),
)


def sent_key(request: Request) -> uuid.UUID | None:
    """Return the key of the header, if there is one. Raises ValidationError for what is no UUID."""
    text = request.headers.get(HEADER)
    if text is None:
        return None
    try:
        return uuid.UUID(text.strip('"'))  # the draft standard writes it in quotes
    except ValueError:
        raise exceptions.ValidationError({HEADER: [_("The key is a UUID.")]}) from None


def one_key(request: Request, field: uuid.UUID | None) -> uuid.UUID | None:
    """Return the key of what is sent, from the header or from the field `key`. Raises ValidationError."""
    header = sent_key(request)
    if header and field not in (None, header):
        raise exceptions.ValidationError({"key": [_("The key is not the one of the header.")]})
    return header or field
