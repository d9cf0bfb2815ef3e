"""Tells a person at a terminal what a long command is doing: a line with a bar for each step, and tables of results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

# What stands right in a table: a figure, or the dash for none.
_FIGURE = re.compile(r"[\d,.]+|–")


class Step(Protocol):
    """One step under way."""

    def to(self, done: int) -> None:
        """Say how much is done by now, in the unit of the step's total."""


class Steps(Protocol):
    """Whoever shows the steps of a long job."""

    def step(self, words: str, total: int | None = None) -> AbstractContextManager[Step]:
        """Show a step while the block runs. Without `total` only the time is shown."""


class _Bar:
    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def to(self, done: int) -> None:
        self._progress.update(self._task, completed=done)


class _Nothing:
    def to(self, done: int) -> None:
        """Show nothing."""


class SilentSteps:
    """Shows nothing: for tests, jobs and callers with no terminal."""

    @contextmanager
    def step(self, words: str, total: int | None = None) -> Iterator[Step]:
        yield _Nothing()


class TerminalSteps:
    """Shows steps as bars while used as a context manager. On output that is no terminal it prints each line once."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        )

    def __enter__(self) -> TerminalSteps:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    @contextmanager
    def step(self, words: str, total: int | None = None) -> Iterator[Step]:
        task = self._progress.add_task(words, total=total)
        yield _Bar(self._progress, task)
        # A step without a known size is one thing to do, and it is done.
        done = 1 if total is None else total
        self._progress.update(task, total=done, completed=done)


def print_table(console: Console, title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; numbers stand right with their thousands apart, zero as a dash."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    filled = [list(row) for row in rows]
    for position, head in enumerate(heads):
        values = [row[position] for row in filled]
        # Long heads fold before any cell does.
        width = max((len(_cell(value)) for value in values), default=0)
        numeric = bool(values) and all(_FIGURE.fullmatch(_cell(value)) for value in values)
        table.add_column(head, justify="right" if numeric else "left", min_width=min(width, 40))
    for row in filled:
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}" if value else "–"
    return str(value)
