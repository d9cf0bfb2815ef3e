"""What the forms of the ledger, of partners, pairings and projects share: how what is refused is shown; and who keeps
the latter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from funding.actions import Overtaken, RowsRefused, curates
from funding.forms import EntryForm
from povtrack.accounts.models import User
from programmes.actions import Refused
from villages.forms.picks import Pick


def keeper_or_404(user: User) -> None:
    """Raise Http404 unless `user` keeps partners and foreign projects."""
    if not curates(user):
        raise Http404(_("Partners and foreign projects are kept by those who enter funds for the whole nation."))


def tried(form: EntryForm, save: Callable[[], Any], pick: Pick | None = None, *, field: str | None = None) -> Any:
    """Return what was saved, or None, with what was refused shown in the form.

    What is refused as a whole stands at `field`, or above all fields.
    """
    try:
        return save()
    except RowsRefused as refused:
        if pick is not None:
            for problem in refused.problems:
                if problem.field == "area":
                    pick.errors.setdefault("", problem.message)
        form.take([one for one in refused.problems if pick is None or one.field != "area"])
    except Overtaken as overtaken:
        form.add_error(None, str(overtaken))
        # What was typed stays; saving once more replaces what the person now has been told of.
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(getattr(overtaken.theirs, "version", 0))  # type: ignore[index]
    except Refused as refused:
        form.add_error(field, str(refused))
    return None
