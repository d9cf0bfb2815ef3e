"""Where the figures page leads: to other years, programmes, kinds and boundaries, the file and the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.basis import CURRENT, RECORDED, Basis
from povtrack.lib.moments import AsOf
from povtrack.lib.years import year_end
from programmes.models import Record
from programmes.registry import programmes
from programmes.views.scope import year_urls
from villages.levels import Level
from villages.models import Area, AreaVersion


@dataclass(frozen=True)
class Asked:
    """What an address asks for; `code` is that of the area on the basis, `kind` that of one kind, or empty."""

    model: type[Record]
    area: Area
    year: int
    code: str
    basis: Basis
    user: User
    kind: str = ""
    as_of: AsOf | None = None

    def url(self, code: str | None = None, name: str = "figures-area", kind: str | None = None) -> str:
        """The figures of this programme and year on this basis, of this area or another, of this kind or another."""
        address = reverse(name, args=[self.model.code, self.year, code or self.code]) + self.basis.query
        return self.then(asking(address, kind=self.kind if kind is None else kind))

    def why(self, measure: str, stage: str = "") -> str:
        """The page that says why a figure of this area is what it is."""
        asked = {"programme": self.model.code, "area": str(self.area.pk), "year": str(self.year), "measure": measure}
        basis = "" if self.basis.name == RECORDED else self.basis.name
        return self.then(asking(reverse("explain"), **asked, basis=basis, breakdown=self.kind, stage=stage))

    def then(self, address: str) -> str:
        """Let an address ask for the figures of the same moment."""
        return asking(address, as_of=self.as_of.text if self.as_of else "")


def asking(address: str, **asked: str) -> str:
    """Let an address ask for more, as far as there is anything to ask for."""
    more = urlencode({name: value for name, value in asked.items() if value})
    return f"{address}{'&' if '?' in address else '?'}{more}" if more else address


def ways_of(asked: Asked) -> dict[str, Any]:
    """Where the page leads: other programmes and years, the file, the API."""
    model, area, year = asked.model, asked.area, asked.year
    on = "" if asked.basis.name == RECORDED else f"&basis={asked.basis.name}"
    kind = f"&breakdown={asked.kind}" if asked.kind else ""
    return {
        "programmes": [
            {
                "label": m.label,
                "url": asked.then(reverse("figures-area", args=[m.code, year, asked.code]) + asked.basis.query),
                "current": m is model,
            }
            for m in programmes()
        ],
        "year_urls": [
            {**way, "url": asked.then(asking(way["url"], kind=asked.kind))}
            for way in year_urls(model, area, year, "figures-area", asked.basis)
        ],
        "csv_url": asked.url(name="figures-csv"),
        "api_url": asked.then(f"{reverse('api-root')}rollups/{model.code}/?area={area.pk}&year={year}{on}{kind}"),
    }


def boundary_choices(asked: Asked, years: list[dict[str, Any]]) -> dict[str, Any]:
    """The switch between boundaries, and what the present ones mean.

    A basis on which the area does not stand is offered without a link. `gaps`: years in which it did not stand.
    """
    versions = list(AreaVersion.objects.filter(area=asked.area))
    last = timezone.localdate().year - 1
    rounds = [way["year"] for way in years if way["year"] <= last]
    choices = [Basis(RECORDED), Basis(CURRENT), *(Basis(str(year)) for year in sorted(rounds, reverse=True))]
    if asked.basis not in choices:
        choices.append(asked.basis)
    offered = [
        {
            "label": basis_label(basis),
            "url": next((_url(asked, v.code, basis) for v in versions if basis.day(asked.year) in v.valid), ""),
            "current": basis == asked.basis,
        }
        for basis in choices
    ]
    began = min(version.valid.lower for version in versions)
    gaps = asked.basis.name == RECORDED and began > year_end(asked.model.first_year)
    return {
        "bases": offered,
        "basis": asked.basis.name,
        "basis_year": asked.basis.year,
        "basis_label": basis_label(asked.basis),
        "last_basis_year": last,
        "began": began,
        "gap_url": offered[1]["url"] if gaps else "",
    }


def basis_label(basis: Basis) -> str:
    """The boundaries in words, as they follow “Boundaries”."""
    if basis.year:
        return _("of %(year)s") % {"year": basis.year}
    return _("of each year") if basis.name == RECORDED else _("today's")


def _url(asked: Asked, code: str, basis: Basis) -> str:
    address = reverse("figures-area", args=[asked.model.code, asked.year, code]) + basis.query
    return asked.then(asking(address, kind=asked.kind))


def reporters_of(model: type[Record]) -> dict[str, str]:
    """What those who report a programme are called: over a column, of who gave a figure, of who reported."""
    if model.level == Level.COUNTY:
        return {"head": _("Counties"), "gave": _("Counties that gave it"), "reported": _("Counties reported")}
    return {"head": _("Villages"), "gave": _("Villages that gave it"), "reported": _("Villages reported")}
