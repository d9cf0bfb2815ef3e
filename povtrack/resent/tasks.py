"""The job of kept answers: deleting old ones."""

from celery import shared_task

from povtrack.resent.once import drop_old_answers


@shared_task  # type: ignore[untyped-decorator]
def drop() -> int:
    """Delete the answers that have been kept long enough."""
    return drop_old_answers()
