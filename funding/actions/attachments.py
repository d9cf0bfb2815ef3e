"""Attaching documents to allocations."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from funding.actions.adjustments import giver_of
from funding.actions.scope import require_funds_of
from funding.models import Allocation, Attachment
from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from povtrack.lib.sentfiles import harmless_name
from programmes.actions import Refused
from programmes.actions.scope import paths_of

LARGEST = 10 * 1024 * 1024
MOST = 20

# What a file begins with, by the type under which it is sent back. Nothing that a browser would run.
TYPES = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "application/zip": (b"PK\x03\x04",),  # also .docx, .xlsx, .ofd
}


@transaction.atomic
def attach_file(allocation: Allocation, *, file_name: str, content: bytes, by: User) -> Attachment:
    """Keep a document of an allocation, and return it; the same file again is kept once.

    Raises Refused for a file that is empty, larger than LARGEST or of no type in TYPES, and beyond MOST files.
    """
    own = paths_of(by, Ability.ENTER_FUNDS)
    if not is_under(giver_of(allocation).area.path, own):
        require_funds_of(by, allocation.area)
    found = next((kind for kind, marks in TYPES.items() if content.startswith(marks)), None)
    if len(content) > LARGEST:
        words = _("%(name)s has %(size)s; at most %(limit)s fit.")
        limits = {"size": filesizeformat(len(content)), "limit": filesizeformat(LARGEST)}
        raise Refused(words % {"name": file_name, **limits})
    if found is None:
        raise Refused(_("%(name)s is no PDF, picture (PNG, JPEG), Word or Excel file.") % {"name": file_name})
    digest = sha256(content).hexdigest()
    Allocation.objects.select_for_update(no_key=True).get(pk=allocation.pk)
    if (same := allocation.attachments.filter(sha256=digest).first()) is not None:
        return same
    if allocation.attachments.count() >= MOST:
        raise Refused(_("%(n)s files are attached already; more do not fit.") % {"n": MOST})
    return Attachment.objects.create(
        allocation=allocation,
        file_name=harmless_name(file_name),
        content_type=found,
        content=content,
        size=len(content),
        sha256=digest,
        by=by,
    )
