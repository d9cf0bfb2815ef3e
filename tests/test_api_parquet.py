"""Whole lists as Parquet: the values of JSON with the types of their columns, and what the file says of itself."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from povtrack.rollups.recompute import drain
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests.funding.money import given
from tests.problems import by_place

pytestmark = pytest.mark.django_db


def table_of(client: Any, url: str, asked: dict[str, Any]) -> pa.Table:
    answer = client.get(url, {**asked, "format": "parquet"})
    assert answer["Content-Type"] == "application/vnd.apache.parquet"
    body = answer.getvalue()
    found = pq.read_table(io.BytesIO(body))
    assert found.num_rows == int(answer["Povtrack-Rows-Out"])
    return found


def as_json(value: Any) -> Any:
    """A value as the JSON of a list writes it, whatever its type says; moments in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC)
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, dt.date) else value


def at(row: Any, name: str) -> Any:
    for step in name.split("."):
        row = row[step] if row is not None else None  # below what is null there is nothing
    return row


def same_as_listed(client: Any, url: str, asked: dict[str, Any]) -> pa.Table:
    found, listed = table_of(client, url, asked), client.get(url, asked).json()["results"]
    assert listed
    for line, row in zip(found.to_pylist(), listed, strict=True):
        for name, value in line.items():
            told = at(row, name)
            if isinstance(value, dt.datetime):
                told = dt.datetime.fromisoformat(told)
            elif isinstance(value, Decimal):
                value, told = value.normalize(), Decimal(told).normalize()  # noqa: PLW2901 - compared as figures
            assert as_json(value) == (as_json(told) if isinstance(told, Decimal | dt.datetime) else told), name
    return found


def test_a_table_has_the_values_of_json_with_their_types_units_and_freshness(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59, women=30, placed=7, pay_before="800", pay_after="1000.55", spent="1234.50")
    world.save("Longtan", nil=True)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    world.save("Baiyan", by="other_clerk", trained=7)
    given(world, "Guizhou", 1000)
    drain()
    client = as_user("analyst")
    records = same_as_listed(client, "/api/v1/records/dew/", {"ordering": "-trained"})
    types = {field.name: field.type for field in records.schema}
    code = pa.dictionary(pa.int32(), pa.string())
    assert {name: types[name] for name in ("trained", "spent", "nil", "state", "area_name", "entered_at")} == {
        "trained": pa.int64(),
        "spent": pa.decimal128(38, 2),
        "nil": pa.bool_(),
        "state": code,
        "area_name": pa.string(),
        "entered_at": pa.timestamp("us", tz="UTC"),
    }
    assert records.schema.field("spent").metadata == {b"label": b"Spent (yuan)", b"unit": b"yuan"}
    asked = {"year": 2010, "basis": "current"}
    totals = same_as_listed(client, "/api/v1/rollups/dew/", asked)
    assert totals.schema.field("totals.trained").metadata[b"unit"] == b"people"
    assert totals.schema.field("basis").type == code
    page = client.get("/api/v1/rollups/dew/", asked).json()["freshness"]
    about = {name.decode(): value.decode() for name, value in totals.schema.metadata.items()}
    assert (about["povtrack.basis"], about["povtrack.pending_changes"]) == ("current", "0")
    assert dt.datetime.fromisoformat(about["povtrack.computed_at"]) <= dt.datetime.fromisoformat(page["computed_at"])
    assert about["povtrack.source"].endswith("/api/v1/rollups/dew/?year=2010&basis=current&format=parquet")
    tidy = same_as_listed(
        client, "/api/v1/observations/", {"programme": "dew", "measure": "trained,pay_after", "year": 2010}
    )
    assert tidy.schema.field("value").type == pa.decimal128(38, 2)
    money = same_as_listed(client, "/api/v1/allocations/", {})
    assert {money.schema.field(n).type for n in ("amount", "balance.resting")} == {pa.decimal128(38, 2)}
    funds = {"area": world["Guizhou"].pk, "year_min": 2010, "year_max": 2010, "by": "year,source"}
    assert same_as_listed(client, "/api/v1/fund-totals/", funds).schema.field("resting").metadata[b"unit"] == b"CNY"
    assert "parquet" in by_place(client.get("/api/v1/records/dew/", {"format": "parkay"}))["format"]
