"""Writing the answer to a list of codes, as CSV or JSON, while counting and summing it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from povtrack.lib.csvanswers import Sent, Summed, write_table
from villages.translate import Answer


@dataclass(frozen=True)
class Written(Sent):
    """What was written: rows of the list, rows of the answer, rows with a problem, and the SHA-256 of the bytes."""

    rows_in: int
    problems: int

    def headers(self) -> dict[str, str]:
        own = {"Povtrack-Rows-In": str(self.rows_in), "Povtrack-Problems": str(self.problems)}
        return {**super().headers(), **own}


class _Counted:
    """Passes the rows of an answer on, and counts them."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.rows_in = self.rows_out = self.problems = 0

    def __iter__(self) -> Iterator[tuple[dict[str, Any], list[str]]]:
        last = None
        for values, rest in self._answer.rows:
            self.rows_out += 1
            self.rows_in += values["line"] != last
            self.problems += bool(values["problem"])
            last = values["line"]
            yield values, rest

    def counts(self) -> dict[str, int]:
        return {"rows_in": self.rows_in, "rows_out": self.rows_out, "problems": self.problems}


def write_csv(answer: Answer, file: IO[bytes], *, bom: bool = False) -> Written:
    """Write an answer as CSV. `bom` puts the mark in front by which Excel knows UTF-8."""
    counted = _Counted(answer)
    passed_on = [f"{name} (given)" if name in answer.columns else name for name in answer.extras]
    rows = ([*map(_cell, values.values()), *rest] for values, rest in counted)
    sent = write_table(file, [*answer.columns, *passed_on], rows, bom=bom)
    return Written(sent.rows_out, sent.sha256, counted.rows_in, counted.problems)


def write_json(answer: Answer, file: IO[bytes], about: dict[str, Any]) -> Written:
    """Write an answer as one JSON object: `about`, the rows under `results`, then the counts, which end it."""
    counted, out = _Counted(answer), Summed(file)
    head = "".join(f"{json.dumps(key)}: {json.dumps(value, default=str)}, " for key, value in about.items())
    out.write("{" + head + '"results": [')
    separator = "\n"
    for values, rest in counted:
        given = {"given": dict(zip(answer.extras, rest, strict=True))} if answer.extras else {}
        out.write(separator + json.dumps({**values, **given}, ensure_ascii=False, default=_plain))
        separator = ",\n"
    out.write("\n], " + json.dumps(counted.counts())[1:] + "\n")
    return Written(counted.rows_out, out.hexdigest(), counted.rows_in, counted.problems)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    assert isinstance(value, dt.date)
    return value.isoformat()


def _cell(value: Any) -> Any:
    """Write a list of forms as one line."""
    return "; ".join(_form(form) for form in value) if isinstance(value, list) else value


def _form(form: dict[str, Any]) -> str:
    until = form["valid_until"] or ""
    today = f" (latest {form['code_latest']} {form['name_latest']})"
    return f"{form['code']} {form['name']} {form['valid_from']}/{until}" + today
