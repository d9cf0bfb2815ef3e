"""The jobs of uploads. Each takes an id, and may be repeated."""

from celery import shared_task

from programmes.actions import upload_save, uploads


@shared_task  # type: ignore[untyped-decorator]
def read(pk: int) -> None:
    """Read a file that was sent."""
    uploads.read_upload(pk=pk)


@shared_task  # type: ignore[untyped-decorator]
def save(pk: int) -> None:
    """Save an upload that its author has looked at."""
    upload_save.save_upload(pk=pk)


@shared_task  # type: ignore[untyped-decorator]
def drop() -> int:
    """Delete the uploads that have been kept long enough."""
    return uploads.drop_old_uploads()
