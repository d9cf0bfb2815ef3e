"""What becomes of a row, and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """The outcome of one row; all but the first three are reasons why it can't be carried out by rule."""

    SOUND = "sound", _("sound")
    DONE = "done", _("carried out before")
    DECIDED = "decided", _("decided by a person")
    NO_TARGET = "no_target", _("abolished, and the row names no place that took over")
    NO_SOURCE = "no_source", _("set up, and the row names no place that it was made of")
    WORDS = "words", _("words stand where a code belongs")
    NO_NAME = "no_name", _("the name is missing")
    PROVINCE = "province", _("the code is not of the province that the row names")
    UNCHANGED = "unchanged", _("the row changes neither code nor name")
    NOT_STANDING = "not_standing", _("no township carried the old code then")
    ALREADY = "already", _("the registry has the new place already, and the old one not")
    OTHER_NAME = "other_name", _("the old code stood for a place of another name")
    LATER_FORM = "later_form", _("the place would end, but the registry knows a later form of it")
    TAKEN = "taken", _("the new code stood for a place of another name")
    BOTH = "both", _("the old and the new place both stood, and the row doesn't say that one took the other over")
    TAKEN_LATER = "taken_later", _("the new code stands for another place later on")
    TWO_NAMES = "two_names", _("rows of the same year give the new code different names")
    NO_COUNTY = "no_county", _("no county had the first six digits of the new code then")
    COUNTY_ENDS = "county_ends", _("the county ended later, and where the township belonged then is not said")
    VILLAGES = "villages", _("the place is divided, and the row doesn't say which village went where")
    TOGETHER = "together", _("it hangs together with a row that can't be carried out")
    REFUSED = "refused", _("the registry refuses the change")
