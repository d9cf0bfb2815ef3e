"""Which account runs PostgreSQL.

PostgreSQL refuses to run as root. A container or a small server often has nothing else, so root hands it to an
account that exists anyway and owns nothing (`nobody`). That account must be able to reach the programs and the data,
and a project under /root is closed to it. Opening the folders on the way would change the machine; instead the server
keeps one right of root's, to pass closed folders (CAP_DAC_OVERRIDE), when it needs it and only then. The data folder
is then closed to every other account, so that no other process of `nobody` can use the server to borrow the right.
"""

# ruff: noqa: S603 - the commands are of our own making

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from povtrack.embedded.errors import EmbeddedError

UNPRIVILEGED = ("nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """An account to run commands as: `prefix` goes before the command, `options` into subprocess."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def passes_closed_folders(self) -> bool:
        return bool(self.prefix)

    def reaches(self, *paths: Path) -> bool:
        """Whether it can run these programs and enter these folders."""
        script = 'for path; do test -x "$path" || exit 1; done'
        command = [*self.prefix, "/bin/sh", "-c", script, "sh", *map(str, paths)]
        try:
            done = subprocess.run(command, cwd="/", stderr=subprocess.DEVNULL, check=False, **self.options)
        except (OSError, subprocess.SubprocessError):
            return False  # no right to change account here, or no setpriv
        return done.returncode == 0


def own() -> Account:
    """The account that asks."""
    return Account(os.geteuid(), os.getegid())


def choose(cluster: Path, *needed: Path) -> Account | None:
    """The account for root to run the server of `cluster` as: one that reaches all `needed` paths, else None.

    Raises EmbeddedError when the machine has no account but root.
    """
    person = pwd.getpwuid(cluster.stat().st_uid) if cluster.exists() else _unprivileged()
    candidates = (_plain(person), _with_capability(person))
    return next((account for account in candidates if account.reaches(*needed)), None)


def _unprivileged() -> pwd.struct_passwd:
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError(
        "PostgreSQL does not run as root, and this machine has no account `nobody` to run it as."
        " Run this as another account, or set DATABASE_URL to a server that runs already."
    )


def _plain(person: pwd.struct_passwd) -> Account:
    options = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    return Account(person.pw_uid, person.pw_gid, options=options)


def _with_capability(person: pwd.struct_passwd) -> Account:
    # An ambient capability is the only kind that a program without file capabilities keeps over exec.
    rights = "-all,+dac_override"
    prefix = (
        shutil.which("setpriv") or "setpriv",
        f"--reuid={person.pw_uid}",
        f"--regid={person.pw_gid}",
        "--clear-groups",
        "--no-new-privs",
        # Else access(2), by which initdb looks for postgres, would not count the right.
        "--securebits=+no_setuid_fixup",
        f"--inh-caps={rights}",
        f"--ambient-caps={rights}",
        f"--bounding-set={rights}",
        "--",
    )
    return Account(person.pw_uid, person.pw_gid, prefix=prefix)
