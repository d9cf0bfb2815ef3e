from __future__ import annotations

import argparse
import csv
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import FileError
from povtrack.lib.progress import TerminalSteps, print_table
from villages.actions import ChangeRefused, ImportRefused, import_areas, reviews
from villages.imports import SOURCES, Finding, Nation, Report, Verdict
from villages.imports.findings import SHOWN, Sink
from villages.imports.job import AUTO, Request
from villages.models import ListRow

_EPILOG = """\
Nothing is written without --commit. The whole import is one transaction: an interrupted one leaves nothing behind and
can simply be run again.

What the registry hears of for the first time is written as it is, held valid from --since on: everything into an empty
registry, and later the places of a level of which it held nothing below the place they belong to (the first list of
villages over a registry of counties). Where the list says something else than the registry, no place is touched: the
differences are kept as a review, to be decided on the pages of the registry (review_list tells what is open), or here
with --accept. What is accepted takes effect on the day of the list, as boundary changes that can be taken back.

A place is found by its code where the names begin alike; where the code changed, by its name in the same place
(recoded) or in the place above that (moved), if it stands there once in both. A code whose name begins differently is
probably another place; --others-are says what --accept takes it for. Lists are imported from the oldest to the newest.

Sources: "divisions" reads the five-level lists (one file per level, or the file that stacks counties and townships of
several years, of which the rows of the vintage's year are read); give the files of all levels together, in any order.
"areacodes" reads the county code history, and takes from it the provinces, prefectures and counties in force at the end
of the vintage's year. "plain" reads povtrack's own layout: level, code, name,
parent_code, and if wanted name_latin and kind.
"""

_HEADS = ["file", "line", "column", "value", "verdict", "reason"]


class Command(BaseCommand):
    help = "Import lists of places into the registry. Tells what it would do; writes with --commit."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, plain or gzip")
        parser.add_argument("--vintage", type=_day, required=True, help="day whose state the list gives, as 2023-06-30")
        parser.add_argument("--since", type=_day, help="day from which new places are held valid (default: --vintage)")
        parser.add_argument("--nation", type=_nation, help='the nation on top, as "CN:中国:China"')
        parser.add_argument("--encoding", default="utf-8", help="of the files, such as gb18030 (default: utf-8)")
        parser.add_argument("--source", choices=[AUTO, *SOURCES], default=AUTO, help="default: told by the header")
        parser.add_argument("--commit", action="store_true", help="write what the table tells")
        parser.add_argument(
            "--accept",
            nargs="+",
            choices=["all", *ListRow.Outcome.values],
            default=[],
            metavar="OUTCOME",
            help="with --commit: accept these differences at once (all, or new gone renamed moved recoded other)",
        )
        parser.add_argument(
            "--others-are",
            choices=[reviews.EVIDENCE, reviews.ANOTHER, reviews.SAME],
            default=reviews.EVIDENCE,
            help="what --accept takes a code with a quite different name for (default: what the evidence says)",
        )
        parser.add_argument("--skip-rejected", action="store_true", help="with --commit: leave rejected rows out")
        parser.add_argument("--rejects", type=Path, help="write every finding to this CSV file")
        parser.add_argument("--by", metavar="USERNAME", help="the person to record as the importer")

    def handle(self, *, files: list[Path], rejects: Path | None, commit: bool, **options: Any) -> None:
        console = Console(highlight=False)
        request = _request(files, options)
        if options["accept"] and not commit:
            raise CommandError(_("--accept goes with --commit."))
        by = person(options["by"])
        try:
            with _findings_file(rejects) as sink, TerminalSteps(console) as steps:
                report = import_areas(
                    request=request,
                    by=by,
                    commit=commit,
                    skip_rejected=options["skip_rejected"],
                    accept=options["accept"],
                    others_are=options["others_are"],
                    sink=sink,
                    progress=steps,
                )
        except FileError as error:
            raise CommandError(str(error)) from error
        except ImportRefused as error:
            _show(console, error.report, rejects)
            raise CommandError(str(error)) from error
        except ChangeRefused as error:
            raise CommandError("\n".join([str(error), *map(str, error.problems[:20])])) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Interrupted. Nothing was written; it can simply be run again.")) from error
        _show(console, report, rejects)
        console.print(_outcome(report, commit), markup=False, soft_wrap=True)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“%(text)s” is not a day; write it as 2023-06-30.") % {"text": text}
        ) from error


def _nation(text: str) -> Nation:
    parts = [part.strip() for part in text.split(":")]
    if len(parts) not in (2, 3) or not all(parts[:2]):
        raise argparse.ArgumentTypeError(_("Write the nation as code:name or code:name:Latin name."))
    return Nation(parts[0], parts[1], parts[2] if len(parts) == 3 else "")


def _request(files: list[Path], options: dict[str, Any]) -> Request:
    vintage, since = options["vintage"], options["since"] or options["vintage"]
    if since > vintage:
        raise CommandError(
            _("--since (%(since)s) is later than --vintage (%(vintage)s).") % {"since": since, "vintage": vintage}
        )
    if vintage > timezone.localdate():
        raise CommandError(_("--vintage (%(vintage)s) is a day to come.") % {"vintage": vintage})
    return Request(files, vintage, since, options["source"], options["nation"], options["encoding"])


def person(name: str | None) -> User | None:
    """The user of this name; None for none, who is the operator."""
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": name}) from error


@contextmanager
def _findings_file(path: Path | None) -> Iterator[Sink | None]:
    """Open the file of findings, and give what writes one into it."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(_("%(path)s can't be written: %(why)s.") % {"path": path, "why": error.strerror}) from error
    with file:
        writer = csv.writer(file)
        writer.writerow(_HEADS)

        def write(found: Finding) -> None:
            place = [found.file, "" if found.line is None else found.line, found.column, found.value]
            writer.writerow([*place, found.verdict.value, found.reason])

        yield write


def _show(console: Console, report: Report, rejects: Path | None) -> None:
    """Print the table by level and the first findings of each verdict."""
    shown = [verdict for verdict in Verdict if report.findings.total(verdict)]
    rows = [
        [level.word if level is not None else _("unknown"), *(report.count(level, verdict) for verdict in shown)]
        for level in report.levels()
    ]
    if len(rows) > 1:
        rows.append([_("all"), *(report.findings.total(verdict) for verdict in shown)])
    print_table(console, ", ".join(report.files), [_("level"), *(str(verdict.label) for verdict in shown)], rows)
    if report.passed_over:
        console.print(
            _("%(count)s rows speak of another year and were passed over.") % {"count": f"{report.passed_over:,}"}
        )
    for verdict in Verdict:
        _show_examples(console, report, verdict)
    if rejects:
        console.print(_("All findings: %(path)s") % {"path": rejects})


def _show_examples(console: Console, report: Report, verdict: Verdict) -> None:
    examples = report.findings.examples.get(verdict, [])
    if not examples:
        return
    total = report.findings.total(verdict)
    console.print(f"\n{str(verdict.label).capitalize()}: {total:,}", style="bold", markup=False)
    for found in examples:
        line = _("line %(line)s") % {"line": found.line} if found.line is not None else ""
        place = ", ".join(part for part in (found.file, line, found.column) if part)
        sentence = ": ".join([*([place] if found.file else []), found.value or "–", found.reason])
        console.print(f"  {sentence}", markup=False, soft_wrap=True)
    if total > len(examples):
        more = _("… and %(count)s more (see --rejects).") % {"count": f"{total - len(examples):,}"}
        console.print(f"  {more}", markup=False, soft_wrap=True)


def _outcome(report: Report, commit: bool) -> str:
    if not (report.first or report.differing):
        return _nothing(report)
    words = {"first": f"{report.first:,}", "differing": f"{report.differing:,}"}
    if not commit:
        if not report.differing:
            return _("Nothing was written. Run again with --commit to write this.")
        told = _("Nothing was written. With --commit, %(first)s places are written that are known for the first time, ")
        return told % words + _("and %(differing)s differences are kept for review.") % words
    lines = []
    if report.first:
        lines.append(_("Written: %(first)s new places.") % words)
    if report.differing:
        lines.append(_("%(differing)s differences wait for review; no place was changed.") % words)
        lines.append(_("Decide them at %(url)s") % {"url": reverse("review", args=[report.review])})
    return "\n".join([*lines, *_accepted(report)])


def _accepted(report: Report) -> list[str]:
    decided = report.decided
    if decided is None:
        return []
    words = {"accepted": f"{decided.accepted:,}", "left": f"{decided.left_open:,}"}
    lines = [_("Accepted: %(accepted)s. Could not be accepted: %(left)s.") % words]
    lines += [f"  {label}: {why}" for _row, label, why in decided.rows[:SHOWN]]
    if decided.left_open > SHOWN:
        lines.append("  " + _("… and %(count)s more.") % {"count": f"{decided.left_open - SHOWN:,}"})
    return lines


def _nothing(report: Report) -> str:
    rejected = report.findings.total(Verdict.REJECTED)
    if rejected:
        return _("Nothing was written: %(rejected)s rows are rejected, and the others change nothing.") % {
            "rejected": f"{rejected:,}"
        }
    return _("The registry already says all this; nothing was changed.")
