"""A page that is sent in two parts: what is under way, at once, and what came of it, when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string

from villages.actions import ChangeRefused
from villages.imports.findings import Decided
from villages.models import ListReview

LONG = 2000  # rows that are accepted in about two seconds
_CUT = "<!-- under way -->"


def accepting(
    request: HttpRequest, review: ListReview, count: int, work: Callable[[], Decided], here: str
) -> StreamingHttpResponse:
    """Answer with a page that says what is under way, do the work, and then tell on the same page what came of it.

    Whoever leaves the page loses nothing: the work goes on, in one transaction, and the review shows what was decided.
    """

    def parts() -> Iterator[str]:
        page = render_to_string(
            "villages/review_accepting.html", {"section": "registry", "review": review, "count": count}, request
        )
        head, _cut, foot = page.partition(_CUT)
        # Compression and proxies hold back little pieces; a long comment pushes the first part through.
        yield f"{head}<!-- {' ' * 4096} -->"
        told: dict[str, object] = {"here": here}
        try:
            told["decided"] = work()
        except ChangeRefused as refusal:
            told["refusal"] = refusal
        yield render_to_string("villages/review_accepted.html", told, request) + foot

    response = StreamingHttpResponse(parts())
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response
