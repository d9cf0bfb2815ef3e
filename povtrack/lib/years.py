"""Years and the day that stands for one.

A year is a calendar year; a place's form "in year Y" is the one in force on 31 December of Y.
"""

import datetime as dt

FIRST_YEAR = 1949
LAST_YEAR = 2100


def year_end(year: int) -> dt.date:
    """Return the day whose boundaries stand for `year`."""
    return dt.date(year, 12, 31)
