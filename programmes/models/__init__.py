"""What: typed programmes, one file each, their records, and the rounds that collect them."""

from programmes.models.base import DirtyCell, Record, Rollup, State
from programmes.models.dew import DewRecord
from programmes.models.rounds import Round

__all__ = ["DewRecord", "DirtyCell", "Record", "Rollup", "Round", "State"]
