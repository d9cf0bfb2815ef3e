"""The description of the API, written once for each language: it takes seconds, and changes only with the code."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2


class Generator(SchemaGenerator):  # type: ignore[misc]
    """Looks at endpoints that are alike in all programmes in one of them; `share_parts` tells that it holds for all."""

    def _get_paths_and_endpoints(self) -> list[Any]:
        kept, seen = [], set()
        endpoints: Any = super()
        for path, regex, method, view in endpoints._get_paths_and_endpoints():  # noqa: SLF001 - one's own base
            action = getattr(view, "action", None)
            alike = action if action in getattr(view, "alike_actions", ()) else None
            if alike is None or alike not in seen:
                kept.append((path, regex, method, view))
            seen.add(alike)
        return kept


class SchemaJson(OpenApiJsonRenderer2):  # type: ignore[misc]
    """Writes the description without blanks, which would double it."""

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> bytes:
        return orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS)


class SchemaOpenApi(SchemaJson):
    """The same, under the name that is its own."""

    format = "openapi-json"
    media_type = "application/vnd.oai.openapi+json"


@cache
def _written(language: str | None, api_version: str | None) -> Any:
    untyped: Any = Generator
    return untyped(api_version=api_version).get_schema(request=None, public=True)


class OnceGenerator(Generator):
    """Gives what was written before. The schema is the same for all who may read it."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _written(get_language(), self.api_version)
