"""What every CSV that povtrack sends must say of itself, so that whoever keeps it notices when it is torn."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import Any


def is_csv(answer: Any) -> bool:
    return bool(answer.get("Content-Type", "").startswith("text/csv"))


def read_whole(answer: Any) -> list[list[str]]:
    """Return the rows below the heading, after holding what came against what the answer says of itself."""
    body = answer.getvalue()
    assert answer["Povtrack-SHA256"] == hashlib.sha256(body).hexdigest()
    _heading, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
    assert answer["Povtrack-Rows-Out"] == str(len(rows))
    return rows
