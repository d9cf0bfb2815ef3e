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
from villages.actions import ChangeRefused, Preview, apply_change, discard_draft, preview_change, revert_change
from villages.changes import files
from villages.changes.people import Reach
from villages.levels import Level
from villages.models import BoundaryChange

SHOWN = 40  # rows of a table in the terminal; the page of the change has them all

_EPILOG = f"""\
draft FILE    keep the change that a JSON file describes as a draft, and show its preview
preview N     tell what change N would do: nothing is changed
apply N       carry it out, in one transaction
revert N      put everything back, while nothing later leans on it
discard N     throw a draft away
list          the latest changes

{files.__doc__}"""


class Command(BaseCommand):
    help = "Draft, preview, apply and revert boundary changes."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", metavar="USERNAME", help="the person to record as the one who does it")
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("draft").add_argument("file", type=Path)
        for verb in ("preview", "apply", "revert", "discard"):
            verbs.add_parser(verb).add_argument("change", type=int, metavar="N")
        verbs.add_parser("list")

    def handle(self, *, verb: str, by: str | None, **options: Any) -> None:
        console, user = Console(highlight=False), _user(by)
        try:
            if verb == "list":
                _list(console)
            elif verb == "draft":
                change = files.draft_from_file(options["file"], by=user)
                console.print(_("Kept as draft %(pk)s.") % {"pk": change.pk})
                _preview(console, change, user)
            else:
                _do(console, verb, _change(options["change"]), user)
        except FileError as error:
            raise CommandError(str(error)) from error
        except ChangeRefused as refused:
            raise CommandError(
                "\n".join([str(refused), *(f"  {problem}" for problem in refused.problems)])
            ) from refused


def _do(console: Console, verb: str, change: BoundaryChange, user: User | None) -> None:
    if verb == "preview":
        _preview(console, change, user)
    elif verb == "discard":
        discard_draft(change=change, by=user)
        console.print(_("Thrown away."))
    else:
        with TerminalSteps(console) as steps, steps.step(str(change)):
            (apply_change if verb == "apply" else revert_change)(change=change, by=user)
        console.print(_("Applied.") if verb == "apply" else _("Reverted."))


def _user(name: str | None) -> User | None:
    user = User.objects.filter(username=name).first()
    if name and user is None:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": name})
    return user


def _change(pk: int) -> BoundaryChange:
    change = BoundaryChange.objects.filter(pk=pk).first()
    if change is None:
        raise CommandError(_("There is no change %(pk)s.") % {"pk": pk})
    return change


def _list(console: Console) -> None:
    changes = BoundaryChange.objects.order_by("-effective", "-pk")[:SHOWN]
    rows = [[c.pk, c.effective, c.get_kind_display(), c.get_state_display(), str(c)] for c in changes]
    print_table(console, _("Latest changes"), ["N", _("takes effect on"), _("kind"), _("state"), _("title")], rows)


def _preview(console: Console, change: BoundaryChange, user: User | None) -> None:
    with TerminalSteps(console) as steps, steps.step(_("Trying the change")):
        found = preview_change(change=change, by=user)
    if not found.possible:
        raise ChangeRefused(found.refusal or _("The change can't be made as it stands."), found.problems)
    for warning in found.warnings:
        console.print(_("Look at this: %(warning)s") % {"warning": warning}, markup=False)
    _places(console, found)
    _people(console, found)
    _effects(console, found)
    console.print(_("Nothing was changed. To carry it out: boundary_change apply %(pk)s") % {"pk": change.pk})


def _places(console: Console, found: Preview) -> None:
    rows = [[Level(level).word, count] for level, count in found.moved.items()]
    print_table(console, _("Places that would stand elsewhere"), [_("level"), _("places")], rows)
    shares = [
        [str(f.old), str(f.new), f"{f.share:.2%}", f"{f.share_back:.2%}", f.get_reason_display()] for f in found.shares
    ]
    if shares:
        heads = [_("old place"), _("new place"), _("share of the old"), _("share of the new"), _("reason")]
        print_table(console, _("Who follows whom"), heads, shares)


def _people(console: Console, found: Preview) -> None:
    rows = [
        [
            a.jurisdiction.user.label,
            a.jurisdiction.get_role_display(),
            str(a.ended),
            str(a.moved_to or _("to be decided")),
        ]
        for a in found.people
    ]
    if rows:
        heads = [_("user"), _("role"), _("until now"), _("from then on")]
        print_table(console, _("People whose place ends"), heads, rows)
    reach = [
        [r.jurisdiction.user.label, r.jurisdiction.get_role_display(), str(r.jurisdiction.area), *_both(r)]
        for r in found.reach
    ]
    if reach:
        heads = [_("user"), _("role"), _("place"), _("gains"), _("loses")]
        print_table(console, _("People whose place goes on with more or less below it"), heads, reach)


def _both(role: Reach) -> list[str]:
    sides = (
        (role.takes, role.gains, _("what another place was, or a part of it")),
        (role.gives, role.losses, _("a part of it")),
    )
    return [
        (", ".join(f"{Level(level).word}: {count:,}" for level, count in counts.items()) or words) if is_so else "–"
        for is_so, counts, words in sides
    ]


def _effects(console: Console, found: Preview) -> None:
    told = [effect for effect in found.effects if effect.before != effect.after]
    rows = [
        [str(e.what), e.where, str(e.year or ""), e.basis, "–" if e.before is None else str(e.before), str(e.after)]
        for e in told[:SHOWN]
    ]
    if rows:
        heads = [_("figure"), _("where"), _("year"), _("boundaries"), _("before"), _("after")]
        print_table(console, _("Figures"), heads, rows)
    if len(told) > SHOWN:
        more = f"{len(told) - SHOWN:,}"
        console.print(_("… and %(count)s more; the page of the change shows them all.") % {"count": more})
