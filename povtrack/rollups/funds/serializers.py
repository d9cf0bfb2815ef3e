"""What fund totals and the reconciliation are asked for by, and how they are answered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from povtrack.lib.basis import RECORDED, BadBasis, Basis, parse_basis
from povtrack.lib.rest.fresh import FreshnessSerializer
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from povtrack.rollups.funds.statements import KEYS
from povtrack.rollups.funds.totals import Asked
from povtrack.rollups.on_request import require_known
from programmes.serializers import KEY_MAX
from villages.filters import visible_areas
from villages.levels import Level
from villages.models import Area, Designation

MOST = 1000
# What totals can be told apart by here; `part` is the area directly below the one asked for.
BY = ("part", *KEYS)
_DIGITS = {"max_digits": 22, "decimal_places": 2}


class Yuan(serializers.DecimalField):
    """An amount of yuan, written as a text with two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**_DIGITS, **kwargs})


class LedgerQuery(serializers.Serializer[Any]):
    """What both are asked for by: an area of the reader's, boundaries, a source, a programme, a list."""

    area = serializers.IntegerField(min_value=1, max_value=KEY_MAX)
    basis = serializers.CharField(max_length=10, default=RECORDED)
    source = serializers.SlugField(required=False)  # type: ignore[assignment]
    programme = serializers.CharField(max_length=40, required=False, allow_blank=True)
    designation = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Designation.objects.all(),
        required=False,
        error_messages={"does_not_exist": gettext_lazy("There is no such list.")},
    )

    def validate_area(self, pk: int) -> Area:
        area = visible_areas(self.context["request"]).filter(pk=pk, level__lte=Level.TOWNSHIP).first()
        if area is None:
            raise serializers.ValidationError(_("There is no such place among yours."))
        return area

    def validate_basis(self, text: str) -> Basis:
        try:
            basis = parse_basis(text, timezone.localdate())
            require_known(basis)
        except BadBasis as bad:
            raise serializers.ValidationError(str(bad)) from bad
        return basis

    def asked(self, years: list[int]) -> Asked:
        data = self.validated_data
        chosen = {name: [data[name]] if name in data else None for name in ("source", "programme")}
        return Asked(data["area"], years, data["basis"], chosen["source"], chosen["programme"], data.get("designation"))


class TotalsQuery(LedgerQuery):
    """What fund totals are asked for by."""

    year_min = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    year_max = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    by = serializers.CharField(max_length=100, required=False, default="")
    page = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=100)

    def validate_by(self, text: str) -> list[str]:
        keys = [key.strip() for key in text.split(",") if key.strip()]
        for key in keys:
            if key not in BY or keys.count(key) > 1:
                words = _("“%(key)s” can't be told apart here, or stands twice. Known: %(known)s.")
                raise serializers.ValidationError(words % {"key": key, "known": ", ".join(BY)})
        return keys

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["year_min"] > attrs["year_max"]:
            raise serializers.ValidationError({"year_min": [_("The first year is later than the last.")]})
        return attrs


class ReconciliationQuery(LedgerQuery):
    """What a reconciliation is asked for by."""

    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    by = serializers.ChoiceField(choices=["programme", "county"], default="programme")
    page = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=100)

    def validate_basis(self, text: str) -> Basis:
        basis = super().validate_basis(text)
        if basis.year is not None:
            raise serializers.ValidationError(_("Here boundaries are recorded or current."))
        return basis


class FundTotalSerializer(serializers.Serializer[Any]):
    """One total in yuan. Of the keys only those asked for by `by` are there; places are ids."""

    part = serializers.IntegerField(required=False)
    year = serializers.IntegerField(required=False)
    source = serializers.CharField(required=False)  # type: ignore[assignment]
    kind = serializers.CharField(required=False)
    tier = serializers.IntegerField(required=False)
    programme = serializers.CharField(required=False, help_text=gettext_lazy("Empty for money of no programme."))
    level = serializers.IntegerField(required=False)
    province = serializers.IntegerField(required=False, allow_null=True)
    county = serializers.IntegerField(required=False, allow_null=True)
    resting = Yuan(help_text=gettext_lazy("What the places hold, each yuan once: received less passed on."))
    received = Yuan(help_text=gettext_lazy("Read it by level: a yuan counts at each level that it went through."))
    passed_on = Yuan()
    disbursed = Yuan()
    returned = Yuan(help_text=gettext_lazy("Given back unspent."))
    spent = Yuan()


@extend_schema_serializer(many=False)
class FundTotalsSerializer(serializers.Serializer[Any]):
    """Totals of the ledger, all of one moment: kept ones, or, on the boundaries of another year, summed now."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    freshness = FreshnessSerializer()
    mean_growth = serializers.DecimalField(
        max_digits=22,
        decimal_places=2,
        allow_null=True,
        help_text=gettext_lazy("In percent a year, from the first year to the last; only with by=year."),
    )
    results = FundTotalSerializer(many=True)


class LineSerializer(serializers.Serializer[Any]):
    """What the ledger and the records say of one area and programme, in yuan."""

    area = serializers.IntegerField(source="area_id")
    programme = serializers.CharField()
    allocated = Yuan()
    passed_on = Yuan()
    resting = Yuan()
    disbursed = Yuan(help_text=gettext_lazy("Net of what was given back."))
    spent = Yuan(help_text=gettext_lazy("By the ledger."))
    recorded = Yuan(allow_null=True, help_text=gettext_lazy("Spent by the submitted records; null without any."))
    approved = Yuan(allow_null=True, help_text=gettext_lazy("Of these, by approved records."))
    difference = Yuan(allow_null=True, help_text=gettext_lazy("Ledger less records."))
    absorption = serializers.DecimalField(max_digits=22, decimal_places=2, allow_null=True, help_text="%")
    differs = serializers.BooleanField(help_text=gettext_lazy("Further apart than the threshold."))
    is_slow = serializers.BooleanField(help_text=gettext_lazy("Absorption is below the threshold."))


@extend_schema_serializer(many=False)
class ReconciliationSerializer(serializers.Serializer[Any]):
    """The reconciliation of one area and year; `freshness` is that of the ledger's side."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    freshness = FreshnessSerializer()
    results = LineSerializer(many=True)
