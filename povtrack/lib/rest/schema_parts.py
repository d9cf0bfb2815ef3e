"""The last step of describing the API: what many endpoints have in common is written once, so that it can be read."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from povtrack.lib.rest.schema import SharedError
from povtrack.lib.rest.schema_common import by_measure, pages, problem_responses, problem_schemas
from povtrack.lib.rest.schema_families import drop_aliases, share_families, share_own

Schema = dict[str, Any]

_ANSWERS = ("Record", "RecordFigures", "Totals")  # ends of the names of components that are never sent to the API
_OF_PROGRAMME = re.compile(r"^(?P<start>.*/records/)(?P<code>[a-z0-9-]+)(?P<end>/.*(?:steps|remarks)/)$")


def share_parts(result: Any, **_more: Any) -> Any:
    """Write once what many endpoints have in common."""
    result = json.loads(json.dumps(result, default=str))  # words that wait for their language become words
    components, codes = result["components"], _codes(result["paths"])
    result["paths"] = dict(_of_any_programme(result["paths"], codes))
    used = json.dumps(result["paths"])
    components["responses"] = {
        name: one for name, one in problem_responses().items() if f'"#/components/responses/{name}"' in used
    }
    components["parameters"] = _shared_parameters(result["paths"])
    for operation in _operations(result["paths"]):
        operation.pop("security", None)
    result["security"] = [{name: []} for name in components["securitySchemes"]]
    result["tags"] = _tags(result["paths"])
    schemas: dict[str, Schema] = {**components["schemas"], **problem_schemas(), **pages()}
    _plain_decimals(schemas)
    _plain_figures(schemas)
    by_measure(schemas)
    share_families(schemas)
    share_own(schemas)
    components["schemas"] = dict(sorted(schemas.items()))
    return drop_aliases(result)


def _operations(paths: Any) -> list[Schema]:
    return [operation for path in paths.values() for operation in path.values()]


def _codes(paths: Any) -> list[str]:
    found = (re.search(r"/records/([a-z0-9-]+)/$", path) for path in paths)
    return sorted(match[1] for match in found if match)


def _of_any_programme(paths: Any, codes: list[str]) -> Any:
    """Yield the paths; those that the generator looked at in one programme with a parameter for the programme."""
    parameter = {
        "in": "path", "name": "programme", "required": True, "schema": {"type": "string", "enum": codes},
    }  # fmt: skip
    for path, operations in paths.items():
        match = _OF_PROGRAMME.match(path)
        if match is None or not codes:
            yield path, operations
            continue
        for operation in operations.values():
            operation["parameters"] = [parameter, *operation.get("parameters", ())]
            operation["responses"].setdefault("404", SharedError(404).reference())
            operation["operationId"] = operation["operationId"].replace(f"_{match['code'].replace('-', '_')}_", "_", 1)
        yield f"{match['start']}{{programme}}{match['end']}", operations


def _shared_parameters(paths: Any) -> Schema:
    """Move parameters that stand at several endpoints among the components, and return those by name."""
    found = Counter(json.dumps(one) for operation in _operations(paths) for one in operation.get("parameters", ()))
    names: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for text, count in found.most_common():
        if count > 1:
            one = json.loads(text)
            stem = one["name"] if one["in"] == "query" else f"{one['in']}-{one['name']}"
            taken[stem] += 1
            names[text] = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
    for operation in _operations(paths):
        for place, one in enumerate(operation.get("parameters", ())):
            if name := names.get(json.dumps(one)):
                operation["parameters"][place] = {"$ref": f"#/components/parameters/{name}"}
    return {name: json.loads(text) for text, name in names.items()}


def _tags(paths: Any) -> list[Schema]:
    """Return the tags, each with the words that its operations had in common, and take these from the operations."""
    by_tag: dict[str, list[Schema]] = {}
    for operation in _operations(paths):
        for tag in operation.get("tags", ()):
            by_tag.setdefault(tag, []).append(operation)
    told = []
    for tag, operations in by_tag.items():
        [(words, count)] = Counter(one.get("description", "") for one in operations).most_common(1)
        if not words or count == 1 < len(operations):
            told.append({"name": tag})
            continue
        told.append({"name": tag, "description": words})
        for operation in operations:
            if operation.get("description") == words:
                del operation["description"]
    return told


def _plain_figures(schemas: dict[str, Schema]) -> None:
    """Leave out that figures are only read, where they stand in answers alone."""
    for name, schema in schemas.items():
        if name.endswith(_ANSWERS):
            for one in schema.get("properties", {}).values():
                one.pop("readOnly", None)


def _plain_decimals(node: Any) -> None:
    """Let the patterns of decimals say how many decimals there are; how many digits a sum can have helps nobody."""
    if isinstance(node, list):
        for one in node:
            _plain_decimals(one)
    elif isinstance(node, dict):
        if node.get("format") == "decimal" and "pattern" in node:
            node["pattern"] = re.sub(r"\\d\{0,\d+\}\(\?:", r"\\d+(?:", node["pattern"], count=1)
        for one in node.values():
            _plain_decimals(one)
