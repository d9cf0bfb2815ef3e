"""python -m povtrack.embedded start|stop|status|url|exec -- COMMAND...

The folder is .local/postgres in the project, or what POVTRACK_DATA names. `exec` runs a command with DATABASE_URL and
SECRET_KEY set, and with the server up while it runs:

    python -m povtrack.embedded exec -- python manage.py verify_rollups
"""

# ruff: noqa: S603 - the commands are of our own making

import argparse
import os
import signal
import subprocess
import sys

from povtrack.embedded.errors import EmbeddedError
from povtrack.embedded.launch import PORT, SUPERUSER
from povtrack.embedded.local import DATABASE, kept_secret, local_folder, new_key, server
from povtrack.embedded.server import Server


def main(words: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m povtrack.embedded", description="PostgreSQL in a folder.")
    parser.add_argument("action", choices=["start", "stop", "status", "url", "exec"])
    parser.add_argument("command", nargs=argparse.REMAINDER, help="for exec: the command, after --")
    asked = parser.parse_args(words)
    command = asked.command[1:] if asked.command[:1] == ["--"] else asked.command
    if bool(command) != (asked.action == "exec"):
        parser.error("a command goes with exec, and only with exec")
    try:
        return run(server(), asked.action, command)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


def run(chosen: Server, action: str, command: list[str]) -> int:
    """Do one action on the server; returns the exit code."""
    if action == "exec":
        return execute(chosen, command)
    if action == "start":
        chosen.keep(wanted=True)
        chosen.start()
        chosen.create_database(DATABASE)
    elif action == "stop":
        chosen.keep(wanted=False)
        chosen.stop()
    if action in ("start", "url"):
        print(chosen.url(DATABASE))
    if action == "status":
        print(f"running, {chosen.url(DATABASE)}" if chosen.running() else "stopped")
    return 0 if action != "status" or chosen.running() else 3


def execute(chosen: Server, command: list[str]) -> int:
    """Run the command with the server up; returns the command's exit code."""
    with chosen.lease():
        chosen.create_database(DATABASE)
        where = {"PGHOST": str(chosen.socket_folder), "PGPORT": PORT, "PGUSER": SUPERUSER, "PGDATABASE": DATABASE}
        secret = os.environ.get("SECRET_KEY") or kept_secret(local_folder() / "secret-key", new_key)
        env = {**os.environ, **where, "DATABASE_URL": chosen.url(DATABASE), "SECRET_KEY": secret}
        try:
            child = subprocess.Popen(command, env=env)
        except OSError as error:
            raise EmbeddedError(f"{command[0]}: {error.strerror}") from None
        # Ctrl-C reaches the command by itself; we stay until it has ended.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda number, frame: child.send_signal(number))
        code = child.wait()
        return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
