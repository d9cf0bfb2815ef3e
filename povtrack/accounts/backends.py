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

from povtrack.accounts.throttle import take
from povtrack.accounts.tokens import owner_of
from povtrack.lib.replica.reading import begin

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

# A busy program writes down that it was here once in this time.
USED_EVERY = dt.timedelta(minutes=1)


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]
    """Knox's, but all is read at once, and a token that is no letters and digits is wrong, and no failure of ours."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not token.isalnum():
            raise AuthenticationFailed(_("Invalid token."))
        found = owner_of(token.decode())
        if found is None:
            raise AuthenticationFailed(_("Invalid token."))
        user, held = found
        if not user.is_active:
            raise AuthenticationFailed(_("User inactive or deleted."))
        now, terms = timezone.now(), user.terms
        if terms and (terms.used_at is None or now - terms.used_at > USED_EVERY):
            type(terms).objects.filter(pk=terms.pk).update(used_at=now)
        begin(user.pk)
        return user, held


class WithinTerms(BasePermission):
    """A token that only reads sends nothing, whatever an endpoint would do with it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        self.message = _("This token may only read. Make one that may write on the page of your account.")
        terms = getattr(request.user, "terms", None)
        return terms is None or terms.writes or request.method in SAFE_METHODS


class ClientThrottle(UserRateThrottle):
    """Counts each token for itself: a greedy program slows down neither its owner nor their other programs."""

    num_requests: int | None
    duration: int | None
    wait_for: float | None = None

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if request.auth is None:
            return super().get_cache_key(request, view)
        return self.cache_format % {"scope": self.scope, "ident": f"token-{request.auth.pk}"}

    def allow_request(self, request: Request, view: APIView) -> bool:
        client = self.get_cache_key(request, view) if self.rate else None
        if client is None or not self.num_requests or not self.duration:
            return True
        now = timezone.now().timestamp()
        self.wait_for = take(client, limit=self.num_requests, seconds=self.duration, now=now)
        return self.wait_for is None

    def wait(self) -> float | None:
        return self.wait_for


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        description = _("“Token”, a blank, and a token that you make on the page of your account.")
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": description}
