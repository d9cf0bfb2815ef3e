from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.lib.csvfiles import FileError
from povtrack.lib.progress import TerminalSteps
from povtrack.lib.years import FIRST_YEAR
from villages.codelists import CodeFile, TooMany
from villages.codes_output import Written, write_csv
from villages.translate import translation


class Command(BaseCommand):
    help = (
        "Translate a list of codes from one year to another. One row comes out for each place that a code leads to, "
        "with its share; a code that was not in force keeps its row and says why. Other columns are passed on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV, plain or gzip, with a column of codes")
        parser.add_argument("--from", type=int, required=True, dest="year_from", metavar="YEAR", help="of the codes")
        parser.add_argument("--to", type=int, required=True, dest="year_to", metavar="YEAR", help="the year wanted")
        parser.add_argument("-o", "--out", type=Path, help="write the answer to this file (default: standard output)")
        parser.add_argument("--column", default="", help='the column of codes (default: one called "code" or the like)')
        parser.add_argument("--encoding", default="", help="of the file (default: told by its bytes)")

    def handle(self, *, file: Path, out: Path | None, **options: Any) -> None:
        for name in ("year_from", "year_to"):
            self._check_year(options[name])
        # What is asked for goes to standard output, so what is told goes beside it.
        console = Console(highlight=False, stderr=True)
        try:
            with TerminalSteps(console) as steps:
                written = self._write(file, out, steps, options)
        except (FileError, TooMany) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            words = {"path": error.filename or out or "", "why": error.strerror}
            raise CommandError(_("%(path)s can't be written: %(why)s.") % words) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Interrupted. Nothing was written.")) from error
        console.print(_told(written))

    def _check_year(self, year: int) -> None:
        this_year = timezone.localdate().year
        if not FIRST_YEAR <= year <= this_year:
            words = {"year": year, "first": FIRST_YEAR, "last": this_year}
            raise CommandError(_("%(year)s is not a year from %(first)s to %(last)s.") % words)

    def _write(self, file: Path, out: Path | None, steps: TerminalSteps, options: dict[str, Any]) -> Written:
        years = {"year_from": options["year_from"], "year_to": options["year_to"]}
        with (
            CodeFile(file, column=options["column"], encoding=options["encoding"]) as codes,
            translation(codes, **years, paths=None, steps=steps) as answer,
            steps.step(_("Writing the answer")),
        ):
            if out is None:
                return write_csv(answer, cast(IO[bytes], self.stdout_bytes()))
            return _replace(out, lambda kept: write_csv(answer, kept))

    def stdout_bytes(self) -> Any:
        return sys.stdout.buffer


def _replace(path: Path, write: Any) -> Written:
    """Write a file that appears only when it is whole."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as kept:
            written: Written = write(kept)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return written


def _told(written: Written) -> str:
    words = {name: f"{getattr(written, name):,}" for name in ("rows_in", "rows_out", "problems")}
    return _("Rows given: %(rows_in)s. Rows written: %(rows_out)s. Rows with a problem: %(problems)s.") % words
