from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich import box
from rich.console import Console
from rich.table import Table

from povtrack.lib.progress import TerminalSteps
from povtrack.rollups.white_paper import load
from povtrack.rollups.white_paper.books import Books
from povtrack.rollups.white_paper.check import Line, Verdict, compare

WIDTH = 140


class Command(BaseCommand):
    help = (
        "Compare the figures of the white paper of 2011 with povtrack's own totals. Exits with 1 if a covered figure "
        "differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--load", action="store_true", help="load the full form first, if it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=WIDTH)
        if options["load"]:
            try:
                with TerminalSteps(console) as steps:
                    load.load(progress=steps, villages=True)
            except load.NotEmpty as error:
                raise CommandError(str(error)) from error
        if not load.is_loaded():
            raise CommandError(_("The white paper's nation is not in this database. Load it: load_white_paper"))
        lines = compare(Books())
        # Where lines can't be as long as the table's, each figure is told over some lines.
        console.print(_table(lines) if console.width >= WIDTH else "\n".join(map(_told, lines)), markup=False)
        count = {verdict: sum(line.verdict is verdict for line in lines) for verdict in Verdict}
        console.print(", ".join(f"{verdict.label}: {number}" for verdict, number in count.items()))
        if count[Verdict.DIFFERS]:
            raise SystemExit(1)


def _table(lines: list[Line]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("Id"), no_wrap=True)
    table.add_column(_("Figure, and its query or why there is none"))
    for head in (_("Printed"), _("Computed"), _("Difference")):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column(_("Verdict"), no_wrap=True)
    for line in lines:
        numbers = (line.printed, line.shown(line.computed), line.shown(line.difference))
        table.add_row(line.figure.id, f"{line.figure.statement}\n{_how(line)}", *numbers, str(line.verdict.label))
    return table


def _told(line: Line) -> str:
    words = {"printed": line.printed, "computed": line.shown(line.computed), "verdict": line.verdict.label}
    numbers = _("printed %(printed)s, computed %(computed)s: %(verdict)s") % words
    return f"{line.figure.id} {line.figure.statement}\n  {_how(line)}\n  {numbers}"


def _how(line: Line) -> str:
    return str(line.query.words if line.query else line.reason)
