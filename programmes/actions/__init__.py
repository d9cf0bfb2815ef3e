"""All writes of records: saving rows, moving them through review, loading them in bulk, and planning rounds."""

from programmes.actions.load import load_records
from programmes.actions.remarks import add_remark
from programmes.actions.rounds import plan_round
from programmes.actions.rows import IncomingRow, RowError, RowResult
from programmes.actions.save import judge_rows, save_rows
from programmes.actions.scope import MAX_ROWS, Refused
from programmes.actions.workflow import Outcome, approve_records, submit_records

__all__ = [
    "MAX_ROWS",
    "IncomingRow",
    "Outcome",
    "Refused",
    "RowError",
    "RowResult",
    "add_remark",
    "approve_records",
    "judge_rows",
    "load_records",
    "plan_round",
    "save_rows",
    "submit_records",
]
