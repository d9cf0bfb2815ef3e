"""The guides of `/help/` as Markdown, which is what stands in docs/: one text, read in the product and on paper."""

from __future__ import annotations

import re
import textwrap
from html.parser import HTMLParser

WIDTH = 120
# The pictures of a guide by the section that they stand below, each with what it shows.
PICTURES = {
    ("clerk", "find"): ("work", "The tasks of a clerk: programmes, their due days, and how far the villages are."),
    ("clerk", "enter"): ("entry", "The table of a county. One figure is to be mended; the list above leads to it."),
    ("clerk", "mend"): ("explain", "Unlikely figures that ask for a reason, with the numbers they are held against."),
    ("clerk", "conflict"): ("conflict", "A colleague changed the same village: both figures, and the choice."),
    ("clerk", "offline"): ("offline", "The table without a connection: what was typed is kept on this computer."),
    ("clerk", "sheets"): ("preview", "What a file would change and what is wrong in it, before anything is saved."),
    ("reviewer", "look"): ("review", "Records that wait for review; for an unlikely figure the reason that was given."),
}  # fmt: skip


class _Writer(HTMLParser):
    """Reads the few elements that guides are made of."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.blocks: list[str] = []
        self.text = ""
        self.lists: list[list[int | str]] = []  # of each open list: its mark, or the number of its next item
        self.rows: list[list[str]] = []
        self.section = ""
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "section":
            self.section = found.get("id") or ""
        elif tag in ("ul", "ol"):
            self.lists.append(["-"] if tag == "ul" else [1])
            self.blocks.append("")
        elif tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag == "a":
            self.href = found.get("href") or ""
            self.text += "["
        self.text += {"b": "**", "kbd": "`"}.get(tag, "")

    def handle_data(self, data: str) -> None:
        self.text += re.sub(r"\s+", " ", data)

    def handle_endtag(self, tag: str) -> None:
        self.text += {"b": "**", "kbd": "`"}.get(tag, "")
        if tag == "a":
            self.text += f"]({self.href})"
        elif tag in ("h1", "h2"):
            self._block(f"{'#' * int(tag[1])} {self._taken()}")
            if tag == "h2" and (self.code, self.section) in PICTURES:
                name, words = PICTURES[self.code, self.section]
                self._block(f"![{words}](pictures/{name}.png)")
        elif tag == "p":
            self._block(_wrapped(self._taken()))
        elif tag == "li":
            self._item()
        elif tag in ("ul", "ol"):
            self.lists.pop()
        elif tag in ("th", "td"):
            self.rows[-1].append(self._taken().replace("|", "\\|"))
        elif tag == "table":
            head, *rows = [f"| {' | '.join(row)} |" for row in self.rows]
            self._block("\n".join([head, f"|{' --- |' * len(self.rows[0])}", *rows]))

    def _taken(self) -> str:
        text, self.text = self.text.strip(), ""
        return text

    def _block(self, text: str) -> None:
        self.blocks.append(text)

    def _item(self) -> None:
        mark = self.lists[-1][0]
        if isinstance(mark, int):
            self.lists[-1][0] = mark + 1
            mark = f"{mark}."
        line = _wrapped(f"{mark} {self._taken()}", " " * (len(mark) + 1))
        self.blocks[-1] = f"{self.blocks[-1]}\n{line}".strip("\n")


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def as_markdown(code: str, page: str) -> str:
    """Return the guide in a page of `/help/` as Markdown. Links within the guide lead to its headings, as on GitHub."""
    [article] = re.findall(r"<article.*?</article>", page, re.DOTALL)
    headings = dict(re.findall(r'<section id="([\w-]+)">\s*<h2>(.*?)</h2>', article, re.DOTALL))
    writer = _Writer(code)
    writer.feed(article)
    text = "\n\n".join(block for block in writer.blocks if block)
    return re.sub(r"\(#([\w-]+)\)", lambda found: f"(#{_anchor(headings[found[1]])})", text) + "\n"


def _anchor(heading: str) -> str:
    """The name that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
