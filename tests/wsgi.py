"""What gunicorn serves to tests that need several web processes: plain static files, and a cache that all share."""

from __future__ import annotations

from django.conf import settings

from tests.conftest import settle

_shared = settings.CACHES
settle()
settings.CACHES = _shared

from povtrack.wsgi import application  # noqa: E402

__all__ = ["application"]
