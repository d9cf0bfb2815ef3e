"""The rows of the entry grid as HTML.

Written here and not in a template, because a county has thousands of cells: measured at 300 villages x 15 figures, the
template language took twelve times as long for the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.templatetags.figure_words import state_chip


def rows_html(rows: Iterable[dict[str, Any]], heads: list[dict[str, Any]], *, can_enter: bool) -> SafeString:
    """Return the rows of a grid page (see `GridPage.rows`) under these heads; every text in them is escaped here."""
    writer = _Entry(heads) if can_enter else _Reading(heads)
    return mark_safe("\n".join(writer.row(row) for row in rows))  # noqa: S308


class _Reading:
    """Rows for those who only read: figures in place of fields."""

    def __init__(self, heads: list[dict[str, Any]]) -> None:
        self.opening = [
            f'<td data-measure="{head["name"]}"' + (' class="money{}">' if head["kind"] == "money" else ' class="{}">')
            for head in heads
        ]
        self.plain = [opening.replace(' class="{}"', "").replace("{}", "") for opening in self.opening]
        self.nil = _("nil")
        self.nothing = escape(_("Nothing to report"))
        self.until = _("to be mended by %(day)s")
        self.overdue = f'<span class="chip bad">! {escape(_("overdue"))}</span>'
        self.chips: dict[tuple[str, bool], str] = {}

    def row(self, row: dict[str, Any]) -> str:
        cells = "".join(self._td(index, row, cell) for index, cell in enumerate(row["cells"]))
        errors = "".join(f'<span class="rowerror">{escape(message)}</span>' for message in row["errors"])
        errors += self._deadline(row)
        look = row["state"], row["nil"]
        if look not in self.chips:
            self.chips[look] = state_chip(row)
        chip = self.overdue if row["late"] and row["until"] else self.chips[look]
        return (
            f"{self._head(row)}{cells}"
            f'<td class="nilbox" data-label="{self.nothing}">{self.nil_box(row)}</td>'
            f'<td class="state">{chip}{errors}</td></tr>'
        )

    def _deadline(self, row: dict[str, Any]) -> str:
        """Until when what was given back can be mended, or could be."""
        if not row["until"]:
            return ""
        look = "rowerror" if row["late"] else "quiet"
        return f'<small class="{look}">{escape(self.until % {"day": row["until"]})}</small>'

    @staticmethod
    def _head(row: dict[str, Any]) -> str:
        area, name, latin, township = (escape(str(row[k])) for k in ("area_id", "name", "name_latin", "township"))
        called = f"{latin} {name}".strip()
        below = " · ".join(filter(None, [name if latin else "", township]))
        more = "" if row["editable"] else " data-locked"
        more += f' data-late="{escape(row["late"])}"' if row["late"] else ""
        more += ' class="nil"' if row["nil"] else ""
        return (
            f'<tr id="row-{area}" data-area="{area}" data-version="{row["version"]}" data-state="{row["state"]}" '
            f'data-nil="{int(row["nil"])}" data-code="{escape(row["code"])}" data-calls="{name}|{latin}" '
            f'data-name="{called}"{more}><th class="place" scope="row" id="r-{area}">'
            f'<span title="{", ".join(filter(None, [called, township]))}">{latin or name} '
            f"<small>{below}</small></span></th>"
        )

    def _td(self, index: int, row: dict[str, Any], cell: dict[str, str]) -> str:
        if cell["error"]:
            opening = self.opening[index].replace("{}", " bad" if "money" in self.opening[index] else "bad")
        else:
            opening = self.plain[index]
        last = f'<span class="last">{escape(cell["last"])}</span>' if cell["last"] else ""
        return f"{opening}{last}{self.figure(row, cell)}</td>"

    def figure(self, row: dict[str, Any], cell: dict[str, str]) -> str:
        return f'<span class="read-only">{f"<i>{self.nil}</i>" if row["nil"] else escape(cell["value"])}</span>'

    def nil_box(self, row: dict[str, Any]) -> str:
        return "✓" if row["nil"] else ""


class _Entry(_Reading):
    """Rows for those who enter: a field for each figure, also where its row can't be changed just now."""

    def figure(self, row: dict[str, Any], cell: dict[str, str]) -> str:
        area, measure = row["area_id"], cell["measure"]
        more = why = ""
        if not row["editable"]:
            more = " readonly"
        if cell["error"]:
            more += f' aria-invalid="true" aria-describedby="e-{area}-{measure}"'
            why = f'<span class="why" id="e-{area}-{measure}">{escape(cell["error"])}</span>'
        return (
            f'<input id="v-{area}-{measure}" name="v-{area}-{measure}" value="{escape(cell["value"])}" '
            f'inputmode="{cell["inputmode"]}" aria-labelledby="r-{area} m-{measure}"{more}>{why}'
        )

    def nil_box(self, row: dict[str, Any]) -> str:
        area = row["area_id"]
        more = (" checked" if row["nil"] else "") + ("" if row["editable"] else " disabled")
        return (
            f'<input type="hidden" name="version-{area}" value="{row["version"]}">'
            f'<input type="hidden" name="was-{area}" value="{escape(row["was"])}">'
            f'<input type="checkbox" name="nil-{area}" aria-labelledby="r-{area} m-nil"{more}>'
        )
