"""The demonstration for tests, loaded once in each process: that takes seconds."""

from __future__ import annotations

import io
import os
from contextlib import redirect_stdout
from unittest import mock

from django.core.management import call_command

from tests.database import made_once

PASSWORD = "demonstration-password"


def load() -> str:
    """Load it, or put it back as it was; return what the command said."""
    return made_once(run_command)


def run_command() -> str:
    """Run the command that loads it; return what it said."""
    with mock.patch.dict(os.environ, {"DEMO_PASSWORD": PASSWORD}), redirect_stdout(io.StringIO()) as said:
        call_command("load_demo")
    return said.getvalue()
