"""Where: places of every level, their dated forms, and where each stood when.

The identity of a place and its form are two tables. `Area` never changes its meaning, and records point to it;
`AreaVersion` is the code, name and parent it had from one day to another. Neither a code nor a name is a key: 37 county
codes were given to another place after a gap, and thousands of village names repeat inside one county. Code and date
find an area. Qianxi's Huawu village is one Area; were its township merged into another in 2015, it would stay that
Area, keep its version, and get a second Placement from that day on.
"""

from villages.models.area import Area, AreaQuerySet, County
from villages.models.change import BoundaryChange, ChangedArea, Succession
from villages.models.designation import Designation, Membership
from villages.models.placement import CurrentPlacement, Placement
from villages.models.question import OpenQuestion
from villages.models.registry_import import RegistryImport
from villages.models.review import ListReview, ListRow
from villages.models.version import AreaVersion

__all__ = [
    "Area",
    "AreaQuerySet",
    "AreaVersion",
    "BoundaryChange",
    "ChangedArea",
    "County",
    "CurrentPlacement",
    "Designation",
    "ListReview",
    "ListRow",
    "Membership",
    "OpenQuestion",
    "Placement",
    "RegistryImport",
    "Succession",
]
