"""Real programs of the queue for tests, which can be killed: Redis, workers, and beats with clocks of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from povtrack import celery_app
from tests import services

PATIENCE = 90
# What `celery` runs, with the clock put on (or back) by some seconds, and jumping so far again every few seconds.
PROGRAM = """
import sys, threading, time
import time_machine
from celery.__main__ import main
seconds, sleep, now = float(sys.argv.pop(1)), time.sleep, time.time
def jump():
    while True:
        with time_machine.travel(now() + seconds, tick=True):
            sleep(2)
        sleep(1)
if seconds:
    threading.Thread(target=jump, daemon=True).start()
main()
"""


class Redis:
    """A Redis that keeps nothing: whoever restarts it has lost the queue."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.socket = folder, folder / "redis.sock"
        self.url = f"redis+socket://{self.socket}?virtual_host=0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        wait_until(self.socket.exists, "Redis did not start")

    def kill(self) -> None:
        if self.process:
            end(self.process)
            self.socket.unlink(missing_ok=True)


@contextmanager
def queue() -> Iterator[Redis]:
    """Queue for real, as if CELERY_BROKER_URL had been set, on a Redis of the test's own."""
    services.require("redis")
    folder = services.session_folder() / "queue"
    folder.mkdir(exist_ok=True)
    redis = Redis(folder)
    redis.start()
    celery_app.conf.update(broker_url=redis.url, task_always_eager=False)
    celery_app._after_fork()  # forget connections to another broker
    try:
        yield redis
    finally:
        celery_app.conf.update(broker_url="memory://localhost//", task_always_eager=True)
        celery_app._after_fork()
        redis.kill()


def worker(redis: Redis, clock: float = 0) -> subprocess.Popen[bytes]:
    """Start a worker on the test database; its clock is wrong by so many seconds."""
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return _start(redis, clock, "worker", "--pool", "solo", *quiet, "--hostname", f"clock{clock:g}@test")


def beat(redis: Redis, clock: float = 0) -> subprocess.Popen[bytes]:
    """Start a scheduler likewise."""
    return _start(redis, clock, "beat", "--pidfile=", "--max-interval", "1")


def _start(redis: Redis, clock: float, *command: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": services.database_url(connection.settings_dict["NAME"]),
        "CELERY_BROKER_URL": redis.url,
    }
    program = [sys.executable, "-c", PROGRAM, str(clock), "-A", "povtrack", *command, "--loglevel", "CRITICAL"]
    return subprocess.Popen(program, env=environment)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program as the machine's out-of-memory killer would."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def wait_until(condition, what, patience=PATIENCE):
    give_up = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < give_up, what
        time.sleep(0.02)
