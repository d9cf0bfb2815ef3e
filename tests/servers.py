"""Servers of a test's own: PostgreSQL that can die and be followed, with the test's data, and several web processes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import environ
import psycopg2
from django.db import connection

from povtrack.embedded import Server, binaries
from tests import services

NAME = "povtrack"
PATIENCE = 120
PARTS = ("HOST", "PORT", "NAME", "USER", "PASSWORD")


@contextmanager
def postgres(folder: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """A server with a copy of the test's database."""
    server = Server(folder, settings={"shared_buffers": "64MB", **settings})
    try:
        server.start()
        server.create_database(NAME)
        programs = binaries.find().folder
        source = services.database_url(connection.settings_dict["NAME"])
        with subprocess.Popen(
            [programs / "pg_dump", "--no-owner", _for_libpq(source)], stdout=subprocess.PIPE
        ) as dumping:
            subprocess.run(
                [programs / "psql", "-qX1", "-v", "ON_ERROR_STOP=1", "-d", _for_libpq(server.url(NAME))],
                stdin=dumping.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )
        assert dumping.returncode == 0
        yield server
    finally:
        server.stop("immediate")


@contextmanager
def moved_to(server: Server) -> Iterator[None]:
    """Let the test, and the programs that it starts, use that server in place of the session's."""
    ours, theirs = connection.settings_dict, environ.Env.db_url_config(server.url(NAME))
    before, address = {part: ours[part] for part in PARTS}, os.environ["TEST_DATABASE_URL"]
    connection.close()
    ours.update({part: theirs[part] for part in PARTS})
    os.environ["TEST_DATABASE_URL"] = server.url(NAME)
    try:
        yield
    finally:
        connection.close()
        ours.update(before)
        os.environ["TEST_DATABASE_URL"] = address


def query(server: Server, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement there."""
    with closing(psycopg2.connect(_for_libpq(server.url(NAME)))) as own, own.cursor() as cursor:
        own.autocommit = True
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def _for_libpq(url: str) -> str:
    parts = environ.Env.db_url_config(url)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return " ".join(f"{name}='{parts[part]}'" for name, part in names.items() if parts[part])


class Web:
    """Several web processes behind one address."""

    def __init__(self, folder: Path, processes: int, **environment: str) -> None:
        self.log = folder / "access.log"
        self.errors = folder / "web.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        how = ["--bind", f"127.0.0.1:{self.port}", "--workers", str(processes), "--access-logfile", str(self.log)]
        how += ["--timeout", str(PATIENCE)]
        with self.errors.open("w") as errors:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "tests.wsgi:application", *how, "--access-logformat", "%(p)s"],
                cwd=Path(__file__).parents[1],
                env={**os.environ, **environment},
                stderr=errors,
            )
        give_up = time.monotonic() + PATIENCE
        while self.errors.read_text().count("Booting worker") < processes or not self._listens():
            assert self.program.poll() is None, self.errors.read_text()
            assert time.monotonic() < give_up, self.errors.read_text()
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, path: str, method: str = "GET", data: Any = None, **headers: str) -> Answer:
        """Send one request; nobody follows a redirect for it, and an error is an answer like others."""
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers, method=method)
        if body:
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read().decode())

    def processes(self) -> set[str]:
        """The processes that have answered so far."""
        return set(re.findall(r"\d+", self.log.read_text())) if self.log.exists() else set()

    def stop(self) -> None:
        self.program.send_signal(signal.SIGTERM)
        self.program.wait()


class Answer:
    """What a web process said."""

    def __init__(self, status: int, headers: Any, text: str) -> None:
        self.status, self.headers, self.text = status, headers, text

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def is_from_replica(self) -> bool:
        return self.headers.get("Povtrack-Read-From") == "replica"
