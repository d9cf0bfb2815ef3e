"""The lists that the feed tells of, and what now stands there, asked for many rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.urls import resolve, reverse
from rest_framework.request import Request

from povtrack.lib.rest.lists import TableResource
from programmes.registry import programmes
from villages.filters import readers_paths
from villages.lineage import successions_of_all, versions_of_all
from villages.serializers import AreaVersionSerializer, LineageSerializer

# By resource, the endpoint of the list that its rows stand in, and what follows the id in the address of one.
_LISTS = {
    "areas": ("api-area-list", ""),
    "area-history": ("api-area-list", "history/"),
    "area-successions": ("api-area-list", "successions/"),
    "records": ("api-record-{programme}-list", ""),
    "allocations": ("api-allocation-list", ""),
    "adjustments": ("api-adjustment-list", ""),
    "payments": ("api-payment-list", ""),
}
RESOURCES = tuple(_LISTS)
LEDGER = ("allocations", "adjustments", "payments")
Name = tuple[str, str, int]  # resource, programme (of records alone), id
Keys = Iterable[int]
Contents = dict[int, Any]


def list_address(resource: str, programme: str) -> str:
    """Return the path of the list that a resource's rows stand in."""
    return reverse(_LISTS[resource][0].format(programme=programme))


def address_end(resource: str) -> str:
    """Return what follows the id in the address of one row."""
    return _LISTS[resource][1]


def whole_lists(resource: str, programme: str) -> list[tuple[str, str]]:
    """Return the lists that a copy begins with, as (resource, programme); those that others hold the rows of are none.

    History and successions of places are had place by place, and change only by boundary changes.
    """
    found = []
    for one in (resource,) if resource else RESOURCES:
        if one == "records":
            found += [(one, model.code) for model in programmes() if programme in ("", model.code)]
        elif one in LEDGER or not (programme or address_end(one)):
            found.append((one, programme))
    return found


def contents(request: Request, asked: Iterable[Name]) -> dict[Name, Any]:
    """Return what stands now of rows, as their lists show it. What is gone, or not the reader's, is left out.

    So many queries as lists are asked, however many rows.
    """
    keys: dict[tuple[str, str], set[int]] = defaultdict(set)
    for resource, programme, key in asked:
        keys[resource, programme].add(key)
    found = {}
    for (resource, programme), wanted in keys.items():
        read = _OTHERS.get(resource, _rows)
        for key, row in read(_view(request, list_address(resource, programme)), wanted).items():
            found[resource, programme, key] = row
    return found


def _view(request: Request, address: str) -> Any:
    """Return the endpoint of a list, as if it had been asked by this request."""
    untyped: Any = resolve(address).func
    view = untyped.cls()
    view.request, view.format_kwarg, view.action, view.args, view.kwargs = request, None, "list", (), {}
    return view


def _rows(view: TableResource, keys: Keys) -> Contents:
    return view.rows_of(keys)


def _adjustments(view: Any, keys: Keys) -> Contents:
    rows = view.get_queryset().filter(pk__in=keys)
    return {row["id"]: row for row in view.get_serializer(rows, many=True).data}


def _history(view: Any, keys: Keys) -> Contents:
    return _of_places(view, keys, versions_of_all, AreaVersionSerializer)


def _successions(view: Any, keys: Keys) -> Contents:
    return _of_places(view, keys, successions_of_all, LineageSerializer)


def _of_places(view: Any, keys: Keys, lists_of: Callable[[Keys], dict[int, list[Any]]], serializer: Any) -> Contents:
    """Write a list that belongs to each of some places."""
    mine = view.get_queryset().filter(pk__in=keys).values_list("pk", flat=True)
    context = {**view.get_serializer_context(), "paths": readers_paths(view.request)}
    lists = lists_of(mine)
    return {key: serializer(lists.get(key, []), many=True, context=context).data for key in mine}


_OTHERS: dict[str, Callable[[Any, Keys], Contents]] = {
    "adjustments": _adjustments,
    "area-history": _history,
    "area-successions": _successions,
}
