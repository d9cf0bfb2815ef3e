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
from villages.actions.townships import TownshipReport, import_township_changes
from villages.changes.checks import ChangeRefused
from villages.imports.townships import Reason
from villages.models import BoundaryChange

_EPILOG = """\
Nothing is written without --commit. A row is carried out when the registry has the old code and name at the end of its
year, and the new code is free or that of the place named. All other rows become open questions for a person to decide,
each with the reason; none is lost. The same rows again change nothing.

The sheets give years: a change is held to take effect on 31 December, with the day marked as not known.
"""


class Command(BaseCommand):
    help = "Carry out the township changes of the yearly sheets. Tells what it would do; writes with --commit."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV, plain or gzip")
        parser.add_argument("--commit", action="store_true", help="write what the table tells")
        parser.add_argument("--by", metavar="USERNAME", help="the person to record")

    def handle(self, *, file: Path, commit: bool, by: str | None, **_options: Any) -> None:
        console = Console(highlight=False)
        try:
            with TerminalSteps(console) as steps:
                report = import_township_changes(path=file, by=_user(by), commit=commit, progress=steps)
        except (FileError, ChangeRefused) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Interrupted. Nothing was written; it can simply be run again.")) from error
        _show(console, report)


def _user(name: str | None) -> User | None:
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": name}) from error


def _show(console: Console, report: TownshipReport) -> None:
    rows = [[str(reason.label), report.counts[reason]] for reason in Reason if report.counts[reason]]
    print_table(console, _("Rows"), [_("outcome"), _("rows")], [*rows, [_("all"), report.rows]])
    kinds = [[str(kind.label), report.changes[kind.value]] for kind in BoundaryChange.Kind if report.changes[kind]]
    if kinds:
        print_table(console, _("Boundary changes"), [_("kind"), _("changes")], kinds)
    console.print(_outcome(report))


def _outcome(report: TownshipReport) -> str:
    if not report.changes and not report.asked:
        return _("The registry already says all this; nothing was changed.")
    words = {"changes": f"{sum(report.changes.values()):,}", "questions": f"{report.asked:,}"}
    if report.committed:
        return _("Written: %(changes)s boundary changes, %(questions)s open questions.") % words
    return _("Nothing was written. Run again with --commit to write this.")
