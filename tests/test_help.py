"""The guides: read in the product, printed in docs/, and true to the words on the buttons."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from django.urls import reverse

from povtrack import help as guides
from tests.guides import as_markdown

PROJECT = Path(guides.__file__).parents[1]
DOCS = PROJECT / "docs"


@cache
def written() -> str:
    """All that pages and scripts are made of, but for the guides themselves."""
    parts = [PROJECT / name for name in ("povtrack", "programmes", "villages", "templates")]
    files = [file for part in parts for kind in ("*.py", "*.html") for file in part.rglob(kind)]
    own = {Path(guides.__file__), *(PROJECT / "templates" / "help").iterdir()}
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file not in own)


def show(client, code: str) -> str:
    response = client.get(reverse("help-guide", args=[code]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_guides_call_buttons_and_links_what_is_written_on_them():
    unknown = {
        name: label
        for name, label in guides.labels().items()
        if not any(
            quote + text + quote in written()
            for quote in "\"'"
            for text in (label, label[0].lower() + label[1:], label.replace("3", "%(n)s"))
        )
    }
    assert unknown == {}


def test_the_guides_are_whole(as_user):
    client = as_user("clerk")
    for code in guides.GUIDES:
        page = show(client, code)
        # A name that is not known would leave nothing in its place.
        assert not re.findall(r"<b></b>|“”|<span class=\"chip[^>]*>\W*</span>", page)
        assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(re.findall(r'id="([\w-]+)"', page))


def test_the_guides_in_docs_say_what_the_pages_say(as_user):
    """With POVTRACK_GUIDES=docs they are written anew."""
    client = as_user("clerk")
    for code in guides.GUIDES:
        text = as_markdown(code, show(client, code))
        if folder := os.environ.get("POVTRACK_GUIDES"):
            (Path(folder) / f"guide-{code}.md").write_text(text, encoding="utf-8")
        assert (DOCS / f"guide-{code}.md").read_text(encoding="utf-8") == text
        assert [name for name in re.findall(r"\]\((pictures/[\w.-]+)\)", text) if not (DOCS / name).exists()] == []


def test_help_is_at_the_foot_of_every_page_and_begins_with_ones_own_guide(as_user):
    for username in ("clerk", "reviewer", "admin"):
        client = as_user(username)
        assert f'href="{reverse("help")}"' in client.get(reverse("account")).content.decode()
        page = client.get(reverse("help")).content.decode()
        assert re.findall(r'href="/help/(\w+)/"', page)[0] == username


def test_there_is_no_other_guide(as_user):
    assert as_user("clerk").get(reverse("help-guide", args=["cook"])).status_code == 404
