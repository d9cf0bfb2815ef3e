"""What: records and their rounds, review and totals. The programmes themselves are one file each in the catalogue."""

from importlib import import_module
from pkgutil import iter_modules

from programmes import catalogue
from programmes.models.base import Record
from programmes.models.indicators import Indicator, IndicatorFigure
from programmes.models.outbox import DirtyCell
from programmes.models.review import Extension, Notification, Remark, ReviewStep
from programmes.models.rollup import Rollup
from programmes.models.rounds import Round
from programmes.models.state import LOCKED, OPEN, REPORTED, WAITING, State
from programmes.models.upload import Upload, UploadRow

for _module in iter_modules(catalogue.__path__):
    import_module(f"{catalogue.__name__}.{_module.name}")

__all__ = [
    "LOCKED",
    "OPEN",
    "REPORTED",
    "WAITING",
    "DirtyCell",
    "Extension",
    "Indicator",
    "IndicatorFigure",
    "Notification",
    "Record",
    "Remark",
    "ReviewStep",
    "Rollup",
    "Round",
    "State",
    "Upload",
    "UploadRow",
]
