"""Answers that were given under a key of the sender's, so that what is sent again is answered and not done again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """What was answered to a request that bore a key, kept in the transaction that wrote what it asked for.

    It belongs to a person and to the program that spoke for them: `client` is the beginning of its token, or empty in
    a browser's session. `asked` is the sum of what was asked, so that another question under the same key is refused.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    client = models.CharField(max_length=32, blank=True)
    key = models.UUIDField()
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    location = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "client", "key"], name="resent_keptanswer_once")]
        indexes = [models.Index(fields=["at"], name="resent_keptanswer_at")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.key}"  # type: ignore[attr-defined]
