"""The set-based SQL of the registry, one question or step per file."""

from functools import cache
from pathlib import Path


@cache
def statement(name: str) -> str:
    """Return the SQL in `<name>.sql`; its values are bound by name, `%(vintage)s`."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
