"""The doors of partners, pairings, their reports and foreign projects; see `tests.doors`.

The partner and the project of the doors have to do with Zhijin alone. Their names tell nothing of it.
"""

from __future__ import annotations

from typing import Any

from funding.models import Allocation, ForeignProject, Pairing, PairingReport, Partner
from tests.funding.helping import foreign_money, paired, partner, project, reported


def helper(world: Any) -> Partner:
    return partner(world, "全国工商联", "federation")


def pairing(world: Any) -> Pairing:
    return paired(world, helper(world), "520524")


def report(world: Any) -> PairingReport:
    """Zhijin's report of 2009, with figures that no stranger may see."""
    one = pairing(world)
    return one.reports.filter(year=2009).first() or reported(world, one, 2009, trained=5959)


def wrong(world: Any) -> Pairing:
    """A pairing of Zhijin without a report, which can be removed."""
    return paired(world, helper(world), "520524", "2002", "2003")


def foreign(world: Any) -> ForeignProject:
    return project(world, "农村扶贫项目", "520524")


def money(world: Any) -> Allocation:
    """Foreign money of Zhijin, made when it is first asked for."""
    return Allocation.objects.filter(source__code="world-bank").first() or foreign_money(world)


def beside_money(world: Any) -> dict[str, Any]:
    """The project, beside money that can be booked to it."""
    money(world)
    return {"pk": foreign(world).pk}


def pairing_form(world: Any) -> dict[str, Any]:
    return {"partner": helper(world).pk, "area": "520524", "since": "2001-01-01", "until": "2001-06-01"}


def project_form(world: Any) -> dict[str, Any]:
    return {**foreign_row(world), "counties": "520524"}


def foreign_row(world: Any) -> dict[str, Any]:
    words = {"name": "又一项目", "currency": "USD", "currency_amount": "5", "rate": "7", "since": "2009-01-01"}
    return {**words, "donor": foreign(world).donor_id}


def beside(make: Any) -> Any:
    """An address that names nothing, beside what is made."""

    def kwargs(world: Any) -> dict[str, Any]:
        make(world)
        return {}

    return kwargs


def pk(make: Any) -> Any:
    return lambda world: {"pk": make(world).pk}


def doors() -> dict[str, Any]:
    """All of them by name. Asked for, not imported, since they are made of the words of `tests.doors`."""
    from tests.doors import INSIDE, KEEPERS, NOBODY, SIGNED_IN, STAFF, Door, admin_pages, county_of_2010

    keeper, officer = frozenset({"admin"}), frozenset({"finance"})
    partner_form = {"kind": "party", "name": "民革中央", "version": 1}
    return {
        "partners": Door(SIGNED_IN),
        "partner": Door(SIGNED_IN, kwargs=pk(helper)),
        "partner-new": Door(keeper, writes=keeper, data=lambda world: partner_form),
        "partner-edit": Door(keeper, kwargs=pk(helper), writes=keeper, data=lambda world: partner_form),
        "partner-totals-newest": Door(SIGNED_IN, status=302),
        "partner-totals": Door(INSIDE, kwargs=county_of_2010),
        "partner-totals-csv": Door(INSIDE, kwargs=county_of_2010),
        "pairings": Door(INSIDE, kwargs=county_of_2010),
        "pairing-new": Door(officer, kwargs=county_of_2010, writes=officer, data=pairing_form),
        "pairing": Door(INSIDE, kwargs=pk(pairing)),
        "pairing-edit": Door(
            officer, kwargs=pk(pairing), writes=officer, data=lambda world: {"since": "2003-05-01", "version": 1}
        ),
        "pairing-remove": Door(
            NOBODY, shut=(405,), kwargs=pk(wrong), writes=officer, data=lambda world: {"version": 1}
        ),
        "pairing-report": Door(
            officer,
            kwargs=lambda world: {"pk": pairing(world).pk, "year": 2010},
            writes=officer,
            data=lambda world: {"trained": "7", "version": 0},
        ),
        "projects": Door(SIGNED_IN),
        "project": Door(INSIDE, kwargs=pk(foreign)),
        "project-new": Door(keeper, writes=keeper, data=project_form),
        "project-edit": Door(
            keeper, kwargs=pk(foreign), writes=keeper, data=lambda world: {**project_form(world), "version": 1}
        ),
        "project-book": Door(
            NOBODY,
            shut=(405,),
            kwargs=beside_money,
            writes=officer,
            data=lambda world: {"allocation": money(world).pk},
        ),
        "api-foreignproject-book": Door(
            NOBODY,
            shut=(405,),
            kwargs=beside_money,
            writes=officer,
            data=lambda world: {"allocation": money(world).pk},
            as_json=True,
        ),
        "api-partner-list": Door(
            SIGNED_IN, writes=keeper, data=lambda world: {"kind": "party", "name": "民盟中央"}, as_json=True
        ),
        "api-partner-detail": Door(SIGNED_IN, kwargs=pk(helper)),
        "api-partnertotal-list": Door(NOBODY, shut=(400,)),  # asked properly in tests/funding/test_partners_api.py
        "api-pairing-list": Door(
            SIGNED_IN,
            kwargs=beside(helper),
            writes=officer,
            data=lambda world: {"partner": helper(world).pk, "area": world["Huawu"].pk, "since": "2005-01-01"},
            as_json=True,
        ),
        "api-pairing-detail": Door(INSIDE, kwargs=pk(pairing)),
        "api-pairing-remove": Door(
            NOBODY, shut=(405,), kwargs=pk(wrong), writes=officer, data=lambda world: {"version": 1}, as_json=True
        ),
        "api-pairingreport-list": Door(
            SIGNED_IN,
            kwargs=beside(pairing),
            writes=officer,
            data=lambda world: {"pairing": pairing(world).pk, "year": 2010, "trained": 7},
            as_json=True,
        ),
        "api-pairingreport-detail": Door(INSIDE, kwargs=pk(report)),
        "api-foreignproject-list": Door(
            SIGNED_IN, kwargs=beside(foreign), writes=keeper, data=foreign_row, as_json=True
        ),
        "api-foreignproject-detail": Door(INSIDE, kwargs=pk(foreign)),
        **admin_pages(
            "funding_partner",
            lambda world: helper(world).pk,
            STAFF,
            adds=keeper,
            data=lambda world: {"kind": "party", "name": "农工党中央"},
        ),
        **admin_pages("funding_pairing", lambda world: pairing(world).pk, KEEPERS),
        **admin_pages("funding_pairingreport", lambda world: report(world).pk, KEEPERS),
        **admin_pages("funding_foreignproject", lambda world: foreign(world).pk, KEEPERS),
    }
