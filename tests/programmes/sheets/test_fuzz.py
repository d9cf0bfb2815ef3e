"""Whatever file is sent, it is answered in words, never by a bare error, and exactly what was accepted is saved."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import zipfile
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.actions import uploads
from programmes.catalogue.dew import DewRecord
from programmes.models import Upload
from programmes.sheets.columns import template_version
from tests.extent import examples
from tests.programmes.sheets.files import address, saved

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

PLACES = [
    "520524100201",
    "520524100202",
    "520524100203",
    "520524101201",
    "化屋村",
    "Gaoshan",
    520524100203.0,
    "白岩村",
    "合计",
]
HEADS = [
    "Code",
    "Name",
    "代码",
    "Trained",
    "of which women",
    "Placed off-farm (people)",
    "Spent",
    "Spent (万元)",
    "trained",
    "x",
    "Povtrack [@povtrack]",
]
TOKEN = f"dew/2010/520524/{template_version(DewRecord)}/520524100201//3"
texts = st.text(max_size=12) | st.sampled_from(
    ["１２", "1,200", "1 200", "-5", "5²", "#REF!", "=A1+1", "\0", "yes", "无", " ", "1e5", TOKEN, TOKEN[:-1]]
)
numbers = (
    st.integers(-10, 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.floats(0, 1000).map(lambda f: round(f, 2))
)
moments = st.dates(dt.date(1905, 1, 1)) | st.times() | st.timedeltas(dt.timedelta(0), dt.timedelta(1000))
values = st.none() | numbers | texts | moments | st.booleans() | st.integers(0, 20)
places = st.sampled_from(PLACES) | values
rows = st.lists(st.tuples(places, st.lists(values, max_size=5)), max_size=6)
heads = st.lists(st.sampled_from(HEADS), min_size=1, max_size=6) | st.permutations(["Code", "Trained", "Spent"])
quick = settings(
    max_examples=examples(8, 20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def judge_file(as_user: Any, world: Any) -> Any:
    """Send bytes as the clerk, look at every page of them, save what was accepted, and take all of it back."""
    client = as_user("clerk")

    def judge(content: bytes) -> str:
        with transaction.atomic():
            state = _through(client, world, content)
            transaction.set_rollback(True)
        return state

    return judge


def _through(client: Any, world: Any, content: bytes) -> str:
    upload = uploads.take_upload(
        DewRecord, year=2010, area=world["520524"], code="520524", file_name="x", content=content, by=world.clerk
    )
    uploads.read_upload(pk=upload.pk)
    upload.refresh_from_db()
    assert upload.state in ("read", "unreadable")
    assert "The fault is not yours" not in upload.problem
    assert client.get(address("sheet", "dew", upload.pk)).status_code == 200
    assert not DewRecord.objects.exists()
    if upload.state == "unreadable":
        assert upload.problem
        return upload.state
    assert client.get(address("sheet-errors", "dew", upload.pk)).status_code == 200
    accepted = upload.rows.filter(status="accepted").count()
    client.post(address("sheet-save", "dew", upload.pk), {"mode": "accepted"})
    uploads.save_upload(pk=upload.pk)
    assert DewRecord.objects.count() == accepted
    # The same file again has nothing to add.
    again = Upload.objects.create(
        user=world.clerk, programme="dew", year=2010, area=upload.area, code="520524", file_name="x", content=content,
        size=1, sha256="", language="en",
    )  # fmt: skip
    uploads.read_upload(pk=again.pk)
    assert not again.rows.filter(status="accepted").exists()
    return upload.state


def writable(value: Any) -> Any:
    """What openpyxl can write: no control characters, no NUL."""
    return (
        "".join(c for c in value if c.isprintable() and not 0xD800 <= ord(c) < 0xE000)
        if isinstance(value, str)
        else value
    )


@quick
@given(
    heads, rows, st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 3)), max_size=2), st.booleans()
)
def test_workbooks_of_anything(judge_file: Any, head: Any, body: Any, merges: Any, titled: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    if titled:
        sheet.append(["A title"])
    sheet.append(head)
    for place, cells in body:
        sheet.append([writable(value) for value in (place, *cells)])
    for row, column, more in merges:
        sheet.merge_cells(start_row=row, end_row=row + more, start_column=column, end_column=column + 1)
    judge_file(saved(book))


@quick
@given(
    heads, rows, st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "latin-1", "shift-jis"]),
    st.binary(max_size=3),
)  # fmt: skip
def test_csv_of_anything(judge_file: Any, head: Any, body: Any, sign: str, encoding: str, dirt: bytes) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=sign)
    writer.writerow(head)
    writer.writerows([place, *cells] for place, cells in body)
    judge_file(buffer.getvalue().encode(encoding, "ignore") + dirt)


@quick
@given(
    st.binary(min_size=1, max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"Code,Trained\n"]),
)
def test_bytes_of_anything(judge_file: Any, content: bytes, start: bytes) -> None:
    judge_file(start + content)


@pytest.fixture(scope="module")
def good() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Code", "Trained", "Spent"], ["520524100201", 5, 2.5], ["520524100202", 6, "=1+1"]):
        book.active.append(row)
    return saved(book)


@quick
@given(seed=st.integers(0, 2**32))
def test_damaged_workbooks(judge_file: Any, good: bytes, seed: int) -> None:
    """Bytes of the package, and of the XML inside it, are turned at random."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        judge_file(_turned(good, chance))
        return
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            data = old.read(name)
            if name == victim:
                data = chance.choice([_turned, _doubled, _swollen])(data, chance)
            new.writestr(name, data)
    judge_file(packed.getvalue())


def _turned(data: bytes, chance: random.Random) -> bytes:
    turned = bytearray(data)
    for _n in range(chance.randrange(1, 6)):
        turned[chance.randrange(len(turned))] = chance.randrange(256)
    return bytes(turned)


def _doubled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[: at + chance.randrange(60)] + data[at:]


def _swollen(data: bytes, chance: random.Random) -> bytes:
    return data + b" " * chance.choice([10**6, 10**7, 70 * 1024 * 1024])
