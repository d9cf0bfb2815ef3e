"""Files that people send."""


def harmless_name(name: str) -> str:
    """A file's name for a page: the end of its path, of printable characters."""
    short = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char if char.isprintable() else "_" for char in short)[-200:] or "–"
