"""Counting queries, so that a list that grows a query per row is noticed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def queries_made() -> Iterator[list[str]]:
    """Collect the SQL of a block, without that of the cache (where there is Redis it is no query at all).

    And without the one by which each request to the API is counted.
    """
    made: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield made
    made += [
        q["sql"]
        for q in captured.captured_queries
        if not any(word in q["sql"] for word in ("povtrack_cache", "SAVEPOINT", "accounts_clientuse"))
    ]
