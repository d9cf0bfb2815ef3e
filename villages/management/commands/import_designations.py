from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import FileError
from povtrack.lib.progress import TerminalSteps, print_table
from villages.actions.designations import DesignationsRefused, import_designations
from villages.designations.importing import Request
from villages.designations.report import Report, Verdict
from villages.levels import Level

_EPILOG = """\
Nothing is written without --commit. Each line is looked up by its code and name as of the day of the code. A line for
which no place is found so is kept without one, and waits in the registry's worklist with suggestions; no line is lost,
and none is guessed. Reading the same file again changes nothing; after more of the registry's history was imported it
finds places for lines that had none.

The layouts of the 832 poor counties, the key counties and the contiguous poor areas (give the list of areas together
with that of their counties) are told by their columns. Povtrack's own layout has the columns designation, name, code,
on (day of the code), within (province), since, until, evidence (printed, implied, weak) and note; the western provinces
are in villages/designations/western.csv.
"""


class Command(BaseCommand):
    help = "Import dated official lists of places. Tells what it would do; writes with --commit."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, plain or gzip")
        parser.add_argument("--list", default="", metavar="CODE", help="only this list of the files, such as key-2001")
        parser.add_argument("--name", default="", help="with --list: the name of a list that povtrack does not know")
        parser.add_argument(
            "--level", choices=[level.name.lower() for level in Level], default="county", help="of its places"
        )
        parser.add_argument("--encoding", default="utf-8", help="of the files, such as gb18030 (default: utf-8)")
        parser.add_argument("--commit", action="store_true", help="write what the table tells")
        parser.add_argument("--by", metavar="USERNAME", help="the person to record as the importer")

    def handle(self, *, files: list[Path], commit: bool, **options: Any) -> None:
        console = Console(highlight=False)
        level = Level[options["level"].upper()]
        request = Request(files, options["list"], options["encoding"], options["name"], level)
        try:
            with TerminalSteps(console) as steps:
                report = import_designations(request=request, by=_user(options["by"]), commit=commit, progress=steps)
        except FileError as error:
            raise CommandError(str(error)) from error
        except DesignationsRefused as error:
            _show(console, error.report)
            raise CommandError(str(error)) from error
        _show(console, report)
        if not report.counts and not report.new_lists:
            raise CommandError(_("The files hold no line of the list “%(code)s”.") % {"code": request.only})
        console.print(_outcome(report))


def _user(name: str | None) -> User | None:
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": name}) from error


def _show(console: Console, report: Report) -> None:
    """Print a table by list, and every line that was not simply matched."""
    shown = [verdict for verdict in Verdict if report.total(verdict)]
    rows = [[code or _("unknown"), *(report.counts[code, verdict] for verdict in shown)] for code in report.lists()]
    print_table(console, "", [_("list"), *(str(verdict.label) for verdict in shown)], rows)
    for verdict in shown:
        found = [finding for finding in report.findings if finding.verdict is verdict]
        if found:
            console.print(f"\n{str(verdict.label).capitalize()}: {len(found):,}", style="bold", markup=False)
        for finding in found:
            line = _("line %(line)s") % {"line": finding.place.line}
            place = ", ".join(filter(None, (finding.place.file, line, finding.place.column)))
            sentence = f"  {place}: {finding.value or '–'}: {finding.reason}"
            console.print(sentence, markup=False, soft_wrap=True)


def _outcome(report: Report) -> str:
    words = {"lists": len(report.new_lists), "new": f"{report.new:,}", "changed": f"{report.changed:,}"}
    if not report.committed:
        told = _("New lists: %(lists)s; new lines: %(new)s; changed lines: %(changed)s.") % words
        return f"{told} {_('Nothing was written. Run again with --commit to write this.')}"
    if not report.changes:
        return _("The registry already says all this; nothing was changed.")
    return _("Written: %(lists)s new lists, %(new)s new lines, %(changed)s changed lines.") % words
