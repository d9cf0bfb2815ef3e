"""Planning when records are collected."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from povtrack.accounts.grants import manages_everything
from povtrack.accounts.models import User
from povtrack.lib.jobs import recompute_after_commit
from programmes.actions.scope import Refused
from programmes.models import Round
from programmes.registry import find_programme


@transaction.atomic
def plan_round(collecting: Round, *, by: User) -> Round:
    """Save a new or changed round; a new one makes its year's totals due everywhere.

    Raises Refused for whoever does not manage the whole country, for which a round counts, and ValidationError for a
    programme, year or dates that make no sense.
    """
    if not manages_everything(by):
        raise Refused(_("Rounds are planned by system admins of the whole country."))
    check_collected(collecting.programme, collecting.year)
    collecting.full_clean()
    collecting.save()
    recompute_after_commit()
    return collecting


def check_collected(programme: str, year: int) -> None:
    """Raise ValidationError, by field, unless the programme is known and was already collected in that year."""
    model = find_programme(programme)
    if model is None:
        raise ValidationError({"programme": _("There is no programme “%(code)s”.") % {"code": programme}})
    if year < model.first_year:
        words = _("%(programme)s began in %(year)s.") % {"programme": model.label, "year": model.first_year}
        raise ValidationError({"year": words})
