"""What people are called, where the database says it."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim


def label_sql(person: str) -> Coalesce:
    """Return `User.label` of the person that a way leads to, as an expression."""
    names = Concat(F(f"{person}__last_name"), Value(" "), F(f"{person}__first_name"))
    return Coalesce(NullIf(Trim(names), Value("")), F(f"{person}__username"))
