from celery import shared_task

from povtrack.rollups.releases import freezing


@shared_task  # type: ignore[untyped-decorator]
def freeze(pk: int) -> bool:
    """Freeze the totals of a release. May be repeated at any time."""
    return freezing.freeze(pk)
