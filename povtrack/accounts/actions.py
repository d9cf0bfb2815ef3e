"""Writes of accounts: making and revoking the tokens with which a program signs in for a person."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.models import get_token_model
from knox.settings import knox_settings

from povtrack.accounts.models import TokenTerms, User
from povtrack.accounts.throttle import forget_idle

AuthToken = get_token_model()


class TooManyTokens(Exception):
    """A person holds as many tokens as anyone may; the message is fit for them."""


def make_token(*, by: User, name: str, days: int, writes: bool = False, area: Any = None) -> str:
    """Make a token for `by` that lasts `days` days, and return its text: the one look, for only its hash is kept.

    It has the rights of `by`: only to read unless it `writes`, and in `area` alone where one is given.

    Raises TooManyTokens.
    """
    with transaction.atomic():
        # The row is locked so that two tabs can't both take the last place.
        User.objects.select_for_update().get(pk=by.pk)
        AuthToken.objects.filter(user=by, expiry__lt=timezone.now()).delete()
        forget_idle()
        limit = knox_settings.TOKEN_LIMIT_PER_USER
        if AuthToken.objects.filter(user=by).count() >= limit:
            raise TooManyTokens(_("You have %(limit)s tokens, which is the most. Revoke one first.") % {"limit": limit})
        token, text = AuthToken.objects.create(user=by, expiry=dt.timedelta(days=days))
        TokenTerms.objects.create(token=token, name=name, writes=writes, area=area)
    return str(text)


def revoke_token(*, by: User, key: str) -> bool:
    """Remove the token of `by` that begins with `key`; tell whether there was one."""
    removed, _kinds = AuthToken.objects.filter(user=by, token_key=key).delete()
    return bool(removed)
