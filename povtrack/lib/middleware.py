"""What holds for every page: the methods it answers to, and what its answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

# What links and forms send.
METHODS = ("GET", "HEAD", "POST")


def only_pages_methods(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 405 to every other method outside the API. Django's admin would take a PUT for a GET, and work for it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in METHODS or request.path_info.startswith("/api/"):
            return get_response(request)
        return HttpResponseNotAllowed(METHODS)

    return answer


def no_store(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let no browser keep pages of a signed-in person: "Back" then shows what stands, and nothing after signing out."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        user = getattr(request, "user", None)
        if isinstance(response, HttpResponse) and user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
