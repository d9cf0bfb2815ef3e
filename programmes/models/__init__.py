"""What: typed programmes, one file each, their records, and the rounds that collect them."""

from programmes.models.base import Record, State
from programmes.models.dew import DewRecord
from programmes.models.outbox import DirtyCell
from programmes.models.rollup import Rollup
from programmes.models.rounds import Round

__all__ = ["DewRecord", "DirtyCell", "Record", "Rollup", "Round", "State"]
