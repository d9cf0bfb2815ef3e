"""The demonstration says what is wrong in words, and does again only what has changed."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from povtrack import demo
from povtrack.embedded.local import PROJECT
from povtrack.rollups.demo import PEOPLE


def test_a_port_in_use_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "PORT_PATIENCE", 0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(demo.DemoError, match=f"Port {port}: address already in use.*make demo PORT="):
            demo.require_free(port)


def test_a_port_that_cannot_be_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "PORT_PATIENCE", 0)
    with pytest.raises(demo.DemoError, match="65535"):
        demo.require_free(70000)


def test_it_names_everyone_who_is_loaded() -> None:
    assert set(demo.SIGN_INS) == {person.username for person in PEOPLE}


def test_static_files_are_prepared_again_only_when_one_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "PROJECT", tmp_path)
    style = tmp_path / "static" / "povtrack.css"
    style.parent.mkdir()
    style.write_text("a {}")
    before = demo.static_fingerprint()
    gathered = tmp_path / ".local" / "static" / "povtrack.css"
    gathered.parent.mkdir(parents=True)
    gathered.write_text("a {}")
    assert demo.static_fingerprint() == before
    style.write_text("b { color: red }")
    assert demo.static_fingerprint() != before


def test_children_end_when_it_is_killed() -> None:
    child = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    program = (
        "import os, sys, time\n"
        "from povtrack import demo\n"
        f"with demo.running([sys.executable, '-c', {child!r}], dict(os.environ), None):\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=PROJECT, text=True)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert ends(pid)


def ends(pid: int) -> bool:
    """Whether the process ends, or is left only for its parent to take note of, within five seconds."""
    status = Path(f"/proc/{pid}/stat")
    for _ in range(100):
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        signal.sigtimedwait([], 0.05)
    os.kill(pid, signal.SIGKILL)
    return False
