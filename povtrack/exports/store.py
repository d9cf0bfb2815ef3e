"""Where the files of exports lie: in a storage of their own, which no web server hands out."""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone

from povtrack.exports.models import Export

ALIAS = "exports"
# What no export names any more is swept up after this time: longer than it takes to name what was just written.
ORPHANED = dt.timedelta(days=1)


class Torn(Exception):
    """What was written is not what is there."""


def folder() -> str | None:
    """A folder on this machine in which a file can grow: on the disk of the store, if that is one."""
    root: Path | None = settings.EXPORTS_ROOT
    if root is None:
        return None
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return str(root)


def put(export: Export, file: IO[bytes]) -> tuple[str, int]:
    """Write a file to the store under a name that nobody knows yet; return that and its size. Raises Torn."""
    size = file.seek(0, 2)
    file.seek(0)
    name = storages[ALIAS].save(f"{export.pk}-{secrets.token_hex(8)}.{export.form}", File(file))
    if storages[ALIAS].size(name) != size:
        drop(name)
        raise Torn(name)
    return name, size


def opened(export: Export) -> Any:
    """The file of an export. Raises OSError when it is gone."""
    return storages[ALIAS].open(export.file)


def drop(name: str) -> None:
    if name:
        storages[ALIAS].delete(name)


def sweep() -> int:
    """Delete the files that no export names; return how many. A job that died may have left one."""
    store = storages[ALIAS]
    if not store.exists(""):
        return 0
    named = set(Export.objects.exclude(file="").values_list("file", flat=True))
    old = timezone.now() - ORPHANED
    orphans = [name for name in store.listdir("")[1] if name not in named and store.get_modified_time(name) < old]
    for name in orphans:
        drop(name)
    return len(orphans)
