"""A small history of codes, in the layout of the real list: facts of a few well-known reforms, cut down for the tests.

Bijie Prefecture (5224) became Bijie City (5205) in 2011, its counties with it. Xiangfan was renamed in 2010 and kept
its code. Chaohu was divided among three cities in 2011. The counties Foshan, Dongguan and Echeng became cities without
counties; Foshan got districts in 1984. The code 132201 was Xingtai's, and after a gap Nangong's.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.villages.lists import write

CodeRecord = tuple[str, str, int, int | None, str]
CodeLink = tuple[str, int, int | None, str]

# code, name, first year, year of the end, code of the record it stands under
RECORDS: list[CodeRecord] = [
    ("130000", "河北省", 1981, None, ""),
    ("130100", "石家庄市", 1981, None, "130000"),
    ("130102", "长安区", 1983, None, "130100"),
    ("130108", "裕华区", 2001, None, "130100"),
    ("130500", "邢台市", 1981, None, "130000"),
    ("130502", "桥东区", 1983, None, "130500"),
    ("130581", "南宫市", 1993, None, "130500"),
    ("132200", "邢台地区", 1981, 1993, "130000"),
    ("132201", "邢台市", 1981, 1983, "132200"),
    ("132201", "南宫市", 1986, 1993, "132200"),
    ("132225", "南宫县", 1981, 1986, "132200"),
    ("340000", "安徽省", 1981, None, ""),
    ("340100", "合肥市", 1981, None, "340000"),
    ("340181", "巢湖市", 2011, None, "340100"),
    ("340200", "芜湖市", 1981, None, "340000"),
    ("340207", "鸠江区", 1990, None, "340200"),
    ("340225", "无为县", 2011, None, "340200"),
    ("340500", "马鞍山市", 1981, None, "340000"),
    ("340523", "和县", 2011, None, "340500"),
    ("341400", "巢湖市", 1981, 2011, "340000"),
    ("341402", "居巢区", 1981, 2011, "341400"),
    ("341422", "无为县", 1981, 2011, "341400"),
    ("341424", "和县", 1981, 2011, "341400"),
    ("420000", "湖北省", 1981, None, ""),
    ("420600", "襄樊市", 1981, 2010, "420000"),
    ("420602", "襄城区", 1984, 2010, "420600"),
    ("420600", "襄阳市", 2010, None, "420000"),
    ("420602", "襄城区", 2010, None, "420600"),
    ("420700", "鄂州市", 1983, None, "420000"),
    ("422100", "黄冈地区", 1981, None, "420000"),
    ("422101", "鄂城市", 1981, 1983, "422100"),
    ("422131", "鄂城县", 1981, 1983, "422100"),
    ("440000", "广东省", 1981, None, ""),
    ("440600", "佛山市", 1983, None, "440000"),
    ("440602", "汾江区", 1984, 1986, "440600"),
    ("440602", "城区", 1986, None, "440600"),
    ("440603", "石湾区", 1984, None, "440600"),
    ("441900", "东莞市", 1988, None, "440000"),
    ("442500", "惠阳地区", 1981, None, "440000"),
    ("442502", "东莞市", 1981, 1988, "442500"),
    ("442700", "佛山地区", 1981, None, "440000"),
    ("442701", "佛山市", 1981, 1983, "442700"),
    ("520000", "贵州省", 1981, None, ""),
    ("520500", "毕节市", 2011, None, "520000"),
    ("520502", "七星关区", 2011, None, "520500"),
    ("520524", "织金县", 2011, None, "520500"),
    ("522400", "毕节地区", 1981, 2011, "520000"),
    ("522401", "毕节市", 1993, 2011, "522400"),
    ("522421", "毕节县", 1981, 1993, "522400"),
    ("522425", "织金县", 1981, 2011, "522400"),
]

# code of the old record, its first year, the year of a transfer of part (None: at its end), code of the new record
LINKS: list[CodeLink] = [
    ("130102", 1983, 2001, "130108"),
    ("132201", 1981, None, "130502"),
    ("132201", 1986, None, "130581"),
    ("132225", 1981, None, "132201"),
    ("341402", 1981, None, "340181"),
    ("341422", 1981, None, "340225"),
    ("341424", 1981, None, "340207"),
    ("341424", 1981, None, "340523"),
    ("420602", 1984, None, "420602"),
    ("422101", 1981, None, "420700"),
    ("422131", 1981, None, "420700"),
    ("440600", 1983, 1984, "440602"),
    ("440600", 1983, 1984, "440603"),
    ("440602", 1984, None, "440602"),
    ("440602", 1986, 1994, "440603"),
    ("442502", 1981, None, "441900"),
    ("442701", 1981, None, "440600"),
    ("522401", 1993, None, "520502"),
    ("522421", 1981, None, "522401"),
    ("522425", 1981, None, "520524"),
]

COLUMNS = ["year", "old_code", "old_name", "new_code", "new_name", "approved_on", "doc_no", "doc_date", "title"]
DISTRICT = ("2011-10-22", "国函〔2011〕130号", "2011年10月22日", "撤销毕节地区设立地级毕节市的批复")
DOCUMENTS = [
    ("1993", "522421", "毕节县", "522401", "毕节市", "", "", "一九九三年四月", "撤销毕节县设立毕节市"),
    ("2011", "522401", "毕节市", "520502", "七星关区", *DISTRICT),
    ("2011", "522425", "织金县", "520524", "织金县", *DISTRICT),
    ("2011", "341424", "和县", "340207", "鸠江区", "2011-07-14", "国函〔2011〕84号", "2011年7月14日", "撤销巢湖市"),
    ("2011", "341424", "和县", "340523", "和县", "2012-01-05", "民发〔2012〕1号", "2012年1月5日", "安徽省区划调整"),
]


def write_codes(
    folder: Path,
    records: Sequence[CodeRecord] = RECORDS,
    links: Sequence[CodeLink] = LINKS,
    name: str = "codes.json.gz",
) -> Path:
    """Write the records as the tree they are printed as."""
    nodes: list[dict[str, Any]] = []
    for code, label, start, end, _parent in records:
        node: dict[str, Any] = {"code": int(code) if code.isdigit() else code, "name": label, "start": start}
        nodes.append(node if end is None else {**node, "end": end})
    for old, start, year, new in links:
        node = next(node for node in nodes if (str(node["code"]), node["start"]) == (old, start))
        successor = {"code": int(new), "desc": 0}
        node.setdefault("succ", []).append(successor if year is None else {"time": year, **successor})
    top = []
    for (_code, _label, start, _end, parent), node in zip(records, nodes, strict=True):
        above = [
            other
            for other in nodes
            if str(other["code"]) == parent and other["start"] <= start < other.get("end", 9999)
        ]
        (above[0].setdefault("children", []) if above else top).append(node)
    path = folder / name
    data = json.dumps({"items": top, "descriptions": {}}, ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def write_changes(folder: Path, rows: Sequence[Sequence[str]] = DOCUMENTS) -> Path:
    return write(folder, "changes.csv", [COLUMNS, *rows])


def write_years(folder: Path, records: Sequence[CodeRecord] = RECORDS) -> Path:
    """Write which code carried which name at the end of every year, as the records have it."""
    rows = [
        (str(year), code, name)
        for year in range(1981, 2025)
        for code, name, start, end, _parent in records
        if start <= year and (end is None or year < end)
    ]
    return write(folder, "years.csv.gz", [("year", "code", "name"), *rows])
