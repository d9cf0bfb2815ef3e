"""Saving what a pairing brought in a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.actions.helping import Overtaken, refused, write
from funding.actions.refusals import Problem, RowsRefused
from funding.actions.scope import require_funds_of
from funding.models import FIGURES, Pairing, PairingReport, figures_of_reports
from povtrack.accounts.models import User
from povtrack.lib.figures import BadFigure
from programmes.actions import Refused


@transaction.atomic
def save_pairing_report(
    pairing: Pairing, *, year: int, version: int, values: Mapping[str, str], by: User, note: str | None = None
) -> PairingReport:
    """Save the figures of one pairing and year, and return the report.

    `values` holds the typed text by figure; one that is not in it stays as it is, an empty one becomes blank. `version`
    is the one that the person saw (0: no report). What is the same as what stands is not written again. Raises
    RowsRefused with each figure that is wrong, Overtaken with what someone else wrote meanwhile, Refused where the
    funds of the area are not the person's or nothing was entered.
    """
    require_funds_of(by, pairing.area)
    _require_year(year)
    # Whoever reports on the same pairing, or ends it, waits here.
    Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    stands = PairingReport.objects.filter(pairing=pairing, year=year).first()
    report = stands or PairingReport(pairing=pairing, year=year, version=0)
    before = _what(report)
    _read(report, values, pairing)
    report.note = report.note if note is None else note.strip()
    if stands is None and all(getattr(report, name) is None for name in FIGURES):
        raise Refused(_("No figure was entered. Write 0 where there was nothing."))
    if stands and _what(report) == before:
        return stands
    if report.version != version:
        raise Overtaken(PairingReport.objects.select_related("entered_by").get(pk=stands.pk) if stands else None)
    report.version += 1
    report.entered_at, report.entered_by = timezone.now(), by
    write(report)
    report.is_new = stands is None
    return report


def _what(report: PairingReport) -> list[Any]:
    return [getattr(report, name) for name in (*FIGURES, "note")]


def _require_year(year: int) -> None:
    if year > timezone.localdate().year:
        raise refused("year", year, _("%(year)s has not come yet.") % {"year": year})


def _read(report: PairingReport, values: Mapping[str, str], pairing: Pairing) -> None:
    """Read the typed figures into a report, or raise RowsRefused with each that can't be read."""
    problems = [
        Problem(pairing.area_id, name, str(values[name]), _("There is no such figure."))
        for name in values.keys() - FIGURES
    ]
    for figure in figures_of_reports():
        if figure.name not in values:
            continue
        try:
            setattr(report, figure.name, figure.parse(values[figure.name]))
        except BadFigure as bad:
            problems.append(Problem(pairing.area_id, figure.name, values[figure.name], str(bad)))
    if problems:
        raise RowsRefused(problems)
