"""A server in a process of its own, which a test can kill and start again on the same port.

Run as a program it loads Django once and waits for orders: "start" forks a process that serves, "kill" kills that one
as the machine's out-of-memory killer would. So a restart is a real one and takes no time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from django.db import connections


class Served:
    """Orders for the program below. `start` and `kill` return when it is done."""

    def __init__(self, log: Path) -> None:
        database = connections["default"].settings_dict
        address = os.environ["TEST_DATABASE_URL"].rpartition("/")[0]
        self.log = log
        with log.open("w") as errors:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.served"],
                cwd=Path(__file__).parents[2],
                env={**os.environ, "DATABASE_URL": f"{address}/{database['NAME']}"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.port = int(self._answer())

    def start(self) -> None:
        self._order("start")

    def kill(self) -> None:
        self._order("kill")

    def close(self) -> None:
        """End it all, dead or alive."""
        self.program.communicate("kill\n")

    def _order(self, order: str) -> None:
        print(order, file=self._pipe(self.program.stdin), flush=True)
        self._answer()

    def _answer(self) -> str:
        answer = self._pipe(self.program.stdout).readline()
        assert answer, self.log.read_text()
        return answer

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def main() -> None:
    from tests.conftest import settle

    settle()
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from povtrack.wsgi import application

    port, child = 0, 0

    def listen() -> ThreadedWSGIServer:
        server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
        server.set_app(StaticFilesHandler(application))
        return server

    first = listen()
    port = first.server_address[1]
    first.server_close()
    print(port, flush=True)
    for order in sys.stdin:
        if child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            child = 0
        if order.strip() == "start":
            server = listen()
            child = os.fork()
            if not child:
                server.serve_forever()
            server.server_close()
        print("done", flush=True)


if __name__ == "__main__":
    main()
