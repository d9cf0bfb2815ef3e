"""Reading the errors of the API: problem details, with all that is wrong."""

from __future__ import annotations

from typing import Any

TYPE = "application/problem+json"


def place(error: dict[str, Any]) -> str:
    """Return where an error is: the name of a parameter, or the steps to a field with dots; empty for the whole."""
    return str(error.get("name") or error.get("pointer", "")[2:].replace("/", "."))


def by_place(answer: Any) -> dict[str, str]:
    return {place(error): error["detail"] for error in answer.json()["errors"]}


def kind(answer: Any) -> str:
    """Return the last step of the address that an answer carries as its type, which holds its status too."""
    body = answer.json()
    assert (answer["Content-Type"], body["status"]) == (TYPE, answer.status_code)
    return str(body["type"].removeprefix("/api/v1/problems/").removesuffix("/"))


def said(answer: Any) -> dict[str, Any]:
    """Return an error without what it repeats of the question."""
    body = answer.json()
    errors = [{key: words for key, words in error.items() if key != "value"} for error in body["errors"]]
    return {**body, "instance": "", "errors": errors}
