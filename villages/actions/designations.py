"""Writes of designation lists: importing them, and saying by hand which place a line means."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.progress import SilentSteps, Steps
from villages.designations import questions
from villages.designations.importing import Plan, Request, plan_import, write_plan
from villages.designations.report import Report, Verdict
from villages.designations.scope import may_keep
from villages.models import Area, Membership
from villages.told import joined, told


class DesignationsRefused(Exception):
    """Lists that can be read but not written as they stand; the message says what to do, `report` the rest."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


class LineRefused(Exception):
    """A decision about one line that can't be carried out; the message says why."""


def import_designations(
    *, request: Request, by: User | None, commit: bool = False, progress: Steps | None = None
) -> Report:
    """Take designation lists into the registry, or without `commit` tell what that would do. One transaction.

    Raises FileError for a file that can't be read, and DesignationsRefused when a row of it can't be taken.
    """
    steps = progress or SilentSteps()
    with transaction.atomic():
        with steps.step(_("Reading the lists and finding their places")):
            plan = plan_import(request)
        rejected = plan.report.total(Verdict.REJECTED)
        if commit and rejected:
            words = _("Nothing was written: %(count)s rows can't be taken. Mend them and import the file again.")
            raise DesignationsRefused(words % {"count": rejected}, plan.report)
        if commit and plan.report.changes:
            _write(plan, by, steps)
        plan.report.committed = commit
        return plan.report


def _write(plan: Plan, by: User | None, steps: Steps) -> None:
    with steps.step(_("Writing the lists")):
        write_plan(plan, by)


def match_membership(*, membership: Membership, area: Area, by: User) -> None:
    """Say which place a line means. Raises LineRefused."""
    with transaction.atomic():
        line = _locked(membership, by)
        _require_keeper(area, by)
        if line.area_id is not None:
            raise LineRefused(_("This line was matched already, to %(place)s. Reload the page.") % {"place": line.area})
        if area.level != line.designation.level:
            words = {"place": area, "level": line.designation.get_level_display()}
            raise LineRefused(_("%(place)s can't be on this list: it lists places of the level %(level)s.") % words)
        line.area = area
        line.note = joined(" ", [line.note, told(gettext_noop("Matched by %(who)s on %(day)s."), **_signature(by))])
        try:
            with transaction.atomic():
                line.save(update_fields=["area", "note"])
        except IntegrityError as error:
            words = {"place": area}
            raise LineRefused(_("%(place)s is on this list already, by another line.") % words) from error
        questions.answer(
            [line], told(gettext_noop("It means %(code)s %(place)s."), code=area.code, place=area.name), by
        )


def set_aside_membership(*, membership: Membership, reason: str, by: User) -> None:
    """Leave a line without a place for good, with the reason. Raises LineRefused."""
    words = reason.strip()
    if not words:
        raise LineRefused(_("Say why the line stays without a place."))
    if "\0" in words or len(words) > 500:
        raise LineRefused(_("The reason has at most 500 characters of text."))
    with transaction.atomic():
        line = _locked(membership, by)
        if line.area_id is not None:
            raise LineRefused(_("This line was matched already, to %(place)s. Reload the page.") % {"place": line.area})
        questions.ask([(line, "")])
        questions.answer([line], words, by)


def reopen_membership(*, membership: Membership, by: User) -> None:
    """Take back a match or a setting aside, so that the line waits for a decision again. Raises LineRefused."""
    with transaction.atomic():
        line = _locked(membership, by)
        if line.area is not None:
            _require_keeper(line.area, by)
            words = {"place": line.area, "who": by.label, "day": timezone.localdate().isoformat()}
            line.note = joined(
                " ", [line.note, told(gettext_noop("%(who)s took it off %(place)s on %(day)s."), **words)]
            )
            line.area = None
            line.save(update_fields=["area", "note"])
        questions.reopen(line, told(gettext_noop("Taken up again by hand.")))


def _locked(membership: Membership, by: User) -> Membership:
    """Return the line as it stands, held until the transaction ends; raises LineRefused for who may not keep it."""
    line = (
        Membership.objects.select_for_update(of=("self",)).select_related("designation", "area").get(pk=membership.pk)
    )
    if not may_keep(by, line):
        raise LineRefused(_("You don't keep the registry where this line belongs."))
    return line


def _require_keeper(area: Area, by: User) -> None:
    if not Area.objects.visible_to(by, Ability.KEEP_REGISTRY).filter(pk=area.pk).exists():
        raise LineRefused(_("You don't keep the registry of %(place)s.") % {"place": area})


def _signature(by: User) -> dict[str, str]:
    return {"who": by.label, "day": timezone.localdate().isoformat()}
