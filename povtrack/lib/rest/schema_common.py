"""Components of the description of the API that no endpoint has of its own: errors, pages, figures by measure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from povtrack.lib.rest.problem_kinds import KINDS

Schema = dict[str, Any]
_OWN = (400, 404, 409, 412, 428)  # that endpoints tell of one by one
_CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def problem_responses() -> Schema:
    """Describe the errors that endpoints answer with, one for each kind, and one for all others."""
    shared = {kind.response: {"description": f"{kind.title} {kind.meaning}", "content": _CONTENT} for kind in KINDS}
    others = " ".join(f"{kind.status}: {kind.title}" for kind in KINDS if kind.status not in _OWN)
    words = _("Whatever else goes wrong.")
    return {**shared, "Problem": {"description": f"{words} {others}", "content": _CONTENT}}


def _text(words: str, **more: Any) -> Schema:
    return {"type": "string", "description": words, **more}


def _object(properties: Schema, **more: Any) -> Schema:
    return {"type": "object", "properties": properties, **more}


def problem_schemas() -> dict[str, Schema]:
    """Describe the one shape of all errors."""
    words = {"type": "array", "items": {"type": "string"}}
    fault = {
        "name": _text(_("The parameter or header that is wrong.")),
        "pointer": _text(_("The place in the body that is wrong, as a JSON pointer."), examples=["#/rows/0/trained"]),
        "code": _text(_("What is wrong, for programs."), examples=["unknown_parameter"]),
        "detail": _text(_("What is wrong, and what would do.")),
        "value": {"description": _("What was sent there.")},
        "known": {**words, "description": _("What is known here.")},
        "nearest": {**words, "description": _("What may have been meant.")},
        "area": {"type": "integer", "description": _("Id of the row's area.")},
    }
    theirs = _("With status 409 and 412: what now stands, in the shape of the list; null if it is no longer there.")
    whole = {
        "type": _text(_("Address of the kind of error."), examples=["/api/v1/problems/invalid/"]),
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": _text(_("What was asked for; with status 500, the number under which the error was noted.")),
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        "theirs": {"type": ["object", "null"], "description": theirs},
        "changed_by": _text(_("With status 409 and 412: who wrote what now stands.")),
        "changed_at": {"type": "string", "format": "date-time"},
        "unexplained": {"type": "array", "items": {"$ref": "#/components/schemas/Unlikely"}},
        "would_be": {"$ref": "#/components/schemas/WouldBe"},
    }
    would_be = _("The balance that an allocation would have; none of it may be below zero.")
    return {
        "Fault": _object(fault, required=["code", "detail"]),
        "Problem": _object(
            whole,
            description=_("An error, as problem details (RFC 9457)."),
            required=["type", "title", "status", "detail", "instance", "errors"],
        ),
        "WouldBe": {
            "description": would_be,
            "allOf": [{"$ref": "#/components/schemas/Balance"}, _object({"allocation": {"type": "integer"}})],
        },
    }


def pages() -> dict[str, Schema]:
    """Describe what every page of a list carries beside its rows."""
    link = {"type": ["string", "null"], "format": "uri"}
    sides = ["earlier", "later"]
    page = {
        "next": {**link, "description": _("Address of the next page; null at the end. Follow it as it is.")},
        "previous": {**link, "description": _("Address of the page before; null at the start.")},
        "count": {"type": "integer", "description": _("How many rows there are on all pages; only with `count`.")},
        "count_is": {"type": "string", "enum": ["exact", "estimated"]},
    }
    return {
        "Page": _object(page, required=["next", "previous"]),
        "FreshPage": _page_with({"$ref": "#/components/schemas/Freshness"}),
        "ComparedPage": _page_with(
            _object({side: {"$ref": "#/components/schemas/Freshness"} for side in sides}, required=sides)
        ),
    }


def _page_with(freshness: Schema) -> Schema:
    return {
        "allOf": [
            {"$ref": "#/components/schemas/Page"},
            _object({"freshness": freshness}, required=["freshness"]),
        ]
    }


def by_measure(schemas: dict[str, Schema]) -> None:
    """Describe figures that are alike for all measures by what they are; their names are those of the totals."""
    for suffix, words in (
        ("RollupFilled", _("By the name of the measure: how many reported areas gave the figure.")),
        ("RollupShares", _("By the name of the measure: the total's part of the whole, in percent.")),
    ):
        for schema in [schema for name, schema in schemas.items() if name.endswith(suffix)]:
            kinds = [{k: v for k, v in one.items() if k != "description"} for one in schema["properties"].values()]
            if kinds and all(kind == kinds[0] for kind in kinds):
                schema.clear()
                schema |= {"type": "object", "description": words, "additionalProperties": kinds[0]}
