"""The command that takes lists of places into the registry: what it prints, and what it refuses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from povtrack.accounts.models import User
from tests.villages.lists import (
    LATER,
    VINTAGE,
    command,
    names_of,
    registry,
    run,
    village,
    with_rows,
    without,
    write_all,
)
from villages import derive
from villages.models import Area, ListReview, RegistryImport

pytestmark = pytest.mark.django_db


class TestTheCommand:
    def test_a_dry_run_prints_the_table_and_says_that_nothing_was_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command(*write_all(tmp_path), vintage=VINTAGE)
        out = capsys.readouterr().out
        assert "township" in out
        assert "Nothing was written" in out
        assert not Area.objects.exists()

    def test_commit_writes_and_a_second_time_changes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = write_all(tmp_path)
        User.objects.create(username="yang")
        command(*files, "--vintage=2023-06-30", "--since=2001-01-01", "--commit", "--by=yang")
        assert "9 new places" in capsys.readouterr().out
        assert {one.created_by.username for one in RegistryImport.objects.all() if one.created_by} == {"yang"}
        before = registry()
        command(*files, "--vintage=2023-06-30", "--commit")
        assert "nothing was changed" in capsys.readouterr().out
        assert registry() == before

    def test_differences_are_told_with_the_address_of_their_review(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(write_all(tmp_path / "first"))
        files = write_all(tmp_path / "next", villages=without("villages", "520524101212"))
        command(*files, vintage=LATER)
        assert "1 differences are kept for review" in capsys.readouterr().out
        command(*files, "--vintage=2024-06-30", "--commit")
        out = capsys.readouterr().out
        assert f"/registry/lists/{ListReview.objects.get().pk}/" in out
        assert "no place was changed" in out

    def test_groups_are_accepted_at_once(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run(write_all(tmp_path / "first"))
        rows = [*without("villages", "520524101212"), village("520524101213", "红岩村村民委员会")]
        command(*write_all(tmp_path / "next", villages=rows), "--vintage=2024-06-30", "--commit", "--accept", "new")
        assert "Accepted: 1. Could not be accepted: 0." in capsys.readouterr().out
        assert names_of(Area.objects.get(code="520524101213")) == [("红岩村村民委员会", LATER, None)]
        assert Area.objects.get(code="520524101212").ended_on is None

    def test_accepting_takes_a_commit(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="--commit"):
            command(*write_all(tmp_path), "--accept", "all", vintage=VINTAGE)

    def test_all_findings_are_written_to_the_file_asked_for(self, tmp_path: Path) -> None:
        rejects = tmp_path / "rejects.csv"
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001299", "")))
        command(*files, f"--rejects={rejects}", vintage=VINTAGE)
        with rejects.open(encoding="utf-8", newline="") as file:
            head, row = csv.reader(file)
        assert head == ["file", "line", "column", "value", "verdict", "reason"]
        assert row == ["villages.csv", "5", "name", "", "rejected", "The name is missing."]

    def test_a_refused_commit_still_shows_why(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001299", "")))
        with pytest.raises(CommandError, match="1 row"):
            command(*files, "--commit", vintage=VINTAGE)
        assert "The name is missing." in capsys.readouterr().out
        assert not Area.objects.exists()

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--vintage=30.6.2023"], "not a day"),
            (["--vintage=2023-02-30"], "not a day"),
            (["--vintage=2023-06-30", "--since=2024-01-01"], "later than --vintage"),
            (["--vintage=2999-01-01"], "day to come"),
            (["--vintage=2023-06-30", "--nation=China"], "code:name"),
            (["--vintage=2023-06-30", "--by=nobody"], "no user"),
            (["--vintage=2023-06-30", "--rejects=/nowhere/at/all.csv"], "can't be written"),
            ([], "--vintage"),
        ],
    )
    def test_wrong_options_are_told(self, tmp_path: Path, arguments: list[str], words: str) -> None:
        files = write_all(tmp_path)
        with pytest.raises(CommandError, match=words):
            command(*files, *arguments)

    def test_an_interrupted_import_says_that_nothing_was_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(derive, "rebuild", interrupt)
        with pytest.raises(CommandError, match="Nothing was written"):
            command(*write_all(tmp_path), "--commit", vintage=VINTAGE)
        assert not Area.objects.exists()


class TestReviewsAtTheCommandLine:
    @pytest.fixture
    def review(self, tmp_path: Path) -> ListReview:
        run(write_all(tmp_path / "first"))
        rows = [*without("villages", "520524101212"), village("520524101213", "红岩村村民委员会")]
        report, _found = run(write_all(tmp_path / "next", villages=rows), vintage=LATER)
        return ListReview.objects.get(pk=report.review)

    def test_the_reviews_are_listed_and_one_is_counted(
        self, review: ListReview, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("review_list")
        assert "2024-06-30" in capsys.readouterr().out
        call_command("review_list", review.pk)
        assert "new" in capsys.readouterr().out

    def test_groups_are_accepted_taken_back_and_refused(
        self, review: ListReview, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("review_list", review.pk, "--accept", "new", "--level", "5")
        assert "Accepted: 1." in capsys.readouterr().out
        call_command("review_list", review.pk, "--undo")
        assert not Area.objects.filter(code="520524101213").exists()
        call_command("review_list", review.pk, "--refuse", "all", "--county", "5205")
        assert "Refused: 2." in capsys.readouterr().out

    def test_what_is_not_there_is_told(self, review: ListReview) -> None:
        with pytest.raises(CommandError, match="no review"):
            call_command("review_list", 999_999)
        with pytest.raises(CommandError, match="Nothing of this list"):
            call_command("review_list", review.pk, "--undo")
