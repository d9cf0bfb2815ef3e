"""Endpoints that do once what is sent more than once, because its answer got lost on the way."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from povtrack.accounts.requests import user_of
from povtrack.lib.rest.formats import JSON_OPTIONS
from povtrack.lib.rest.keys import HEADER, sent_key
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.resent.models import KeptAnswer

Handler = TypeVar("Handler", bound=Callable[..., Any])
REPLAYED = "Idempotent-Replayed"  # the header of an answer that was given before


def once(handler: Handler) -> Handler:
    """Let an endpoint answer what is sent again with the same key as it answered the first time, and do nothing.

    Only what went well is kept: what was refused wrote nothing, and is judged anew. Another question under the same
    key is refused with 409.
    """

    @wraps(handler)
    def answer(self: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        key = sent_key(request)
        if key is None:
            return handler(self, request, *args, **kwargs)
        with transaction.atomic():
            place = {"user": user_of(request), "client": getattr(request.auth, "token_key", ""), "key": key}
            asked = _sum(request)
            if (kept := _kept(place, asked)) is not None:
                return kept
            response = handler(self, request, *args, **kwargs)
            if status.is_success(response.status_code):
                _keep(place, asked, response)
            return response

    return answer  # type: ignore[return-value]


def drop_old_answers() -> int:
    """Delete the answers that have been kept long enough, and return how many they were."""
    return int(KeptAnswer.objects.filter(at__lt=_oldest()).delete()[0])


def _oldest() -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=settings.API_KEYS_KEPT_HOURS)


def _sum(request: Request) -> str:
    """Sum up what is asked: where, of which version, and what was sent, however its JSON was written."""
    told = [request.method, request.path, request.headers.get("If-Match"), request.data]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _kept(place: dict[str, Any], asked: str) -> Response | None:
    """Return what was answered before; raises Refusal where the key was used for something else."""
    with connection.cursor() as cursor:  # the same sent twice at once: the second waits for the first, and finds it
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock(place)])
    found = KeptAnswer.objects.filter(**place, at__gte=_oldest()).first()
    if found is None:
        return None
    if found.asked != asked:
        words = _("Something else was sent with this key before. Make a new key for each thing that you send.")
        raise Refusal(status.HTTP_409_CONFLICT, Fault("key_taken", words, HEADER, str(place["key"])))
    headers = {REPLAYED: "true", **({"Location": found.location} if found.location else {})}
    response = Response(orjson.loads(found.body), status=found.status, headers=headers)
    response.version = found.version  # type: ignore[attr-defined]
    return response


def _lock(place: dict[str, Any]) -> int:
    name: uuid.UUID = uuid.uuid5(place["key"], f"{place['user'].pk} {place['client']}")
    return name.int & 0x7FFFFFFFFFFFFFFF


def _keep(place: dict[str, Any], asked: str, response: Response) -> None:
    body = orjson.dumps(response.data, JSONEncoder().default, JSON_OPTIONS).decode()
    said = {"status": response.status_code, "body": body, "version": getattr(response, "version", None)}
    said["location"] = response.headers.get("Location", "")
    KeptAnswer.objects.update_or_create(**place, defaults={"asked": asked, "at": timezone.now(), **said})
