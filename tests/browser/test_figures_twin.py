"""The browser reads and judges figures exactly as the server does: nothing is refused late, or accepted wrongly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Page

from povtrack.lib.figures import (
    MONEY_MAX,
    NO,
    WHOLE_MAX,
    YES,
    BadFigure,
    parse_code,
    parse_decimal,
    parse_flag,
    shown,
)
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.grid_words import grid_words
from programmes.soft_rules import Beside, Continues, Jump, Outlier
from programmes.unlikely import Unlikely, kept_text
from tests.extent import some_of

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


@pytest.mark.parametrize("places", some_of([0, 2], 2))
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


FLAGS = [*YES, *NO, "", " ", "YES", "Ｙ", " 是 ", "да ", "НЕТ", "perhaps", "10", "有有", "x" * 60]
CODES = ["", "520524100201", "５２０５", " CN ", "52-05", "no such", "x" * 17, "é", "1" * 16]


@pytest.mark.parametrize(("kind", "texts", "parse"), [("flag", FLAGS, parse_flag), ("code", CODES, parse_code)])
def test_browser_and_server_read_the_same_flags_and_codes(live_server, page: Page, kind, texts, parse):
    def on_server(text: str) -> list[str]:
        try:
            return ["figure", shown(parse(text), missing="")]
        except BadFigure as bad:
            return ["error", str(bad)]

    page.goto(f"{live_server.url}/accounts/login/")
    in_browser = page.evaluate(
        """async ([texts, kind, flags, words]) => {
            const { parse, show } = await import('/static/grid/figures.js');
            const measure = { kind, flags };
            return texts.map((text) => {
                const { figure, error } = parse(text, measure, words);
                return error ? ['error', error] : ['figure', show(figure, measure, words)];
            });
        }""",
        [texts, kind, {"yes": sorted(YES), "no": sorted(NO)}, grid_words()],
    )
    assert dict(zip(texts, in_browser, strict=True)) == {text: on_server(text) for text in texts}


# What is typed, last year's figure, and the county's median, spread and number of places.
LIKELY = [
    ("95", "30", None),
    ("90", "30", None),
    ("89.99", "30", None),
    ("50.5", "30", None),
    ("1234567.5", "30", None),
    ("0", "21", None),
    ("0", "20", None),
    ("100", None, ("10.25", "2.00", 12)),
    ("27.2", None, ("10.25", "1.90", 12)),
    ("27.16", "27.16", ("10.25", "1.90", 12)),
    ("100", None, ("10.35", "2.00", 10)),
    ("100", None, ("11.00", "2.00", 10)),
    ("100", None, ("11.00", "2.00", 9)),
    ("12345", "5", ("1234.45", "0.50", 300)),
]


def test_browser_and_server_find_the_same_figures_unlikely(live_server, page: Page):
    rules = [Jump("spent"), Outlier("spent"), Continues("spent", closing="spent")]

    def on_server(typed: str, last: str | None, median: tuple[str, str, int] | None) -> str:
        beside = Beside({"spent": last and parse_decimal(last)})
        if median:
            beside = Beside(beside.last, Decimal(median[0]), Decimal(median[1]), median[2])
        figure = parse_decimal(typed)
        assert figure is not None
        return " ".join(filter(None, (rule.warning(figure, beside) for rule in rules)))

    page.goto(f"{live_server.url}/accounts/login/")
    in_browser = page.evaluate(
        """async ([cases, softRules, words]) => {
            const { parse } = await import('/static/grid/figures.js');
            const { doubts } = await import('/static/grid/doubts.js');
            const measure = { name: 'spent', kind: 'money', places: 2, max: 10n ** 16n };
            const read = (text) => text === null ? null : parse(text, measure, words).figure;
            return cases.map(([typed, last, beside]) => {
                const [median, spread, places] = beside || [];
                const config = { softRules, words, medians: beside ? { spent: { median, spread, places } } : {},
                                 byName: new Map([['spent', measure]]) };
                const row = { cell: () => ({ figure: read(typed), measure }), last: () => read(last) };
                return doubts(row, config).get('spent') || '';
            });
        }""",
        [LIKELY, [rule.spec() for rule in rules], grid_words()],
    )
    assert in_browser == [on_server(*case) for case in LIKELY]
    assert "" in in_browser
    assert sum("half of the" in told for told in in_browser) >= 3


# What was said, each with the figure that was before its author (None: not known), and the figure of now.
SAID: list[tuple[list[tuple[str | None, str]], str]] = [
    ([], "120"),
    ([("120", "A school.")], "120"),
    ([("120", "A school.")], "120.00"),
    ([("1,200.5", "A school.")], "1200.50"),
    ([("120", "A school.")], "400"),
    ([("120", "A school."), ("400", "Two schools.")], "120"),
    ([("120", "A school."), ("120.0", "No, a college.")], "120"),
    ([("120", "A school."), ("400", "Two schools.")], "400000.25"),
    ([("", "Nobody knows yet.")], "120"),
    ([(None, "As of old.")], "120"),
    ([("120", "A school."), (None, "As of old.")], "120"),
    ([(None, "As of old."), ("120", "A school.")], "99999999999999.99"),
]


def test_browser_and_server_take_the_same_reason_for_a_figure(live_server, page: Page):
    def on_server(said: list[tuple[str | None, str]], typed: str) -> list[str]:
        kept: dict[str | None, str] = {}
        for figure, text in said:
            known = None if figure is None else kept_text(parse_decimal(figure))
            kept.pop(known, None)
            kept[known] = text
        asked = Unlikely(1, "", "spent", "jump", "Is that right?", kept_text(parse_decimal(typed)))
        told = asked.explained(kept)
        return [told.reason, told.earlier()]

    page.goto(f"{live_server.url}/accounts/login/")
    in_browser = page.evaluate(
        """async ([cases, words]) => {
            const { parse } = await import('/static/grid/figures.js');
            const { Reasons } = await import('/static/grid/reasons.js');
            const measure = { name: 'spent', kind: 'money', places: 2, max: 10n ** 16n };
            const reads = (text) => parse(text, measure, words).figure;
            return cases.map(([said, typed]) => {
                const list = said.map(([figure, reason]) => ({ measure: 'spent', figure, reason }));
                const cell = { measure, reads, figure: reads(typed) };
                const reasons = new Reasons(list);
                return [reasons.of(cell), reasons.earlier(cell, words)];
            });
        }""",
        [SAID, grid_words()],
    )
    assert in_browser == [on_server(*case) for case in SAID]
    assert in_browser[4] == ["", "Given for 120, now 400: A school."]


# Opening, what came in, what went out, closing.
BOOKS = [
    ("1000", "", "", "1000"),
    ("1000", "5.5", "0.25", "1005.25"),
    ("1", "", "2", "5"),
    ("", "", "", "7.5"),
    ("", "", "3", ""),
]


def test_browser_and_server_balance_the_same_books(live_server, page: Page):
    [rule] = [rule for rule in MutualFundRecord.hard_rules if rule.kind == "balance"]
    names = ["opening", "grant", "expenses", "closing"]
    labels = {measure.name: str(measure.verbose_name) for measure in MutualFundRecord.measures()}

    page.goto(f"{live_server.url}/accounts/login/")
    in_browser = page.evaluate(
        """async ([books, names, labels, rule, words]) => {
            const { parse } = await import('/static/grid/figures.js');
            const { problems } = await import('/static/grid/rules.js');
            const measures = Object.entries(labels).map(
                ([name, label]) => ({ name, label, kind: 'money', places: 2, max: 10n ** 16n }),
            );
            const byName = new Map(measures.map((measure) => [measure.name, measure]));
            return books.map((book) => {
                const read = (name, at) => [name, parse(book[at], byName.get(name), words).figure];
                const figures = new Map(names.map(read));
                const row = { cells: [], figure: (name) => figures.get(name) ?? null };
                return problems(row, { rules: [rule], byName, words }).get('closing') || '';
            });
        }""",
        [BOOKS, names, labels, rule.spec(), grid_words()],
    )
    figures = [dict(zip(names, map(parse_decimal, book), strict=True)) for book in BOOKS]
    assert in_browser == [rule.broken(book) for book in figures]
    assert in_browser[2] == "“Closing balance” is 5, but what came in less what went out is -1."
