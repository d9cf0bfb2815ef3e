"""The table of `test_access_matrix`: for every endpoint by its name, for whom it opens and who changes something by it.

All objects asked for lie in Zhijin County, so the clerk of Nayong (`other_clerk`) and its manager and registry admin
(`other_admin`) are the strangers. A new endpoint is declared here, or the tests fail.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from knox.models import AuthToken

from povtrack.accounts.models import Notice
from povtrack.exports.actions import make_export
from povtrack.exports.lists import wanted_of
from povtrack.rollups.models import Job, Release
from povtrack.rollups.releases.actions import make_release
from povtrack.rollups.releases.freezing import freeze
from programmes.actions import IncomingFigure, IncomingRow, save_indicator_figures, save_rows
from programmes.actions.uploads import read_upload, take_upload
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.pilot import PilotRecord
from programmes.models import (
    Extension,
    Indicator,
    IndicatorFigure,
    Notification,
    Remark,
    ReviewStep,
    Round,
    Upload,
    UploadRow,
)
from tests import funding_partner_doors
from tests.world import PASSWORD
from villages.actions import apply_change, draft_change, preview_change
from villages.actions.seen import seen
from villages.changes import drafts
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import BoundaryChange, ListReview, Membership, OpenQuestion, RegistryImport

INSIDE = frozenset({"clerk", "reviewer", "finance", "registry", "analyst", "admin"})
STRANGERS = frozenset({"other_clerk", "other_admin"})
SIGNED_IN = INSIDE | STRANGERS
STAFF = frozenset({"registry", "admin", "other_admin"})
KEEPING = frozenset({"registry", "other_admin"})
NOBODY: frozenset[str] = frozenset()

Kwargs = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """What one endpoint does.

    `opens` are the roles whose GET is answered with `status`; other signed-in roles get one of `shut`. `writes` are the
    roles whose POST of `data` changes something; nobody else changes anything by any method.
    """

    opens: frozenset[str]
    status: int = 200
    shut: tuple[int, ...] = (404,)
    anonymous: int | None = None
    kwargs: Kwargs = field(default=lambda world: {})
    writes: frozenset[str] = NOBODY
    data: Callable[[Any], Any] = field(default=lambda world: {})
    as_json: bool = False


def dew(world: Any) -> dict[str, Any]:
    return {"programme": "dew", "year": 2010, "code": "520524"}


def county_of_2010(world: Any) -> dict[str, Any]:
    return {"year": 2010, "code": "520524"}


def pk_of(place: str) -> Kwargs:
    return lambda world: {"pk": world[place].pk}


def record(world: Any) -> dict[str, Any]:
    return {"pk": DewRecord.objects.get(area=world["Huawu"]).pk}


def key_counties(world: Any) -> dict[str, Any]:
    return {"programme": "dew", "year": 2010, "code": "key-2001"}


def open_line(world: Any) -> dict[str, Any]:
    return {"pk": Membership.objects.get(area=None).pk}


def one_review(world: Any) -> dict[str, Any]:
    return {"pk": ListReview.objects.get().pk}


def token(world: Any) -> dict[str, Any]:
    return {"key": AuthToken.objects.get(user=world.clerk).token_key}


def huawu(world: Any) -> dict[str, Any]:
    return {"programme": "dew", "year": 2010, "code": "520524100201"}


def dew_round(world: Any) -> dict[str, Any]:
    return {"programme": "dew", "year": 2010}


def chosen(action: str) -> Callable[[Any], Any]:
    """A form of review that chooses Huawu's record as it stands."""

    def form(world: Any) -> dict[str, Any]:
        found = DewRecord.objects.get(area=world["Huawu"])
        return {"action": action, "record": f"{found.area_id}:{found.version}:"}

    return form


def remark(world: Any) -> dict[str, Any]:
    return {"action": "remark", **api_remark(world)}


def api_remark(world: Any) -> dict[str, Any]:
    return {"measure": "trained", "text": "As counted."}


def extension_form(world: Any) -> dict[str, Any]:
    until = Round.objects.get(programme="dew", year=2010).closes + dt.timedelta(days=9)
    return {"codes": "520524", "until": until.isoformat(), "reason": "A flood."}


def told(world: Any) -> dict[str, Any]:
    """What the reviewer was told when the clerk submitted."""
    return {"pk": Notification.objects.get(user=world.reviewer).pk}


def grid_row(world: Any) -> dict[str, Any]:
    values = {measure.name: "" for measure in DewRecord.measures()} | {"trained": "7"}
    return {"rows": [{"area": world["Gaoshan"].pk, "version": 0, "nil": False, "values": values}]}


def grid_form(world: Any) -> dict[str, Any]:
    key = world["Gaoshan"].pk
    blank = {f"v-{key}-{measure.name}": "" for measure in DewRecord.measures()}
    return blank | {f"v-{key}-trained": "7", f"version-{key}": "0", "action": "save"}


def change(world: Any) -> dict[str, Any]:
    """An applied change of Huawu, made when it is first asked for: it does nothing but stand in the feed."""
    made, new = BoundaryChange.objects.get_or_create(
        title="Huawu is renamed",
        defaults={"kind": "rename", "state": "applied", "effective": "2001-01-01", "applied_at": "2001-01-01T00:00Z"},
    )
    if new:
        made.areas.create(area=world["Huawu"], level=world["Huawu"].level, was_name="Huawu")
    return {"pk": made.pk}


def drafted(world: Any, kind: str, title: str, made: drafts.Draft) -> BoundaryChange:
    """A draft of Zhijin by the registry admin, made when it is first asked for."""
    found = BoundaryChange.objects.filter(title=title).first()
    by = world.users["registry"]
    return found or draft_change(
        kind=kind, effective=dt.date(2010, 7, 1), parts=made.parts, follows=made.follows, by=by, title=title
    )


def draft(world: Any) -> BoundaryChange:
    return drafted(world, "rename", "Zhijin drafted", drafts.rename(world["520524"], name="织金市"))


def divided(world: Any) -> BoundaryChange:
    new = Part(code="520531", name="珠藏县", level=Level.COUNTY, parent=world["5205"])
    made = drafts.split(world["520524"], into={new: [world["520524101"]]}, goes_on=Part(world["520524"]))
    return drafted(world, "split", "Zhijin divided", made)


def undoable(world: Any) -> BoundaryChange:
    found = drafted(world, "rename", "Longtan renamed", drafts.rename(world["Longtan"], name="龙潭新村"))
    return found if found.state != "draft" else apply_change(change=found, by=world.users["registry"])


def pk_from(make: Callable[[Any], Any]) -> Kwargs:
    return lambda world: {"pk": make(world).pk}


def draft_form(world: Any) -> dict[str, Any]:
    return {
        "kind": "rename",
        "action": "save",
        "effective": "2010-07-01",
        "area": "520524",
        "name": "新市",
        "title": "Drafted anew",
    }


def shares(world: Any) -> dict[str, Any]:
    return {f"share-{follow.pk}": "0.5" for follow in divided(world).successions.all()}


def preview_seen(world: Any) -> dict[str, Any]:
    return {"seen": seen(draft(world), preview_change(change=draft(world), by=world.users["registry"]))}


def question(world: Any) -> OpenQuestion:
    """Someone's role waits for a decision, in Zhijin."""
    fields = {"subject": "Clerk of Zhijin", "reason": "Ended.", "area": world["520524"], "user": world.clerk}
    return OpenQuestion.objects.get_or_create(kind="people", key="doors", defaults=fields)[0]


def indicator(world: Any, name: str) -> Indicator:
    """An indicator of Zhijin's pilots, which are made when it is first asked for."""
    today, zhijin = timezone.localdate(), world["520524"]
    Round.objects.get_or_create(programme="pilot", year=2010, defaults={"opens": today, "due": today, "closes": today})
    row = IncomingRow(zhijin.pk, 0, nil=False, values={"projects": "1"}, breakdown="disease")
    save_rows(PilotRecord, year=2010, rows=[row], by=world.clerk)
    return Indicator.objects.get_or_create(theme="disease", name=name, defaults={"unit": "wells"})[0]


def pilot(world: Any) -> dict[str, Any]:
    indicator(world, "Wells dug")
    return {"programme": "pilot", "year": 2010, "code": "520524"}


def beside_pilot(world: Any) -> dict[str, Any]:
    """An address that names nothing, beside Zhijin's pilots."""
    pilot(world)
    return {}


def indicator_figure(world: Any) -> IndicatorFigure:
    row = IncomingFigure(indicator(world, "Wells closed").pk, 0, "5959")
    save_indicator_figures(year=2010, area=world["520524"], rows=[row], by=world.clerk)
    return IndicatorFigure.objects.get(indicator=row.indicator)


def indicator_form(world: Any) -> dict[str, Any]:
    pk = indicator(world, "Wells dug").pk
    return {f"version-{pk}": 0, f"was-{pk}": "|", f"target-{pk}": "7", f"actual-{pk}": ""}


def indicator_rows(world: Any) -> dict[str, Any]:
    rows = [{"indicator": indicator(world, "Wells dug").pk, "target": 7}]
    return {"area": world["520524"].pk, "year": 2010, "rows": rows}


def api_row(world: Any) -> dict[str, Any]:
    return {"area": world["Gaoshan"].pk, "year": 2010, "trained": 7}


def failed_job(world: Any) -> dict[str, Any]:
    """A button of a job that failed, which is made when it is first asked for."""
    now = timezone.now()
    times = {"started_at": now, "ended_at": now}
    job, _new = Job.objects.get_or_create(name="doors", defaults={"kind": "x", "state": "failed", **times})
    return {"action": "end", "job": job.pk}


def stopped_job(world: Any) -> dict[str, Any]:
    return {"pk": failed_job(world)["job"]}


def passwords(world: Any) -> dict[str, Any]:
    new = "another-long-password"
    return {"oldpassword": PASSWORD, "password1": new, "password2": new}


class SentFile(SimpleUploadedFile):
    """A file that can be sent more than once."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return bytes(super().read(*args))


def sent_file(world: Any) -> dict[str, Any]:
    return {"file": SentFile("dew.csv", b"Code,Trained\n520524100202,7\n")}


def fresh_upload(world: Any) -> dict[str, Any]:
    """A file of the clerk's that waits to be read, made when it is first asked for."""
    found = Upload.objects.filter(state="waiting").first() or take_upload(
        DewRecord, year=2010, area=world["520524"], code="520524", file_name="dew.csv",
        content=b"Code,Trained\n520524100202,7\n", by=world.clerk,
    )  # fmt: skip
    return {**dew(world), "pk": found.pk}


def upload(world: Any) -> dict[str, Any]:
    """A file of the clerk's that was read."""
    if not Upload.objects.filter(state="read").exists():
        read_upload(pk=fresh_upload(world)["pk"])
    return {**dew(world), "pk": Upload.objects.get(state="read").pk}


def doubted_upload(world: Any) -> dict[str, Any]:
    """A file of the clerk's with a figure that is to be explained."""
    found = upload(world)
    UploadRow.objects.filter(upload=found["pk"]).update(doubts=[["trained", "7 this year, 900 last year.", ""]])
    return found


def round_form(world: Any) -> dict[str, Any]:
    return {"programme": "dew", "year": 2011, "opens": "2011-01-01", "due": "2011-02-01", "closes": "2011-03-01"}


def released(world: Any) -> dict[str, Any]:
    """A release of Zhijin, frozen when it is first asked for."""
    if not Release.objects.exists():
        scope = {"programmes": ["dew"], "years": [2010], "bases": ["recorded"], "lowest": Level.COUNTY}
        made = make_release(name="annual", title="Annual", area=world["520524"], by=world.users["registry"], **scope)
        freeze(made.pk)
    return {"name": "annual"}


def release_form(world: Any) -> dict[str, Any]:
    return {
        "title": "Another", "name": "another", "code": "520524", "programmes": "dew", "first_year": 2010,
        "last_year": 2010, "bases": "recorded", "lowest": 3, "action": "freeze",
    }  # fmt: skip


def anothers_export(world: Any) -> dict[str, Any]:
    """An export of one who asks for nothing here; their owners' rights are asked for in tests/exports."""
    wanted = wanted_of("areas/", "csv")
    return {"pk": make_export(wanted=wanted, by=world.township_clerk, key=uuid.UUID(int=5959))[0].pk}


def export_form(world: Any) -> dict[str, Any]:
    years = {"first_year": 2010, "last_year": 2010}
    return {"what": "records", "programme": "dew", "code": "520524", **years, "basis": "recorded", "form": "xlsx"}


def admin_pages(
    label: str,
    row: Callable[[Any], Any],
    seen: frozenset[str],
    *,
    adds: frozenset[str] = NOBODY,
    deletes: frozenset[str] = NOBODY,
    data: Callable[[Any], Any] = lambda world: {},
) -> dict[str, Door]:
    """The five pages of one model in the admin. 302 is the way of a person who is no staff to the sign-in page."""

    def kwargs(world: Any) -> dict[str, Any]:
        return {"object_id": row(world)}

    shut = (302, 403, 404)
    lists = seen | (STAFF & STRANGERS if seen else NOBODY)
    if label in ("accounts_notice", "programmes_round", "programmes_indicator"):
        lists = seen
    return {
        f"admin:{label}_changelist": Door(lists, shut=shut),
        f"admin:{label}_add": Door(adds, shut=shut, writes=adds if data(None) else NOBODY, data=data),
        f"admin:{label}_change": Door(seen, shut=shut, kwargs=kwargs),
        f"admin:{label}_history": Door(seen, shut=shut, kwargs=kwargs),
        f"admin:{label}_delete": Door(
            deletes, shut=shut, kwargs=kwargs, writes=deletes, data=lambda world: {"post": "yes"}
        ),
    }


def one(model: Any) -> Callable[[Any], Any]:
    return lambda world: model.objects.first().pk


KEEPERS = frozenset({"registry", "admin"})
RELEASERS = KEEPERS
MANAGERS = frozenset({"admin", "other_admin"})
SCHEDULES = ("periodictask", "clockedschedule", "crontabschedule", "solarschedule", "intervalschedule")

DOORS: dict[str, Door] = {
    # Open to anyone
    "account_login": Door(SIGNED_IN, status=302, anonymous=200),
    "account_inactive": Door(SIGNED_IN, anonymous=200),
    "set_language": Door(NOBODY, shut=(302,), anonymous=302),
    "health": Door(SIGNED_IN, anonymous=200),
    # One's own account
    "home": Door(SIGNED_IN, status=302),
    "status": Door(SIGNED_IN),
    "jobs": Door(frozenset({"admin"})),
    "jobs-do": Door(NOBODY, shut=(405,), writes=frozenset({"admin"}), data=failed_job),
    "account": Door(SIGNED_IN),
    "account_logout": Door(SIGNED_IN),
    "account_change_password": Door(SIGNED_IN, writes=SIGNED_IN, data=passwords),
    "token-create": Door(
        NOBODY, shut=(405,), writes=SIGNED_IN, data=lambda world: {"name": "a script", "access": "read", "days": 1}
    ),
    "token-revoke": Door(NOBODY, shut=(405,), kwargs=token, writes=frozenset({"clerk"})),
    # Pages
    "places": Door(SIGNED_IN),
    "places-find": Door(SIGNED_IN, anonymous=401),
    "place": Door(INSIDE, kwargs=pk_of("Huawu")),
    "places-translate": Door(SIGNED_IN),
    "designations": Door(SIGNED_IN),
    "designation": Door(SIGNED_IN, kwargs=lambda world: {"code": "key-2001"}),
    "designation-worklist": Door(KEEPING, shut=(403,)),
    "designation-decide": Door(
        NOBODY,
        shut=(403, 405),
        kwargs=open_line,
        writes=frozenset({"registry"}),
        data=lambda world: {"action": "aside", "reason": "A misprint."},
    ),
    "reviews": Door(KEEPING, shut=(403,)),
    "review": Door(KEEPING, shut=(403,), kwargs=one_review),
    "review-decide": Door(
        NOBODY,
        shut=(403, 405),
        kwargs=one_review,
        writes=frozenset({"registry"}),
        data=lambda world: {"action": "refuse-all"},
    ),
    "review-undo": Door(NOBODY, shut=(403, 405), kwargs=one_review),
    "change": Door(INSIDE, kwargs=change),
    "registry": Door(KEEPING, shut=(403,)),
    "changes": Door(KEEPING, shut=(403,)),
    "change-new": Door(KEEPING, shut=(403,), writes=frozenset({"registry"}), data=draft_form),
    "change-edit": Door(
        frozenset({"registry"}), shut=(403, 404), kwargs=pk_from(draft), writes=frozenset({"registry"}), data=draft_form
    ),
    "change-discard": Door(
        frozenset({"registry"}), shut=(403, 404), kwargs=pk_from(draft), writes=frozenset({"registry"})
    ),
    "change-shares": Door(NOBODY, shut=(405,), kwargs=pk_from(divided), writes=frozenset({"registry"}), data=shares),
    "change-preview": Door(frozenset({"registry"}), shut=(403, 404), kwargs=pk_from(draft)),
    "change-apply": Door(NOBODY, shut=(405,), kwargs=pk_from(draft), writes=frozenset({"registry"}), data=preview_seen),
    "change-revert": Door(
        frozenset({"registry"}), shut=(403, 404), kwargs=pk_from(undoable), writes=frozenset({"registry"})
    ),
    "questions": Door(KEEPING | KEEPERS, shut=(403,)),
    "question": Door(
        KEEPERS,
        shut=(403, 404),
        kwargs=pk_from(question),
        writes=KEEPERS,
        data=lambda world: {"action": "note", "text": "Seen."},
    ),
    "fund-figures": Door(INSIDE, kwargs=county_of_2010),
    "fund-figures-csv": Door(INSIDE, kwargs=county_of_2010),
    "fund-reconciliation": Door(INSIDE, kwargs=county_of_2010),
    "fund-reconciliation-csv": Door(INSIDE, kwargs=county_of_2010),
    "work": Door(SIGNED_IN),
    "entry": Door(INSIDE, kwargs=dew, writes=frozenset({"clerk"}), data=grid_form),
    "entry-save": Door(
        NOBODY, shut=(405,), anonymous=401, kwargs=dew, writes=frozenset({"clerk"}), data=grid_row, as_json=True
    ),
    "entry-submit": Door(NOBODY, shut=(405,), anonymous=401, kwargs=dew, writes=frozenset({"clerk"}), as_json=True),
    "sheets": Door(frozenset({"clerk"}), kwargs=dew, writes=frozenset({"clerk"}), data=sent_file),
    "sheets-template": Door(frozenset({"clerk"}), kwargs=lambda world: {**dew(world), "form": "csv"}),
    "sheet": Door(frozenset({"clerk"}), kwargs=upload),
    "sheet-state": Door(frozenset({"clerk"}), kwargs=upload),
    "sheet-reasons": Door(
        NOBODY,
        shut=(405,),
        kwargs=doubted_upload,
        writes=frozenset({"clerk"}),
        data=lambda world: {"reason-2-trained": "A school."},
    ),
    "sheet-save": Door(
        NOBODY, shut=(405,), kwargs=upload, writes=frozenset({"clerk"}), data=lambda world: {"mode": "all"}
    ),
    "sheet-resume": Door(NOBODY, shut=(405,), kwargs=fresh_upload, writes=frozenset({"clerk"})),
    "sheet-delete": Door(NOBODY, shut=(405,), kwargs=upload, writes=frozenset({"clerk"})),
    "sheet-errors": Door(NOBODY, shut=(404,), kwargs=fresh_upload),  # asked properly in tests/programmes/sheets
    "village": Door(INSIDE, kwargs=lambda world: {"year": 2010, "code": "520524100201"}),
    "village-place": Door(INSIDE, status=302, kwargs=pk_of("Huawu")),
    "catalogue": Door(SIGNED_IN),
    "programme": Door(SIGNED_IN, kwargs=lambda world: {"code": "dew"}),
    "indicators-entry": Door(INSIDE, kwargs=pilot, writes=frozenset({"clerk"}), data=indicator_form),
    "indicators": Door(INSIDE, kwargs=pilot),
    "indicators-csv": Door(INSIDE, kwargs=pilot),
    "flows": Door(INSIDE, kwargs=lambda world: {"programme": "relocation", "year": 2010, "code": "520524"}),
    "flows-csv": Door(INSIDE, kwargs=lambda world: {"programme": "relocation", "year": 2010, "code": "520524"}),
    "review-queue": Door(SIGNED_IN),
    "review-area": Door(frozenset({"reviewer"}), kwargs=dew, writes=frozenset({"reviewer"}), data=chosen("approve")),
    "record": Door(INSIDE, kwargs=huawu, writes=frozenset({"clerk", "reviewer"}), data=remark),
    "progress": Door(SIGNED_IN, status=302),
    "progress-area": Door(INSIDE, kwargs=dew),
    "progress-csv": Door(INSIDE, kwargs=dew),
    "overdue": Door(SIGNED_IN, kwargs=dew_round),
    "extensions": Door(SIGNED_IN, kwargs=dew_round, writes=frozenset({"admin"}), data=extension_form),
    "notifications": Door(SIGNED_IN),
    "notifications-read": Door(NOBODY, shut=(405,), writes=frozenset({"reviewer"})),
    "notification-open": Door(frozenset({"reviewer"}), status=302, kwargs=told),
    "entry-cell": Door(
        INSIDE,
        anonymous=401,
        kwargs=lambda world: dew(world) | {"area": world["Huawu"].pk, "measure": "trained"},
        writes=frozenset({"clerk", "reviewer"}),
        data=lambda world: {"text": "Two courses were held."},
        as_json=True,
    ),
    "kept": Door(SIGNED_IN),
    "help": Door(SIGNED_IN),
    "help-guide": Door(SIGNED_IN, kwargs=lambda world: {"code": "clerk"}),
    "worker": Door(SIGNED_IN, anonymous=200),
    "manifest": Door(SIGNED_IN, anonymous=200),
    "figures": Door(SIGNED_IN, status=302),
    "decade": Door(SIGNED_IN),
    "decade-csv": Door(SIGNED_IN),
    "figures-area": Door(INSIDE, kwargs=dew),
    "figures-csv": Door(INSIDE, kwargs=dew),
    "explain": Door(NOBODY),  # this and its twin in the API are asked in tests/rollups/test_explain.py
    "releases": Door(SIGNED_IN),
    "release-new": Door(KEEPERS | {"other_admin"}, shut=(403,), writes=RELEASERS, data=release_form),
    "release": Door(INSIDE, kwargs=released),
    "release-state": Door(INSIDE, kwargs=released),
    "release-again": Door(NOBODY, shut=(403, 404, 405), kwargs=released),
    "release-withdraw": Door(
        KEEPERS, shut=(403, 404), kwargs=released, writes=KEEPERS, data=lambda world: {"reason": "Wrong."}
    ),
    "release-publish": Door(NOBODY, shut=(403, 404, 405), kwargs=released),  # where nothing is published
    "release-csv": Door(INSIDE, kwargs=released),
    "release-compare": Door(INSIDE, kwargs=released),
    "release-why": Door(NOBODY, kwargs=released),  # asked properly in tests/rollups/test_releases.py
    "exports": Door(SIGNED_IN),
    "exports-state": Door(SIGNED_IN),
    "exports-new": Door(SIGNED_IN, writes=INSIDE, data=export_form),
    "exports-do": Door(NOBODY, shut=(405,), kwargs=anothers_export, data=lambda world: {"action": "delete"}),
    "figures-designation": Door(SIGNED_IN, kwargs=key_counties),
    "figures-designation-csv": Door(SIGNED_IN, kwargs=key_counties),
    "figures-designation-newest": Door(SIGNED_IN, status=302, kwargs=lambda world: {"code": "key-2001"}),
    # API
    "api-root": Door(SIGNED_IN),
    "api-schema": Door(SIGNED_IN),
    "api-docs": Door(SIGNED_IN),
    "api-nowhere": Door(NOBODY),
    "api-problem-list": Door(SIGNED_IN),
    "api-problem-detail": Door(SIGNED_IN, kwargs=lambda world: {"code": "conflict"}),
    "api-programme-list": Door(SIGNED_IN),
    "api-programme-detail": Door(SIGNED_IN, kwargs=lambda world: {"code": "dew"}),
    "api-me-list": Door(SIGNED_IN),
    "api-area-list": Door(SIGNED_IN),
    "api-area-detail": Door(INSIDE, kwargs=pk_of("Huawu")),
    "api-area-children": Door(INSIDE, kwargs=pk_of("Zhijin County")),
    "api-area-history": Door(INSIDE, kwargs=pk_of("Huawu")),
    "api-area-successions": Door(INSIDE, kwargs=pk_of("Huawu")),
    "api-area-placements": Door(INSIDE, kwargs=pk_of("Huawu")),
    "api-area-translate": Door(NOBODY, shut=(405,), as_json=True),
    "api-area-lookup": Door(NOBODY, shut=(405,), as_json=True),
    "api-change-list": Door(SIGNED_IN),
    "api-boundarychange-list": Door(SIGNED_IN),
    "api-boundarychange-detail": Door(INSIDE, kwargs=change),
    "api-boundarychange-areas": Door(INSIDE, kwargs=change),
    "api-boundarychange-successions": Door(INSIDE, kwargs=change),
    "api-record-dew-list": Door(SIGNED_IN, writes=frozenset({"clerk"}), data=api_row, as_json=True),
    "api-record-dew-detail": Door(INSIDE, kwargs=record),
    "api-record-dew-bulk": Door(
        NOBODY,
        shut=(405,),
        writes=frozenset({"clerk"}),
        data=lambda world: {"year": 2010, "rows": [{"area": world["Gaoshan"].pk, "trained": 7}]},
        as_json=True,
    ),
    "api-record-dew-take-steps": Door(
        NOBODY,
        shut=(405,),
        writes=frozenset({"reviewer"}),
        data=lambda world: {"step": "approve", "year": 2010, "area": world["520524"].pk},
        as_json=True,
    ),
    "api-record-dew-steps": Door(
        INSIDE,
        kwargs=record,
        writes=frozenset({"reviewer"}),
        data=lambda world: {"step": "return", "version": 2, "reason": "Look again."},
        as_json=True,
    ),
    "api-record-dew-remarks": Door(
        INSIDE, kwargs=record, writes=frozenset({"clerk", "reviewer"}), data=api_remark, as_json=True
    ),
    "api-rollup-dew-list": Door(SIGNED_IN),
    "api-indicator-list": Door(SIGNED_IN),
    "api-indicator-detail": Door(SIGNED_IN, kwargs=lambda world: {"pk": indicator(world, "Wells dug").pk}),
    "api-indicatorfigure-list": Door(SIGNED_IN),
    "api-indicatorfigure-detail": Door(INSIDE, kwargs=pk_from(indicator_figure)),
    "api-indicatorfigure-bulk": Door(
        NOBODY,
        shut=(405,),
        kwargs=beside_pilot,
        writes=frozenset({"clerk"}),
        data=indicator_rows,
        as_json=True,
    ),
    "api-observation-list": Door(NOBODY, shut=(400,)),  # asked in tests/test_api_tables.py
    "api-fundtotal-list": Door(NOBODY, shut=(400,)),  # these two are asked in tests/rollups/test_fund_pages.py
    "api-reconciliation-list": Door(NOBODY, shut=(400,)),
    "api-flow-list": Door(NOBODY, shut=(400,)),  # asked properly in tests/programmes/test_flows.py
    "api-designation-list": Door(SIGNED_IN),
    "api-designation-detail": Door(SIGNED_IN, kwargs=lambda world: {"code": "key-2001"}),
    "api-designation-members": Door(SIGNED_IN, kwargs=lambda world: {"code": "key-2001"}),
    "api-designated-dew-list": Door(NOBODY, shut=(400,)),  # asked properly in tests/rollups/test_designated.py
    "api-explain-list": Door(NOBODY),
    "api-release-list": Door(SIGNED_IN),
    "api-release-detail": Door(INSIDE, kwargs=released),
    "api-release-rollups": Door(INSIDE, kwargs=released),
    "api-release-compare": Door(INSIDE, kwargs=released),
    "api-release-why": Door(NOBODY, kwargs=released),  # asked properly in tests/rollups/test_releases.py
    "api-round-list": Door(SIGNED_IN),
    "api-round-detail": Door(SIGNED_IN, kwargs=lambda world: {"pk": Round.objects.get(**dew_round(world)).pk}),
    "api-round-extensions": Door(SIGNED_IN, kwargs=lambda world: {"pk": Round.objects.get(**dew_round(world)).pk}),
    "api-progress-list": Door(NOBODY, shut=(400,)),  # asked properly in tests/programmes/test_rounds_api.py
    "api-job-list": Door(frozenset({"admin"})),
    "api-job-detail": Door(frozenset({"admin"}), kwargs=stopped_job),
    "api-job-again": Door(NOBODY, shut=(404, 405), kwargs=stopped_job, writes=frozenset({"admin"})),
    "api-job-end": Door(NOBODY, shut=(404, 405), kwargs=stopped_job, writes=frozenset({"admin"})),
    "api-export-list": Door(SIGNED_IN, writes=SIGNED_IN, data=lambda world: {"resource": "areas/"}, as_json=True),
    "api-export-detail": Door(NOBODY, kwargs=anothers_export),
    "api-export-file": Door(NOBODY, kwargs=anothers_export),
    # Admin
    "admin:index": Door(STAFF, shut=(302,)),
    "admin:login": Door(STAFF, status=302, shut=(403,)),
    "admin:logout": Door(NOBODY, shut=(302, 405)),
    "admin:password_change": Door(
        STAFF,
        shut=(302,),
        writes=STAFF,
        data=lambda world: {
            "old_password": PASSWORD,
            "new_password1": "another-long-one",
            "new_password2": "another-long-one",
        },
    ),
    "admin:password_change_done": Door(STAFF, shut=(302,)),
    "admin:jsi18n": Door(STAFF, shut=(302,)),
    "admin:autocomplete": Door(NOBODY, shut=(302, 403)),  # asked properly in tests/accounts/test_admin.py
    "admin:view_on_site": Door(NOBODY, shut=(302, 404), kwargs=lambda world: {"content_type_id": 1, "object_id": 1}),
    "admin:app_list": Door(STAFF, shut=(302,), kwargs=lambda world: {"app_label": "villages"}),
    "admin:auth_user_password_change": Door(NOBODY, shut=(302, 403, 404), kwargs=lambda world: {"id": world.clerk.pk}),
    **admin_pages("accounts_user", lambda world: world.clerk.pk, frozenset({"admin"}), adds=MANAGERS),
    # No manager here holds all that the clerk holds, as revoking takes; tests/accounts/test_admin.py has one who does.
    **admin_pages("accounts_token", lambda world: AuthToken.objects.get(user=world.clerk).pk, frozenset({"admin"})),
    **admin_pages("accounts_notice", one(Notice), MANAGERS, adds=frozenset({"admin"}), deletes=frozenset({"admin"})),
    **admin_pages("villages_area", lambda world: world["Huawu"].pk, KEEPERS),
    **admin_pages("villages_county", lambda world: world["Zhijin County"].pk, KEEPERS),
    **admin_pages("villages_boundarychange", lambda world: change(world)["pk"], KEEPERS),
    **admin_pages("villages_openquestion", lambda world: question(world).pk, KEEPERS),
    **admin_pages("villages_registryimport", one(RegistryImport), STAFF),
    **admin_pages("programmes_round", one(Round), MANAGERS, adds=frozenset({"admin"}), data=round_form),
    **admin_pages(
        "programmes_indicator",
        lambda world: indicator(world, "Wells dug").pk,
        MANAGERS,
        adds=frozenset({"admin"}),
        data=lambda world: {"theme": "border", "name": "Posts", "unit": "posts"},
    ),
    **admin_pages("programmes_indicatorfigure", lambda world: indicator_figure(world).pk, KEEPERS),
    **admin_pages("programmes_extension", one(Extension), KEEPERS),
    **admin_pages("programmes_reviewstep", one(ReviewStep), KEEPERS),
    **admin_pages("programmes_remark", one(Remark), KEEPERS),
    **admin_pages("programmes_dewrecord", lambda world: record(world)["pk"], KEEPERS),
    **admin_pages(
        "programmes_dewrollup",
        lambda world: DewRecord.rollup.objects.get(area=world["Zhijin County"], year=2010, basis="recorded").pk,
        KEEPERS,
    ),
    **{
        name: door
        for kind in SCHEDULES
        for name, door in admin_pages(f"django_celery_beat_{kind}", lambda w: 1, NOBODY).items()
    },
}

DOORS |= funding_partner_doors.doors()
