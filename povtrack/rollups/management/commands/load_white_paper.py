from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.lib.progress import TerminalSteps
from povtrack.rollups.proofs import prove_all
from povtrack.rollups.white_paper import load


class Command(BaseCommand):
    help = "Load the nation of the white paper of 2011: its counties, lists, funds and partners, with invented data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--full", action="store_true", help="also 148,000 villages and their records")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(highlight=False)
        try:
            with TerminalSteps(console) as steps:
                fresh = load.load(progress=steps, villages=options["full"])
                if fresh:
                    with steps.step(_("Verifying totals")):
                        prove_all()
        except load.NotEmpty as error:
            raise CommandError(str(error)) from error
        console.print(_("The white paper's nation is loaded.") if fresh else _("It was loaded already."))
