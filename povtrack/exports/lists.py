"""The lists of the API, as exports ask them: for their user, and by the same code as the API itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch, URLResolver, get_resolver, resolve, reverse
from django.utils.translation import gettext as _
from rest_framework import mixins, status

from povtrack.accounts.models import User
from povtrack.exports.plain import whole_of
from povtrack.lib.rest.formats import FORMS
from povtrack.lib.rest.nearest import did_you_mean, misspelt, nearest
from povtrack.lib.rest.refusals import Fault, Refusal

_API = "povtrack.api_urls"
_MOST = 4000  # characters of a query


@dataclass(frozen=True)
class Wanted:
    """A list of the API and what is asked of it: `path` is below the API, `query` says nothing of the form."""

    path: str
    query: str
    form: str

    @classmethod
    def of(cls, resource: str, form: str) -> Wanted:
        """Read what `resource` wrote."""
        path, _sign, query = resource.partition("?")
        return cls(path, query, form)

    @property
    def resource(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


def wanted_of(resource: str, form: str, host: str = "") -> Wanted:
    """Read the address of a list: below the API, from the root, or whole with the host. Raises Refusal."""
    asked = urlsplit(resource.strip())
    if asked.netloc and asked.netloc != host:
        raise _refused(_("Name a list of this server."))
    path = f"{asked.path.removeprefix(reverse('api-root')).strip('/')}/"
    wanted = Wanted(path, asked.query, form)
    if len(wanted.query) > _MOST:
        raise _refused(_("The query is too long."))
    if "format" in QueryDict(wanted.query):
        raise _refused(_("Leave “format” out of the address; it is a field of its own."))
    match = _match(path)
    if match is None:
        known = known_lists()
        words = _("There is no list at “%(path)s”.") % {"path": path[:100]}
        raise _refused(words + did_you_mean(path, known), known=known, nearest=nearest(path, known))
    if form not in (forms := forms_of(match)):
        raise Refusal(status.HTTP_400_BAD_REQUEST, misspelt(form, forms, "format"))
    return wanted


def _refused(words: str, **more: Any) -> Refusal:
    return Refusal(status.HTTP_400_BAD_REQUEST, Fault("unknown" if more else "invalid", words, "resource", more=more))


def _match(path: str) -> ResolverMatch | None:
    match = resolve(f"{reverse('api-root')}{path}")
    return match if _is_list(match.func) else None


def _is_list(view: Any) -> bool:
    """Whether an endpoint answers with a list of which the whole can be had."""
    if getattr(view, "actions", {}).get("get") != "list":
        return False
    return _has_files(view) or (issubclass(view.cls, mixins.ListModelMixin) and view.cls.pagination_class is not None)


def _has_files(view: Any) -> bool:
    made = view.cls(**view.initkwargs)
    made.action = "list"
    return any(getattr(form, "is_file", False) for form in made.get_renderers())


def forms_of(match: ResolverMatch) -> list[str]:
    """The forms in which a list can be had. What is no table has no types of columns, so no Parquet."""
    return [form for form in FORMS if _has_files(match.func) or form != "parquet"]


@cache
def known_lists() -> list[str]:
    """The lists that can be had as files, as they are named below the API."""
    root = reverse("api-root")
    return sorted(reverse(name).removeprefix(root) for name in _names(get_resolver(_API)))


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        elif pattern.name and _is_list(pattern.callback):
            yield pattern.name


def ask(wanted: Wanted, user: User) -> Any:
    """Ask a list for its file as `user`: a response with the file, or with the problem that the list has with it."""
    match = _match(wanted.path)
    assert match is not None
    view: Any = match.func
    # Whoever asked was counted when they asked.
    own = {**view.initkwargs, "throttle_classes": ()}
    query = wanted.query
    if _has_files(view):
        query = f"{query}&format={wanted.form}" if query else f"format={wanted.form}"
    else:
        own["pagination_class"] = whole_of(view.cls.pagination_class, wanted.form)
    request = _request(f"{reverse('api-root')}{wanted.path}", query, user)
    return view.cls.as_view({"get": "list"}, **own)(request, **match.kwargs)


def _request(path: str, query: str, user: User) -> HttpRequest:
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.GET, request.user = QueryDict(query), user
    return request
