"""A database in which all migrations have run. The workers copy it, rather than each running them for itself.

`python -m tests.template` makes it. The first process of a session begins that, on a server of its own, while the
workers still read the tests. PostgreSQL's mark of a template says that it is done.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import time
from contextlib import closing
from typing import Any

from tests import services

NAME = "povtrack_template"
BEGUN = "POVTRACK_TEST_TEMPLATE"
PATIENCE = 600


def begin() -> None:
    """Begin to make it, unless the tests run on another's server."""
    if services.is_ours():
        _tell(f"CREATE DATABASE {NAME}")
        os.environ[BEGUN] = NAME  # pytest-xdist hands it to the workers
        process = subprocess.Popen([sys.executable, "-m", __name__])
        atexit.register(process.wait)


def name() -> str | None:
    """Its name, as soon as it can be copied; None where nobody makes one, or it could not be made."""
    give_up = time.monotonic() + PATIENCE
    while BEGUN in os.environ and time.monotonic() < give_up:
        state = _tell(f"SELECT datistemplate FROM pg_database WHERE datname = '{NAME}'")
        if state != [(False,)]:
            return NAME if state else None
        time.sleep(0.05)
    return None


def make() -> None:
    """Run the migrations in this process. Where they fail it is dropped: whoever needs them sees them fail."""
    from tests import environment  # noqa: F401  the settings are read with what it sets

    os.environ["DATABASE_URL"] = services.database_url(NAME)
    import django
    from django.core.management import call_command
    from django.db import connections

    try:
        django.setup()
        call_command("migrate", verbosity=0, run_syncdb=True)
        connections.close_all()
        _tell(f"ALTER DATABASE {NAME} IS_TEMPLATE true")
    except BaseException:
        _tell(f"DROP DATABASE {NAME} WITH (FORCE)")
        raise


def _tell(statement: str) -> list[Any]:
    with closing(services.connect_to_server()) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


if __name__ == "__main__":
    make()
