"""What people are called, where the database says it."""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce, NullIf


def label_sql(person: str) -> Coalesce:
    """Return `User.label` of the person that a way leads to, as an expression. Plain, for it is asked of millions."""
    names = Func(
        F(f"{person}__last_name"),
        F(f"{person}__first_name"),
        template="btrim(%(expressions)s)",
        arg_joiner=" || ' ' || ",
        output_field=TextField(),
    )
    return Coalesce(NullIf(names, Value("")), F(f"{person}__username"), output_field=TextField())
