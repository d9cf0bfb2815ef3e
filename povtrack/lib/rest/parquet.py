"""Tables as Parquet: with the types of their columns, and in the file itself what they are and how fresh.

The library is an extra, and imported when the first file is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

import orjson

from povtrack.lib.rest.table import Column
from povtrack.lib.rest.writers import batched

_GROUP = 20_000  # rows that are held, and written together
_DIGITS = 38  # the most that a decimal of the format has
_PLACES = 6  # of a decimal that says nothing of its places
# Texts of which there are few, besides what is a choice.
_CODES = frozenset(
    ("basis", "breakdown", "code", "form", "kind", "level_word", "measure", "programme", "source", "stage", "state",
     "status", "tier", "unit")
)  # fmt: skip


def write_parquet(
    file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]], about: Mapping[str, str]
) -> int:
    """Write rows, as the database has them, and return how many they were. `about` is kept in the file."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    types = [_type_of(pa, one) for one in columns]
    fields = [pa.field(one.name, kind, metadata=_words_of(one)) for one, kind in zip(columns, types, strict=True)]
    schema = pa.schema(fields, metadata={f"povtrack.{name}": value for name, value in about.items()})
    turns, count = [_turn(one) for one in columns], 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for some in batched(rows, _GROUP):
            count += len(some)
            cells = [
                pa.array([None if cell is None else turn(cell) for cell in column], kind)
                for column, turn, kind in zip(zip(*some, strict=True), turns, types, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(cells, schema=schema))
    return count


def _words_of(column: Column) -> dict[str, str]:
    words = {"label": str(column.label), "unit": str(column.unit)}
    return {name: value for name, value in words.items() if value}


def _type_of(pa: Any, column: Column) -> Any:
    if column.kind == "code" or (column.name.rpartition(".")[2] in _CODES and column.kind == "text"):
        return pa.dictionary(pa.int32(), pa.string())
    if column.kind in ("decimal", "number"):
        places = _PLACES if column.places is None else column.places
        return pa.decimal128(_DIGITS, places)
    kinds = {"whole": pa.int64(), "flag": pa.bool_(), "day": pa.date32(), "moment": pa.timestamp("us", tz="UTC")}
    return kinds.get(column.kind, pa.string())


def _turn(column: Column) -> Any:
    """Return how a value becomes what its type takes."""
    places = Decimal(1).scaleb(-(_PLACES if column.places is None else column.places))
    turns = {
        "whole": int,
        "flag": bool,
        "day": _same,
        "moment": lambda moment: moment.astimezone(dt.UTC),
        "decimal": lambda figure: Decimal(figure).quantize(places),
        "number": lambda figure: Decimal(figure).quantize(places),
    }
    return turns.get(column.kind, _text)


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else str(value)
