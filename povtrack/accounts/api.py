"""Who a program speaks for, and what it may do: the first thing to ask of the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.models import User
from povtrack.accounts.roles import Role
from povtrack.lib.rest.resources import Resource


class HeldSerializer(serializers.Serializer[Any]):
    """One role on one area and all that lies in it."""

    role = serializers.ChoiceField(choices=Role.choices)
    area = serializers.IntegerField(help_text="Id of the area.")
    path = serializers.CharField(help_text="Ids from the nation down to the area, each followed by a dot.")


class TermsSerializer(serializers.Serializer[Any]):
    """What the token may do of what its owner may."""

    name = serializers.CharField()
    writes = serializers.BooleanField(help_text="Whether it may write; otherwise it only reads.")
    area = serializers.IntegerField(source="area_id", allow_null=True, help_text="Id of the only area it reaches.")
    expires_at = serializers.DateTimeField(source="token.expiry", allow_null=True)


class MeSerializer(serializers.Serializer[Any]):
    """The person, what they hold here, and the token that speaks for them (null in a browser's session)."""

    username = serializers.CharField()
    full_name = serializers.CharField(source="label", help_text="The name that colleagues see.")
    holds = HeldSerializer(many=True)
    token = TermsSerializer(allow_null=True, source="terms")


class MeViewSet(Resource):
    """Yourself: who you are to the API, and what you may read and write through it."""

    serializer_class = MeSerializer
    list_actions = ()

    @extend_schema(
        summary="Who you are, and what you may do",
        responses=extend_schema_serializer(many=False)(MeSerializer),
        filters=False,
    )
    def list(self, request: Request) -> Response:
        user = request.user
        assert isinstance(user, User)
        held = [{"role": role, "area": area, "path": path} for role, area, path in user.holds()]
        told = {"username": user.username, "label": user.label, "holds": held, "terms": user.terms}
        return Response(MeSerializer(told).data)
