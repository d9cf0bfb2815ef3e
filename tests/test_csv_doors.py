"""Every CSV that povtrack sends says how many rows it has and what its bytes sum to.

That every door keeps to it, those to come too, is asked in `tests.test_access_matrix`, which looks at each answer.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povtrack.lib.csvanswers import write_table
from programmes.registry import programmes
from tests.csv_answers import is_csv, read_whole
from villages.models import Designation

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent
OF_EVERY_PROGRAMME = ("progress-csv", "figures-csv", "figures-designation-csv", "sheets-template")


@pytest.mark.parametrize("name", OF_EVERY_PROGRAMME)
def test_the_files_of_every_programme_say_what_they_hold(name: str, open_world: Any, as_user: Any) -> None:
    Designation.objects.create(code="key-2001", name="Key counties")
    code = "key-2001" if "designation" in name else "520524"
    form = {"form": "csv"} if name == "sheets-template" else {}
    for model in programmes():
        answer = as_user("clerk").get(
            reverse(name, kwargs={"programme": model.code, "year": 2010, "code": code, **form})
        )
        assert is_csv(answer), model.code
        read_whole(answer)


@pytest.mark.parametrize("query", ["translate/?from=2008&to=2010&format=csv", "lookup/?on=2010-12-31&format=csv"])
def test_the_lists_of_codes_of_the_api_say_what_they_hold(query: str, world: Any, as_user: Any) -> None:
    sent = {"data": "code,note\n520524,ours\n999999,\n", "content_type": "text/csv"}
    answer = as_user("analyst").post(f"/api/v1/areas/{query}", **sent)
    assert is_csv(answer)
    assert len(read_whole(answer)) == 2
    assert (answer["Povtrack-Rows-In"], answer["Povtrack-Problems"]) == ("2", "1")


def test_the_page_for_lists_of_codes_sends_a_file_that_says_what_it_holds(world: Any, as_user: Any) -> None:
    file = SimpleUploadedFile("codes.csv", b"code\n520524\n")
    sent = {"file": file, "codes": "", "column": "", "year_from": 2008, "year_to": 2010, "answer": "file"}
    answer = as_user("analyst").post(reverse("places-translate"), sent)
    assert is_csv(answer)
    assert len(read_whole(answer)) == 1


def test_a_line_break_within_a_cell_is_no_row_of_its_own() -> None:
    file = io.BytesIO()
    sent = write_table(file, ["name", "note"], iter([["a", "one\ntwo"], ["b", None]]), bom=False)
    assert file.getvalue() == b'name,note\r\na,"one\ntwo"\r\nb,\r\n'
    assert sent.rows_out == 2


def test_no_module_sends_csv_past_the_one_writer() -> None:
    """A door that does names the type of its answer; whatever only reads or writes files of its own does not."""
    writer = ROOT / "povtrack/lib/csvanswers.py"
    sources = {path for app in ("povtrack", "programmes", "villages", "funding") for path in (ROOT / app).rglob("*.py")}
    assert [str(path) for path in sorted(sources - {writer}) if re.search(r"text/csv", path.read_text())] == []
