"""The job of the feed; it may be repeated."""

from celery import shared_task

from povtrack.feed import actions


@shared_task  # type: ignore[untyped-decorator]
def drop() -> int:
    """Drop what was noted too long ago to be told."""
    return actions.drop_old_changes()
