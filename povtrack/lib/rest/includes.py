"""What a list of the API can bring along with each row, so that nobody has to ask for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.request import Request

from povtrack.lib.rest.nearest import misspelt
from povtrack.lib.rest.refusals import Refusal
from povtrack.lib.rest.table import Column, Table

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Include:
    """One thing that rows can bring along, under its own name: what it is made of, and what is looked up for a page.

    `complete` is given what `make` made for the rows of a page, and adds to it with so many queries for all of them.
    """

    label: str | Promise
    sources: tuple[Any, ...]
    make: Callable[..., Any]
    complete: Callable[[list[Any]], None] | None = None


Includes = Mapping[str, Include]


def asked_includes(request: Request, known: Includes) -> list[str]:
    """Return what was asked for by `include`; raises Refusal for what is not known."""
    names = [name.strip() for name in request.query_params.get("include", "").split(",")]
    names = list(dict.fromkeys(names)) if "include" in request.query_params else []
    if faults := [misspelt(name, known, "include") for name in names if name not in known]:
        raise Refusal(status.HTTP_400_BAD_REQUEST, *faults)
    return names


def with_includes(table: Table, names: Sequence[str], known: Includes) -> Table:
    """Return a table with the columns of what was asked for; where that is nothing, the table, which knows its ways."""
    if not names:
        return table
    more = (Column(name, known[name].sources, make=known[name].make, parts=()) for name in names)
    return replace(table, columns=(*table.columns, *more))


def complete(written: Rows, names: Sequence[str], known: Includes) -> None:
    """Look up for all rows of a page what their own columns do not tell."""
    for name in names:
        if finish := known[name].complete:
            finish([row[name] for row in written])


def include_parameter(known: Includes) -> OpenApiParameter:
    """Describe `include` for a list."""
    words = _("Bring along with each row, separated by commas; only as json.")
    told = " ".join([str(words), *(f"{name}: {one.label}" for name, one in known.items())])
    return OpenApiParameter("include", str, description=told)
