from celery import shared_task

from povtrack.rollups import recompute


@shared_task  # type: ignore[untyped-decorator]
def drain() -> int:
    """Recompute the cells that are dirty. May be run at any time, by any number of workers at once."""
    return recompute.drain()
