"""What the pages of one release show: its totals, read off frozen rows as the figures page reads roll-ups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.basis import Basis
from povtrack.lib.figures import shown
from povtrack.rollups.figures_page import head_of, measure_lines, part_line, rate_lines
from povtrack.rollups.figures_ways import basis_label, reporters_of
from povtrack.rollups.releases.compare import roll_up
from povtrack.rollups.releases.models import Release, ReleasedTotal
from povtrack.rollups.releases.publishing import areas_of
from programmes.models import Record
from programmes.registry import find_programme, label_of
from villages.levels import Level
from villages.models import Area


@dataclass(frozen=True)
class Look:
    """Which totals of a release are looked at."""

    release: Release
    programme: str
    year: int
    basis: str
    area: Area

    @classmethod
    def of(cls, request: HttpRequest, release: Release) -> Look:
        """Read an address. What it leaves open is the first programme, the last year, the highest area of the reader's.

        Raises Http404 for what the release does not hold, or the reader may not see.
        """
        asked = request.GET
        programme = asked.get("programme", release.programmes[0])
        year = asked.get("year", str(release.years[-1]))
        basis = asked.get("basis", release.bases[0])
        if programme not in release.programmes or basis not in release.bases or year not in map(str, release.years):
            raise Http404(_("The release holds no such totals."))
        return cls(release, programme, int(year), basis, area_of(request, release))

    def url(self, **changes: Any) -> str:
        """The same look with something else."""
        query = {"programme": self.programme, "year": self.year, "basis": self.basis, "area": self.area.pk, **changes}
        return f"{reverse('release', args=[self.release.name])}?{urlencode(query)}"


def area_of(request: HttpRequest, release: Release) -> Area:
    """The area that an address names, or the highest of the release that the reader may see. Raises Http404."""
    visible = areas_of(release, request.user)
    wanted = request.GET.get("area", "")
    if "area" in request.GET:
        visible = visible.filter(pk=wanted if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0)
    area = visible.order_by("level", "code").first()
    if area is None:
        raise Http404(_("The release holds no totals of such a place of yours."))
    return area


def release_context(look: Look) -> dict[str, Any]:
    """What the page of a release shows. Five queries at most."""
    release, model = look.release, find_programme(look.programme)
    rows = release.totals.filter(programme=look.programme, year=look.year, basis=look.basis, breakdown="")
    own = rows.filter(area=look.area).select_related("area").first()
    below = list(rows.filter(parent=look.area).select_related("area").order_by("level", "code"))
    return {
        "section": "figures",
        "release": release,
        "programme_labels": [label_of(code) for code in release.programmes],
        "basis_labels": [basis_label(Basis(basis)) for basis in release.bases],
        "lowest": Level(release.lowest).word,
        "area": look.area,
        "year": look.year,
        "programme": {"code": look.programme, "label": label_of(look.programme)},
        "basis": look.basis,
        "basis_label": basis_label(Basis(look.basis)),
        "bases": [
            {"label": basis_label(Basis(b)), "url": look.url(basis=b), "current": b == look.basis}
            for b in release.bases
        ],
        "programmes": [
            {"label": label_of(code), "url": look.url(programme=code), "current": code == look.programme}
            for code in release.programmes
        ],
        "years": [{"label": y, "url": look.url(year=y), "current": y == look.year} for y in release.years],
        "has_row": own is not None,
        **(_table(look, model, own, below) if model and own else {}),
    }


def _table(look: Look, model: type[Record], own: ReleasedTotal, below: list[ReleasedTotal]) -> dict[str, Any]:
    """The same table as on the figures page, of frozen rows."""
    row = roll(model, own)
    return {
        "row": row,
        "measures_all": measure_lines(model, row, None),
        "rates": rate_lines(model, row),
        "reporters": reporters_of(model),
        "measure_columns": [head_of(model, name) for name in model.headline],
        "tiles": [{"value": shown(row.totals()[name])} for name in model.headline],
        "parts": [part_line(model, roll(model, part), look.url(area=part.area_id)) for part in below],
        "parts_level": Level(below[0].level).word if below else "",
        "up_url": look.url(area=own.parent_id) if own.parent_id and look.area != look.release.area else "",
    }


def roll(model: type[Record], total: ReleasedTotal) -> Any:
    """A frozen row as a row of the programme's roll-up, with the names that the place had."""
    # Names are those of the release, whatever the place is called since.
    area = Area(
        pk=total.area_id, code=total.code, name=total.name, name_latin=total.name_latin, level=total.level,
        path=total.area.path,
    )  # fmt: skip
    return roll_up(model, total.figures, area=area, level=total.level, year=total.year, basis=total.basis)


def may_release(user: User, release: Release) -> bool:
    """Whether a person may withdraw a release, or begin it again."""
    return Area.objects.visible_to(user, Ability.RELEASE).filter(pk=release.area_id).exists()
