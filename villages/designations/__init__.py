"""Dated official lists of places: which there are, which place each of their lines means, and who may see which.

A line is kept as it was listed, and belongs to no place until its code and name, as of the day of the code, say which
one it means, or until a person does.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from villages.models import Area, Designation, Membership

__all__ = ["designations_of", "name_of"]


def name_of(designation: Designation) -> str:
    """Return what a list is called, in the reader's language where it has a name in it."""
    local = get_language() == settings.LOCAL_NAMES_LANGUAGE
    return designation.name if local else designation.name_latin or designation.name


def designations_of(area: Area) -> list[dict[str, Any]]:
    """Return the lists that a place is or was on, newest first: name, since, until, url, evidence. One query.

    `since` is the first day on the list, `until` the first day no longer on it (None: still on it, or None known).
    """
    rows = Membership.objects.filter(area=area).select_related("designation").order_by("-valid", "designation__code")
    return [
        {
            "name": name_of(row.designation),
            "since": row.valid.lower,
            "until": row.valid.upper,
            "url": reverse("designation", args=[row.designation.code]),
            "evidence": row.get_evidence_display(),
        }
        for row in rows
    ]
