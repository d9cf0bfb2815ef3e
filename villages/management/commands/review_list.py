from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.lib.progress import TerminalSteps, print_table
from villages.actions import ChangeRefused, reviews
from villages.imports.looking import tally
from villages.levels import Level
from villages.management.commands.import_areas import person
from villages.models import BoundaryChange, ListReview, ListRow


class Command(BaseCommand):
    help = "Tell what newer lists say differently from the registry; accept, refuse or take back whole groups of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("review", nargs="?", type=int, help="number of a review (default: list them all)")
        parser.add_argument(
            "--level", type=int, choices=[level.value for level in Level], help="only this level, 0 to 5"
        )
        parser.add_argument("--county", default="", help="only counties whose code begins so")
        act = parser.add_mutually_exclusive_group()
        choices = ["all", *ListRow.Outcome.values]
        act.add_argument("--accept", nargs="+", choices=choices, metavar="OUTCOME", help="accept these differences")
        act.add_argument("--refuse", nargs="+", choices=choices, metavar="OUTCOME", help="refuse these differences")
        act.add_argument("--undo", action="store_true", help="take back what was accepted last")
        taken_for = [reviews.EVIDENCE, reviews.ANOTHER, reviews.SAME]
        parser.add_argument("--others-are", choices=taken_for, default=reviews.EVIDENCE, help="as for import_areas")
        parser.add_argument("--by", metavar="USERNAME", help="the person to record")

    def handle(self, *, review: int | None, **options: Any) -> None:
        console = Console(highlight=False)
        if review is None:
            _show_all(console)
            return
        found = ListReview.objects.select_related("source").filter(pk=review).first()
        if found is None:
            raise CommandError(_("There is no review %(number)s.") % {"number": review})
        try:
            _carry_out(console, found, options)
        except ChangeRefused as refusal:
            raise CommandError("\n".join([str(refusal), *map(str, refusal.problems[:20])])) from refusal
        _show(console, found)


def _carry_out(console: Console, review: ListReview, options: dict[str, Any]) -> None:
    by = person(options["by"])
    asked = options["accept"] or options["refuse"] or []
    rows = review.rows.filter(group__startswith=options["county"])
    if options["level"] is not None:
        rows = rows.filter(level=options["level"])
    if "all" not in asked:
        rows = rows.filter(outcome__in=asked)
    if options["refuse"]:
        count = reviews.refuse_rows(review=review, rows=rows, by=by)
        console.print(_("Refused: %(count)s.") % {"count": f"{count:,}"})
    elif options["accept"]:
        with TerminalSteps(console) as steps, steps.step(_("Accepting differences")):
            decided = reviews.accept_rows(review=review, rows=rows, by=by, as_=options["others_are"])
        words = {"accepted": f"{decided.accepted:,}", "left": f"{decided.left_open:,}"}
        console.print(_("Accepted: %(accepted)s. Could not be accepted: %(left)s.") % words)
        for _row, label, why in decided.rows:
            console.print(f"  {label}: {why}", markup=False, soft_wrap=True)
    elif options["undo"]:
        applied = BoundaryChange.objects.filter(source=review.source, state=BoundaryChange.State.APPLIED)
        last = applied.order_by("-applied_at").first()
        if last is None:
            raise CommandError(_("Nothing of this list is accepted."))
        count = reviews.undo_acceptance(review=review, change=last, by=by)
        console.print(_("Taken back: %(count)s differences are open again.") % {"count": f"{count:,}"})


def _show_all(console: Console) -> None:
    found = ListReview.objects.select_related("source").order_by("-vintage", "-pk")
    rows = [[row.pk, date_format(row.vintage, "Y-m-d"), row.get_state_display(), row.source.file_name] for row in found]
    if rows:
        print_table(console, _("Lists to review"), [_("number"), _("state of the list"), _("state"), _("files")], rows)
    else:
        console.print(_("No list waits for review."))


def _show(console: Console, review: ListReview) -> None:
    counts = tally(ListRow.objects.filter(review=review))
    rows = []
    for outcome, level in sorted({(one.outcome, one.level) for one in counts}):
        numbers = [_count(counts, outcome, level, decision) for decision in ListRow.Decision]
        rows.append([ListRow.Outcome(outcome).label, Level(level).word, *numbers])
    heads = [_("outcome"), _("level"), *(str(decision.label) for decision in ListRow.Decision)]
    print_table(console, str(review), heads, rows)


def _count(counts: Any, outcome: str, level: int, decision: str) -> int:
    return sum(one.count for one in counts if (one.outcome, one.level, one.decision) == (outcome, level, decision))
