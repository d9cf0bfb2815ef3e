from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.lib.progress import TerminalSteps
from povtrack.rollups.recompute import rebuild
from programmes.registry import find_programme


class Command(BaseCommand):
    help = "Recompute all roll-ups from the records. Safe to run at any time, and to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", action="append", help="code of a programme; all programmes by default")
        parser.add_argument("--resume", action="store_true", help="go on where the last rebuild of these was cut short")
        parser.add_argument("--at-once", type=int, default=1, help="programme years done side by side (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = options["programme"]
        for code in codes or []:
            if find_programme(code) is None:
                raise CommandError(_("There is no programme “%(code)s”.") % {"code": code})
        with TerminalSteps(Console(stderr=True)) as progress:
            slices = rebuild(progress, codes, resume=options["resume"], at_once=max(1, options["at_once"]))
        self.stdout.write(_("%(count)s programme years were recomputed.") % {"count": slices})
