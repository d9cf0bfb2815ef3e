"""The part of a review's page that shows the rows: counted, narrowed, paged and grouped by county."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.figures import grouped
from villages.imports.looking import ORDER, Tally, after, evidence_words, names_by_code, tally_of, visible_rows
from villages.levels import Level
from villages.models import ListReview, ListRow

PAGE = 100


@dataclass(frozen=True)
class Filter:
    """What a review is narrowed to. `level` None and empty texts leave that open; nonsense in an address does too."""

    outcome: str = ""
    level: int | None = None
    county: str = ""
    decision: str = ListRow.Decision.OPEN.value
    q: str = ""

    def keep(self, rows: QuerySet[ListRow]) -> QuerySet[ListRow]:
        rows = rows.filter(decision=self.decision)
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        if self.level is not None:
            rows = rows.filter(level=self.level)
        if self.county:
            rows = rows.filter(group__startswith=self.county)
        if self.q:
            rows = rows.filter(
                Q(name__contains=self.q) | Q(old_name__contains=self.q)
                | Q(code__startswith=self.q) | Q(old_code__startswith=self.q)
            )  # fmt: skip
        return rows

    @property
    def is_counted(self) -> bool:
        """Whether the tally by outcome and level tells how many rows there are."""
        return not (self.county or self.q)

    def query(self, **changed: Any) -> str:
        """The address of this filter, with some of it changed."""
        query = QueryDict(mutable=True)
        for name in ("outcome", "level", "county", "decision", "q"):
            value = changed.get(name, getattr(self, name))
            if value not in ("", None):
                query[name] = str(value)
        return f"?{query.urlencode()}"


def filter_of(asked: QueryDict) -> Filter:
    """Read a filter from an address."""
    outcome, decision, level = asked.get("outcome", ""), asked.get("decision", ""), asked.get("level", "")
    return Filter(
        outcome if outcome in ListRow.Outcome.values else "",
        int(level) if level in {str(one.value) for one in Level} else None,
        _text(asked.get("county", ""), 20),
        decision if decision in ListRow.Decision.values else ListRow.Decision.OPEN.value,
        _text(asked.get("q", ""), 120),
    )


def _text(value: str, length: int) -> str:
    return value.replace("\0", "").strip()[:length]


def differences(request: HttpRequest, review: ListReview, user: User) -> dict[str, Any]:
    """What the page shows to `user`.

    `filter`, `filter_query`; `table` (word, url, current, cells by level), `levels`, `decisions` (word, count, url,
    current), `total` rows that the filter shows, `groups` (see `_groups`), `previous_url`, `next_url`, `url_decide`,
    `has_other` (a row may be another place).
    """
    asked = filter_of(request.GET)
    rows = visible_rows(review, user)
    counted = tally_of(review, user, rows)
    found = asked.keep(rows)
    shown, previous_url, next_url = _page(request, asked, found)
    total = _total(asked, counted) if asked.is_counted else found.order_by().count()
    return {
        "filter": asked,
        "filter_query": asked.query().removeprefix("?"),
        "outcomes": ListRow.Outcome.choices,
        "all_levels": [(level.value, level.word) for level in list(Level)[1:]],
        "table": _table(asked, counted),
        "levels": [level.word for level in _levels(asked, counted)],
        "decisions": _decisions(asked, counted),
        "total": total,
        "groups": _groups(review, shown, found),
        "previous_url": previous_url,
        "next_url": next_url,
        "url_decide": reverse("review-decide", args=[review.pk]),
        "has_other": any(row.outcome == ListRow.Outcome.OTHER for row in shown),
    }


def choice(posted: QueryDict, asked: Filter, rows: QuerySet[ListRow]) -> QuerySet[ListRow] | None:
    """The rows that a form names: single ones, groups, or all that the filter shows; None for none at all."""
    if posted.get("action", "").endswith("-all"):
        return asked.keep(rows)
    ids = [int(pk) for pk in posted.getlist("row") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    wanted = Q(pk__in=ids)
    for key in posted.getlist("group"):
        outcome, _sign, rest = key.partition("~")
        level, _sign, group = rest.partition("~")
        if level in {str(one.value) for one in Level} and "\0" not in key:
            wanted |= Q(outcome=outcome[:8], level=int(level), group=group[:20])
    if not ids and len(wanted) < 2:
        return None
    return asked.keep(rows).filter(wanted)


def _total(asked: Filter, counted: list[Tally]) -> int:
    return sum(
        one.count
        for one in counted
        if one.decision == asked.decision and asked.outcome in ("", one.outcome) and asked.level in (None, one.level)
    )


def _levels(asked: Filter, counted: list[Tally]) -> list[Level]:
    return sorted({Level(one.level) for one in counted if one.decision == asked.decision})


def _table(asked: Filter, counted: list[Tally]) -> list[dict[str, Any]]:
    """One line for each outcome: `word`, `url`, `current`, `count`, and `cells` (count, url, current) by level."""
    counts = {(one.outcome, one.level): one.count for one in counted if one.decision == asked.decision}
    levels = _levels(asked, counted)
    lines = []
    for outcome in ListRow.Outcome:
        total = sum(counts.get((outcome.value, level.value), 0) for level in levels)
        if not total:
            continue
        cells = [
            {
                "count": counts.get((outcome.value, level.value), 0),
                "url": asked.query(outcome=outcome.value, level=level.value),
                "current": (asked.outcome, asked.level) == (outcome.value, level.value),
                "label": _label(outcome, level.word, counts.get((outcome.value, level.value), 0)),
            }
            for level in levels
        ]
        lines.append(
            {
                "word": outcome.label,
                "url": asked.query(outcome=outcome.value, level=""),
                "label": _label(outcome, _("all levels"), total),
                "count": total,
                "cells": cells,
                "current": asked.outcome == outcome.value and asked.level is None,
            }
        )
    return lines


def _label(outcome: ListRow.Outcome, level: str, count: int) -> str:
    return f"{outcome.label}, {level}: {grouped(count)}"


def _decisions(asked: Filter, counted: list[Tally]) -> list[dict[str, Any]]:
    return [
        {
            "word": decision.label,
            "count": sum(one.count for one in counted if one.decision == decision.value),
            "url": asked.query(decision=decision.value),
            "current": asked.decision == decision.value,
        }
        for decision in ListRow.Decision
    ]


def _page(request: HttpRequest, asked: Filter, found: QuerySet[ListRow]) -> tuple[list[ListRow], str, str]:
    """The rows after or before the place that the address names, and the addresses of the pages beside."""
    start, end = _place(request.GET.get("after", "")), _place(request.GET.get("before", ""))
    if end and not start:
        rows = list(after(found, end, backwards=True)[: PAGE + 1])
        has_previous, has_next = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        rows = list((after(found, start) if start else found.order_by(*ORDER))[: PAGE + 1])
        has_previous, has_next = bool(start), len(rows) > PAGE
        rows = rows[:PAGE]
    if not rows:
        return [], (asked.query() if start or end else ""), ""
    base = asked.query()
    joint = "&" if len(base) > 1 else ""
    previous_url = f"{base}{joint}before={_key(rows[0])}" if has_previous else ""
    return rows, previous_url, (f"{base}{joint}after={_key(rows[-1])}" if has_next else "")


def _key(row: ListRow) -> str:
    return f"{row.outcome}~{row.level}~{row.group}~{row.pk}"


def _place(text: str) -> tuple[Any, ...] | None:
    parts = text.replace("\0", "").split("~")
    if len(parts) != 4 or not all(
        part.isascii() and part.isdigit() and len(part) < 19 for part in (parts[1], parts[3])
    ):
        return None
    return parts[0][:8], min(int(parts[1]), 9), parts[2][:20], int(parts[3])


def _groups(review: ListReview, shown: list[ListRow], found: QuerySet[ListRow]) -> list[dict[str, Any]]:
    """The rows of a page under their counties.

    `outcome_word`, `level_word`, `county`, `county_code`, `key` (to choose all of it), `count` (also beyond this page)
    and `rows` (see `_row`).
    """
    counties = {row.group for row in shown}
    names = names_by_code(
        review, {code for row in shown for code in (row.parent_code, row.old_parent_code)} | counties, counties
    )
    counts = _group_counts(shown, found)
    groups: list[dict[str, Any]] = []
    for row in shown:
        key = (row.outcome, row.level, row.group)
        if not groups or groups[-1]["of"] != key:
            groups.append(
                {
                    "of": key,
                    "key": "~".join(map(str, key)),
                    "outcome_word": row.get_outcome_display(),
                    "level_word": Level(row.level).word,
                    "county": names.get(row.group, ""),
                    "county_code": row.group,
                    "count": counts.get(key, 0),
                    "rows": [],
                }
            )
        groups[-1]["rows"].append(_row(row, names))
    return groups


def _group_counts(shown: list[ListRow], found: QuerySet[ListRow]) -> dict[tuple[Any, ...], int]:
    kept = found.filter(
        outcome__in={row.outcome for row in shown},
        level__in={row.level for row in shown},
        group__in={row.group for row in shown},
    )
    counted = kept.order_by().values_list("outcome", "level", "group").annotate(count=Count("pk"))
    return {(outcome, level, group): count for outcome, level, group, count in counted}


def _row(row: ListRow, names: dict[str, str]) -> dict[str, Any]:
    """One difference: both sides (name, code, parent), whether code and parent differ, evidence, and its decision."""
    return {
        "pk": row.pk,
        "url": reverse("place", args=[row.area_id]) if row.area_id else "",
        "old_name": row.old_name,
        "old_code": row.old_code,
        "old_parent": names.get(row.old_parent_code, ""),
        "old_parent_code": row.old_parent_code,
        "name": row.name,
        "code": row.code,
        "parent": names.get(row.parent_code, ""),
        "parent_code": row.parent_code,
        "line": row.line,
        "new_code": row.code and row.code != row.old_code,
        "new_name": row.name and row.name != row.old_name,
        "new_parent": row.parent_code and row.outcome in (ListRow.Outcome.MOVED, ListRow.Outcome.NEW),
        "evidence": evidence_words(row.evidence),
        "label": f"{row.name or row.old_name} {row.code or row.old_code}",
    }
