"""Components that resemble each other, for every programme has its own: what they share is written once."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

Schema = dict[str, Any]

# What all components of one suffix share becomes one of its own, named Any….
_FAMILIES = (
    "Record", "RecordBulk", "RecordCreate", "RecordChange", "RecordResult", "RecordRow", "Rollup", "RollupDesignated",
    "RollupSum",
)  # fmt: skip
_FEWEST = 3  # that make a family


def share_families(schemas: dict[str, Schema]) -> None:
    """Move the properties that all components of a family have alike to a component of their own."""
    for suffix in _FAMILIES:
        members = [name for name in schemas if name.endswith(suffix) and "properties" in schemas[name]]
        if len(members) >= _FEWEST:
            _share(schemas, f"Any{suffix}", members)


def _share(schemas: dict[str, Schema], base: str, members: list[str]) -> None:
    each = [{name: json.dumps(one) for name, one in schemas[member]["properties"].items()} for member in members]
    common = [name for name, text in each[0].items() if all(one.get(name) == text for one in each)]
    first = schemas[members[0]]
    schemas[base] = _object({name: first["properties"][name] for name in common}, first.get("required", []))
    words = {schemas[member].get("description") for member in members}
    if len(words) == 1 and (told := words.pop()):
        schemas[base]["description"] = told
    for member in members:
        whole = schemas[member]
        own = {name: one for name, one in whole["properties"].items() if name not in common}
        parts = [_reference(base), *([_object(own, whole.get("required", []))] if own else [])]
        told = {"description": whole["description"]} if whole.get("description") and words else {}
        schemas[member] = {**told, "allOf": parts}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, required: list[str]) -> Schema:
    kept = [name for name in required if name in properties]
    return {"type": "object", "properties": properties, **({"required": kept} if kept else {})}


def share_own(schemas: dict[str, Schema]) -> None:
    """Let what several components have alike be one component: the one that is nothing else, or a new one."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, schema in schemas.items():
        for part in [schema, *schema.get("allOf", ())]:
            if part.get("properties"):
                holders[_text(part)].append(name)
    for text, names in holders.items():
        if len(names) > 1:
            whole = [name for name in names if "properties" in schemas[name]]
            shared = whole[0] if whole else _free_name(schemas, names)
            schemas.setdefault(shared, json.loads(text))
            for name in names:
                if name != shared:
                    _refer(schemas[name], text, _reference(shared))


def _text(part: Schema) -> str:
    return json.dumps(_object(part["properties"], sorted(part.get("required", []))), sort_keys=True)


def _free_name(schemas: dict[str, Schema], names: list[str]) -> str:
    names = [name.removeprefix("Patched") for name in names]
    first, last = min(names), max(names)
    alike = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    stem = re.sub(r"[A-Z][a-z]*$", "", first[:alike]) if first[alike : alike + 1].islower() else first[:alike]
    return f"{stem}Sent" if f"{stem}Figures" in schemas else f"{stem}Figures"


def _refer(schema: Schema, text: str, reference: Schema) -> None:
    """Replace what a component has of its own by a reference to the component that holds it."""
    if "allOf" in schema:
        parts = schema["allOf"]
        schema["allOf"] = [reference if part.get("properties") and _text(part) == text else part for part in parts]
    else:
        for key in ("properties", "required", "type"):
            schema.pop(key, None)
        schema["allOf"] = [reference]


def drop_aliases(result: Schema) -> Schema:
    """Let what refers to a component that is only another name for one refer to that."""
    schemas = result["components"]["schemas"]
    aliases = {name: one["allOf"][0]["$ref"] for name, one in schemas.items() if _is_alias(one)}
    for name in aliases:
        del schemas[name]
    text = json.dumps(result)
    for _step in range(len(aliases)):
        before = text
        for name, target in aliases.items():
            text = text.replace(f'"#/components/schemas/{name}"', f'"{target}"')
        if text == before:
            break
    found: Schema = json.loads(text)
    return found


def _is_alias(schema: Schema) -> bool:
    return set(schema) == {"allOf"} and len(schema["allOf"]) == 1 and set(schema["allOf"][0]) == {"$ref"}
