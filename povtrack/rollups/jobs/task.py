"""The class of all background tasks: whatever they do, what becomes of them is written down."""

from __future__ import annotations

import os
from typing import Any

from celery import Task

from povtrack.rollups.jobs import writing


class RecordedTask(Task):  # type: ignore[type-arg]
    """A task whose runs are jobs in the sense of `povtrack.rollups.models.Job`."""

    abstract = True

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        writing.begun(self.name, task_id, list(args), self._worker())

    def on_success(self, retval: Any, task_id: str, args: Any, kwargs: Any) -> None:
        writing.done(self.name, task_id, int(retval) if isinstance(retval, int) else None)

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        writing.failed(self.name, task_id, list(args), self._worker(), _words(exc), again=False)

    def on_retry(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        writing.failed(self.name, task_id, list(args), self._worker(), _words(exc), again=True)

    def _worker(self) -> str:
        return f"{self.request.hostname or ''} ({os.getpid()})"


def _words(error: Exception) -> str:
    cause = getattr(error, "exc", None) or error  # of a retry, what it was for
    return f"{type(cause).__name__}: {cause}"
