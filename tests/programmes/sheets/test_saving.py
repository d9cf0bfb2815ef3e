"""Saving what was looked at: nothing is overwritten unseen or half-saved, and only its author sees a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from programmes.actions import Refused, extend_round, uploads
from programmes.actions.scope import Window
from programmes.catalogue.dew import DewRecord
from programmes.models import Round, Upload, UploadRow
from tests.programmes.sheets.files import address, faults, fill, save, send, states, take, workbook
from tests.queries import queries_made

pytestmark = pytest.mark.django_db

HUAWU, GAOSHAN, DAZHAI, LONGTAN = "520524100201", "520524100202", "520524100203", "520524101201"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def clerk(as_user: Any) -> Any:
    return as_user("clerk")


def trained() -> dict[str, int]:
    return dict(DewRecord.objects.values_list("area__code", "trained"))


def test_what_another_wrote_since_the_template_was_taken_is_a_conflict(clerk: Any, world: Any) -> None:
    world.save("Huawu", trained=5)
    content = fill(take(clerk), {HUAWU: {"trained": 6}, GAOSHAN: {"trained": 1}})
    world.save("Huawu", version=1, trained=8, by="township_clerk")
    world.save("Gaoshan", trained=9, by="township_clerk")
    upload = send(clerk, content)
    assert states(upload) == {"conflict": 2, "blank": 2}
    assert "Township_Clerk changed this row" in faults(upload)[3][0][1]
    assert "Trained: yours 6, theirs 8" in faults(upload)[3][0][1]
    save(clerk, upload)
    assert trained() == {HUAWU: 8, GAOSHAN: 9}
    # The error workbook tells what they wrote; what comes back in it has been seen.
    back = send(clerk, fill(clerk.get(address("sheet-errors", "dew", upload.pk)).content, {GAOSHAN: {"trained": 9}}))
    assert states(back) == {"accepted": 1, "unchanged": 1, "blank": 2}
    save(clerk, back)
    assert trained() == {HUAWU: 6, GAOSHAN: 9}


def test_filling_in_the_same_template_bit_by_bit_is_no_conflict_with_oneself(clerk: Any, world: Any) -> None:
    content = fill(take(clerk), {HUAWU: {"trained": 6}})
    save(clerk, send(clerk, content))
    content = fill(content, {HUAWU: {"trained": 7}, GAOSHAN: {"trained": 1}})
    upload = send(clerk, content)
    assert states(upload) == {"accepted": 2, "blank": 2}
    assert upload.rows.get(label__contains="化屋").before == {"trained": 6}
    save(clerk, upload)
    assert trained() == {HUAWU: 7, GAOSHAN: 1}
    world.save("Huawu", version=2, trained=70, by="township_clerk")
    world.save("Huawu", version=3, trained=71)
    assert states(send(clerk, fill(content, {HUAWU: {"trained": 8}})))["conflict"] == 1


def test_a_list_of_ones_own_says_whose_figures_it_would_replace(clerk: Any, world: Any) -> None:
    world.save("Huawu", trained=5, by="township_clerk")
    upload = send(clerk, workbook(["Code", "Trained"], [HUAWU, 6], [GAOSHAN, None]))
    assert states(upload) == {"accepted": 1, "blank": 1}
    row = upload.rows.get(status="accepted")
    assert row.before == {"trained": 5}
    assert row.doubts == [["", "Replaces what Township_Clerk entered.", ""]]
    world.save("Huawu", version=1, trained=8, by="township_clerk")
    assert save(clerk, upload, "accepted").state == "saved"
    assert states(upload) == {"conflict": 1, "blank": 1}
    assert trained() == {HUAWU: 8}


def test_all_or_nothing_saves_nothing_when_one_row_was_overtaken(clerk: Any, world: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}, GAOSHAN: {"trained": 1}}))
    world.save("Gaoshan", trained=9, by="township_clerk")
    assert save(clerk, upload).state == "read"
    assert trained() == {GAOSHAN: 9}
    assert "nothing was saved" in upload.problem
    assert states(upload) == {"accepted": 1, "conflict": 1, "blank": 2}
    page = clerk.get(address("sheet", "dew", upload.pk)).content.decode()
    assert "Nothing was saved" in page
    assert save(clerk, upload, "accepted").state == "saved"
    assert trained() == {HUAWU: 6, GAOSHAN: 9}


def test_all_or_nothing_is_refused_while_a_row_is_to_be_mended(clerk: Any, world: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}, GAOSHAN: {"trained": -1}}))
    save(clerk, upload)
    assert (upload.state, trained()) == ("read", {})
    with pytest.raises(Refused, match="Choose what is to be saved"):
        uploads.ask_save(pk=upload.pk, mode="some", by=world.clerk)


def test_a_job_that_breaks_off_has_saved_nothing_and_is_begun_again(clerk: Any, world: Any, monkeypatch: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}, GAOSHAN: {"trained": 1}}))

    def breaks(*_args: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("programmes.actions.upload_save._mark", breaks)
        assert save(clerk, upload).state == "saving"
    assert trained() == {}
    clerk.post(address("sheet-resume", "dew", upload.pk))
    upload.refresh_from_db()
    assert (upload.state, trained()) == ("saved", {HUAWU: 6, GAOSHAN: 1})
    versions = set(DewRecord.objects.values_list("version", flat=True))
    uploads.save_upload(pk=upload.pk)
    save(clerk, upload)
    assert versions == set(DewRecord.objects.values_list("version", flat=True)) == {1}


def test_a_file_that_no_worker_took_is_read_when_its_author_asks(clerk: Any, world: Any) -> None:
    content = fill(take(clerk), {HUAWU: {"trained": 6}})
    where = {"year": 2010, "area": world["520524"], "code": "520524", "file_name": "C:\\x\\y.xlsx"}
    upload = uploads.take_upload(DewRecord, content=content, by=world.clerk, **where)
    assert upload.file_name == "y.xlsx"
    url = address("sheet", "dew", upload.pk)
    assert "Begin again" not in clerk.get(url).content.decode()  # a job has a while to give a sign of life
    with time_machine.travel(timezone.now() + uploads.STALE + dt.timedelta(seconds=1)):
        assert "Begin again" in clerk.get(url).content.decode()
        told = clerk.get(address("sheet-state", "dew", upload.pk)).json()
    assert (told["busy"], told["stale"]) == (True, True)
    clerk.post(address("sheet-resume", "dew", upload.pk))
    assert "Save 1 row" in clerk.get(url).content.decode()


def test_a_fault_of_our_own_is_no_bare_error(clerk: Any, monkeypatch: Any) -> None:
    def fails(*_args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("programmes.actions.uploads.match", fails)
    upload = send(clerk, workbook(["Code", "Trained"], [HUAWU, 6]))
    assert upload.state == "unreadable"
    assert "The fault is not yours" in upload.problem


def test_a_closed_round_takes_no_file_and_saves_none(clerk: Any, world: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}}))
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Round.objects.filter(year=2010).update(due=yesterday, closes=yesterday)
    save(clerk, upload)
    assert (upload.state, trained()) == ("read", {})
    assert "is not open" in upload.problem
    page = clerk.get(address("sheets")).content.decode()
    assert "Nothing can be sent" in page
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = clerk.post(address("sheets"), {"file": SimpleUploadedFile("x.csv", b"Code,Trained\n1,2\n")})
    assert answer.status_code == 422
    assert "is not open" in answer.content.decode()


def test_an_upload_is_seen_by_its_author_alone(clerk: Any, world: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}}))
    world.users["colleague"] = type(world.clerk).objects.create_user("colleague")
    world.users["colleague"].jurisdictions.create(role="clerk", area=world["520524"])
    for name in ("colleague", "reviewer", "other_clerk"):
        other = Client()
        other.force_login(world.users[name], backend=BACKEND)
        for door in ("sheet", "sheet-state", "sheet-errors"):
            assert other.get(address(door, "dew", upload.pk)).status_code == 404
        for door in ("sheet-save", "sheet-delete", "sheet-resume"):
            assert other.post(address(door, "dew", upload.pk), {"mode": "all"}).status_code == 404
    assert trained() == {}
    assert Upload.objects.count() == 1


def test_a_round_that_goes_on_for_some_places_saves_theirs_alone(clerk: Any, world: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}, LONGTAN: {"trained": 7}}))
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Round.objects.filter(year=2010).update(due=yesterday, closes=yesterday)
    until = timezone.localdate() + dt.timedelta(days=3)
    extend_round(DewRecord, year=2010, area=world["520524101"], until=until, reason="A flood.", by=world.admin)
    save(clerk, upload, "accepted")
    assert trained() == {LONGTAN: 7}
    assert states(upload) == {"saved": 1, "refused": 1, "blank": 2}
    assert "is not open" in faults(upload)[3][0][1]


def test_what_can_be_written_lies_under_the_narrower_of_two_areas() -> None:
    assert Window(Round(), is_open=True).within(("1.5.", "")) == ["1.5."]
    some = Window(Round(), is_open=False, extended=("1.5.9.", "1.6.", "1.7."))
    assert some.within(("1.5.", "1.7.2.", "1.8.")) == ["1.5.9.", "1.7.2."]


def test_a_row_that_stands_already_when_it_is_saved_is_not_lost(clerk: Any, world: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}, GAOSHAN: {"trained": 1}}))
    world.save("Huawu", trained=6, by="township_clerk")
    assert save(clerk, upload).state == "saved"
    assert trained() == {HUAWU: 6, GAOSHAN: 1}


def test_figures_that_break_a_rule_made_since_the_file_was_read_save_nothing(clerk: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}, GAOSHAN: {"trained": 1}}))
    upload.rows.filter(status="accepted", values__trained=6).update(values={"trained": 6, "women": 7})
    assert save(clerk, upload).state == "read"
    assert "The figures of Dew Program have changed since the file was read" in upload.problem
    assert trained() == {}


def test_whoever_lost_the_area_meanwhile_saves_nothing(clerk: Any, world: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}}))
    uploads.ask_save(pk=upload.pk, mode="accepted", by=world.clerk)
    world.clerk.jurisdictions.all().delete()
    uploads.save_upload(pk=upload.pk)
    assert trained() == {}
    assert states(upload) == {"refused": 1, "blank": 3}


def test_files_are_deleted_on_request_and_when_they_are_old(clerk: Any) -> None:
    kept, old, unwanted = (send(clerk, workbook(["Code", "Trained"], [HUAWU, 6])) for _n in range(3))
    assert "was deleted" in clerk.post(address("sheet-delete", "dew", unwanted.pk), follow=True).content.decode()
    Upload.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=31))
    call_command("drop_uploads")
    assert list(Upload.objects.values_list("pk", flat=True)) == [kept.pk]
    assert set(UploadRow.objects.values_list("upload", flat=True)) == {kept.pk}


def test_nobody_fills_the_store_with_files(clerk: Any, world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(uploads, "KEPT_FILES", 1)
    send(clerk, workbook(["Code", "Trained"], [HUAWU, 6]))
    where = {"year": 2010, "area": world["520524"], "code": "520524", "file_name": "x", "content": b"1"}
    with pytest.raises(Refused, match="1 of your files are kept already"):
        uploads.take_upload(DewRecord, by=world.clerk, **where)


def test_pages_read_the_same_number_of_queries_however_long_the_file(clerk: Any) -> None:
    counts = []
    for rows in ([[HUAWU, 6]], [[HUAWU, 6], [GAOSHAN, 7], [DAZHAI, "x"], ["1", 2]]):
        upload = send(clerk, workbook(["Code", "Trained"], *rows))
        for url in (address("sheet", "dew", upload.pk), address("sheets"), address("sheets-template", "dew", "xlsx")):
            with queries_made() as made:
                assert clerk.get(url).status_code == 200
            counts.append(len(made))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 16
