"""Telling the admins that a total is not what it should be: in the log, and by e-mail."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability, roles_with
from povtrack.rollups.models import Verification

logger = logging.getLogger(__name__)


def tell(failed: Sequence[Verification]) -> None:
    """Tell of verifications that found differences. They are kept already, so a mail server may fail."""
    if not failed:
        return
    for one in failed:
        logger.error("%s figures of programme %s are not what its records say.", one.differences, one.programme)
    addresses = list(_admins().values_list("email", flat=True))
    if not addresses:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Povtrack: totals differ from their records")
        lines = [_("%(programme)s: %(differences)s figures") % vars(one) for one in failed]
        words = _("The nightly verification found totals that are not what the records say.")
        body = "\n".join([words, "", *lines, "", f"{settings.PUBLIC_URL}{reverse('status')}"])
    try:
        EmailMessage(subject, body, bcc=addresses).send()
    except OSError:  # what smtplib raises is one, too
        logger.exception("The admins could not be told by e-mail.")


def _admins() -> QuerySet[User]:
    """Those who manage the whole country, and have an address."""
    everywhere = Q(jurisdictions__area__parent=None, jurisdictions__role__in=roles_with(Ability.MANAGE))
    users = User.objects.filter(everywhere | Q(is_superuser=True), is_active=True).exclude(email="")
    return users.distinct().order_by("pk")
