"""Whole files as they are made: a job can watch how far one is, or have only looked at whether it could be made.

Lists make their files by `povtrack.lib.rest.whole` and know nothing of who waits for them. Without a watcher a file is
made and sent at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import IO, Any, cast

_EVERY = 1000  # rows after which a watcher is told


class Watched:
    """The file that is being made. `tell` is told how many rows are written, `folder` is where it grows."""

    def __init__(self, tell: Callable[[int], None] | None = None, folder: str | None = None) -> None:
        self._tell, self.folder = tell, folder
        self.expected: int | None = None
        self._rows = 0

    @property
    def is_rehearsal(self) -> bool:
        return self._tell is None

    def row(self) -> None:
        """Count a row that was written."""
        self._rows += 1
        if self._tell and self._rows % _EVERY == 0:
            self._tell(self._rows)


_now: ContextVar[Watched | None] = ContextVar("making", default=None)


@contextmanager
def watched(tell: Callable[[int], None], folder: str | None = None) -> Iterator[Watched]:
    """Let `tell` be told how far the file is that the block makes. What it raises ends the making."""
    with _held(Watched(tell, folder)) as making:
        yield making


@contextmanager
def rehearsed() -> Iterator[Watched]:
    """Let the block look at all that its file needs, and make none. `expected` then says how long it would be."""
    with _held(Watched()) as making:
        yield making


@contextmanager
def _held(making: Watched) -> Iterator[Watched]:
    token = _now.set(making)
    try:
        yield making
    finally:
        _now.reset(token)


def is_rehearsal() -> bool:
    """Tell whether nothing is to be computed that only the rows of a file need."""
    making = _now.get()
    return making is not None and making.is_rehearsal


def folder() -> str | None:
    """Return the folder in which a file is to grow; None is the machine's own for what is temporary."""
    making = _now.get()
    return making.folder if making else None


def expect(count: Callable[[], int | None]) -> None:
    """Say how many rows there will be, if anyone asks."""
    making = _now.get()
    if making is not None:
        making.expected = count()


def counted(rows: Iterable[Any]) -> Iterable[Any]:
    """Pass rows on, counting them if anyone watches."""
    making = _now.get()
    return rows if making is None else _counted(rows, making)


def _counted(rows: Iterable[Any], making: Watched) -> Iterator[Any]:
    for row in rows:
        yield row
        making.row()


@dataclass(frozen=True)
class _Lines:
    """A file to which the database hands over row by row."""

    file: IO[bytes]
    making: Watched

    def write(self, data: bytes) -> int:
        self.making.row()
        return self.file.write(data)


def lines_of(file: IO[bytes]) -> IO[bytes]:
    """Return the file to which COPY writes, counting its rows if anyone watches."""
    making = _now.get()
    return file if making is None else cast(IO[bytes], _Lines(file, making))
