"""Make a cluster and start the server on it."""

# ruff: noqa: S603 - the commands are of our own making

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from povtrack.embedded.account import Account
from povtrack.embedded.binaries import Binaries
from povtrack.embedded.errors import EmbeddedError
from povtrack.embedded.process import PidFile

SUPERUSER = "postgres"
PORT = "5432"  # part of the socket's name
# Backends outlive a killed server until they notice; the next server refuses to start before they are gone.
ORPHANS_PRESENT = "pre-existing shared memory block"
ORPHAN_TIMEOUT = 60
LARGEST_LOG = 10_000_000
# Parallel queries share memory there; a container's usual 64 MB break them.
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only its size is asked
SMALLEST_SHARED_MEMORY = 512_000_000

# The servers keep running when this program ends; dropping their handles earlier would only bring a warning.
_started: list[subprocess.Popen[bytes]] = []


def initialise(programs: Binaries, runner: Account, cluster: Path, *, durable: bool) -> None:
    """Make an empty cluster, whole or not at all: a broken-off one is under another name. Raises EmbeddedError."""
    unfinished = cluster.with_suffix(".new")
    said = ""
    for locale in _locales(programs.major):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        os.chown(unfinished, runner.uid, runner.gid)
        # Nobody signs in by network, ever; the socket's folder says who may use the socket.
        command: list[str | Path] = [programs.initdb, "-D", unfinished, "-U", SUPERUSER, "-E", "UTF8", "-A", "trust"]
        command += ["--auth-host=reject", *locale, *([] if durable else ["--no-sync"])]
        code, said = _run(command, runner)
        if code == 0:
            unfinished.rename(cluster)
            return
    raise EmbeddedError(f"initdb could not make {cluster}:\n{said}")


def copy(programs: Binaries, runner: Account, cluster: Path, *, source: Path) -> None:
    """Make a cluster that follows the running server with this socket folder. Raises EmbeddedError."""
    unfinished = cluster.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    os.chown(unfinished, runner.uid, runner.gid)
    where = ["--host", str(source), "--port", PORT, "--username", SUPERUSER]
    how = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
    code, said = _run([programs.folder / "pg_basebackup", "-D", unfinished, *where, *how], runner)
    if code != 0:
        raise EmbeddedError(f"pg_basebackup could not make {cluster}:\n{said}")
    unfinished.rename(cluster)


def launch(
    programs: Binaries, runner: Account, cluster: Path, *, log: Path, socket: Path, settings: Mapping[str, str]
) -> None:
    """Start the server and wait until it accepts connections, however long a recovery takes. Raises EmbeddedError."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    # On the command line, because the cluster's own files then hold nothing of this machine or this run.
    command: list[str | Path] = [programs.postgres, "-D", cluster]
    for name, value in {**_surroundings(socket), **settings}.items():
        command += ["-c", f"{name}={value}"]
    give_up = time.monotonic() + ORPHAN_TIMEOUT
    while True:
        begin = log.stat().st_size if log.exists() else 0
        if _became_ready(_popen(command, runner, log), cluster):
            return
        # Counted in bytes, because the log names folders, and their names may be Chinese.
        said = log.read_bytes()[begin:].decode(errors="replace")
        if ORPHANS_PRESENT not in said or time.monotonic() > give_up:
            raise EmbeddedError(f"PostgreSQL did not start. It wrote to {log}:\n{said[-2000:]}")
        time.sleep(0.5)


def reap() -> None:
    """Take note of ended servers, so that they do not stay in the process table."""
    for process in _started:
        process.poll()


def _became_ready(process: subprocess.Popen[bytes], cluster: Path) -> bool:
    """Wait until the server is ready (True) or has ended (False); end it when the wait is broken off."""
    pid_file = PidFile(cluster)
    try:
        while process.poll() is None:
            if pid_file.is_ready(process.pid):
                _started.append(process)
                return True
            time.sleep(0.02)
    except BaseException:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise
    return False


def _popen(command: list[str | Path], runner: Account, log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            [*runner.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            env=_environment(),
            start_new_session=True,  # Ctrl-C in the terminal is for the program that asked, not for the server
            **runner.options,
        )


def _run(command: list[str | Path], runner: Account) -> tuple[int, str]:
    with tempfile.TemporaryFile() as out:
        done = subprocess.run(
            [*runner.prefix, *command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            env=_environment(),
            **runner.options,
        )
        out.seek(0)
        return done.returncode, out.read().decode(errors="replace")


def _locales(major: int) -> list[list[str]]:
    """initdb's words for the locale, best first: order by code point everywhere, letters as Unicode knows them."""
    if major >= 17:
        # Without the ctype, pg_trgm finds no letters in Chinese text.
        builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return [[*builtin, "--lc-ctype=C.UTF-8"], builtin]
    return [["--locale=C", "--lc-ctype=C.UTF-8"], ["--locale=C"]]


def _surroundings(socket: Path) -> dict[str, str]:
    """The settings that the machine decides."""
    quoted = str(socket).replace('"', '""')
    found = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "port": PORT,
    }
    if sys.platform == "linux" and not _enough_shared_memory():
        found["dynamic_shared_memory_type"] = "mmap"
    return found


def _enough_shared_memory() -> bool:
    return SHARED_MEMORY.exists() and shutil.disk_usage(SHARED_MEMORY).total >= SMALLEST_SHARED_MEMORY


def _environment() -> dict[str, str]:
    # PGDATA, PGPORT and their like are about another server.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}
