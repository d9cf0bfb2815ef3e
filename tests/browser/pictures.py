"""The pictures of docs/, taken where the tests have brought a page into the state that a guide speaks of."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page


def take(page: Page, name: str) -> None:
    """With POVTRACK_PICTURES=docs/pictures, keep what the page shows; otherwise do nothing."""
    if folder := os.environ.get("POVTRACK_PICTURES"):
        page.set_viewport_size({"width": 1366, "height": 768})
        page.screenshot(path=Path(folder) / f"{name}.png")
