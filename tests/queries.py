"""Counting queries, so that a list that grows a query per row is noticed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def queries_made() -> Iterator[list[str]]:
    """Collect the SQL of a block, without that of the cache: where there is Redis it is no query at all."""
    made: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield made
    made += [
        q["sql"] for q in captured.captured_queries if "povtrack_cache" not in q["sql"] and "SAVEPOINT" not in q["sql"]
    ]
