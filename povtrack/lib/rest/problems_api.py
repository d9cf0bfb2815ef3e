"""The kinds of errors in the API: what the addresses lead to that errors carry as their type."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, serializers

from povtrack.lib.rest.paging import OnePage
from povtrack.lib.rest.problem_kinds import KINDS, ProblemKind
from povtrack.lib.rest.resources import Resource


class ProblemKindSerializer(serializers.Serializer[Any]):
    """What all errors of one status have in common."""

    code = serializers.CharField()
    type = serializers.CharField(source="address", help_text=_("The address that errors of this kind carry."))
    status = serializers.IntegerField()
    title = serializers.CharField()
    meaning = serializers.CharField()


@extend_schema_view(
    list=extend_schema(summary="The kinds of errors"), retrieve=extend_schema(summary="One kind of errors")
)
class ProblemKindViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What can go wrong, and what to do then. Each error carries the address of its kind as `type`."""

    serializer_class = ProblemKindSerializer
    pagination_class = OnePage
    filter_backends = ()
    lookup_field = "code"
    lookup_value_regex = "[a-z-]+"

    def get_queryset(self) -> Any:
        return KINDS

    def get_object(self) -> ProblemKind:
        for kind in KINDS:
            if kind.code == self.kwargs["code"]:
                return kind
        raise exceptions.NotFound
