from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from rich.console import Console

from funding.models import DirtyFunds
from povtrack.lib.progress import TerminalSteps
from povtrack.rollups.verify import Difference, verify
from programmes.models import DirtyCell
from villages.models import Area


class Command(BaseCommand):
    help = "Prove the roll-ups: recompute everything aside and list what differs. Exits with 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        with TerminalSteps(Console(stderr=True)) as progress:
            differences = verify(progress)
        waiting = DirtyCell.objects.count() + DirtyFunds.objects.count()
        if waiting:
            self.stdout.write(
                _("%(count)s edits wait to be recomputed; their cells were passed over.") % {"count": waiting}
            )
        if not differences:
            self.stdout.write(
                _("Every other roll-up equals the sum of its records.")
                if waiting
                else _("Every roll-up equals the sum of its records.")
            )
            return
        names = Area.objects.in_bulk({difference.area for difference in differences})
        for difference in differences:
            self.stdout.write(_line(difference, names.get(difference.area)))
        self.stdout.write(self.style.ERROR(_("%(count)s figures differ.") % {"count": len(differences)}))
        raise SystemExit(1)


def _line(difference: Difference, area: Area | None) -> str:
    return _("%(programme)s %(year)s, %(area)s, %(column)s: kept %(kept)s, recomputed %(recomputed)s") % {
        **vars(difference),
        "programme": f"{difference.programme} {difference.breakdown}".strip(),
        "area": f"{area.code} {area.name}" if area else difference.area,
    }
