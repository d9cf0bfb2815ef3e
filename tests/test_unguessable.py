"""What lies outside a reader's areas can't be guessed: with more of it there, every answer is the same to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import resolve

from funding.actions import book_payment
from funding.models import Allocation, Payment
from povtrack.rollups.recompute import drain
from programmes.actions import add_remark, approve_records, submit_records
from programmes.catalogue.dew import DewRecord
from tests.extent import IS_THOROUGH
from tests.funding.money import DAY, given, passed
from tests.test_access_matrix import (
    API,
    address,
    client_with,
    full_world,  # noqa: F401 - a fixture
    sessions,  # noqa: F401 - a fixture
    undone,
)

pytestmark = pytest.mark.django_db

PLAIN = ("api-record-dew-list", "api-allocation-list")
LISTS = [name for name in API if IS_THOROUGH or name in PLAIN]
_DEW = {"programme": "dew", "year": "2010"}


def questions(name: str, world: Any, future: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Ask for everything that an endpoint might know: of one's own place, of places elsewhere, of what is not there."""
    own, huawu, zhijin = world["Nayong County"].pk, world["Huawu"].pk, world["Zhijin County"].pk
    yield {}
    years = {"year_min": "2010", "year_max": "2010"}
    base = {
        "api-observation-list": {"programme": "dew", "measure": "trained"},
        "api-explain-list": {**_DEW, "measure": "trained", "area": own},
        "api-fundtotal-list": {"area": own, **years},
        "api-reconciliation-list": {"area": own, **years},
        "api-flow-list": {"programme": "relocation", "year": "2010", "area": own},
        "api-designated-dew-list": {"designation": "key-2001", "year": "2010"},
    }.get(name, {})
    yield base
    for place in (huawu, zhijin):
        for parameter in ("area", "within", "parent", "origin", "destination"):
            yield {**base, parameter: place}
    if not name.endswith("-list"):
        return
    yield from ({**base, parameter: future["allocation"]} for parameter in ("allocation", "parent"))
    yield from ({**base, "count": how} for how in ("exact", "estimated"))
    yield from ({**base, "format": form} for form in ("csv", "ndjson"))
    yield from ({**base, "q": word} for word in ("Huawu", "化屋", "5205241"))
    yield from ({**base, **asked} for asked in (
        {"code": "520524100201"}, {"state": "approved"}, {"basis": "current"}, {"level": "3"}, {"page_size": "1"},
        {"updated_since": "2001-01-01T00:00:00Z"}, {"document_date_min": "2000-01-01"}, {"fields": "id"},
        {"designation": "key-2001"}, {"year": "2010"}, {"source": "central"}, {"as_of": "2999-01-01"},
    ))  # fmt: skip
    view: Any = resolve(address(name, world)).func
    orderings = list(getattr(view.cls, "orderings", {})) if name.endswith("-list") else []
    yield from ({**base, "ordering": f"-{word}", "page_size": "2"} for word in orderings[: None if IS_THOROUGH else 3])


# Cursors of the feed: no two are alike, so that they tell nothing; nor are the ETags of answers that have one.
_SEALED = re.compile(rb'(since=|"cursor":")[^"&]+')


def told_by(answer: Any) -> tuple[int, str | None, bytes]:
    body = answer.getvalue()
    bare = _SEALED.sub(rb"\1", body)
    return answer.status_code, answer.get("ETag") if bare == body else None, bare


def answers(reader: Any, urls: dict[str, str], world: Any, future: dict[str, int]) -> dict[str, Any]:
    """Everything that a reader is told: status, ETag and body of each answer."""
    told = {}
    for name, url in urls.items():
        cache.clear()
        for asked in questions(name, world, future):
            told[f"{url} {asked}"] = told_by(client_with(reader).get(url, asked))
    for path, pk in future.items():
        for url in (f"/api/v1/{path}s/{pk}/", f"/api/v1/records/dew/{pk}/"):
            told[url] = told_by(client_with(reader).get(url))
    return told


def happen_elsewhere(world: Any) -> None:
    """Let much be written in Zhijin: records, steps, remarks and money."""
    for place in ("Gaoshan", "Longtan"):
        world.save(place, trained=9)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    approve_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.reviewer)
    words = {"year": 2010, "area": world["Gaoshan"], "breakdown": "", "measure": "trained"}
    add_remark(DewRecord, text="Counted twice.", by=world.clerk, **words)
    new = given(world, "Zhijin County", 77)
    passed(world, new, Gaoshan=7)
    book_payment(new, kind="disbursed", amount=Decimal(5), paid_on=DAY, by=world.finance)
    passed(world, Allocation.objects.get(area=world["520524"], parent__isnull=False), Dazhai=11)
    drain()


def test_what_is_written_elsewhere_changes_no_answer(
    full_world: Any,  # noqa: F811
    sessions: dict[str, Any],  # noqa: F811
) -> None:
    with undone():
        urls = {name: address(name, full_world) for name in LISTS}
        drain()
        future = {
            "allocation": Allocation.objects.latest("pk").pk + 1,
            "payment": Payment.objects.latest("pk").pk + 1,
            "record": DewRecord.objects.latest("pk").pk + 1,
        }
        before = answers(sessions["other_clerk"], urls, full_world, future)
        happen_elsewhere(full_world)
        assert Allocation.objects.filter(pk=future["allocation"]).exists()
        after = answers(sessions["other_clerk"], urls, full_world, future)
    differing = {asked: (told, after[asked]) for asked, told in before.items() if after[asked] != told}
    assert not differing
    assert sum(status == 200 for status, _etag, _body in before.values()) > (150 if IS_THOROUGH else 20)
