from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.lib.progress import TerminalSteps
from povtrack.rollups import demo


class Command(BaseCommand):
    help = (
        "Load the demonstration: nine real counties, invented people and figures. Run again, it only sets the password."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("DEMO_PASSWORD", "")
        if not password and not demo.is_loaded():
            raise CommandError(_("Set DEMO_PASSWORD: the password of all people of the demonstration."))
        console = Console(highlight=False)
        try:
            with TerminalSteps(console) as steps:
                fresh = demo.load(password=password, progress=steps)
        except demo.NotEmpty as error:
            raise CommandError(str(error)) from error
        done = _("The demonstration is loaded.") if fresh else _("The demonstration is already loaded.")
        names = ", ".join(person.username for person in demo.PEOPLE)
        console.print(f"{done} {_('Sign in as one of: %(names)s.') % {'names': names}}", soft_wrap=True)
