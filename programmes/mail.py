"""Notifications by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from programmes.models import Notification
from programmes.notices import sentence


def mail_notification(pk: int) -> bool:
    """Mail a notification, and tell whether there was anyone to mail it to. Raises what the mail server raises.

    Nobody without an address or who has left gets one, nor who has read it meanwhile.
    """
    unread = Notification.objects.select_related("user").filter(pk=pk, read_at=None, user__is_active=True)
    notification = unread.exclude(user__email="").first()
    if notification is None:
        return False
    # Which language someone reads is known to their browser only; the mail is in that of the installation.
    with translation.override(settings.LANGUAGE_CODE):
        text = sentence(notification)
        subject = _("Povtrack: %(text)s") % {"text": text}
        body = f"{text}\n\n{settings.PUBLIC_URL}{notification.url}\n"
    # A reason may run over lines, and a subject may not.
    EmailMessage(" ".join(subject.split())[:150], body, to=[notification.user.email]).send()
    return True
