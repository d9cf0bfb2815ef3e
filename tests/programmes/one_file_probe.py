"""Run inside a copy of the project to which one programme was added: makes its migration, and looks for it behind every
door. Prints JSON.

Not a test by itself; see test_one_file.py.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import json
from typing import Any

import django
import openpyxl
from django.conf import settings

django.setup()
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
settings.JOBS_ASIDE = False  # as in all tests: what is asked for is done when the answer comes

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

CODE, YEAR, COUNTY = "beekeeping", 2010, "520524"


def main() -> None:
    call_command("makemigrations", "programmes", name=CODE, verbosity=0)
    importlib.invalidate_caches()
    call_command("migrate", verbosity=0)
    from povtrack.rollups.recompute import drain
    from programmes.models import Round
    from tests.world import build_world

    world = build_world()
    today, month = timezone.localdate(), dt.timedelta(days=30)
    Round.objects.create(programme=CODE, year=YEAR, opens=today - month, due=today, closes=today + month)
    found: dict[str, Any] = {}
    grid = f"/work/{CODE}/{YEAR}/{COUNTY}/?kind=wild"
    clerk, analyst, admin = (signed_in(world.users[name]) for name in ("clerk", "analyst", "admin"))
    found["grid"] = page(clerk, grid, f'name="v-{world["Huawu"].pk}-hives"', "Hives", "Wild")
    huawu = world["Huawu"].pk
    form = {f"version-{huawu}": "0", f"v-{huawu}-hives": "12", f"v-{huawu}-moved": "13", "action": "save"}
    found["form refuses a part over its whole"] = "more than" in clerk.post(grid, form).content.decode()
    since = clerk.get("/api/v1/changes/").json()["cursor"]
    clerk.post(grid, {**form, f"v-{huawu}-moved": "5"})
    told = clerk.get("/api/v1/changes/", {"since": since, "programme": CODE, "include": "content"}).json()["results"]
    found["feed"] = [(entry["operation"], entry["content"]["moved"]) for entry in told]
    record = {"area": world["Gaoshan"].pk, "year": YEAR, "breakdown": "kept", "hives": 30, "honey": "99.5"}
    found["api writes"] = clerk.post(f"/api/v1/records/{CODE}/", record, "application/json").status_code
    found["api reads"] = clerk.get(f"/api/v1/records/{CODE}/?breakdown=kept").json()["results"][0]["honey"]
    for kind in ("wild", "kept"):
        clerk.post(f"/work/{CODE}/{YEAR}/{COUNTY}/?kind={kind}", {"action": "submit"})
    drain()
    found["totals"] = page(analyst, f"/figures/{CODE}/{YEAR}/{COUNTY}/", "Hives", ">42<")
    found["rollup"] = analyst.get(f"/api/v1/rollups/{CODE}/?area={world[COUNTY].pk}&year={YEAR}").json()["results"][0]
    found["export"] = (
        analyst.get(f"/figures/{CODE}/{YEAR}/{COUNTY}/table.csv").getvalue().decode("utf-8-sig").splitlines()
    )
    found["schema"] = f"/api/v1/records/{CODE}/" in analyst.get("/api/v1/schema/?format=json").content.decode()
    found["template"], found["template comes back"] = template(clerk, world["Gaoshan"].code)
    found["declared"] = analyst.get(f"/api/v1/programmes/{CODE}/").json()["rules"]
    found["admin"] = page(admin, "/admin/programmes/beerecord/", "12")
    print(json.dumps(found))


def template(client: Client, village: str) -> tuple[dict[str, Any], bool]:
    """What the Excel template says, by key, of a village of which nothing is known of one kind; and filled in again."""
    sheets = f"/work/{CODE}/{YEAR}/{COUNTY}/sheets/"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{sheets}template.xlsx").content))
    sheet = book.worksheets[0]
    keys, heads, *rows = sheet.iter_rows()
    lines = [{key.value: cell for key, cell in zip(keys, row, strict=True)} for row in rows]
    kept, wild = (
        next(line for line in lines if (line["@code"].value, line["@kind"].value) == (village, kind))
        for kind in ("Kept", "Wild")
    )
    said = {
        "heads": [head.value.replace("\n", " ") for key, head in zip(keys, heads, strict=True) if key.value[0] != "@"],
        "figures": [kept[name].value for name in ("hives", "moved", "honey")],
        "checks": [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "custom"],
    }
    wild["hives"].value = 7
    sent = io.BytesIO()
    book.save(sent)
    file = SimpleUploadedFile("beekeeping.xlsx", sent.getvalue())
    preview = client.post(sheets, {"file": file}).headers["Location"]
    client.post(f"{preview}save/", {"mode": "all"})
    return said, page(client, preview, "Rows saved: 1")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client, address: str, *words: str) -> bool:
    """Tell whether a page is there and says these words."""
    response = client.get(address)
    text = response.content.decode()
    return response.status_code == 200 and all(word in text for word in words)


if __name__ == "__main__":
    main()
