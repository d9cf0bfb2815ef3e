"""The page on which people see who they are here, and keep the tokens of their programs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from povtrack.accounts.actions import AuthToken, TooManyTokens, make_token, revoke_token
from povtrack.accounts.forms import TokenForm
from povtrack.accounts.requests import user_of


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show the account. Context: see `_context`."""
    return render(request, "accounts/account.html", _context(request))


@require_POST
@never_cache
@sensitive_variables("token")
def token_create(request: HttpRequest) -> HttpResponse:
    """Make a token and show it this once: it is in this answer and nowhere else, so there is no redirect."""
    user = user_of(request)
    form = TokenForm(request.POST, user=user)
    if not form.is_valid():
        return render(request, "accounts/account.html", _context(request, form), status=422)
    try:
        token = make_token(by=user, **form.terms())
    except TooManyTokens as refused:
        form.add_error(None, str(refused))
        return render(request, "accounts/account.html", _context(request, form), status=422)
    return render(
        request, "accounts/account.html", {**_context(request), "new_token": token, "new_terms": form.cleaned_data}
    )


@require_POST
def token_revoke(request: HttpRequest, key: str) -> HttpResponse:
    if not revoke_token(by=user_of(request), key=key):
        raise Http404(_("You have no such token."))
    messages.success(request, _("The token is revoked. Programs that use it are signed out."))
    return redirect("account")


def _context(request: HttpRequest, form: TokenForm | None = None) -> dict[str, Any]:
    """What the account page shows: `jurisdictions` (role, area), `tokens` (token_key, created, expiry, terms), `form`.

    `new_token` and `new_terms` are added once, on the page that follows its making.
    """
    user = user_of(request)
    return {
        "section": "account",
        "jurisdictions": user.jurisdictions.select_related("area").order_by("area__level", "role"),
        "tokens": AuthToken.objects.filter(user=user).select_related("terms__area").order_by("created"),
        "form": form or TokenForm(user=user),
    }
