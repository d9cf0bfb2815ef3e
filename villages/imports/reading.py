"""Reading the files of a list into the staging table, judging each row by itself. The registry is not touched."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.lib.csvfiles import CsvFile, FileError
from povtrack.lib.progress import Step
from villages.imports.findings import Finding, Verdict
from villages.imports.job import AUTO, Job, Request
from villages.imports.sources import CODE_MAX, Flaw, Layout, Listed, Source, WrongColumns
from villages.levels import Level
from villages.sql import statement


def recognise(request: Request, sources: dict[str, type[Source]]) -> Source:
    """Return the source of the files: the one asked for, or the one whose header they all have; raises FileError."""
    if request.source != AUTO:
        return sources[request.source]()
    found: dict[str, str] = {}
    for path in request.files:
        with CsvFile(path, request.encoding) as file:
            of_file = next((source for source in sources.values() if source.recognises(file.header)), None)
            if of_file is None:
                raise FileError(
                    file.name,
                    _("The columns are those of no list that povtrack knows: %(found)s.")
                    % {"found": ", ".join(file.header)},
                    line=1,
                )
            found[of_file.code] = file.name
    if len(found) > 1:
        raise FileError(
            ", ".join(found.values()), _("These files are of different sources. Import them one source at a time.")
        )
    return sources[next(iter(found))]()


def stage(job: Job) -> int:
    """COPY all rows of the files into the table `list_row`; return how many rows of other days were passed over."""
    job.cursor.execute(statement("import_stage"))
    passed_over = 0
    for number, path in enumerate(job.request.files):
        with (
            CsvFile(path, job.request.encoding) as file,
            job.steps.step(_("Reading %(file)s") % {"file": file.name}, file.size) as step,
        ):
            reader = _FileReader(job, file, number)
            _copy(job.cursor, reader.lines(step))
            if not reader.rows:
                raise FileError(file.name, _("The file has a header but no rows."))
            passed_over += reader.passed_over
    return passed_over


def _copy(cursor: CursorWrapper, lines: Iterator[str]) -> None:
    pipe = _Pipe(lines)
    try:
        cursor.copy_expert("COPY list_row FROM STDIN", pipe)
    except Exception:
        # The driver reports any failure of the reader as a cancelled COPY; the reader knows what was wrong.
        if pipe.error:
            raise pipe.error from None
        raise


class _FileReader:
    """Turns one file into lines for COPY, and what is wrong with its rows into findings."""

    def __init__(self, job: Job, file: CsvFile, number: int) -> None:
        self._job, self._file, self._number = job, file, number
        try:
            self._layout: Layout = job.source.layout(file.header, job.request.vintage)
        except WrongColumns as error:
            raise FileError(file.name, str(error), line=1) from error
        self.rows = self.passed_over = 0

    def lines(self, step: Step) -> Iterator[str]:
        pick, flaws_of, width = self._layout.pick, self._job.source.flaws, len(self._file.header)
        above = [self._file.header.index(name) for name in self._layout.above]
        nation, number = self._job.nation.code, self._number
        for line, cells in self._file.rows():
            self.rows += 1
            if self.rows % 20000 == 0:
                step.to(self._file.position)
            if len(cells) != width:
                self._wrong_width(line, cells)
                continue
            row = pick(cells)
            if row is None:
                self.passed_over += 1
                continue
            level, code, name, latin, parent, kind = row
            flaws = flaws_of(row)
            fatal = bool(flaws) and self._tell(line, cells, row, flaws)
            for place in above:
                if not code.startswith(cells[place]):
                    self._tell(line, cells, row, [self._stray_above(place)])
            if fatal and not _stageable(row):
                continue
            if fatal:
                kind = ""
            if level == Level.PROVINCE:
                parent = parent or nation
            names = f"{_text(name)}\t{_text(latin)}\t{_text(parent)}"
            yield f"{number}\t{line}\t{level}\t{kind}\t{code}\t{names}\t{fatal}\n"

    def _tell(self, line: int, cells: list[str], row: Listed, flaws: Sequence[Flaw]) -> bool:
        """Add a finding for each flaw; tell whether one is fatal."""
        for flaw in flaws:
            column = self._layout.columns.get(flaw.field, "") or flaw.field
            value = cells[self._file.header.index(column)] if column in self._file.header else ""
            odd_name = Verdict.SUSPECT if flaw.field == "name" else Verdict.WARNING
            verdict = Verdict.REJECTED if flaw.fatal else odd_name
            level = row.level if row.level in Level.values else None
            self._job.findings.add(Finding(verdict, level, self._file.name, line, column, value, flaw.reason))
        return any(flaw.fatal for flaw in flaws)

    def _stray_above(self, place: int) -> Flaw:
        return Flaw(self._file.header[place], _("The row's own code does not begin with this code."), fatal=False)

    def _wrong_width(self, line: int, cells: list[str]) -> None:
        words = {"wanted": len(self._file.header), "found": len(cells)}
        reason = _("The header has %(wanted)s columns; this row has %(found)s.") % words
        value = ",".join(cells)[:200]
        self._job.findings.add(Finding(Verdict.REJECTED, None, self._file.name, line, "", value, reason))


def _stageable(row: Listed) -> bool:
    """Tell whether a rejected row still names a place, so that the place is not taken for gone."""
    return (
        row.level in Level.values and 0 < len(row.code) <= CODE_MAX and row.code.isprintable() and "\\" not in row.code
    )


def _text(value: str) -> str:
    """Escape for COPY. Control characters stand only in rejected rows, whose names nobody reads again."""
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    return value if value.isprintable() else "".join(" " if ord(sign) < 32 else sign for sign in value)


class _Pipe(io.TextIOBase):
    """Lets COPY read from a generator of lines, in blocks, while they are made."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.error: Exception | None = None

    def read(self, size: int | None = -1) -> str:
        block: list[str] = []
        length = 0
        try:
            for line in self._lines:
                block.append(line)
                length += len(line)
                if size is not None and 0 <= size <= length:
                    break
        except Exception as error:
            self.error = error
            raise
        return "".join(block)
