"""Adding a programme is one file and its migration: everything else finds it by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests import services, template

PROJECT = Path(__file__).parents[2]
PROGRAMME = '''
from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Quantity, Rate
from programmes.models.base import Record


class BeeRecord(Record):
    """One village's year of beekeeping. Source: invented for a test."""

    code = "beekeeping"
    label = _("Beekeeping")
    summary = _("Hives and honey")
    first_year = 2001
    source = "Invented for a test"
    headline = ("hives", "honey")
    kinds = (Kind("wild", _("Wild")), Kind("kept", _("Kept")))

    hives = Count(_("Hives"), unit="places")
    moved = Count(_("of which moved"), unit="places", part_of="hives")
    honey = Quantity(_("Honey"), unit="mu")

    rates = (Rate("honey_per_hive", _("Honey a hive"), "honey", "hives", unit="mu", scale=1),)
'''


@pytest.mark.slow_start
@pytest.mark.thorough
def test_a_programme_in_one_file_is_found_behind_every_door(tmp_path):
    project = _copy(tmp_path / "project")
    (project / "programmes" / "catalogue" / "beekeeping.py").write_text(PROGRAMME, encoding="utf-8")
    database = _new_database("one_file")
    found = json.loads(_run(project, database, "-m", "tests.programmes.one_file_probe").splitlines()[-1])

    [made] = _migrations(project) - _migrations(PROJECT)
    assert made.name.endswith("_beekeeping.py")
    assert found["grid"]
    assert found["form refuses a part over its whole"]
    assert (found["api writes"], found["api reads"]) == (201, "99.50")
    assert found["feed"] == [["created", 5]]
    assert found["totals"]
    assert (found["rollup"]["totals"]["hives"], found["rollup"]["rates"]["honey_per_hive"]) == (42, "2.4")
    assert found["export"][0].endswith("hives,moved,honey")
    assert found["export"][-1].endswith("42,5,99.50")
    assert found["template"]["heads"][:3] == ["Hives (sites)", "of which moved (sites)", "Honey (mu)"]
    assert found["template"]["figures"] == [30, None, 99.5]
    assert len(found["template"]["checks"]) == 1  # of a part, that it is no more than its whole
    assert found["template comes back"]
    assert found["schema"]
    assert {
        "kind": "part_of",
        "words": "“of which moved” can't be more than “Hives”.",
        "measures": ["moved", "hives"],
    } in (found["declared"])
    assert found["admin"]


def _copy(target: Path) -> Path:
    """The project's code in a folder of its own."""
    target.mkdir()
    for name in ("povtrack", "programmes", "villages", "funding", "templates", "static", "locale"):
        shutil.copytree(PROJECT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.csv", "*.gz"))
    for name in ("__init__.py", "database.py", "world.py", "programmes/__init__.py", "programmes/one_file_probe.py"):
        (target / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / "tests" / name, target / "tests" / name)
    shutil.copy(PROJECT / "manage.py", target)
    return target


def _migrations(project: Path) -> set[Path]:
    """What the folder of migrations of this app holds, by its path in the project."""
    return {file.relative_to(project) for file in (project / "programmes" / "migrations").glob("*.py")}


def _new_database(name: str) -> str:
    """A database on the server of the tests as an installation has it, or an empty one; its address."""
    made = template.name()
    copied = f"TEMPLATE {made}" if made else ""
    with closing(services.connect_to_server()) as connection, connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} {copied}")
    return services.database_url(name)


def _run(project: Path, database: str, *command: str) -> str:
    environment = {**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, *command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout
