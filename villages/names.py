"""Names as a reader wants them: in their own script, with the local name beside."""

from django.conf import settings
from django.utils.translation import get_language


def latin_beside(name_latin: str) -> str:
    """Return the Latin name, or nothing for readers of the language that local names are written in."""
    return "" if get_language() == settings.LOCAL_NAMES_LANGUAGE else name_latin
