"""How endpoints are described: with the errors that they share, by reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drf_spectacular.openapi import AutoSchema as BaseAutoSchema

from povtrack.lib.api_problem_kinds import kind_of


@dataclass(frozen=True)
class SharedError:
    """Stands for the answer that all endpoints give alike with a status."""

    status: int

    def reference(self) -> dict[str, str]:
        return {"$ref": f"#/components/responses/{kind_of(self.status).response}"}


def errors_of(*statuses: int) -> dict[int, Any]:
    """Return, for `extend_schema(responses=...)`, the errors that an endpoint answers with beside those of all."""
    return {status: SharedError(status) for status in statuses}


class AutoSchema(BaseAutoSchema):
    """Describes endpoints with the errors that they share."""

    def _get_response_for_code(self, serializer: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(serializer, SharedError):
            return serializer.reference()
        return super()._get_response_for_code(serializer, *args, **kwargs)

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = dict(super()._get_response_bodies(direction))
        if direction == "response":
            for status in (400, 401, *([404] if "{" in self.path else [])):
                bodies.setdefault(str(status), SharedError(status).reference())
            bodies["default"] = {"$ref": "#/components/responses/Problem"}
        return bodies
