"""Where one embedded server keeps what."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TextIO

from povtrack.embedded.errors import EmbeddedError

# A unix socket's whole path fits 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")


class Folders:
    """The places that belong to the server of `data`; see the package's docstring for what they hold."""

    def __init__(self, data: Path) -> None:
        self.data = Path(data).absolute()
        self.log = self.data / "server.log"
        self.kept = self.data / "keep"

    @property
    def home(self) -> Path:
        """The folder that holds the cluster: `data`, or the fall-back when root cannot let the server in there."""
        return self.fallback if self.fallback.exists() else self.data

    @property
    def fallback(self) -> Path:
        return self._temporary("home")

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def socket(self) -> Path:
        inside = self.home / "socket"
        return inside if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER else self._temporary("socket")

    def has_cluster(self) -> bool:
        """Whether the server was made. Raises EmbeddedError when the folder is closed to this account."""
        try:
            return (self.cluster / "PG_VERSION").exists()
        except PermissionError:
            raise _not_ours(self.data) from None

    def open(self, name: str) -> TextIO:
        """Open a small file in `data` to append to or to lock, making the folder and the file when missing."""
        own(self.data)
        file = (self.data / name).open("a")
        if os.geteuid() == 0:  # what root makes in a person's folder stays usable by that person
            folder = self.data.stat()
            os.fchown(file.fileno(), folder.st_uid, folder.st_gid)
        return file

    def _temporary(self, kind: str) -> Path:
        mark = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir())
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER // 2:
            folder = Path("/tmp")  # noqa: S108 - the folder in it is checked before use
        return folder / f"povtrack-{os.geteuid()}-{mark}-{kind}"


def own(folder: Path, also: int | None = None) -> None:
    """Make the folder, closed to others, when it is missing.

    Raises EmbeddedError when it is there but belongs neither to this account nor to the account `also`: in the shared
    temporary folder anyone may have put it. Root may use any folder, but not in the temporary folder.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (FileExistsError, NotADirectoryError):
        raise EmbeddedError(f"{folder} is in the way: it is not a folder.") from None
    except PermissionError:
        raise _not_ours(folder) from None
    shared = folder.parent.stat().st_mode & 0o1000
    as_root = os.geteuid() == 0 and not shared
    if (folder.is_symlink() and shared) or not (as_root or found.st_uid in (os.geteuid(), also)):
        raise _not_ours(folder)


def _not_ours(folder: Path) -> EmbeddedError:
    return EmbeddedError(f"{folder} belongs to another account: run this as that account, or as root.")
