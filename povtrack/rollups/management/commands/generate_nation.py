from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.lib.progress import TerminalSteps
from povtrack.rollups.nation.generate import NotEmpty, Size, generate


class Command(BaseCommand):
    help = (
        "Fill the database with an invented nation by a fixed seed: villages (the registry's own, or invented ones in "
        "its counties), ten years of records of all programmes, allocations and payments, and all their totals."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        default = Size()
        parser.add_argument("--villages", type=int, default=default.villages)
        parser.add_argument("--records", type=int, default=default.records)
        parser.add_argument("--allocations", type=int, default=default.allocations)
        parser.add_argument("--seed", type=int, default=default.seed, help="the same seed makes the same nation")
        parser.add_argument("--beside", action="store_true", help="add to records and money that are there already")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(highlight=False)
        size = Size(**{name: options[name] for name in ("villages", "records", "allocations", "seed")})
        if min(size.villages, size.records, size.allocations) < 0:
            raise CommandError(_("Numbers of villages, records and allocations are not below zero."))
        try:
            with TerminalSteps(console) as steps:
                made = generate(size, progress=steps, beside=options["beside"])
        except NotEmpty as error:
            raise CommandError(f"{error} (--beside)") from error
        words = _("%(villages)s villages, %(records)s records, %(allocations)s allocations and %(payments)s payments.")
        console.print(words % {name: f"{number:,}" for name, number in vars(made).items()})
