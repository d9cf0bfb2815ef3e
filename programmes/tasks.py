"""Jobs of the programmes: e-mails of notifications."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from programmes import mail

MOST_TRIES = 12  # the last one some two days after the first

logger = logging.getLogger(__name__)


@shared_task(bind=True, max_retries=MOST_TRIES)  # type: ignore[untyped-decorator]
def mail_notification(self: Any, pk: int) -> bool:
    """Mail one notification. A mail server that fails is asked again later, ever more seldom.

    Run inline, where no queue is, it is asked once: nobody waits for it, and the notification stands in the page.
    """
    try:
        return mail.mail_notification(pk)
    except OSError as error:  # what smtplib raises is one, too
        if self.request.is_eager:
            logger.exception("Notification %s could not be mailed.", pk)
            return False
        raise self.retry(exc=error, countdown=min(60 * 2**self.request.retries, 6 * 3600)) from error
