"""Static files under names that carry their content's hash, so that browsers may keep them for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin, ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django rewrites the imports of ES modules for the whole site or not at all; vendored files are no modules of ours.
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]  # noqa: SLF001
_MODULES = [(f"{folder}/*.js", _IMPORTS) for folder in ("exports", "grid", "offline", "sheets")]


class PlainStorage(ManifestStaticFilesStorage):
    """For one's own machine: compressing takes half a minute."""

    patterns = (*ManifestStaticFilesStorage.patterns, *_MODULES)


class CompressedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """For a server: gzip and brotli are made once."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, *_MODULES)
