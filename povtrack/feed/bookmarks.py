"""Places in the feed, as they are handed out: sealed, so that they tell nothing.

A plain number would tell how much others write, also outside a reader's areas; so would a text that stays the same
while nothing is written. Each bookmark is enciphered with a number that is used once, and no two are alike.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.encoding import force_bytes

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FORM = struct.Struct(">qqq8s")
_ONCE, _SUM = 8, 8
_ALL = 2**63 - 1  # beyond every change of a transaction


class BadBookmark(ValueError):
    """A bookmark that was never handed out."""


@dataclass(frozen=True)
class Bookmark:
    """A place in the feed: after the change `number` of the transaction at `position`.

    `moment` (microseconds) is when that transaction committed: a database that was put back to an earlier state gives
    its position once more, to another. `scope` sums up which areas the reader had.
    """

    position: int = 0
    moment: int = 0
    number: int = _ALL
    scope: bytes = b""

    @classmethod
    def after(cls, position: int, at: dt.datetime, scope: bytes, number: int = _ALL) -> Bookmark:
        """Return the place after a change, or after a whole transaction."""
        return cls(position, microseconds(at), number, scope)

    @classmethod
    def read(cls, text: str) -> Bookmark:
        """Read what `write` wrote; raises BadBookmark."""
        try:
            raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error) as error:
            raise BadBookmark from error
        once, sealed, tag = raw[:_ONCE], raw[_ONCE:-_SUM], raw[-_SUM:]
        if len(raw) == _ONCE + _FORM.size + _SUM:
            for key in map(_key, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
                if hmac.compare_digest(tag, _tag(key, once + sealed)):
                    position, moment, number, scope = _FORM.unpack(_enciphered(key, once, sealed))
                    return cls(position, moment, number, scope)
        raise BadBookmark

    def write(self) -> str:
        """Return the bookmark as a text, another one each time."""
        key, once = _key(settings.SECRET_KEY), os.urandom(_ONCE)
        plain = _FORM.pack(self.position, self.moment, self.number, self.scope)
        sealed = _enciphered(key, once, plain)
        return base64.urlsafe_b64encode(once + sealed + _tag(key, once + sealed)).decode()

    def of(self, number: int) -> Bookmark:
        """Return the place after another change of the same transaction."""
        return replace(self, number=number)


def scope_of(areas: Iterable[int]) -> bytes:
    """Sum up which areas (ids) someone may read."""
    return hashlib.blake2b(repr(sorted(set(areas))).encode(), digest_size=8).digest()


def microseconds(at: dt.datetime) -> int:
    return (at - _EPOCH) // dt.timedelta(microseconds=1)


def _key(secret: str | bytes) -> bytes:
    return hashlib.blake2b(force_bytes(secret), person=b"povtrack.feed").digest()


def _enciphered(key: bytes, once: bytes, text: bytes) -> bytes:
    stream = hashlib.blake2b(once, key=key, digest_size=len(text)).digest()
    return bytes(a ^ b for a, b in zip(text, stream, strict=True))


def _tag(key: bytes, text: bytes) -> bytes:
    return hashlib.blake2b(text, key=key, digest_size=_SUM, person=b"tag").digest()
