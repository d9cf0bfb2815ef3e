"""The description of the API, written once for each language: it takes seconds, and changes only with the code."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator


@cache
def _written(language: str | None, api_version: str | None) -> Any:
    untyped: Any = SchemaGenerator
    return untyped(api_version=api_version).get_schema(request=None, public=True)


class OnceGenerator(SchemaGenerator):  # type: ignore[misc]
    """Gives what was written before. The schema is the same for all who may read it."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _written(get_language(), self.api_version)
