"""All writes of the registry."""

from povtrack.lib.csvfiles import FileError
from villages.actions.changes import apply_change, apply_changes, discard_draft, draft_change, revert_change
from villages.actions.imports import ImportRefused, import_areas
from villages.actions.preview import Preview, preview_change
from villages.changes.checks import ChangeRefused

__all__ = [
    "ChangeRefused",
    "FileError",
    "ImportRefused",
    "Preview",
    "apply_change",
    "apply_changes",
    "discard_draft",
    "draft_change",
    "import_areas",
    "preview_change",
    "revert_change",
]
