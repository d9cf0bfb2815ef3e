"""Developers' check that every text is translated, and that what is compiled is what is written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.translation import to_locale

IGNORED = [".venv", ".local", "tests", "benchmarks"]

Text = tuple[str, str, str]  # context, singular, plural


class Command(BaseCommand):
    help = "Check that all texts are translated into every language, and compiled. Needs gettext."

    def handle(self, *args: Any, **options: Any) -> None:
        if shutil.which("xgettext") is None:
            raise CommandError("This check needs gettext: apt install gettext")
        catalogues = [
            Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES" / "django.po" for code in languages()
        ]
        problems = [problem for path in catalogues for problem in (*unfinished(path), *stale(path))]
        problems += missing_texts(catalogues)
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} texts need work: make messages, translate, make messages.")
        self.stdout.write("Every text is translated.")


def languages() -> list[str]:
    """The languages that need a catalogue: all but the one the code is written in."""
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def unfinished(path: Path) -> Iterator[str]:
    """Name the texts of a catalogue that are not translated or only guessed, or that lost a placeholder."""
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        if "fuzzy" in entry.flags or not entry.translated():
            yield f"{path.parts[-3]}: not translated: {entry.msgid!r}"
        wanted = placeholders(entry.msgid_plural or entry.msgid)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and placeholders(text) != wanted:
                yield f"{path.parts[-3]}: other placeholders than {entry.msgid!r}: {text!r}"


def placeholders(text: str) -> set[str]:
    """The names between %( and )s or between braces in a text."""
    return set(re.findall(r"%\((\w+)\)[sd]", text)) | set(re.findall(r"\{(\w+)\}", text))


def stale(path: Path) -> Iterator[str]:
    """Say whether the compiled catalogue differs from the written one."""
    compiled = path.with_suffix(".mo")
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.pofile(str(path)) if e.translated()}
    read = (
        {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(compiled))}
        if compiled.exists()
        else {}
    )
    if written != read:
        yield f"{path.parts[-3]}: {compiled.name} is not what {path.name} says"


def missing_texts(catalogues: list[Path]) -> list[str]:
    """Collect the texts of the code afresh and name those that the catalogues lack. The catalogues stay as they are."""
    kept = {path: path.read_bytes() for path in catalogues}
    known = {path: texts(path) for path in catalogues}
    try:
        call_command(
            "makemessages", locale=[path.parts[-3] for path in catalogues], ignore_patterns=IGNORED, verbosity=0
        )
        fresh = {path: texts(path) for path in catalogues}
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
    return [
        f"{path.parts[-3]}: new text: {text[1]!r}" for path in catalogues for text in sorted(fresh[path] - known[path])
    ]


def texts(path: Path) -> set[Text]:
    """The texts of a catalogue that the code uses."""
    return {(e.msgctxt or "", e.msgid, e.msgid_plural) for e in polib.pofile(str(path)) if not e.obsolete}
