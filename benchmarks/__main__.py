"""Run the benchmarks named on the command line (all by default) on a fresh database of their own."""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from rich.console import Console

from povtrack.embedded import Server

NAMES = ["import_areas", "registry", "save", "grid", "sheets", "rollups", "freshness", "funds", "api", "feed"]
# They take an hour, or are evidence for a decision: run when they are asked for.
BY_NAME = ["scale", "partitions"]
# What a small server would have; durable, so that writes cost what they cost.
SETTINGS = {"shared_buffers": "1GB", "work_mem": "64MB", "maintenance_work_mem": "256MB", "max_wal_size": "8GB"}

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "povtrack.settings",
    "SECRET_KEY": "only-for-benchmarks",
    "INSECURE_HTTP": "1",
    "CELERY_BROKER_URL": "",
    "ALLOWED_HOSTS": "localhost,testserver",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which to run, of: {', '.join(NAMES + BY_NAME)}")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    names = options.names or NAMES
    if unknown := [name for name in names if name not in NAMES + BY_NAME]:
        parser.error(f"there is no benchmark {unknown[0]}; there are: {', '.join(NAMES)}")
    if options.inside:
        run(names[0])
        return
    with tempfile.TemporaryDirectory(prefix="povtrack-bench-") as folder:
        Path(folder).chmod(0o711)  # root's server runs as another account
        with Server(Path(folder) / "postgres", settings=SETTINGS).lease() as server:
            for name in names:
                server.create_database(name)
                # Django reads its database from the environment once, so each benchmark has a process of its own.
                environment = {**os.environ, **ENVIRONMENT, "DATABASE_URL": server.url(name)}
                subprocess.run([sys.executable, "-m", "benchmarks", name, "--inside"], env=environment, check=True)


def run(name: str) -> None:
    """Run one benchmark on the database that the environment names."""
    django.setup()
    call_command("migrate", verbosity=0)
    # A file is as wide as the tables need.
    console = Console() if sys.stdout.isatty() else Console(width=200)
    importlib.import_module(f"benchmarks.{name}").run(console)


if __name__ == "__main__":
    main()
