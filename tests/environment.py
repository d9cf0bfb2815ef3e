"""The environment of all tests. Loaded as the first plugin, before Django reads its settings from the environment."""

import os
import tempfile
from pathlib import Path

from tests import services

os.environ.update(
    DJANGO_SETTINGS_MODULE="povtrack.settings",
    DATABASE_URL=services.test_database_url(),
    SECRET_KEY="only-for-tests",
    INSECURE_HTTP="1",
    DEBUG="0",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    CELERY_BROKER_URL="",
    REDIS_URL="",
    LANGUAGE_CODE="en",
    EXPORTS_ROOT=str(Path(tempfile.gettempdir()) / f"povtrack-exports-{os.getuid()}"),
    # Sync playwright runs an event loop in the main thread.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
