from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import FileError
from povtrack.lib.progress import TerminalSteps, print_table
from villages.actions.history import HistoryRefused, HistoryReport, import_history, verify_history
from villages.imports.history.verifying import Comparison
from villages.levels import Level
from villages.models import BoundaryChange, OpenQuestion

_SHOWN = 40

_EPILOG = """\
Nothing is written without --commit. The whole import is one transaction. The history goes into an empty registry first,
and lists of places (import_areas) on top of it. The same file again changes nothing.

--codes is the tree of code records in JSON, plain or gzip; --changes the file of changes with their documents (CSV).
A prefecture for which the source names no successor goes on as the one that began when it ended, with all its counties
and no others. Where one place gave another a part and both went on, the change names both and no share is kept, for the
source doesn't say how large the part was.

The source gives years: a change is held to take effect on 31 December of its year, with the day marked as not known.

--verify compares every year of a list (CSV: year, code, name) with the registry and prints what differs; with --commit
nothing is written if anything does. Alone, without --codes, it compares the registry as it stands.
"""


class Command(BaseCommand):
    help = "Import the history of county codes and their changes. Tells what it would do; writes with --commit."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--codes", type=Path, metavar="FILE", help="the list of codes (JSON, plain or gzip)")
        parser.add_argument("--changes", type=Path, metavar="FILE", help="the changes with their documents (CSV)")
        parser.add_argument("--verify", type=Path, metavar="FILE", help="codes and names of every year (CSV)")
        parser.add_argument("--commit", action="store_true", help="write what the table tells")
        parser.add_argument("--by", metavar="USERNAME", help="the person to record as the importer")

    def handle(self, *, codes: Path | None, changes: Path | None, verify: Path | None, **options: Any) -> None:
        console = Console(highlight=False)
        try:
            if codes is None:
                self._verify_alone(console, changes, verify, commit=options["commit"])
                return
            by = _user(options["by"])
            with TerminalSteps(console) as steps:
                report = import_history(
                    codes=codes,
                    changes=changes,
                    verify=verify,
                    by=by,
                    commit=options["commit"],
                    progress=steps,
                )
        except FileError as error:
            raise CommandError(str(error)) from error
        except HistoryRefused as error:
            if error.comparison:
                _show_comparison(console, error.comparison)
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Interrupted. Nothing was written; it can simply be run again.")) from error
        _show(console, report)
        if report.comparison and report.comparison.differences:
            raise CommandError(_("The result differs from the list."))

    def _verify_alone(self, console: Console, changes: Path | None, verify: Path | None, *, commit: bool) -> None:
        if verify is None or changes or commit:
            raise CommandError(_("Give --codes with the list of codes, or --verify alone with the list by year."))
        with TerminalSteps(console) as steps:
            comparison = verify_history(by_year=verify, progress=steps)
        _show_comparison(console, comparison)
        if comparison.differences:
            raise CommandError(_("The registry differs from the list."))


def _user(name: str | None) -> User | None:
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": name}) from error


def _show(console: Console, report: HistoryReport) -> None:
    rows = [[level.word, report.areas[level.value]] for level in Level if report.areas[level.value]]
    print_table(console, _("Places"), [_("level"), _("places")], rows)
    kinds = [[str(kind.label), report.changes[kind.value]] for kind in BoundaryChange.Kind]
    print_table(console, _("Boundary changes"), [_("kind"), _("changes")], kinds)
    asked = [[str(kind.label), report.questions[kind.value]] for kind in OpenQuestion.Kind if report.questions[kind]]
    if asked:
        print_table(console, _("Open questions"), [_("kind"), _("questions")], asked)
    words = {"versions": f"{report.versions:,}", "successions": f"{report.successions:,}"}
    console.print(_("%(versions)s versions, %(successions)s successions.") % words)
    if report.undocumented:
        console.print(_("%(count)s links have no document.") % {"count": f"{report.undocumented:,}"})
    if report.comparison:
        _show_comparison(console, report.comparison)
    console.print(_outcome(report))


def _show_comparison(console: Console, comparison: Comparison) -> None:
    found = comparison.differences
    words = {"rows": f"{comparison.rows:,}", "years": comparison.years}
    if not found:
        console.print(_("All %(rows)s codes and names of %(years)s years are the registry's.") % words)
        return
    rows = [[str(one.year), one.code, one.name, _where(in_registry=one.in_registry)] for one in found[:_SHOWN]]
    print_table(console, _("Differences"), [_("year"), _("code"), _("name"), _("stands in")], rows)
    count = ngettext(
        "%(count)s difference in %(years)s years.", "%(count)s differences in %(years)s years.", len(found)
    )
    console.print(count % {"count": f"{len(found):,}", "years": comparison.years})


def _where(*, in_registry: bool) -> str:
    return _("the registry only") if in_registry else _("the list only")


def _outcome(report: HistoryReport) -> str:
    if report.standing:
        return _("The registry holds this history already; nothing was changed.")
    if report.committed:
        return _("Written.")
    return _("Nothing was written. Run again with --commit to write this.")
