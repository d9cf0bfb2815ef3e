"""Review in the API: the same actions and rules as on the pages, for one record or for an area, and what was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.lib.figures import WHOLE_MAX
from povtrack.lib.rest.etags import VERSION_SEEN, one_version
from povtrack.lib.rest.keys import KEY
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.schema import errors_of
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from povtrack.resent.once import once
from programmes.actions import (
    MAX_ROWS,
    Outcome,
    Refused,
    add_remark,
    approve_records,
    reopen_records,
    return_records,
    submit_records,
)
from programmes.models import Record, Remark, ReviewStep
from programmes.record_writing import clash
from programmes.serializers import KEY_MAX, StrictSerializer
from programmes.written_serializers import UnlikelySerializer
from villages.filters import visible_areas
from villages.models import Area

MOST = 1000  # steps and remarks of one record; the latest


class StepKind(models.TextChoices):
    SUBMIT = "submit", gettext_lazy("submit")
    APPROVE = "approve", gettext_lazy("approve, or confirm")
    RETURN = "return", gettext_lazy("return")
    REOPEN = "reopen", gettext_lazy("reopen")


class TakeStepSerializer(StrictSerializer):
    """What is to be done: `return` takes a reason, `reopen` a reason and a day."""

    step = serializers.ChoiceField(choices=StepKind.choices)
    reason = serializers.CharField(
        required=False, max_length=500, help_text=gettext_lazy("Why; those who entered and submitted it read it.")
    )
    until = serializers.DateField(required=False, help_text=gettext_lazy("The last day on which it can be mended."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        needed = {"return": {"reason"}, "reopen": {"reason", "until"}}.get(attrs["step"], set())
        given = {name for name in ("reason", "until") if name in attrs}
        if given != needed:
            missing: dict[str, Any] = {name: [_("This step needs it.")] for name in needed - given}
            extra: dict[str, Any] = {name: [_("This step takes none.")] for name in given - needed}
            raise serializers.ValidationError({**missing, **extra})
        return attrs


class TakeStepOfOneSerializer(TakeStepSerializer):
    version = serializers.IntegerField(
        min_value=1,
        max_value=WHOLE_MAX,
        required=False,
        help_text=gettext_lazy("The version you saw, unless the header If-Match says it."),
    )


class SeenRecordSerializer(StrictSerializer):
    """A record that a step is to be taken with, in the version that was looked at."""

    area = serializers.IntegerField(
        min_value=1, max_value=KEY_MAX, help_text=gettext_lazy("Id of the reporting place.")
    )
    breakdown = serializers.CharField(required=False, default="", allow_blank=True, max_length=20)
    version = serializers.IntegerField(min_value=1, max_value=WHOLE_MAX)


class TakeStepInAreaSerializer(TakeStepSerializer):
    """A step with records of an area: with all, with those of one kind, or with those that are named."""

    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    area = serializers.IntegerField(
        min_value=1, max_value=KEY_MAX, help_text=gettext_lazy("Id of a county or township, or of the reporting place.")
    )
    breakdown = serializers.CharField(
        required=False, max_length=20, help_text=gettext_lazy("The code of the kind; without it, all kinds.")
    )
    records = serializers.ListField(
        child=SeenRecordSerializer(),
        required=False,
        min_length=1,
        max_length=MAX_ROWS,
        help_text=gettext_lazy("Only these; one that has changed since you saw it stays."),
    )


class RefusalSerializer(serializers.Serializer[Any]):
    """A record that stayed as it was, and why."""

    area = serializers.IntegerField(help_text=gettext_lazy("Id of the area whose record stayed."))
    breakdown = serializers.CharField()
    place = serializers.CharField()
    reason = serializers.CharField()


class OutcomeSerializer(serializers.Serializer[Any]):
    """How many records moved on, and which did not."""

    moved = serializers.IntegerField()
    refused = RefusalSerializer(many=True)
    unexplained = UnlikelySerializer(
        many=True, help_text=gettext_lazy("The unlikely figures for want of whose reason records were not submitted.")
    )


class StepSerializer(serializers.Serializer[Any]):
    """One step of a record's way through review."""

    kind = serializers.ChoiceField(choices=ReviewStep.Kind.choices)
    reason = serializers.CharField()
    version = serializers.IntegerField()
    until = serializers.DateField(
        allow_null=True, help_text=gettext_lazy("The last day on which what was given back can be mended.")
    )
    by = serializers.CharField(source="by.label")
    at = serializers.DateTimeField()


class StepsSerializer(serializers.Serializer[Any]):
    """The steps of one record, the latest first."""

    results = StepSerializer(many=True)


class RemarkSerializer(StrictSerializer):
    """What someone said about one figure. The last word on an unlikely figure as it stands is its reason."""

    measure = serializers.CharField(max_length=60, help_text=gettext_lazy("The name of the figure."))
    figure = serializers.CharField(
        required=False,
        allow_blank=True,
        allow_null=True,
        max_length=40,
        help_text=gettext_lazy("What the figure was that the words explain; without it, the one that stands."),
    )
    text = serializers.CharField(max_length=500)
    by = serializers.CharField(source="by.label", read_only=True)
    at = serializers.DateTimeField(read_only=True)


class RemarksSerializer(serializers.Serializer[Any]):
    """The remarks on one record, the latest first."""

    results = RemarkSerializer(many=True)


Act = Callable[..., Outcome]
ACTS: dict[str, Act] = {
    StepKind.SUBMIT: submit_records,
    StepKind.APPROVE: approve_records,
    StepKind.RETURN: return_records,
    StepKind.REOPEN: reopen_records,
}
_REFUSED = errors_of(403, 409)


class ReviewActions:
    """The steps of review and the remarks of a programme's records, to be mixed into their viewset."""

    model: ClassVar[type[Record]]
    # What these take and answer is the same for all programmes, so the schema describes it once.
    alike_actions: ClassVar = frozenset({"take_steps", "steps", "take_step", "remarks", "remark"})
    step_serializers: ClassVar[dict[str, type[serializers.Serializer[Any]]]] = {
        "take_step": TakeStepOfOneSerializer,
        "take_steps": TakeStepInAreaSerializer,
        "remark": RemarkSerializer,
    }

    @extend_schema(
        summary="Submit, approve, return or reopen records of an area",
        parameters=[KEY],
        responses={200: OutcomeSerializer, **_REFUSED},
    )
    @action(detail=False, methods=["post"], url_path="area/steps")
    @once
    def take_steps(self, request: Request) -> Response:
        data = self._sent(request)
        area = Area.objects.filter(pk=data.pop("area")).filter(pk__in=visible_areas(request).values("pk")).first()
        if area is None:
            raise exceptions.ValidationError({"area": [_("There is no such area among yours.")]})
        if (records := data.pop("records", None)) is not None:
            data["seen"] = {(one["area"], one["breakdown"]): one["version"] for one in records}
        breakdown = data.pop("breakdown", None)
        if breakdown is not None and breakdown not in self.model.breakdowns():
            known = ", ".join(kind.code for kind in self.model.kinds)
            words = {"code": breakdown, "programme": self.model.label, "known": known}
            message = _("“%(code)s” is no kind of %(programme)s. Its kinds: %(known)s.") % words
            raise exceptions.ValidationError({"breakdown": [message]})
        outcome = self._refusing(ACTS[data.pop("step")], area=area, breakdown=breakdown, by=request.user, **data)
        return Response(OutcomeSerializer(outcome).data)

    @extend_schema(summary="The steps of a record through review, the latest first", responses=StepsSerializer)
    @action(detail=True)
    def steps(self, request: Request, pk: str) -> Response:
        steps = self._said(ReviewStep)
        return Response(StepsSerializer({"results": steps}).data)

    @extend_schema(
        summary="Submit, approve, return or reopen a record",
        parameters=[KEY, VERSION_SEEN],
        responses={200: OutcomeSerializer, **_REFUSED, **errors_of(412, 428)},
    )
    @steps.mapping.post
    @once
    def take_step(self, request: Request, pk: str) -> Response:
        record, data = self._record(), self._sent(request)
        version = one_version(request, data.pop("version", None))
        seen = {(record.area_id, record.breakdown): version}
        words = {"year": record.year, "area": record.area, "breakdown": record.breakdown, "by": request.user}
        outcome = self._refusing(ACTS[data.pop("step")], seen=seen, **words, **data)
        if not outcome.moved:
            raise self._stayed(record, version, outcome)
        return Response(OutcomeSerializer(outcome).data)

    @extend_schema(summary="The remarks on a record, the latest first", responses=RemarksSerializer)
    @action(detail=True)
    def remarks(self, request: Request, pk: str) -> Response:
        return Response(RemarksSerializer({"results": self._said(Remark)}).data)

    @extend_schema(
        summary="Remark on a figure of a record", parameters=[KEY], responses={201: RemarkSerializer, **_REFUSED}
    )
    @remarks.mapping.post
    @once
    def remark(self, request: Request, pk: str) -> Response:
        record, data = self._record(), self._sent(request)
        made = self._refusing(
            add_remark, year=record.year, area=record.area, breakdown=record.breakdown, by=request.user, **data
        )
        return Response(RemarkSerializer(made).data, status=status.HTTP_201_CREATED)

    def _stayed(self, record: Any, version: int, outcome: Outcome) -> Refusal:
        """Return why the one record that was to move did not: it has changed, or this step can't be taken with it."""
        record.refresh_from_db()
        if record.version != version:
            return clash(self.request, record, "conflict", self.serializers)  # type: ignore[attr-defined]
        words = outcome.refused[0].reason if outcome.refused else _not_now(record)
        more = {"unexplained": UnlikelySerializer(outcome.unexplained, many=True).data} if outcome.unexplained else {}
        return Refusal(status.HTTP_409_CONFLICT, Fault("stayed", str(words)), **more)

    def _record(self) -> Any:
        return self.get_object()  # type: ignore[attr-defined]

    def _sent(self, request: Request) -> dict[str, Any]:
        return self._checked(request)  # type: ignore[attr-defined,no-any-return]

    def _said(self, model: Any) -> Any:
        """The latest steps or remarks of the record that is asked for."""
        record = self._record()
        of_record = {"programme": self.model.code, "year": record.year, "breakdown": record.breakdown}
        found = model.objects.filter(area=record.area_id, **of_record).select_related("by")
        return found.order_by("-at", "-pk")[:MOST]

    def _refusing(self, act: Callable[..., Any], **words: Any) -> Any:
        try:
            return act(self.model, **words)
        except Refused as refused:
            raise exceptions.PermissionDenied(str(refused)) from refused


def _not_now(record: Record) -> str | Promise:
    return _("The record is %(state)s, so this step can't be taken with it.") % {"state": record.get_state_display()}
