"""Every error of the API, in the one standard shape: problem details (RFC 9457), with all that is wrong at once.

    {"type": "/api/v1/problems/invalid/", "title": ..., "status": 400, "detail": ..., "instance": ...,
     "errors": [{"name": "page_size", "code": "invalid", "detail": ..., "value": "0"}]}

Each of the errors names the parameter (`name`) or the place in the body (`pointer`) that it is about; one that is
about neither has neither.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core import signals
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from povtrack.lib.rest.problem_kinds import kind_of
from povtrack.lib.rest.refusals import Fault, Refusal, TooLarge

PROBLEM = "application/problem+json"
_MOST_VALUE = 200  # characters of a value that are told back
_log = logging.getLogger(__name__)


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response:
    """Answer an exception with its problem. What nobody foresaw is logged under the number that the answer tells."""
    known = _known(exc)
    instance = context["request"].get_full_path()
    if not isinstance(known, exceptions.APIException):
        instance = uuid.uuid4().urn
        signals.got_request_exception.send(sender=None, request=context["request"]._request)  # noqa: SLF001 - no other way
        _log.error("%s at %s", instance, context["request"].path, exc_info=exc)
        known = exceptions.APIException(_("Something went wrong here. It was noted under the number in “instance”."))
    set_rollback()
    said = problem(known, context["request"], context["view"])
    return Response(
        {**said, "instance": instance, **getattr(known, "more", {})},
        status=known.status_code,
        headers=_headers(known),
        content_type=PROBLEM,
    )


def problem(exc: exceptions.APIException, request: Request, view: Any) -> dict[str, Any]:
    """Return what an error says, without where it happened."""
    kind = kind_of(exc.status_code)
    errors = [_told(fault, request, view) for fault in _faults(exc)]
    count = len(errors)
    many = ngettext("%(count)s thing is wrong; see errors.", "%(count)s things are wrong; see errors.", count)
    return {
        "type": kind.address(),
        "title": str(kind.title),
        "status": exc.status_code,
        "detail": errors[0]["detail"] if count == 1 else many % {"count": count},
        "errors": errors,
    }


def _known(exc: Exception) -> Exception:
    """Return what the framework raises by other names by the name that the API has for it."""
    match exc:
        case Http404():
            return exceptions.NotFound()
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case RequestDataTooBig():
            return TooLarge(_("More was sent than is taken at once. Send it in parts."))
        case SuspiciousOperation():
            return exceptions.ParseError()
        case _:
            return exc


def _headers(exc: exceptions.APIException) -> dict[str, str]:
    headers = {"WWW-Authenticate": getattr(exc, "auth_header", None), **getattr(exc, "headers", {})}
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = f"{max(1, round(wait))}"
    return {name: value for name, value in headers.items() if value}


def _faults(exc: exceptions.APIException) -> Sequence[Fault]:
    if isinstance(exc, Refusal):
        return exc.faults
    found = [Fault(one.code or "invalid", str(one), ".".join(path)) for path, one in flat(exc.detail)]
    return found or [Fault("invalid", str(kind_of(exc.status_code).title))]


def flat(detail: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], exceptions.ErrorDetail]]:
    """Yield each error of a nest of lists and dicts with the way to it."""
    if isinstance(detail, dict):
        for key, below in detail.items():
            step = () if key == api_settings.NON_FIELD_ERRORS_KEY else (str(key),)
            yield from flat(below, (*path, *step))
    elif isinstance(detail, list | tuple):
        for number, below in enumerate(detail):
            plain = isinstance(below, exceptions.ErrorDetail)
            yield from flat(below, path if plain else (*path, str(number)))
    else:
        yield path, detail


def _told(fault: Fault, request: Request, view: Any) -> dict[str, Any]:
    steps = fault.at.split(".") if fault.at else []
    is_name = bool(steps) and _is_name(steps[0], request, view)
    value = fault.value if fault.value is not None else _value(steps, request, is_name=is_name)
    return told(replace(fault, value=value), is_name=is_name)


def told(fault: Fault, *, is_name: bool = False) -> dict[str, Any]:
    """Write a fault as problems have it: at a place in the body, or at what is a parameter's name."""
    place: dict[str, Any] = {}
    if is_name:
        place["name"] = fault.at
    elif fault.at:
        steps = fault.at.replace("~", "~0").replace("/", "~1").split(".")
        place["pointer"] = "#" + "".join(f"/{step}" for step in steps)
    value = {} if fault.value is None else {"value": fault.value}
    return {**place, "code": fault.code, "detail": fault.detail, **value, **fault.more}


def _is_name(step: str, request: Request, view: Any) -> bool:
    """Tell a parameter or header from a field of the body."""
    if request.method in ("GET", "HEAD") or step in request.query_params or "-" in step:
        return True
    known = getattr(view, "known_parameters", None)
    return known is not None and step in known()


def _value(steps: list[str], request: Request, *, is_name: bool) -> Any:
    """Return what was sent at a place, if it is short enough to be told back."""
    if is_name:
        found: Any = request.query_params.get(steps[0], request.headers.get(steps[0]))
    else:
        found = getattr(request, "_full_data", None) if steps else None
        for step in steps:
            if isinstance(found, list):
                found = found[int(step)] if step.isdigit() and int(step) < len(found) else None
            else:
                found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str | int | float | bool) and len(str(found)) <= _MOST_VALUE else None
