"""What people are called, where the database says it."""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from povtrack.lib.rest.includes import Include


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


def people(*steps: str) -> Include:
    """Return what brings along who took each of these steps with a row; the column of each ends in `_by`."""

    def named(*names: str | None) -> dict[str, str | None]:
        return dict(zip(steps, names, strict=True))

    words = _("who took which step with it, by the name that colleagues see; null where nobody has.")
    return Include(words, tuple(label_sql(f"{step}_by") for step in steps), named)
