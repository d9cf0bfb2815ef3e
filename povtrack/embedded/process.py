"""The running server, as its postmaster.pid tells: line 1 its process, line 5 its socket's folder, line 8 its state."""

# ruff: noqa: S603 - the commands are of our own making

import os
import subprocess
import sys
from pathlib import Path


class PidFile:
    """The postmaster.pid of one data folder."""

    def __init__(self, cluster: Path) -> None:
        self.cluster = cluster
        self.path = cluster / "postmaster.pid"

    def pid(self) -> int | None:
        """The server's process, or None when none runs.

        After a reboot, and in each new container, the number in a leftover file may be another program's. So the
        process must also look like a server of this folder.
        """
        first = self._line(1)
        if not first.isdigit():
            return None
        return int(first) if self.serves(int(first)) else None

    def serves(self, pid: int) -> bool:
        """Whether this process is alive and a server of this folder."""
        argv = _argv(pid)
        return bool(argv) and Path(argv[0]).name == "postgres" and str(self.cluster) in argv

    def socket_folder(self) -> Path | None:
        """Where the running server's socket is."""
        return Path(self._line(5)) if self.pid() and self._line(5) else None

    def is_ready(self, pid: int) -> bool:
        """Whether the server with this process accepts connections."""
        return self._line(1) == str(pid) and self._line(8) == "ready"

    def release(self) -> None:
        """Make a leftover file harmless; call it only when no server runs.

        Deleting it would also delete the key by which PostgreSQL finds out whether orphans of the old server are still
        at work on the data. So the file stays, with a number that PostgreSQL takes for its own: its parent's, ours.
        """
        lines = self._lines()
        if not lines:
            self.path.unlink(missing_ok=True)  # written on a full disk: PostgreSQL would not start on an empty one
            return
        lines[0] = str(os.getpid())
        self.path.write_text("\n".join(lines) + "\n")

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text(errors="surrogateescape").splitlines()
        except FileNotFoundError:
            return []

    def _line(self, number: int) -> str:
        lines = self._lines()
        return lines[number - 1].strip() if len(lines) >= number else ""


def _argv(pid: int) -> list[str]:
    """The command of a live process, one word each; empty when there is no such process."""
    if sys.platform != "linux":
        command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        program, _, rest = said.strip().partition(" -D ")
        return [program, rest.partition(" -c ")[0]] if rest else []
    try:
        return [os.fsdecode(word) for word in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")]
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return []
