"""The columns of the ledger in lists and files of the API that are more than a field of the serializer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.labels import label_sql
from povtrack.lib.paths import is_under
from povtrack.lib.rest.table import Column

_GIVER = ("area_id", "area__path", "area__level", "area__code", "area__name", "area__name_latin", "area__ended_on")

ALLOCATION_COLUMNS = {
    "by": label_sql("by"),
    "from_outside": Column("", (ExpressionWrapper(Q(parent=None), BooleanField()),), "flag", label=_("From outside")),
    "parent": Column("", ("parent_id", "parent__area__path"), "whole", label=_("Passed down from")),
    "giver": Column(
        "",
        tuple(f"parent__{name}" for name in _GIVER),
        parts=(
            Column("giver.code", ("parent__area__code",), label=_("Giver: code")),
            Column("giver.name", ("parent__area__name",), label=_("Giver: name")),
        ),
    ),
}
ALLOCATION_ORDERINGS = {
    "id": "id", "area": "area_id", "area_code": "area__code", "year": "year", "programme": "programme",
    "source": "source__code", "amount": "amount", "document_date": "document_date", "at": "at",
}  # fmt: skip
PAYMENT_COLUMNS = {
    "by": label_sql("by"),
    "reversed_by": Column("", ("reversed_by",), "whole", label=_("Taken back by")),
}
PAYMENT_ORDERINGS = {
    "id": "id", "allocation": "allocation_id", "year": "allocation__year", "kind": "kind", "amount": "amount",
    "paid_on": "paid_on", "at": "at",
}  # fmt: skip


def of_reader(paths: list[str] | None) -> dict[str, Callable[..., Any]]:
    """Return how columns are made for whoever reads below these paths: places elsewhere are named only."""

    def parent(pk: int | None, path: str | None) -> int | None:
        return pk if path is not None and (paths is None or is_under(path, paths)) else None

    def giver(pk: int | None, path: str | None, *named: Any) -> dict[str, Any] | None:
        if pk is None:
            return None
        names = ("level", "code", "name", "name_latin", "ended_on")
        return {"id": parent(pk, path), **dict(zip(names, named, strict=True))}

    return {"parent": parent, "giver": giver}
