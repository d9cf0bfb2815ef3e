"""Taking lists of places into the registry: facts of each source, and one importer for all of them.

Read, then compare, then write: `reading` puts the rows of the files into a staging table and judges each by itself,
`comparing` judges them together and against the registry, `writing` writes what the registry hears of for the first
time, `staging` keeps the differences for review. `looking` reads a review, `deciding` turns what was accepted into
boundary changes.
"""

from villages.imports.areacodes import AreaCodes
from villages.imports.divisions import DivisionLists
from villages.imports.findings import Finding, Findings, Report, Verdict
from villages.imports.plain import PlainList
from villages.imports.sources import Nation, Source

SOURCES: dict[str, type[Source]] = {source.code: source for source in (DivisionLists, AreaCodes, PlainList)}

__all__ = ["SOURCES", "Finding", "Findings", "Nation", "Report", "Source", "Verdict"]
