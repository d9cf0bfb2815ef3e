"""Jobs of the programmes: e-mails of notifications."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from programmes import mail

MOST_TRIES = 12  # the last one a day after the first


@shared_task(bind=True, max_retries=MOST_TRIES)  # type: ignore[untyped-decorator]
def mail_notification(self: Any, pk: int) -> bool:
    """Mail one notification. A mail server that fails is asked again later, ever more seldom.

    Run inline, where no queue is, it is asked once: a person waits, and the notification stands in the page.
    """
    try:
        return mail.mail_notification(pk)
    except OSError as error:  # what smtplib raises is one, too
        if self.request.is_eager:
            raise
        raise self.retry(exc=error, countdown=min(60 * 2**self.request.retries, 6 * 3600)) from error
