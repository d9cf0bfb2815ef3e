"""How a program signs in: with a token of its owner, of whose rights it has what its terms leave it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.throttling import UserRateThrottle

from povtrack.lib.replica.reading import begin

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

# A busy program writes down that it was here once in this time.
USED_EVERY = dt.timedelta(minutes=1)


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]
    """Knox's, but a token that is no letters and digits is a wrong token, not a failure of ours."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not token.isalnum():
            raise AuthenticationFailed(_("Invalid token."))
        user, found = super().authenticate_credentials(token)
        terms = getattr(found, "terms", None)
        if terms is None:
            raise AuthenticationFailed(_("Invalid token."))
        now = timezone.now()
        if terms.used_at is None or now - terms.used_at > USED_EVERY:
            type(terms).objects.filter(pk=terms.pk).update(used_at=now)
        user.terms = terms
        begin(user.pk)
        return user, found

    def _cleanup_token(self, auth_token: Any) -> bool:
        """Tell whether a token is over, and then delete it. Its owner's others go when the next one is made."""
        if auth_token.expiry is None or auth_token.expiry >= timezone.now():
            return False
        auth_token.delete()
        return True


class WithinTerms(BasePermission):
    """A token that only reads sends nothing, whatever an endpoint would do with it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        self.message = _("This token may only read. Make one that may write on the page of your account.")
        terms = getattr(request.user, "terms", None)
        return terms is None or terms.writes or request.method in SAFE_METHODS


class ClientThrottle(UserRateThrottle):
    """Counts each token for itself: a greedy program slows down neither its owner nor their other programs."""

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if request.auth is None:
            return super().get_cache_key(request, view)
        return self.cache_format % {"scope": self.scope, "ident": f"token-{request.auth.pk}"}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        description = _("“Token”, a blank, and a token that you make on the page of your account.")
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": description}
