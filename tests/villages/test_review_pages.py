"""The pages on which the differences of a newer list are decided: who sees what, and what each button does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from tests.queries import queries_made
from tests.villages.lists import WIDER, area, compared, lines, places, run, village, write_all
from villages.imports.looking import visible_rows
from villages.models import BoundaryChange, ListReview, ListRow

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first list, of two counties, is in the registry."""
    run(write_all(tmp_path / "first", **WIDER))
    return tmp_path


class TestThePages:
    @pytest.fixture
    def review(self, folder: Path) -> ListReview:
        rows = [row for row in WIDER["villages"] if row[0] not in ("520524101212", "520525100201")]
        more = [village("520524101300", "红岩村委会"), village("520525100202", "青山村委会")]
        return compared(folder, villages=[*rows, *more])

    def sign_in(self, client: Client, code: str, role: Role = Role.REGISTRY) -> User:
        user = User.objects.create_user(f"{role}{code}", first_name="Jun")
        Jurisdiction.objects.create(user=user, role=role, area=area(code))
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return user

    def decide(self, client: Client, review: ListReview, **form: Any) -> str:
        answer = client.post(f"/registry/lists/{review.pk}/decide/", form, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_only_a_keeper_of_the_registry_comes_in(self, client: Client, review: ListReview) -> None:
        self.sign_in(client, "CN", Role.CLERK)
        assert client.get("/registry/lists/").status_code == 403
        assert client.get(f"/registry/lists/{review.pk}/").status_code == 403
        assert client.post(f"/registry/lists/{review.pk}/decide/", {"action": "refuse-all"}).status_code == 403
        assert not ListRow.objects.exclude(decision="open").exists()

    @pytest.mark.parametrize(
        ("code", "seen"), [("CN", 4), ("5205", 4), ("520524", 2), ("520524101", 2), ("520524001", 0)]
    )
    def test_everybody_sees_the_differences_of_their_areas_only(
        self, client: Client, review: ListReview, code: str, seen: int
    ) -> None:
        user = self.sign_in(client, code)
        assert visible_rows(review, user).count() == seen
        page = client.get(f"/registry/lists/{review.pk}/").content.decode()
        assert page.count('name="row"') == seen
        assert ("青山村委会" in page) == (seen == 4)

    def test_nobody_decides_elsewhere_not_even_with_all(self, client: Client, review: ListReview) -> None:
        self.sign_in(client, "520524")
        foreign = review.rows.get(code="520525100202")
        self.decide(client, review, action="accept", row=foreign.pk)
        self.decide(client, review, action="accept-all")
        assert set(review.rows.exclude(decision="open").values_list("group", flat=True)) == {"520524"}
        assert area("520525100201").ended_on is None

    def test_ticked_rows_are_accepted_and_it_is_said_how_many(self, client: Client, review: ListReview) -> None:
        self.sign_in(client, "CN")
        row = review.rows.get(code="520524101300")
        page = self.decide(client, review, action="accept", row=row.pk, filter="outcome=new")
        assert "1 difference accepted." in page
        assert area("520524101300").ended_on is None

    def test_a_whole_county_is_chosen_by_one_tick(self, client: Client, review: ListReview) -> None:
        self.sign_in(client, "CN")
        self.decide(client, review, action="refuse", group="new~5~520524")
        assert review.rows.get(decision="refused").code == "520524101300"

    def test_what_could_not_be_accepted_is_told_row_by_row(self, client: Client, folder: Path) -> None:
        review = compared(
            folder,
            streets=lines("streets", more=[("520524102", "猫场镇", "520524", "52", "5205")]),
            villages=lines("villages", more=[village("520524102201", "红岩村委会")]),
        )
        self.sign_in(client, "CN")
        page = self.decide(client, review, action="accept-all", filter="outcome=new&level=5")
        assert "1 difference could not be accepted" in page
        assert "520524102201 红岩村委会" in page
        assert "is not decided yet" in page

    def test_all_that_a_filter_shows_is_decided_and_nothing_else(self, client: Client, review: ListReview) -> None:
        self.sign_in(client, "CN")
        page = client.get(f"/registry/lists/{review.pk}/?outcome=gone").content.decode()
        assert "Accept all" in page
        self.decide(client, review, action="accept-all", filter="outcome=gone")
        assert review.rows.filter(decision="accepted").count() == 2
        assert set(review.rows.filter(decision="accepted").values_list("outcome", flat=True)) == {"gone"}

    def test_an_acceptance_is_taken_back_on_the_page(self, client: Client, review: ListReview) -> None:
        self.sign_in(client, "CN")
        before = places()
        self.decide(client, review, action="accept-all")
        assert "Take back" in client.get(f"/registry/lists/{review.pk}/").content.decode()
        change = BoundaryChange.objects.first()
        client.post(f"/registry/lists/{review.pk}/undo/", {"change": change.pk})  # type: ignore[union-attr]
        assert places() == before

    def test_a_long_acceptance_asks_first_and_tells_on_one_page_what_is_under_way_and_what_came_of_it(
        self, client: Client, review: ListReview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("villages.views.reviews.LONG", 1)
        self.sign_in(client, "CN")
        form = {"action": "accept-all", "filter": "decision=open"}
        asked = client.post(f"/registry/lists/{review.pk}/decide/", form)
        assert asked.context["fields"] == [("filter", "decision=open"), ("action", "accept-all")]
        assert not review.rows.filter(decision="accepted").exists()
        answer = client.post(f"/registry/lists/{review.pk}/decide/", {**form, "sure": "1"})
        page = b"".join(answer).decode()  # type: ignore[arg-type]
        assert page.index("are being accepted") < page.index("Done.") < page.index("</html>")
        assert review.rows.filter(decision="accepted").count() == 4

    @pytest.mark.parametrize(
        "query",
        ["?level=9&outcome=odd&decision=no", "?after=gone~5", "?after=%00~x~y~z",
         "?after=new~5~520524~99999999999999999999", "?q=%00", "?county=%27%22&before=x~9~y~1"],
    )  # fmt: skip
    def test_nonsense_in_the_address_is_no_error(self, client: Client, review: ListReview, query: str) -> None:
        self.sign_in(client, "CN")
        assert client.get(f"/registry/lists/{review.pk}/{query}").status_code == 200

    @pytest.mark.parametrize(
        "form",
        [{}, {"action": "accept"}, {"action": "odd", "row": "1"}, {"action": "accept", "row": "x"},
         {"action": "refuse", "group": "new~x~y"}, {"action": "refuse", "group": "\0~5~\0"}],
    )  # fmt: skip
    def test_a_form_that_makes_no_sense_decides_nothing(self, client: Client, review: ListReview, form: Any) -> None:
        self.sign_in(client, "CN")
        self.decide(client, review, **form)
        assert not review.rows.exclude(decision="open").exists()

    @pytest.mark.parametrize("change", ["", "x", "999999999"])
    def test_taking_back_what_never_was_is_not_found(self, client: Client, review: ListReview, change: str) -> None:
        self.sign_in(client, "CN")
        assert client.post(f"/registry/lists/{review.pk}/undo/", {"change": change}).status_code == 404

    def test_pages_lead_on_and_back_through_all_rows(
        self, client: Client, review: ListReview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("villages.views.differences.PAGE", 1)
        self.sign_in(client, "CN")
        url, seen, last = f"/registry/lists/{review.pk}/", [], None
        for _turn in range(4):
            context = client.get(url).context
            seen.append(context["groups"][0]["rows"][0]["pk"])
            last, url = context, f"/registry/lists/{review.pk}/{context['next_url']}"
        assert seen == list(review.rows.order_by("outcome", "level", "group", "pk").values_list("pk", flat=True))
        assert last is not None
        assert last["next_url"] == ""
        back = client.get(f"/registry/lists/{review.pk}/{last['previous_url']}").context
        assert back["groups"][0]["rows"][0]["pk"] == seen[-2]

    def test_a_page_takes_as_many_queries_however_long(self, client: Client, review: ListReview, folder: Path) -> None:
        self.sign_in(client, "CN")
        url = f"/registry/lists/{review.pk}/"
        client.get(url)
        with queries_made() as few:
            client.get(url)
        more = [village(f"5205241013{n:02}", f"第{n}岩村委会") for n in range(1, 40)]
        longer = compared(folder, villages=lines("villages", more=more))
        client.get(f"/registry/lists/{longer.pk}/")
        with queries_made() as many:
            client.get(f"/registry/lists/{longer.pk}/")
        assert len(many) == len(few) <= 14
