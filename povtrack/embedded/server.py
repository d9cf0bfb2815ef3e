"""Start and stop one PostgreSQL server in a folder."""

import fcntl
import logging
import os
import signal
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2  # type: ignore[import-untyped]
from psycopg2 import sql

from povtrack.embedded import account, binaries, launch
from povtrack.embedded.errors import EmbeddedError
from povtrack.embedded.folders import Folders, own
from povtrack.embedded.process import PidFile

STOP_SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
STOP_TIMEOUT = 300
# Sensible for a laptop with an SSD; PostgreSQL's own defaults are for a machine of 1 GB with a turning disk.
SETTINGS = {
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",  # compiles for longer than our queries run
}

logger = logging.getLogger(__name__)


class Server:
    """One PostgreSQL server and its folder.

    `settings` are postgresql.conf settings that add to or replace ours; they count from the next start.
    Every method raises EmbeddedError, with a sentence for a person, when it cannot do its work.
    """

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folders = Folders(data)
        self.settings = {**SETTINGS, **(settings or {})}

    def start(self) -> None:
        """Bring the server up, making it first when it is new. Does nothing when it is up; waits for a recovery."""
        with self._alone():
            if self.running():
                return
            programs, runner = self._prepare()
            cluster = self.folders.cluster
            if self.folders.has_cluster():
                self._check_version(programs)
            else:
                self._make(programs, runner)
            PidFile(cluster).release()
            socket = self._make_socket_folder(runner)
            launch.launch(programs, runner, cluster, log=self.folders.log, socket=socket, settings=self.settings)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `fast` breaks off what runs, `smart` waits for it, `immediate` needs a recovery later."""
        with self._alone():
            pid = self._pid()
            if pid is None:
                return
            os.kill(pid, STOP_SIGNALS[mode])
            give_up = time.monotonic() + STOP_TIMEOUT
            while PidFile(self.folders.cluster).serves(pid):
                if time.monotonic() > give_up:
                    raise EmbeddedError(f"PostgreSQL (process {pid}) has not stopped; see {self.folders.log}.")
                time.sleep(0.02)
                launch.reap()
            with suppress(OSError):
                self.folders.socket.rmdir()

    def running(self) -> bool:
        """Whether the server is up."""
        return self._pid() is not None

    @contextmanager
    def lease(self) -> Iterator["Server"]:
        """Keep the server up inside the block. The last one to leave stops it, unless it was asked to `keep` up.

        The kernel keeps the count, as shared locks, so that a killed user does not count.
        """
        with self.folders.open("users") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.start()
                yield self
            finally:
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if not self.folders.kept.exists():
                        self.stop()

    def keep(self, *, wanted: bool) -> None:
        """Say whether the server stays up when its last user leaves."""
        if wanted:
            self.folders.open(self.folders.kept.name).close()
        else:
            self.folders.kept.unlink(missing_ok=True)

    def create_database(self, name: str) -> None:
        """Make the database when it is missing; the server must be up."""
        where = {"host": str(self.socket_folder), "port": launch.PORT, "user": launch.SUPERUSER}
        with self._alone(), closing(psycopg2.connect(**where, dbname="postgres")) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if not cursor.rowcount:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def url(self, dbname: str) -> str:
        """The address of a database, as DATABASE_URL takes it."""
        path = urllib.parse.quote(f"{self.socket_folder}/{dbname}")
        return f"postgres://{launch.SUPERUSER}@:{launch.PORT}/{path}"  # a port, lest PGPORT count

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket: the running server's, else the one it will have."""
        found = PidFile(self.folders.cluster).socket_folder() if self.folders.has_cluster() else None
        return found or self.folders.socket

    def _make(self, programs: binaries.Binaries, runner: account.Account) -> None:
        """Make the data folder of a new server."""
        durable = self.settings.get("fsync") != "off"
        launch.initialise(programs, runner, self.folders.cluster, durable=durable)

    def _pid(self) -> int | None:
        return PidFile(self.folders.cluster).pid() if self.folders.has_cluster() else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One start or stop at a time."""
        with self.folders.open("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _prepare(self) -> tuple[binaries.Binaries, account.Account]:
        """The programs and the account to run them as, with the folders open to just that account."""
        programs = binaries.find()
        if os.geteuid() != 0:
            return programs, account.own()
        home = self.folders.home
        runner = self._runner(home, programs)
        if runner is None and not self.folders.has_cluster():
            home = self.folders.fallback
            own(home)
            runner = self._runner(home, programs)
            if runner is None:
                programs = programs.copied_to(home)
                runner = self._runner(home, programs)
            logger.warning("PostgreSQL cannot reach %s; the database is kept in %s.", self.folders.data, home)
        if runner is None:
            raise EmbeddedError(
                f"Root cannot run PostgreSQL here: no other account reaches {home}."
                " Run this as another account, or set DATABASE_URL to a server that runs already."
            )
        return programs, runner

    def _runner(self, home: Path, programs: binaries.Binaries) -> account.Account | None:
        """The account that can run the server in `home`, which then is as open as that account needs."""
        if home.stat().st_uid != 0:
            return account.choose(self.folders.cluster, programs.postgres, home)
        home.chmod(0o711)
        runner = account.choose(self.folders.cluster, programs.postgres, home)
        if runner is None or runner.passes_closed_folders:
            home.chmod(0o700)
        return runner

    def _check_version(self, programs: binaries.Binaries) -> None:
        made_by = (self.folders.cluster / "PG_VERSION").read_text().strip()
        if made_by != str(programs.major):
            raise EmbeddedError(
                f"{self.folders.data} was made by PostgreSQL {made_by}, and {programs.folder} holds {programs.major},"
                f" which cannot read it. Set POVTRACK_PG_BIN to the programs of {made_by}, or delete the folder to"
                " begin anew."
            )

    def _make_socket_folder(self, runner: account.Account) -> Path:
        folder = self.folders.socket
        own(folder, also=runner.uid)
        if os.geteuid() == 0 and not runner.passes_closed_folders:
            os.chown(folder, runner.uid, runner.gid)
        for leftover in folder.glob(".s.PGSQL.*"):
            leftover.unlink()  # its lock names a process, which may be another program by now
        return folder


class Replica(Server):
    """A server that follows another, which must be up when this one is made: its copy, read from at the same time."""

    def __init__(self, data: Path, primary: Server, settings: Mapping[str, str] | None = None) -> None:
        super().__init__(data, settings)
        self.primary = primary

    def _make(self, programs: binaries.Binaries, runner: account.Account) -> None:
        launch.copy(programs, runner, self.folders.cluster, source=self.primary.socket_folder)
