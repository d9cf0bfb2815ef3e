"""What the guide for analysts shows works as it stands there."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from povtrack.accounts.actions import make_token
from povtrack.feed.actions import drop_old_changes
from povtrack.feed.models import FeedTransaction
from povtrack.rollups.recompute import drain
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests import services
from tests.funding.money import given
from tests.villages.reforms import applied
from villages.changes import drafts

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def _counties_have_totals(world: Any, live_server: Any, monkeypatch: Any, tmp_path: Path) -> None:
    world.save("Huawu", trained=59)
    world.save("Longtan", nil=True)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    drain()
    monkeypatch.setenv("POVTRACK_URL", live_server.url)
    monkeypatch.setenv("POVTRACK_TOKEN", make_token(by=world.admin, name="first steps", days=1))
    monkeypatch.chdir(tmp_path)


def run(*command: str) -> list[str]:
    done = subprocess.run([*command, "2010"], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_counties_have_totals")
@pytest.mark.parametrize(
    ("part", "program"),
    [("curl", ("sh", "quickstart.sh")), pytest.param("r", ("Rscript", "quickstart.R"), marks=pytest.mark.thorough)],
)
def test_the_first_steps_give_the_same_table_in_every_language(part: str, program: tuple[str, str]) -> None:
    services.require(part)
    told = run(program[0], str(DOCS / "examples" / program[1]))
    assert told == run(sys.executable, str(DOCS / "examples" / "quickstart.py"))
    assert told == ["520524,织金县,59", "520525,纳雍县,"]


def test_the_guide_shows_every_example() -> None:
    told = (DOCS / "analysts.md").read_text(encoding="utf-8")
    assert [file.name for file in (DOCS / "examples").iterdir() if f"examples/{file.name}" not in told] == []


@pytest.mark.django_db(transaction=True)
def test_the_script_joins_a_series_of_figures_with_the_money(
    world: Any, live_server: Any, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    world.save("Huawu", trained=59)
    world.save("Longtan", nil=True)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    given(world, "Guizhou", 5000, year=2010)
    drain()
    monkeypatch.setenv("POVTRACK_URL", live_server.url)
    monkeypatch.setenv("POVTRACK_TOKEN", make_token(by=world.admin, name="ten years", days=1))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["ten_years.py", "2009", "2010"])
    runpy.run_path(str(DOCS / "examples" / "ten_years.py"), run_name="__main__")
    with Path("ten_years.csv").open(encoding="utf-8") as file:
        rows = {row["year"]: row for row in csv.DictReader(file)}
    assert rows["2010"] | {"province": ""} == {
        "province": "", "year": "2010", "trained": "59", "reported": "2", "expected": "6", "yuan": "5000.00",
    }  # fmt: skip
    assert rows["2009"]["trained"] == ""
    assert "0 edits waiting" in capsys.readouterr().out
    assert Path("ten_years.svg").read_text(encoding="utf-8").count("<polyline") == 1


@pytest.mark.django_db(transaction=True)
def test_a_copy_follows_its_source(
    world: Any, live_server: Any, tmp_path: Path, monkeypatch: Any, capsys: Any, client: Any
) -> None:
    monkeypatch.setenv("POVTRACK_URL", live_server.url)
    monkeypatch.setenv("POVTRACK_TOKEN", make_token(by=world.clerk, name="a copy", days=1))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["mirror.py", "dew"])

    def follow() -> dict[int, Any]:
        runpy.run_path(str(DOCS / "examples" / "mirror.py"), run_name="__main__")
        with closing(sqlite3.connect("mirror.sqlite")) as copy:
            return {pk: json.loads(row) for pk, row in copy.execute("SELECT * FROM rows")}

    def source() -> dict[int, Any]:
        client.force_login(world.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
        return {row["id"]: row for row in client.get("/api/v1/records/dew/").json()["results"]}

    world.save("Huawu", trained=59)
    assert follow() == source()
    world.save("Huawu", version=1, trained=60)
    world.save("Longtan", nil=True)
    world.save("Baiyan", by="other_clerk", trained=3)
    assert follow() == source()
    DewRecord.objects.filter(area=world["Longtan"]).delete()
    move = drafts.transfer([world["Baiyan"]], to=world["Chengguan"])
    applied(world, "transfer", dt.date(2010, 7, 1), move)
    copied = follow()
    assert copied == source()
    assert {row["area_code"] for row in copied.values()} == {world["Huawu"].code, world["Baiyan"].code}
    FeedTransaction.objects.filter(position__isnull=False).update(at="2001-01-01T00:00Z")
    drop_old_changes()
    world.save("Gaoshan", trained=1)
    assert follow() == source()
    assert capsys.readouterr().out.splitlines() == ["1 records", "2 records", "2 records", "3 records"]


@pytest.mark.django_db
def test_the_addresses_of_the_guide_answer(world: Any, as_user: Any) -> None:
    client, told = as_user("admin"), (DOCS / "analysts.md").read_text(encoding="utf-8")
    own = {"area=…": f"area={world['Guizhou'].pk}", "year_min=…": "year_min=2010", "year_max=…": "year_max=2010"}
    own["year=…"] = "year=2010"
    found = re.findall(r"(?<![\w/])(?:\$POVTRACK_URL/api/v1/)?((?:[a-z-]+/)+(?:\?[^`\"\s]+)?)(?=[`\"])", told)
    asked = [path for path in found if path not in ("api/v1/docs/", "areas/translate/")]
    assert len(asked) >= 10
    for path in asked:
        filled = reduce(lambda text, blank: text.replace(blank, own[blank]), own, path)
        answer = client.get(f"/api/v1/{filled}")
        body = answer.getvalue()  # a file is closed when it has been read
        assert answer.status_code == 200, (filled, body)
