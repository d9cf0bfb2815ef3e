"""All writes of the registry."""

from povtrack.lib.csvfiles import FileError
from villages.actions.imports import ImportRefused, import_areas

__all__ = ["FileError", "ImportRefused", "import_areas"]
