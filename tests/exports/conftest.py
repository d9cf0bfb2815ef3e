"""A store of its own for each test: others run at the same time, and what no export names is swept up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: Any) -> None:
    exports = {**settings.STORAGES["exports"], "OPTIONS": {"location": tmp_path}}
    settings.EXPORTS_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "exports": exports}
