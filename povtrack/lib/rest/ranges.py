"""Files that can be downloaded in parts: what broke off goes on where it broke off (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request

from povtrack.lib.rest.refusals import Fault, Refusal

_BLOCK = 1 << 18  # bytes that are read and sent at once
# One range. Several at once may be answered with the whole file, and nobody asks for them who goes on with a download.
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class _Part:
    """Some bytes of a file, which is closed with the answer that sends them."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self._file, self._left = file, length
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self._left and (block := self._file.read(min(_BLOCK, self._left))):
            self._left -= len(block)
            yield block

    def close(self) -> None:
        self._file.close()


def send_part(
    request: Request, opened: Callable[[], IO[bytes]], size: int, *, etag: str, name: str, content_type: str
) -> Any:
    """Send a file, or the part of it that is asked for: 200, 206, 304. Raises Refusal with 412 and 416."""
    # Parts are counted in the bytes of the file, so nothing on the way may pack them.
    request._request.META.pop("HTTP_ACCEPT_ENCODING", None)  # noqa: SLF001 - the middleware reads that
    if unchanged := _answered(request, etag):
        return unchanged
    span = _span(request, size, etag)
    start, end = span or (0, size)
    part = _Part(opened(), start, end - start)
    answer = StreamingHttpResponse(
        part, status=206 if span else 200, content_type=content_type, headers={"Content-Length": str(end - start)}
    )
    if span:
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    for header, value in _headers(etag).items():
        answer.headers[header] = value
    return answer


def _headers(etag: str) -> dict[str, str]:
    return {"Accept-Ranges": "bytes", "ETag": etag, "Cache-Control": "private, no-cache"}


def _answered(request: Request, etag: str) -> Any:
    """Return the answer to who has the file already, or asks for another one; None to who is to get it."""
    whole = HttpResponse(headers=_headers(etag))
    found: Any = get_conditional_response(request._request, etag=etag, response=whole)  # noqa: SLF001 - Django's own
    if found.status_code == status.HTTP_412_PRECONDITION_FAILED:
        words = _("This is another file than the one that the header If-Match names.")
        raise Refusal(status.HTTP_412_PRECONDITION_FAILED, Fault("changed", words, "If-Match"))
    return found if found is not whole else None


def _span(request: Request, size: int, etag: str) -> tuple[int, int] | None:
    """Return the first byte that is asked for and the one after the last; None is all. Raises Refusal with 416."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not found or found[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if first and last and int(last) < int(first):  # no range at all
        return None
    if start >= size:
        words = _("The file has %(size)s bytes.") % {"size": size}
        refused = Refusal(status.HTTP_416_REQUESTED_RANGE_NOT_SATISFIABLE, Fault("out_of_range", words, "Range"))
        refused.headers = {"Content-Range": f"bytes */{size}"}
        raise refused
    return start, end
