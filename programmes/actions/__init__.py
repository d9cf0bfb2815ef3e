"""All writes of records: saving rows, moving them through review, loading them in bulk, and planning rounds."""

from programmes.actions.extensions import extend_round
from programmes.actions.indicators import FigureResult, IncomingFigure, save_indicator_figures
from programmes.actions.load import load_records
from programmes.actions.moves import Outcome
from programmes.actions.remarks import add_remark
from programmes.actions.review import reopen_records, return_records
from programmes.actions.rounds import plan_round
from programmes.actions.rows import IncomingRow, RowError, RowResult
from programmes.actions.save import NotTogether, judge_rows, save_rows
from programmes.actions.scope import MAX_ROWS, Refused
from programmes.actions.workflow import approve_records, submit_records

__all__ = [
    "MAX_ROWS",
    "FigureResult",
    "IncomingFigure",
    "IncomingRow",
    "NotTogether",
    "Outcome",
    "Refused",
    "RowError",
    "RowResult",
    "add_remark",
    "approve_records",
    "extend_round",
    "judge_rows",
    "load_records",
    "plan_round",
    "reopen_records",
    "return_records",
    "save_indicator_figures",
    "save_rows",
    "submit_records",
]
