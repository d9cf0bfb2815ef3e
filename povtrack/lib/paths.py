"""Where an area lies: its path holds the ids of everything above it and its own, as "1.5.9."

An area that was never derived has an empty path, and every text begins with the empty one: as a root it holds nothing.
"""

from collections.abc import Iterable

from django.db.models import Q


def is_under(path: str, roots: Iterable[str]) -> bool:
    """Tell whether `path` lies at or below one of the paths `roots`."""
    return path.startswith(tuple(root for root in roots if root))


def under(roots: Iterable[str], field: str = "path") -> Q:
    """The same as a condition on rows: their `field` lies at or below one of the paths `roots`."""
    subtrees = [Q(**{f"{field}__startswith": root}) for root in roots if root]
    return Q(*subtrees, _connector=Q.OR) if subtrees else Q(pk__in=[])
