"""The yearly sheets of township changes: what of them is sound, and what a person must decide.

`reading` reads the rows, `events` groups those of one year that hang together, `registry` looks up what stands then,
`judging` says what is wrong with an event, `drafting` makes a boundary change of a sound one. Nothing is guessed.
"""

from villages.imports.townships.reading import Row, read_rows
from villages.imports.townships.reasons import Reason

__all__ = ["Reason", "Row", "read_rows"]
