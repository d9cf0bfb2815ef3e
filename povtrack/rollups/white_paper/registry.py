"""The places and lists of the white paper's nation: loaded beside whatever of it the registry holds already."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_noop

from povtrack.accounts.models import User
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.white_paper import facts
from villages.actions.designations import import_designations
from villages.actions.load import NewArea, load_areas
from villages.designations.importing import Request
from villages.designations.lists import KEY_LIST_2012
from villages.levels import Level
from villages.models import AreaVersion, Designation, RegistryImport
from villages.told import told

NATION = NewArea(Level.NATION, "CN", "中国", "China", "")
_LEVELS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY}
_LISTS = {
    facts.PROVINCIAL: (
        "省级扶贫开发工作重点县（示例）",
        "Provincial key counties (invented)",
        Level.COUNTY,
        gettext_noop("Which counties these were is invented; their number follows from what the white paper prints."),
    ),
    facts.CENTRAL_22: (
        "中央财政扶贫资金重点投入的22个省",
        "The 22 provinces of the central poverty funds",
        Level.PROVINCE,
        gettext_noop("The 21 provinces with key counties of 2001, and Tibet."),
    ),
}
_COLUMNS = ("designation", "name", "code", "on", "within", "since", "until", "evidence", "note")
_INVENTED = "Invented for the demonstration: the list of this province could not be sourced, only its number."


def codes() -> dict[str, int]:
    """The places by the code that they carried at the end of 2010."""
    return dict(AreaVersion.objects.filter(valid__contains=facts.FORM).values_list("code", "area"))


def load_places(source: RegistryImport, progress: Steps) -> None:
    """Load the provinces, prefectures and counties that the registry does not hold yet."""
    here = codes()
    then = dict(AreaVersion.objects.filter(valid__contains=facts.SINCE).values_list("area", "code"))
    known = facts.places()

    def parent_of(code: str) -> str:
        up = code[:4] if len(code) == 6 and code[:4] in known else code[:2]
        up = NATION.code if len(code) == 2 else up
        return then[here[up]] if up in here else up

    new = [
        NewArea(_LEVELS[len(code)], code, place.name, place.latin, parent_of(code))
        for code, place in sorted(known.items(), key=lambda item: len(item[0]))
        if code not in here
    ]
    load_areas([*([] if NATION.code in here else [NATION]), *new], since=facts.SINCE, source=source, progress=progress)


def load_lists(by: User) -> None:
    """Take in the lists by which the paper tells its sums apart; those of 2001 and the west are known already."""
    for code, (name, latin, level, note) in _LISTS.items():
        Designation.objects.get_or_create(
            code=code, defaults={"name": name, "name_latin": latin, "level": level, "note": told(note)}
        )
    lines = [*_key_counties(), *_provinces(facts.CENTRAL_22, facts.WEST + facts.MIDDLE)]
    if not Designation.objects.filter(code=facts.WESTERN).exists():
        lines += _provinces(facts.WESTERN, facts.WEST)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lists.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_COLUMNS, *lines])
        import_designations(request=Request([path]), by=by, commit=True, progress=SilentSteps())


def _key_counties() -> list[list[str]]:
    places = facts.places()
    return [
        _line(county.list, places[county.code], until=KEY_LIST_2012.isoformat(), printed=county.evidence == "printed")
        for county in facts.key_counties()
    ]


def _provinces(code: str, members: tuple[str, ...]) -> list[list[str]]:
    return [_line(code, facts.places()[member]) for member in members]


def _line(code: str, place: facts.Place, *, until: str = "", printed: bool = True) -> list[str]:
    within = facts.places()[place.code[:2]].name if len(place.code) == 6 else ""
    evidence, note = ("printed", "") if printed else ("weak", _INVENTED)
    return [
        code, place.name, place.code, facts.FORM.isoformat(), within, facts.SINCE.isoformat(), until, evidence, note
    ]  # fmt: skip
