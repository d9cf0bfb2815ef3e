"""The feed of changes: which rows a transaction wrote, and its place in the order of commits.

Worked example: a clerk's save writes three records. A trigger of their table finds that the transaction has no row in
`FeedTransaction` yet, makes one, and adds three rows to `FeedChange`. At the very end, when nothing else is left to do,
the transaction takes a lock that all writers take, gets the next position, and commits; the lock goes once the commit
can be seen. So whoever sees a position sees all that are lower, and no lower one ever comes.
What the feed can't say: what a row was. It says which row changed; what it is now is asked of the row.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FeedTransaction(models.Model):
    """One transaction that wrote something. Rows are added by triggers only, and removed when they are old.

    `position` is its place in the order of commits; it has none until it commits. `anew` says that what came before it
    is not told one by one, or no longer: whoever has not come as far begins anew from the whole lists.
    """

    position = models.BigIntegerField(unique=True, null=True)
    at = models.DateTimeField(null=True)
    anew = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("transaction of the feed")
        verbose_name_plural = _("transactions of the feed")
        indexes = [
            models.Index(fields=["position"], name="feed_transaction_anew", condition=Q(anew=True)),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.at}"


class FeedChange(models.Model):
    """One row that a statement made, changed or deleted, by the list of the API that it stands in and its id there.

    `area` is the place that decides who may know of it. What is said of a place that is gone, or now lies elsewhere,
    has in `above` the ids of the places that it lay in before, and its own. No key is checked here, for speed.
    """

    class Operation(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")

    pk = models.CompositePrimaryKey("transaction_id", "number")
    transaction = models.ForeignKey(
        FeedTransaction, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    number = models.BigIntegerField()  # the order in which they were noted
    resource = models.CharField(max_length=20)
    programme = models.CharField(max_length=40)
    key = models.BigIntegerField()
    area = models.BigIntegerField(null=True)
    above = ArrayField(models.BigIntegerField(), null=True)
    operation = models.CharField(max_length=7, choices=Operation)
    version = models.IntegerField(null=True)

    class Meta:
        verbose_name = _("change of the feed")
        verbose_name_plural = _("changes of the feed")
        indexes = [
            # They are few among millions of records, and have no time of their own.
            models.Index(fields=["transaction"], name="feed_change_of_areas", condition=Q(resource="areas")),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.key} {self.operation}"
