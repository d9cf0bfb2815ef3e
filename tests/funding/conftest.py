"""Money that the tests of the ledger's API start from."""

from __future__ import annotations

from typing import Any

import pytest

from funding.models import Allocation
from tests.funding.money import given, passed


@pytest.fixture
def zhijin(world: Any) -> Allocation:
    """1,000 yuan that Guizhou passed down to Zhijin."""
    return passed(world, given(world, "Guizhou", 5000), Zhijin_County=1000)[0]
