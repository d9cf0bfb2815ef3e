"""How the feed of changes is described in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from povtrack.feed.models import FeedChange
from povtrack.mirrors.contents import RESOURCES

OPERATIONS = (*FeedChange.Operation.values, "entered", "left")


class FeedEntrySerializer(serializers.Serializer[Any]):
    """That one row was made, changed or deleted, or came into your areas or left them with its place."""

    resource = serializers.ChoiceField(choices=RESOURCES)
    programme = serializers.CharField(help_text=_("Its code, of records and of money for one; else empty."))
    id = serializers.IntegerField(help_text=_("Its id; of history and successions that of the place."))
    url = serializers.URLField(help_text=_("Where it is, or was."))
    area = serializers.IntegerField(allow_null=True, help_text=_("Id of its place; null of a place that is gone."))
    operation = serializers.ChoiceField(
        choices=OPERATIONS,
        help_text=_(
            "entered: a place came into your areas, with all that is there; left: it lies elsewhere now, and what you "
            "keep of it is no longer yours."
        ),
    )
    version = serializers.IntegerField(allow_null=True, help_text=_("That the change gave it, where rows have one."))
    at = serializers.DateTimeField(help_text=_("When it was committed."))
    cursor = serializers.CharField(help_text=_("Where to go on after this change."))
    content = serializers.JSONField(
        required=False,
        help_text=_(
            "Only with include=content: what stands at `url` now, as its list shows it; null if nothing does. It may "
            "be newer than this change."
        ),
    )


class FeedListSerializer(serializers.Serializer[Any]):
    """A list that a copy begins with."""

    resource = serializers.ChoiceField(choices=RESOURCES)
    programme = serializers.CharField(allow_blank=True)
    url = serializers.URLField()


class FeedBeginSerializer(serializers.Serializer[Any]):
    """How to begin."""

    detail = serializers.CharField()
    lists = FeedListSerializer(many=True)


class FeedPageSerializer(serializers.Serializer[Any]):
    """A page of the feed. `next` is always there: at the end it is what to ask later."""

    next = serializers.URLField()
    cursor = serializers.CharField(help_text=_("What `since` is in `next`. No two are alike, also of one place."))
    more = serializers.BooleanField(help_text=_("Whether more is there already."))
    begin = FeedBeginSerializer(allow_null=True, help_text=_("Only without `since`: how to begin."))
    results = FeedEntrySerializer(many=True)
