"""The history of county codes, as changes: who was called what when, and who followed whom.

`reading` turns the two files into records and links, `prefectures` links those that went on under another name,
`standins` gives cities without counties a county of their own, `identities` tells which records are forms of one place,
`changes` groups the links of a year into events, `questions` lists what stays open, `writing` puts it all into the
registry, and `verifying` compares it with the list of every year.
"""

from villages.imports.history.planning import Plan, plan_history
from villages.imports.history.reading import read_history

__all__ = ["Plan", "plan_history", "read_history"]
