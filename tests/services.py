"""The outside programs that tests need: PostgreSQL, Redis and a browser. Each is found or started once per session."""

import atexit
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from environ import Env
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from povtrack.embedded import Server

# Fast instead of durable: the data live as long as the test session.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
}
DATABASE = "povtrack"
PREFIX = "povtrack-tests-"
HOW_TO_GET = {
    "redis": "needs redis-server: apt install redis-server",
    "browser": "needs Chromium: apt install chromium",
    "curl": "needs curl: apt install curl",
    "r": "needs R: apt install r-base-core",
}
REDIS_PATIENCE = 10


def test_database_url() -> str:
    """The address of a database server to test on; TEST_DATABASE_URL, else one of our own for this session.

    It is kept in the environment, which pytest-xdist hands to its workers, so the first process starts the only one.
    """
    if "TEST_DATABASE_URL" not in os.environ:
        server = Server(session_folder() / "postgres", settings=SETTINGS)
        atexit.register(server.stop, "immediate")
        server.start()
        server.create_database(DATABASE)
        os.environ["TEST_DATABASE_URL"] = server.url(DATABASE)
    return os.environ["TEST_DATABASE_URL"]


def database_url(name: str) -> str:
    """The address of another database on the same server."""
    server, _slash, _name = test_database_url().rpartition("/")
    return f"{server}/{name}"


def connect_to_server() -> Any:
    """A connection to it, on which databases are made and dropped."""
    parts = Env.db_url_config(database_url("postgres"))
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    connection = psycopg2.connect(**{name: parts[part] for name, part in names.items() if parts[part]})
    connection.autocommit = True
    return connection


def is_ours() -> bool:
    """Whether the server is of this session, so that databases may be made there at will."""
    return f"/{PREFIX}" in test_database_url()


@cache
def redis_url() -> str:
    """The address of a Redis of this process alone, started at the first call and stopped at exit."""
    require("redis")
    folder = session_folder()
    socket = folder / "redis.sock"
    log = folder / "redis.log"
    command: list[str | Path] = [
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        socket,
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    process = subprocess.Popen([*command, "--dir", folder, "--logfile", log], stdin=subprocess.DEVNULL)
    atexit.register(_end, process)
    give_up = time.monotonic() + REDIS_PATIENCE
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError(f"redis-server did not start:\n{log.read_text() if log.exists() else ''}")
        time.sleep(0.02)
    return f"unix://{socket}?db=0"


def celery_broker_url() -> str:
    """The same Redis, as Celery writes it."""
    return redis_url().replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")


def chromium_path() -> str | None:
    """The browser's program, or None."""
    # The first is the same engine without windows and menus: tests take two thirds of the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def missing(part: str) -> str:
    """How to get `redis`, `browser`, `curl` or `r` when it is not here; empty when it is."""
    here = {"redis": "redis-server", "curl": "curl", "r": "Rscript"}
    found = chromium_path() if part == "browser" else shutil.which(here[part])
    return "" if found else HOW_TO_GET[part]


def require(part: str) -> None:
    """Skip the test when the part is missing; fail it where POVTRACK_REQUIRE names the part."""
    sentence = missing(part)
    if sentence and part in os.environ.get("POVTRACK_REQUIRE", "").split(","):
        pytest.fail(sentence, pytrace=False)
    if sentence:
        pytest.skip(sentence)


@cache
def session_folder() -> Path:
    """A folder for this process, deleted at exit; its path is short, because sockets are in it."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)  # root's server runs as another account
    alive = (folder / "alive").open("w")
    fcntl.flock(alive, fcntl.LOCK_EX)
    # Registered first, so run last: after the servers in it have stopped.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(alive.close)
    return folder


def _sweep() -> None:
    """Stop the servers, and delete the folders, of test sessions that were killed."""
    for alive in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/alive"):
        try:
            with alive.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                Server(alive.parent / "postgres").stop("immediate")
                with suppress(RedisConnectionError):
                    Redis(unix_socket_path=str(alive.parent / "redis.sock")).shutdown(nosave=True)
        except OSError:
            continue  # another person's, or in use
        shutil.rmtree(alive.parent, ignore_errors=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()
