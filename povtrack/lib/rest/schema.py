"""How endpoints are described: with the errors that they share, by reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drf_spectacular.openapi import AutoSchema as BaseAutoSchema

from povtrack.lib.rest.formats import FILES
from povtrack.lib.rest.problem_kinds import kind_of

_FILES = [form.media_type for form in FILES]


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
        base: Any = super()
        return base._get_response_for_code(serializer, *args, **kwargs)  # noqa: SLF001 - one's own base

    def get_override_parameters(self) -> list[Any]:
        return self._of_list()

    def _of_list(self) -> list[Any]:
        described = getattr(self.view, "list_parameters", None)
        return list(described()) if described and getattr(self.view, "action", "") == "list" else []

    def _get_filter_parameters(self) -> list[Any]:
        """Describe filters by their labels where the library forgets to; what it calls anything is a text."""
        base: Any = super()
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        found = [dict(one) for one in base._get_filter_parameters()]  # noqa: SLF001 - one's own base
        for one in found:
            label = filters[one["name"]].label if one["name"] in filters else ""
            if label and not one.get("description"):
                one["description"] = str(label)
            one["schema"] = one.get("schema") or {"type": "string"}
        return found

    def map_renderers(self, attribute: str) -> list[Any]:
        """Name JSON alone: the files in which a list comes as well have no schema."""
        return [one for one in super().map_renderers(attribute) if one not in _FILES]

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = dict(super()._get_response_bodies(direction))
        if direction == "response":
            for status in (400, *([404] if "{" in self.path else [])):
                bodies.setdefault(str(status), SharedError(status).reference())
            if files := [one for one in super().map_renderers("media_type") if one in _FILES]:
                bodies["200"]["content"] |= {media_type: {} for media_type in files}
            bodies["default"] = {"$ref": "#/components/responses/Problem"}
        return bodies
