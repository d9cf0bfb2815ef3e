"""Boundary changes at the command line: from a file to applied and reverted, and files that can't be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from villages.models import Area, BoundaryChange

MERGE: dict[str, Any] = {
    "kind": "merge",
    "effective": "2010-07-01",
    "title": "织金县和纳雍县合并",
    "document_no": "国函〔2010〕1号",
    "places": [
        {"code": "520524", "ends": True},
        {"code": "520525", "ends": True},
        {"code": "520530", "level": "county", "name": "织纳县", "parent": "5205", "new": True},
        {"code": "520524100", "parent": "520530", "to_code": "520530100"},
        {"code": "520524101", "parent": "520530"},
        {"code": "520525100", "parent": "520530"},
    ],
    "successions": [{"old": "520524", "new": "520530", "share": "1"}, {"old": "520525", "new": "520530"}],
}


def written(folder: Path, change: Any) -> str:
    path = folder / "change.json"
    path.write_text(change if isinstance(change, str) else json.dumps(change, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.mark.django_db
def test_a_change_goes_from_a_file_to_applied_and_back(world, tmp_path, capsys):
    call_command("boundary_change", "--by", "registry", "draft", written(tmp_path, MERGE))
    change = BoundaryChange.objects.get()
    told = capsys.readouterr().out
    assert "织纳县" in told
    assert "Nothing was changed" in told
    assert not Area.objects.filter(code="520530").exists()
    call_command("boundary_change", "apply", str(change.pk))
    assert Area.objects.get(code="520530100").parent.name == "织纳县"
    call_command("boundary_change", "list")
    assert "织金县和纳雍县合并" in capsys.readouterr().out
    call_command("boundary_change", "revert", str(change.pk))
    assert Area.objects.get(code="520524").ended_on is None
    assert BoundaryChange.objects.get().state == "reverted"


@pytest.mark.django_db
def test_the_command_tells_who_would_lose_their_place(world, tmp_path, capsys):
    call_command("boundary_change", "draft", written(tmp_path, MERGE))
    assert "to be decided" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"kind": "melt"}, "“melt” is no kind of change"),
        ({"effective": "1.7.2010"}, "Write the day as 2013-07-01"),
        ({"colour": "red"}, "unknown fields: colour"),
        ({"places": [], "successions": []}, "names at least one place"),
        ({"places": [{"code": "999999", "ends": True}]}, "999999: No place carries this code on 2010-06-30"),
        ({"places": [{"code": "1", "new": True, "level": "canton"}]}, "A new place needs a level"),
        ({"places": [{"code": "520524"}, {"code": "520524"}]}, "520524: This place stands in the file twice"),
        ({"successions": [{"old": "520524", "new": "520530", "share": "1.5"}]}, "1.5: A share is more than zero"),
        ({"successions": [{"old": "520524", "new": "520599"}]}, "520599: This successor is not among the places"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_in_words(world, tmp_path, spoil, words):
    with pytest.raises(CommandError, match=words.replace("(", r"\(")):
        call_command("boundary_change", "draft", written(tmp_path, {**MERGE, **spoil}))
    assert not BoundaryChange.objects.exists()


@pytest.mark.django_db
def test_what_is_not_json_is_told_with_its_line(world, tmp_path):
    with pytest.raises(CommandError, match=r"line 2.*not JSON"):
        call_command("boundary_change", "draft", written(tmp_path, '{"kind":\n oops'))


@pytest.mark.django_db
def test_a_change_that_cannot_be_applied_tells_each_place(world, tmp_path):
    bad = {**MERGE, "places": MERGE["places"][:3]}
    with pytest.raises(CommandError, match="520524100 城关镇: would belong to 织金县"):
        call_command("boundary_change", "draft", written(tmp_path, bad))
    assert BoundaryChange.objects.get().state == "draft"  # kept, to be mended or thrown away
    call_command("boundary_change", "discard", str(BoundaryChange.objects.get().pk))
    assert not BoundaryChange.objects.exists()
