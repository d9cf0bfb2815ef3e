"""The browser reads figures exactly as the server does, so that nothing is refused late or accepted wrongly."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from povtrack.lib.figures import MONEY_MAX, WHOLE_MAX, BadFigure, parse_decimal, shown
from programmes.grid_words import grid_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXTS = [
    *[
        "",
        " ",
        "0",
        "00",
        "7",
        "+7",
        "-7",
        "-0",
        "−7",
        "  42  ",
        "3.",
        ".5",
        "3.0",
        "3.10",
        "3.14",
        "3.145",
        "0.001",
        "-0.01",
    ],
    *[
        "1,234",
        "1 234 567",
        "1,23",
        "12,34,567",
        "１２３",
        "１，２３４",
        "1\u00a0234",
        "1,234.50",
        "99,999,999,999,999.99",
    ],
    *[".", "-", "1e5", "abc", "12a", "1.2.3", "十", "1/2", "5%"],
    *[
        "39①",
        "5²",
        "½",
        "٣",
        "𝟗",
        "㈠",
        "１２．５",
        "－７",
        "\u30001\u202f234\u3000",
        "1\u2007234",
        "1\u2009234",
        "🌾" * 45,
    ],
    *["-" + "9" * 60, "9" * 60, "0." + "1" * 60, "x" * 60],
    *["2147483647", "2147483648", "99999999999999.99", "100000000000000"],
]


@pytest.mark.parametrize("places", [0, 2])
def test_browser_and_server_read_the_same_figures(live_server, page: Page, places):
    def on_server(text: str) -> list[str]:
        try:
            figure = parse_decimal(text, places=places, maximum=MONEY_MAX if places else WHOLE_MAX)
        except BadFigure as bad:
            return ["error", str(bad)]
        # The table keeps amounts to the fen, so that is how they come back to be shown.
        return ["figure", shown(None if figure is None else round(figure, places or None), missing="")]

    page.goto(f"{live_server.url}/accounts/login/")
    in_browser = page.evaluate(
        """async ([texts, places, max, words]) => {
            const { parse, format } = await import('/static/grid/figures.js');
            const measure = { places, max: BigInt(max) };
            return texts.map((text) => {
                const { figure, error } = parse(text, measure, words);
                return error ? ['error', error] : ['figure', format(figure, places)];
            });
        }""",
        [TEXTS, places, str(MONEY_MAX).replace(".", "") if places else str(WHOLE_MAX), grid_words()],
    )
    assert dict(zip(TEXTS, in_browser, strict=True)) == {text: on_server(text) for text in TEXTS}
