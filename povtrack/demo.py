"""python -m povtrack.demo: the whole system on this machine, with demonstration data.

Runs until Ctrl-C, and then ends all that it started. A second run keeps the data and takes seconds. With DATABASE_URL
set it uses that database; else it runs PostgreSQL in .local/postgres.
"""

# ruff: noqa: S603 - the commands are of our own making

import argparse
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from rich.console import Console
from rich.table import Table

from povtrack.embedded import EmbeddedError
from povtrack.embedded.local import DATABASE, PROJECT, kept_secret, local_folder, new_key, new_password, server

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The worker of the last run may need a moment to end after its parent was killed.
PORT_PATIENCE = 5
HEALTH_TIMEOUT = 60
SIGN_INS = {
    "clerk": "enters and submits a county's records",
    "township": "does so for one township",
    "reviewer": "approves them",
    "finance": "passes a county's money down and books what is paid",
    "registry": "keeps the list of counties and villages",
    "analyst": "reads figures, downloads and the API",
    "admin": "manages users and rounds",
}

Environment = dict[str, str]


class DemoError(RuntimeError):
    """The demonstration cannot run; the text is for the person who asked for it."""


class Stop(BaseException):
    """Someone asked to end: not an error, and nothing on the way may swallow it."""


def main() -> int:
    """Run the demonstration; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m povtrack.demo", description="Povtrack on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="where to serve it (default: %(default)s)")
    port = parser.parse_args().port
    for number in STOP_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, _stop)
    try:
        run(port)
    except Stop:
        say("\nStopped. The data are kept; `make demo` takes seconds next time.")
        return 0
    except (DemoError, EmbeddedError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def run(port: int) -> None:
    """Prepare all, serve, and wait. Raises Stop, DemoError or EmbeddedError."""
    require_free(port)
    log = local_folder() / "demo.log"
    with ExitStack() as stack:
        with prepare_alone():
            env = environment(stack)
            manage(env, "Prepare the database", ["migrate", "--noinput"])
            collect_static(env)
            manage(env, "Load the demonstration data", ["load_demo"], ["load_white_paper"], shows_progress=True)
        out = stack.enter_context(log.open("ab"))
        gunicorn = stack.enter_context(running(serve_command(port), env, out))
        with step("Start the web server"):
            wait_until_healthy(port, gunicorn)
        welcome(port, env["DEMO_PASSWORD"], log)
        gunicorn.wait()
    raise DemoError(f"The web server has ended by itself.\n{last_lines(log)}")


def require_free(port: int) -> None:
    """Raise DemoError when the port cannot be used."""
    give_up = time.monotonic() + PORT_PATIENCE
    while (problem := port_problem(port)) and time.monotonic() < give_up:
        time.sleep(0.2)
    if problem:
        raise DemoError(
            f"Port {port}: {problem}. Choose another, as in: make demo PORT={8001 if port == 8000 else 8000}"
        )


def port_problem(port: int) -> str:
    """Why the port cannot be used now; empty when it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return (error.strerror or str(error)).lower()
        except OverflowError:
            return "there are 65535 ports"
    return ""


@contextmanager
def prepare_alone() -> Iterator[None]:
    """Let only one run at a time change the database's tables and the static files."""
    with (local_folder() / "demo.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def environment(stack: ExitStack) -> Environment:
    """The variables for Django; starts PostgreSQL, until the stack is left, when no database is given."""
    local = local_folder()
    given = os.environ.get("DATABASE_URL")
    own = {
        "DJANGO_SETTINGS_MODULE": "povtrack.settings",
        "DATABASE_URL": given or start_postgresql(stack),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or kept_secret(local / "secret-key", new_key),
        # The password asked for last stays the one that works, also for a demonstration that is running already.
        "DEMO_PASSWORD": kept_secret(local / "demo-password", new_password, given=os.environ.get("DEMO_PASSWORD", "")),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "INSECURE_HTTP": "1",
        "DEBUG": "0",
        "STATIC_ROOT": str(local / "static"),
        # Tasks run inline: no worker is started here, so none must wait for one that a .env file may promise.
        "CELERY_BROKER_URL": "",
        "REDIS_URL": "",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }
    return {**os.environ, **own}


def start_postgresql(stack: ExitStack) -> str:
    """Start PostgreSQL until the stack is left; returns the database's address."""
    with step("Start PostgreSQL"):
        chosen = stack.enter_context(server().lease())
        chosen.create_database(DATABASE)
    return chosen.url(DATABASE)


def manage(env: Environment, label: str, *commands: list[str], shows_progress: bool = False) -> None:
    """Run manage.py commands as one step. Raises DemoError with the end of what they said."""
    log = local_folder() / "demo.log"
    with step(label, own_lines=shows_progress), log.open("ab") as out, ExitStack() as stack:
        if shows_progress:
            stack.callback(Console().show_cursor)  # a progress bar that is broken off leaves it hidden
        for command in commands:
            whole = [sys.executable, str(PROJECT / "manage.py"), *command]
            with running(whole, env, None if shows_progress else out) as child:
                code = child.wait()
            if code:
                shown = "" if shows_progress else f"\n{last_lines(log)}"
                raise DemoError(f"`manage.py {command[0]}` failed.{shown}")


def collect_static(env: Environment) -> None:
    """Gather and compress the static files, when they are others than last time."""
    stamp = local_folder() / "static.stamp"
    now = static_fingerprint()
    if not stamp.exists() or stamp.read_text() != now or not Path(env["STATIC_ROOT"]).exists():
        stamp.unlink(missing_ok=True)
        manage(env, "Prepare the static files", ["collectstatic", "--noinput", "--clear"])
        stamp.write_text(now)


def static_fingerprint() -> str:
    """A digest that changes when a static file, a package or a setting does."""
    folders = [PROJECT / "static", *PROJECT.glob("[!.]*/static"), *PROJECT.glob("povtrack/*/static")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files += [PROJECT / "requirements" / "run.lock", PROJECT / "povtrack" / "settings.py"]
    facts = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files if path.exists())
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def serve_command(port: int) -> list[str]:
    """The web server's command."""
    options = {
        "bind": f"127.0.0.1:{port}",
        "workers": 2,
        "worker-class": "gthread",
        "threads": 4,
        "graceful-timeout": 5,
        "log-level": "warning",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "gunicorn", "povtrack.wsgi:application", *words]


def wait_until_healthy(port: int, gunicorn: subprocess.Popen[bytes]) -> None:
    """Return when the health page answers 200. Raises DemoError when it does not in time."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    give_up = time.monotonic() + HEALTH_TIMEOUT
    problem = "no answer"
    while gunicorn.poll() is None and time.monotonic() < give_up:
        try:
            direct.open(f"http://127.0.0.1:{port}/health/", timeout=10).close()
            return
        except OSError as error:
            problem = str(error)
        time.sleep(0.1)
    raise DemoError(f"The web server is not well ({problem}).\n{last_lines(local_folder() / 'demo.log')}")


@contextmanager
def running(command: list[str], env: Environment, out: IO[bytes] | None) -> Iterator[subprocess.Popen[bytes]]:
    """A child that ends when the block does, or when this program is killed."""
    setpriv = shutil.which("setpriv")  # on Linux; elsewhere a killed demonstration leaves its web server behind
    prefix = [setpriv, "--pdeathsig=TERM", "--"] if setpriv else []
    child = subprocess.Popen(
        [*prefix, *command],
        env=env,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        start_new_session=True,  # Ctrl-C is for us; we end the children in order
    )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def step(label: str, own_lines: bool = False) -> Iterator[None]:
    """Say what is being done, and then how long it took; `own_lines` when the step writes lines itself."""
    say(f"{label} ..." if own_lines else f"{label:<32}", end="\n" if own_lines else "")
    begin = time.monotonic()
    yield
    say(f"{'  done' if own_lines else '':<{32 if own_lines else 0}}{time.monotonic() - begin:6.1f} s")


def welcome(port: int, password: str, log: Path) -> None:
    """Tell where it is and who may sign in."""
    table = Table("user", "what this person does", box=None, pad_edge=False)
    for name, task in SIGN_INS.items():
        table.add_row(name, task)
    say(f"\nPovtrack is at http://127.0.0.1:{port}/\n")
    Console(highlight=False).print(table)
    say(f"\nPassword of all: {password}\nThe server's log: {log}\nCtrl-C stops it.")


def last_lines(log: Path) -> str:
    """The end of the log, where the reason stands, without the lines of code on the way there."""
    lines = log.read_text(errors="replace").splitlines()
    told = [line for line in lines if line and not line.startswith(("  ", "Traceback", "The above exception"))]
    return "\n".join([*told[-5:], f"All of it: {log}"])


def say(text: str, end: str = "\n") -> None:
    """Print at once, also into a pipe."""
    print(text, end=end, flush=True)


def _stop(number: int, frame: FrameType | None) -> None:
    # A second Ctrl-C must not break off the cleaning up that the first one began.
    for other in STOP_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Stop


if __name__ == "__main__":
    sys.exit(main())
