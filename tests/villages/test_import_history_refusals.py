"""Histories that are not taken as they are, each with the reason; and what the command says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import FileError
from tests.villages.histories import DOCUMENTS, RECORDS, write_changes, write_codes, write_years
from tests.villages.lists import registry, run, write, write_all
from villages.actions.history import HistoryRefused, import_history
from villages.models import Area, BoundaryChange, OpenQuestion, RegistryImport, Succession

pytestmark = pytest.mark.django_db


def everything() -> tuple[list[Any], ...]:
    models = (BoundaryChange, Succession, OpenQuestion)
    return (*registry(), *(list(model.objects.order_by("pk").values_list()) for model in models))


def command(*arguments: object, **options: Any) -> None:
    call_command("import_history", *(str(argument) for argument in arguments), **options)


class TestOverARegistry:
    def test_without_commit_nothing_is_written(self, tmp_path: Path) -> None:
        report = import_history(codes=write_codes(tmp_path), verify=write_years(tmp_path))
        assert (report.committed, report.standing, sum(report.areas.values())) == (False, False, 40)
        assert report.comparison is not None
        assert report.comparison.differences == []
        assert not Area.objects.exists()

    def test_the_same_file_again_changes_nothing(self, tmp_path: Path) -> None:
        codes = write_codes(tmp_path)
        assert import_history(codes=codes, commit=True).committed
        before = everything()
        report = import_history(codes=codes, commit=True)
        assert (report.standing, report.committed, everything()) == (True, False, before)

    def test_the_same_history_in_another_file_changes_nothing_either(self, tmp_path: Path) -> None:
        import_history(codes=write_codes(tmp_path), commit=True)
        before = everything()
        assert import_history(codes=write_codes(tmp_path, name="codes.json"), commit=True).standing
        assert everything() == before

    def test_a_registry_with_other_places_is_not_touched(self, tmp_path: Path) -> None:
        run(write_all(tmp_path / "list"))
        before = everything()
        with pytest.raises(HistoryRefused, match="into an empty registry first"):
            import_history(codes=write_codes(tmp_path), commit=True)
        assert everything() == before

    def test_another_history_is_refused(self, tmp_path: Path) -> None:
        import_history(codes=write_codes(tmp_path), commit=True)
        renamed = [(code, name.replace("织金", "织锦"), *rest) for code, name, *rest in RECORDS]
        with pytest.raises(HistoryRefused):
            import_history(codes=write_codes(tmp_path, renamed, name="other.json"))  # type: ignore[arg-type]

    def test_a_result_that_differs_from_the_years_is_not_written(self, tmp_path: Path) -> None:
        years = write_years(tmp_path, [row for row in RECORDS if row[0] != "520524"])
        with pytest.raises(HistoryRefused, match="differs") as refusal:
            import_history(codes=write_codes(tmp_path), verify=years, commit=True)
        assert not Area.objects.exists()
        comparison = refusal.value.comparison
        assert comparison is not None
        assert {(one.code, one.in_registry) for one in comparison.differences} == {("520524", True)}
        assert [one.year for one in comparison.differences] == list(range(2011, 2025))


class TestBadFiles:
    @pytest.mark.parametrize(
        ("record", "words"),
        [
            (("13010", "长安区", 1983, None, "130000"), "six digits"),
            (("13010x", "长安区", 1983, None, "130000"), "six digits"),
            (("130101", "", 1983, None, "130000"), "name of code 130101"),
            (("130101", "甲" * 121, 1983, None, "130000"), "name of code 130101"),
            (("130101", "长安区", 83, None, "130000"), "between 1949 and 2100"),
            (("130101", "长安区", 1990, 1990, "130000"), "ends before"),
            (("130101", "长安区", 1990, None, ""), "belongs to no province"),
            (("130102", "长安", 1990, None, "130000"), "at the same time"),
            (("132202", "长安区", 1982, 2000, "132200"), "not in force all that time"),
        ],
    )
    def test_a_record_that_can_t_be_is_refused(self, tmp_path: Path, record: Any, words: str) -> None:
        codes = write_codes(tmp_path, [*RECORDS, record], [])
        with pytest.raises(FileError, match=words):
            import_history(codes=codes)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "no JSON"),
            (b"\x1f\x8bnot gzip at all", "damaged"),
            (b"\xff\xfe", "no JSON"),
            (b"[1]", "no list of codes"),
            (b'{"items": []}', "no list of codes"),
            (b'{"items": [7]}', "no code"),
            (b'{"items": [{"code": 520000, "name": "x", "start": 1981, "succ": 3}]}', "something else than a list"),
            (b'{"items": [{"code": 520000, "name": "x", "start": 1981, "succ": [{"code": 1}]}]}', "not ended"),
            (b'{"items": [{"code": 520000, "name": "x", "start": 1981, "end": true}]}', "between 1949"),
        ],
    )
    def test_a_file_that_is_no_list_of_codes_is_refused(self, tmp_path: Path, data: bytes, words: str) -> None:
        path = tmp_path / "codes.json"
        path.write_bytes(data)
        with pytest.raises(FileError, match=words):
            import_history(codes=path)

    def test_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(FileError, match="can't be opened"):
            import_history(codes=tmp_path / "none.json")

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            (("2011", "522425", "织金县", "520599", "织金县", "", "", "", ""), "not of one edition"),
            ((*DOCUMENTS[1][:5], "2011年", "", "", ""), "approved_on"),
            (("2011", "522425"), "9 columns; this row has 2"),
        ],
    )
    def test_a_row_of_changes_that_fits_nothing_is_refused(self, tmp_path: Path, row: Any, words: str) -> None:
        with pytest.raises(FileError, match=words) as refusal:
            import_history(codes=write_codes(tmp_path), changes=write_changes(tmp_path, [*DOCUMENTS, row]))
        assert refusal.value.line == len(DOCUMENTS) + 2

    def test_a_file_of_changes_without_its_columns_is_refused(self, tmp_path: Path) -> None:
        path = write(tmp_path, "changes.csv", [("year", "old_code"), ("2011", "522425")])
        with pytest.raises(FileError, match="new_code"):
            import_history(codes=write_codes(tmp_path), changes=path)

    @pytest.mark.parametrize(
        ("table", "words"),
        [
            ([("year", "code"), ("2011", "520524")], "missing: name"),
            ([("year", "code", "name"), ("MMXI", "520524", "织金县")], "not a year"),
            ([("year", "code", "name"), ("2011", "520524")], "3 columns; this row has 2"),
        ],
    )
    def test_a_list_of_years_that_can_t_be_read_is_refused(self, tmp_path: Path, table: Any, words: str) -> None:
        with pytest.raises(FileError, match=words):
            import_history(codes=write_codes(tmp_path), verify=write(tmp_path, "years.csv", table), commit=True)
        assert not Area.objects.exists()


class TestCommand:
    def test_it_tells_what_it_would_do(self, tmp_path: Path, capsys: Any) -> None:
        command("--codes", write_codes(tmp_path), "--changes", write_changes(tmp_path))
        told = capsys.readouterr().out
        assert "ended without a successor" in told
        assert "Nothing was written. Run again with --commit" in told

    def test_it_writes_with_commit_and_says_when_nothing_changed(self, tmp_path: Path, capsys: Any) -> None:
        User.objects.create_user("keeper")
        arguments = ["--codes", write_codes(tmp_path), "--verify", write_years(tmp_path), "--commit", "--by", "keeper"]
        command(*arguments)
        assert "Written." in capsys.readouterr().out
        assert {one.created_by and one.created_by.username for one in RegistryImport.objects.all()} == {"keeper"}
        command(*arguments)
        assert "holds this history already" in capsys.readouterr().out

    def test_verify_alone_prints_every_difference(self, tmp_path: Path, capsys: Any) -> None:
        import_history(codes=write_codes(tmp_path), commit=True)
        command("--verify", write_years(tmp_path))
        assert "of 44 years are the registry's" in " ".join(capsys.readouterr().out.split())
        years = write_years(tmp_path, [*RECORDS, ("520525", "纳雍县", 2023, None, "520500")])
        with pytest.raises(CommandError, match="differs"):
            command("--verify", years)
        told = capsys.readouterr().out
        assert told.count("纳雍县") == 2
        assert "the list only" in told

    @pytest.mark.parametrize("arguments", [[], ["--commit"], ["--verify", "x", "--commit"], ["--changes", "x"]])
    def test_without_codes_it_only_verifies(self, arguments: list[str]) -> None:
        with pytest.raises(CommandError, match="Give --codes"):
            command(*arguments)

    @pytest.mark.parametrize(
        ("spoil", "words"),
        [
            (lambda path: path.write_text(json.dumps({})), "codes.json: The file has no list"),
            (lambda path: path.unlink(), "can't be opened"),
        ],
    )
    def test_a_bad_file_ends_in_words(self, tmp_path: Path, spoil: Callable[[Path], Any], words: str) -> None:
        path = write_codes(tmp_path, name="codes.json")
        spoil(path)
        with pytest.raises(CommandError, match=words):
            command("--codes", path)

    def test_an_unknown_person_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="no user"):
            command("--codes", write_codes(tmp_path), "--by", "nobody")
