"""A line between browser and server that can be cut: it passes bytes on, or refuses and breaks every connection."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Line:
    """Listens on a port of its own and passes on to the server's; `cut` and `mend` are the weather."""

    def __init__(self, port: int) -> None:
        self.server = port
        self.whole = True
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.whole = False
        for end in list(self.open):
            _close(end)

    def mend(self) -> None:
        self.whole = True

    def close(self) -> None:
        self.cut()
        _close(self.listener)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _address = self.listener.accept()
                if not self.whole:
                    _close(browser)
                    continue
                server = socket.create_connection(("127.0.0.1", self.server))
                self.open |= {browser, server}
                for ends in ((browser, server), (server, browser)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        for end in (source, target):
            _close(end)
            self.open.discard(end)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
