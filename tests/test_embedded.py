"""The embedded server starts where others give up: odd paths, killed servers, closed folders, two starts at once."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import environ
import psycopg2  # type: ignore[import-untyped]
import pytest

from povtrack.embedded import EmbeddedError, Server, account, binaries, local
from povtrack.embedded.process import PidFile

pytestmark = pytest.mark.slow_start
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="another account needs no help to run PostgreSQL")

FAST = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server in a folder with a space and Chinese letters; tests leave it up or down."""
    server = Server(tmp_path_factory.mktemp("data") / "扶贫 数据 100%+" / "postgres", settings=FAST)
    yield server
    server.stop("immediate")


@pytest.fixture
def server(made: Server) -> Server:
    """The same server, up."""
    made.start()
    return made


def query(server: Server, statement: str, dbname: str = "postgres") -> list[tuple[Any, ...]]:
    """Run a statement over the address that Django gets, and return the rows."""
    config = environ.Env.db_url_config(server.url(dbname))
    where = {"host": config["HOST"], "port": config["PORT"], "user": config["USER"], "dbname": config["NAME"]}
    with closing(psycopg2.connect(**where)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def kill(server: Server) -> None:
    """End the server as a power cut would."""
    pid = PidFile(server.folders.cluster).pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    while server.running():
        time.sleep(0.01)


def test_its_address_leads_to_it_from_a_folder_with_spaces_and_chinese_letters(server: Server) -> None:
    server.create_database("村 a+b")
    server.create_database("村 a+b")
    assert query(server, "SELECT current_database()", "村 a+b") == [("村 a+b",)]


def test_the_order_is_by_code_point_and_chinese_letters_are_letters(server: Server) -> None:
    assert query(server, "SELECT 'B' < 'a', '东' ~ '[[:alpha:]]', lower('Ж')") == [(True, True, "ж")]


def test_variables_about_another_server_change_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.stop()
    for name, value in {"PGPORT": "1", "PGHOST": "nowhere", "PGDATA": "/nowhere", "PGUSER": "x"}.items():
        monkeypatch.setenv(name, value)
    server.start()
    assert query(server, "SELECT 1") == [(1,)]


def test_a_killed_server_starts_again_with_its_data(server: Server) -> None:
    query(server, "CREATE TABLE IF NOT EXISTS kept ()")
    kill(server)
    assert not server.running()
    server.start()
    assert query(server, "SELECT count(*) FROM kept") == [(0,)]


def test_it_waits_for_what_a_killed_server_left_running_whatever_its_log_holds(server: Server) -> None:
    with server.folders.log.open("a") as log:
        log.write("扶贫数据" * 500 + "\n")
    where = environ.Env.db_url_config(server.url("postgres"))
    with closing(psycopg2.connect(host=where["HOST"], port=where["PORT"], user=where["USER"], dbname="postgres")) as at:
        orphan = at.info.backend_pid
        os.kill(orphan, signal.SIGSTOP)
        kill(server)
        with ThreadPoolExecutor() as pool:
            started = pool.submit(server.start)
            try:
                time.sleep(0.5)
                assert not started.done()
            finally:
                os.kill(orphan, signal.SIGCONT)
            started.result()
    assert server.running()


def test_a_leftover_that_names_another_live_program_does_not_stop_it(server: Server) -> None:
    kill(server)
    leftover = server.folders.cluster / "postmaster.pid"
    lines = leftover.read_text().splitlines()
    with subprocess.Popen(["sleep", "60"]) as other:
        leftover.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        assert not server.running()
        server.start()
        assert query(server, "SELECT 1") == [(1,)]
        other.kill()


def test_an_empty_leftover_does_not_stop_it(server: Server) -> None:
    server.stop()
    (server.folders.cluster / "postmaster.pid").write_text("")
    server.start()
    assert server.running()


def test_two_starts_at_once_give_one_server(made: Server) -> None:
    made.stop()
    others = [Server(made.folders.data, settings=FAST) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(Server.start, others))
    assert len({PidFile(other.folders.cluster).pid() for other in others}) == 1


def test_the_last_user_stops_it(made: Server) -> None:
    made.stop()
    with made.lease():
        with Server(made.folders.data, settings=FAST).lease():
            assert made.running()
        assert made.running()
    assert not made.running()


def test_one_that_was_asked_to_stay_stays(made: Server) -> None:
    made.keep(wanted=True)
    with made.lease():
        pass
    assert made.running()
    made.keep(wanted=False)


def test_data_of_another_major_version_are_refused_in_words(made: Server) -> None:
    made.start()
    made.stop()
    version = made.folders.cluster / "PG_VERSION"
    right = version.read_text()
    try:
        version.write_text("14\n")
        with pytest.raises(EmbeddedError, match="made by PostgreSQL 14"):
            made.start()
    finally:
        version.write_text(right)


def test_a_path_too_long_for_a_socket_moves_the_socket(tmp_path: Path) -> None:
    server = Server(tmp_path / ("x" * 120), settings=FAST)
    server.start()
    try:
        assert query(server, "SELECT 1") == [(1,)]
        assert not server.socket_folder.is_relative_to(tmp_path)
    finally:
        server.stop("immediate")
    assert not server.folders.socket.exists()


@as_root
def test_root_runs_it_as_another_account_also_behind_closed_folders(server: Server) -> None:
    # pytest's temporary folder is closed to others, as /root is.
    assert server.folders.cluster.stat().st_uid != 0
    assert stat.S_IMODE(server.folders.data.stat().st_mode) & 0o007 == 0
    status = Path(f"/proc/{PidFile(server.folders.cluster).pid()}/status").read_text()
    assert "\nCapEff:\t0000000000000002\n" in status  # the right to pass closed folders, and no other


@as_root
def test_without_that_right_it_moves_to_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "_with_capability", account._plain)
    server = Server(tmp_path / "data", settings=FAST)
    server.start()
    try:
        assert not server.folders.cluster.is_relative_to(tmp_path)
        assert query(server, "SELECT 1") == [(1,)]
    finally:
        server.stop("immediate")
        subprocess.run(["rm", "-rf", server.folders.fallback], check=True)


def test_a_folder_without_programs_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POVTRACK_PG_BIN", str(tmp_path))
    with pytest.raises(EmbeddedError, match="POVTRACK_PG_BIN"):
        binaries.find()


def test_an_old_postgresql_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("postgres", "initdb"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.2'\n")
        program.chmod(0o755)
    monkeypatch.setenv("POVTRACK_PG_BIN", str(tmp_path))
    with pytest.raises(EmbeddedError, match="PostgreSQL 14; Povtrack needs 15"):
        binaries.find()


def test_a_command_runs_with_the_database_up_and_its_exit_code_comes_back(made: Server) -> None:
    made.stop()
    program = "import os, sys; sys.exit('DATABASE_URL' in os.environ and len(os.environ['SECRET_KEY']))"
    words = [sys.executable, "-m", "povtrack.embedded", "exec", "--", sys.executable, "-c", program]
    env = {**os.environ, "POVTRACK_DATA": str(made.folders.data), "SECRET_KEY": "seven77"}
    assert subprocess.run(words, env=env, cwd=local.PROJECT, check=False).returncode == 7
    assert not made.running()


def test_a_secret_is_made_once_and_for_this_account_only(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    first = local.kept_secret(path, local.new_password)
    assert local.kept_secret(path, local.new_password) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_the_password_asked_for_last_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / "password"
    made = local.kept_secret(kept, local.new_password)
    assert local.kept_secret(kept, local.new_password) == made
    assert local.kept_secret(kept, local.new_password, given="asked-for") == "asked-for"
    assert local.kept_secret(kept, local.new_password) == "asked-for"
    assert kept.stat().st_mode & 0o777 == 0o600
