"""The levels of the tree of places. What a country calls them is in the settings; it need not use them all."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.told import Told, told


class Level(models.IntegerChoices):
    """From the top down; a parent's level is always smaller than its child's."""

    NATION = 0, _("nation")
    PROVINCE = 1, _("province")
    PREFECTURE = 2, _("prefecture")
    COUNTY = 3, _("county")
    TOWNSHIP = 4, _("township")
    VILLAGE = 5, _("village")

    @property
    def word(self) -> str:
        """What this country calls the level."""
        return str(settings.AREA_LEVELS.get(self.name.lower(), self.label))

    @property
    def told(self) -> Told:
        """The same, to be kept."""
        return told(settings.AREA_LEVELS.get(self.name.lower(), self.label))


# The ancestors that a placement carries, from the top down.
ANCESTORS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)
