"""What endpoints of the API raise when they refuse something. Apart: the framework imports it while it is imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rest_framework import exceptions, status


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `at` names a parameter, or a place in the body with dots between its steps."""

    code: str
    detail: str
    at: str = ""
    value: Any = None
    more: dict[str, Any] = field(default_factory=dict)


class Refusal(exceptions.APIException):
    """An error whose faults are told as they are. `more` is told beside them: what stands, what would be."""

    def __init__(self, status_code: int, *faults: Fault, **more: Any) -> None:
        super().__init__(faults[0].detail, faults[0].code)
        self.status_code, self.faults, self.more = status_code, faults, more
        self.headers: dict[str, str] = {}


class TooLarge(exceptions.APIException):
    """More was sent than is taken at once."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
