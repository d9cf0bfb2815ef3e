from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from programmes.actions.uploads import drop_old_uploads
from programmes.sheets.limits import KEPT_DAYS


class Command(BaseCommand):
    help = "Delete the files of figures that people sent, and their rows, when they are old. What they saved stays."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT_DAYS, help="keep those of so many days (%(default)s)")

    def handle(self, *, days: int, **_options: Any) -> None:
        self.stdout.write(f"{drop_old_uploads(days=days)} uploads deleted.")
