"""Keeping the differences between a list and the registry until a person decides them."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import sha256_of
from villages.imports.findings import Verdict
from villages.imports.job import Job
from villages.imports.writing import record
from villages.models import ListReview, ListRow
from villages.sql import statement


def stage_review(job: Job, by: User | None) -> ListReview:
    """Keep the differences of `list_plan` and `list_gone` as a review; an earlier one of the same list makes way."""
    with job.steps.step(_("Keeping the differences for review")):
        review = ListReview.objects.create(
            source=record(job, name=_names(job), sha256=_sha256(job), areas=job.findings.differing, by=by),
            vintage=job.request.vintage,
            rows_same=job.findings.total(Verdict.SAME),
            created_by=by,
        )
        job.cursor.execute(statement("review_stage"), {"review": review.pk})
        job.cursor.execute("ANALYZE villages_listrow")
    _make_way(review)
    return review


def _make_way(review: ListReview) -> None:
    """Close earlier reviews of the same list: their open rows are told anew by this one."""
    earlier = ListReview.objects.filter(
        source__source=review.source.source, vintage=review.vintage, state=ListReview.State.OPEN, pk__lt=review.pk
    )
    for old in earlier.filter(source__sha256=review.source.sha256):
        ListRow.objects.filter(review=old, decision=ListRow.Decision.OPEN).delete()
        old.state = ListReview.State.DONE
        old.save(update_fields=["state"])


def _names(job: Job) -> str:
    return ", ".join(job.file_names)


def _sha256(job: Job) -> str:
    """The checksum of the file, or of the checksums of several."""
    sums = [sha256_of(path) for path in job.request.files]
    return sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
