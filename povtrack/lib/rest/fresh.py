"""What every answer with totals says of them: on which boundaries, as known when, how fresh, and when proven."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

FRESHNESS = ("basis", "as_of", "computed_at", "pending_changes", "verified_at")


class FreshnessSerializer(serializers.Serializer[Any]):
    """How far totals are behind what they are made of."""

    basis = serializers.CharField(
        allow_null=True,
        help_text=_(
            "On which boundaries: recorded (of each year), current (today's), or those of the end of a year; null: as "
            "each row says."
        ),
    )
    as_of = serializers.DateTimeField(allow_null=True, help_text=_("The moment whose records these are; null is now."))
    computed_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When the oldest of these totals was computed; null: summed for this answer.")
    )
    pending_changes = serializers.IntegerField(
        help_text=_("Edits in the areas and years asked for that wait to be counted in.")
    )
    verified_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When a proof last found these totals equal to what they are made of.")
    )


def summed_now(basis: str = "recorded") -> dict[str, Any]:
    """What is said of totals that are summed for each answer: nothing waits, and there is nothing kept to prove."""
    return {"basis": basis, "as_of": None, "computed_at": None, "pending_changes": 0, "verified_at": None}
