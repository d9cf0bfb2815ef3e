"""What the API is measured against: the driver alone, plain DRF, django-ninja; none has sign-in, scope or throttle."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import orjson
from django.db import connection
from ninja import Field, ModelSchema, NinjaAPI, Schema
from ninja.pagination import LimitOffsetPagination, paginate
from rest_framework import pagination, serializers, viewsets
from rest_framework.test import APIRequestFactory

from programmes.catalogue.dew import DewRecord

_REQUESTS = APIRequestFactory()


def raw(columns: str, source: str, values: Any) -> bytes:
    """Read rows and write them as JSON, with nothing between: the limit."""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {source}", values)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return orjson.dumps({"next": None, "previous": None, "results": rows}, _written)


def _written(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else value.isoformat()


class Plain(serializers.ModelSerializer[Any]):
    """What DRF makes of the model."""

    area_code, area_name = serializers.CharField(source="area.code"), serializers.CharField(source="area.name")

    class Meta:
        model = DewRecord
        fields = "__all__"


class Pages(pagination.PageNumberPagination):
    page_size_query_param, max_page_size = "page_size", 1000


class PlainViewSet(viewsets.ModelViewSet[Any]):
    queryset = DewRecord.objects.select_related("area").order_by("pk")
    serializer_class, pagination_class = Plain, Pages
    authentication_classes = permission_classes = filter_backends = throttle_classes = ()


_PLAIN = PlainViewSet.as_view({"get": "list"})


def plain(query: str) -> bytes:
    return bytes(_PLAIN(_REQUESTS.get(f"/?{query}")).render().content)


class Row(ModelSchema):
    """What django-ninja makes of the model."""

    area_code: str = Field(alias="area.code")
    area_name: str = Field(alias="area.name")

    class Meta:
        model = DewRecord
        fields = "__all__"


class Page(Schema):
    results: list[Row]
    next: int | None


_API = NinjaAPI(docs_url=None, openapi_url=None, urls_namespace="peer")


@_API.get("/keyset", response=Page)
def by_keyset(request: Any, after: int = 0, size: int = 100) -> dict[str, Any]:
    rows = list(DewRecord.objects.select_related("area").filter(pk__gt=after).order_by("pk")[: size + 1])
    return {"results": rows[:size], "next": rows[size - 1].pk if len(rows) > size else None}


@_API.get("/offset", response=list[Row])
@paginate(LimitOffsetPagination)
def by_offset(request: Any) -> Any:
    return DewRecord.objects.select_related("area").order_by("pk")


_NINJA: dict[str, Callable[..., Any]] = {str(one.pattern): one.callback for one in _API.urls[0]}


def ninja(way: str, query: str) -> bytes:
    answer = _NINJA[way](_REQUESTS.get(f"/{way}?{query}"))
    assert answer.status_code == 200, answer.content
    return bytes(answer.content)
