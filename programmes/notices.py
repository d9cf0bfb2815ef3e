"""Notifications as people read them: a sentence by kind, in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Notification
from programmes.registry import find_programme
from villages.names import latin_beside


def _submitted(n: int) -> str:
    return ngettext(
        "%(by)s submitted %(n)s record for review: %(what)s.",
        "%(by)s submitted %(n)s records for review: %(what)s.",
        n,
    )


def _confirmed(n: int) -> str:
    return ngettext(
        "%(by)s confirmed %(n)s record; it waits for approval: %(what)s.",
        "%(by)s confirmed %(n)s records; they wait for approval: %(what)s.",
        n,
    )


def _approved(n: int) -> str:
    return ngettext("%(by)s approved %(n)s record: %(what)s.", "%(by)s approved %(n)s records: %(what)s.", n)


def _returned(n: int) -> str:
    return ngettext(
        "%(by)s returned %(n)s record to be mended: %(what)s. Reason: %(reason)s",
        "%(by)s returned %(n)s records to be mended: %(what)s. Reason: %(reason)s",
        n,
    )


def _reopened(n: int) -> str:
    return ngettext(
        "%(by)s reopened %(n)s record, to be mended by %(until)s: %(what)s. Reason: %(reason)s",
        "%(by)s reopened %(n)s records, to be mended by %(until)s: %(what)s. Reason: %(reason)s",
        n,
    )


_SENTENCES: dict[str, Callable[[int], str]] = {
    "submitted": _submitted,
    "confirmed": _confirmed,
    "approved": _approved,
    "returned": _returned,
    "reopened": _reopened,
}


def sentence(notification: Notification) -> str:
    """Return what happened, in the reader's language."""
    words: dict[str, Any] = {"n": 1, "by": "", "reason": "", "until": "", **notification.words}
    made = _SENTENCES.get(notification.kind)
    if made is None:
        return _("Something happened to records of yours.")
    model = find_programme(str(words.get("programme", "")))
    place = f"{latin_beside(words.get('name_latin', ''))} {words.get('name', '')}".strip()
    label = model.label if model else words.get("programme", "")
    what = f"{label} {words.get('year', '')} · {place}"
    return made(int(words["n"])) % {**words, "what": what}


def unread_of(user: Any) -> Any:
    """The notifications of a person that they have not opened."""
    return Notification.objects.filter(user=user, read_at=None)
