"""Small designation lists in the layouts of the real ones, written to files."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from villages.actions.designations import import_designations
from villages.designations.importing import Request
from villages.designations.report import Report

PLAIN = "designation,name,code,on,within,since,until,evidence,note"
POOR = (
    "seq,province,prefecture,macro_region,listed_name,listed_code,exit_year,exit_status,"
    "code_2012,name_2012,code_2024,name_2024,check_note"
)
KEY = "list,province,name_as_listed,official_name,code,code_year,evidence,source,note"


def written(folder: Path, header: str, *rows: Sequence[Any], name: str = "list.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    return path


def plain(name: str, code: str = "", **fields: str) -> list[str]:
    """One row of povtrack's own layout, of the key counties of 2001 unless `fields` say otherwise."""
    row = {"designation": "key-2001", "name": name, "code": code, "on": "2008-12-31", "within": "贵州", "until": ""}
    row |= {"since": "2001-01-01", "evidence": "printed", "note": "", **fields}
    return [row[column] for column in PLAIN.split(",")]


def take(*files: Path, commit: bool = True, by: Any = None, **asked: Any) -> Report:
    return import_designations(request=Request(files, **asked), by=by, commit=commit)
