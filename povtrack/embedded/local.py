"""What one machine keeps for itself under .local: the server's folder and the generated secrets."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from povtrack.embedded.server import Server

PROJECT = Path(__file__).resolve().parents[2]
DATABASE = "povtrack"
# No vowels, so no words; no letters that look like digits.
READABLE = "bcdfghjkmnpqrstvwxz23456789"


def local_folder() -> Path:
    """The folder for what is made on this machine; git ignores it."""
    folder = PROJECT / ".local"
    folder.mkdir(exist_ok=True)
    return folder


def server() -> Server:
    """The server of this project folder, or of the folder that POVTRACK_DATA names."""
    chosen = os.environ.get("POVTRACK_DATA")
    return Server(Path(chosen) if chosen else local_folder() / "postgres")


def kept_secret(path: Path, make: Callable[[], str], given: str = "") -> str:
    """The secret in this file, readable by this account only: the one given last, else made at the first call."""
    if given or not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write((given or make()) + "\n")
        if given:
            draft.replace(path)
            return given
        try:
            os.link(draft, path)  # fails when another program was quicker, and then its secret counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def new_key() -> str:
    """A value for SECRET_KEY."""
    return secrets.token_urlsafe(48)


def new_password() -> str:
    """A password that can be read aloud: three groups of four, 57 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
