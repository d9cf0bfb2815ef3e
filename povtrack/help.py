"""The guides: how people of each role do their work here, in the product's own words.

A guide names a button by the very text that is on it (`labels`), so that both are translated once and never part.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from povtrack.accounts.models import User
from povtrack.accounts.roles import ABILITIES, Ability, Role
from programmes.grid_words import grid_words

# By the address of a guide: its name, and the ability whose holders find it first.
GUIDES: dict[str, tuple[Promise, Ability]] = {
    "clerk": (gettext_lazy("Entering figures"), Ability.ENTER),
    "reviewer": (gettext_lazy("Reviewing records"), Ability.REVIEW),
    "admin": (gettext_lazy("Managing rounds and people"), Ability.MANAGE),
}


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """List the guides, those first that the reader's roles ask for."""
    user = request.user
    assert isinstance(user, User)
    found = [{"code": code, "title": title, "mine": user.can(ability)} for code, (title, ability) in GUIDES.items()]
    found.sort(key=lambda one: not one["mine"])
    return render(request, "help/guides.html", {"section": "help", "guides": found})


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """Show one guide; raises Http404 for a code that is none."""
    if code not in GUIDES:
        raise Http404(_("There is no such guide."))
    context = {
        "section": "help",
        "code": code,
        "title": GUIDES[code][0],
        "words": words(),
        "roles": roles(),
        **labels(),
    }
    return render(request, f"help/{code}.html", context)


class _Example(dict[str, Any]):
    """Fills a sentence of the grid for no place in particular."""

    def __missing__(self, key: str) -> str:
        return "…"


def words() -> dict[str, str]:
    """The sentences of the grid by their keys, as its rows and notices say them of three villages."""
    return {key: text % _Example(n=3) for key, text in grid_words().items()}


def roles() -> list[dict[str, Any]]:
    """Every role and what it may do beyond reading."""
    return [
        {"label": role.label, "abilities": [a.label for a in Ability if a in ABILITIES[role] - {Ability.READ}]}
        for role in Role
    ]


def labels() -> dict[str, str]:
    """What is written on the pages' buttons, links and heads, by the names that the guides call them."""
    return {**_frame(), **_grid(), **_sheets(), **_review(), **_admin()}


def _frame() -> dict[str, str]:
    return {
        "sign_out": _("Sign out"),
        "change_password": _("Change your password"),
        "work": _("Work"),
        "review": _("Review"),
        "progress": _("Progress"),
        "places": _("Places"),
        "admin": _("Admin"),
        "year_word": _("Year"),
        "find_a_place": _("Find a place"),
        "to_enter": _("To enter and submit"),
        "notifications": _("Notifications"),
    }


def _grid() -> dict[str, str]:
    return {
        "townships": _("Townships"),
        "find_village": _("Find a village"),
        "all_villages": _("All villages"),
        "only_not_reported": _("Only not reported"),
        "keys": _("Keys"),
        "what_figures_mean": _("What the figures mean"),
        "nothing_to_report": _("Nothing to report"),
        "nothing_to_report_all": _("Nothing to report…"),
        "history_and_remarks": _("History and remarks"),
        "save": _("Save"),
        "submit_button": _("Submit (%(n)s)") % {"n": 3},
        "excel_and_csv": _("Excel and CSV"),
        "kept_on_this_computer": _("Kept on this computer"),
        "clear_this_computer": _("Clear this computer"),
        "sign_out_keep": _("Sign out, keep them here"),
        "next_village": _("Next village"),
    }


def _sheets() -> dict[str, str]:
    return {
        "excel_template": _("Excel template"),
        "csv_template": _("CSV template"),
        "filled_in_file": _("Filled-in file"),
        "send_and_check": _("Send and check"),
        "all_or_none": _("All rows, or none if one of them can't be saved"),
        "accepted_rows": _("The accepted rows, whatever becomes of the others"),
        "error_workbook": _("Error workbook"),
        "what_is_wrong": _("What is wrong"),
        "how_to_fill_in": _("How to fill in"),
        "changes_nothing": _("This file changes nothing"),
        "delete_file": _("Delete this file"),
    }


def _review() -> dict[str, str]:
    return {
        "choose_all": _("Choose all of this page"),
        "approve_chosen": _("Approve the chosen"),
        "confirm_chosen": _("Confirm the chosen"),
        "return_chosen": _("Return the chosen"),
        "reopen_it": _("Reopen it to be mended"),
        "remark_on_figure": _("Remark on a figure"),
        "reason_given": _("Reason given:"),
        "whole_grid": _("See the whole grid"),
        "what_happened": _("What happened"),
        "records_by_year": _("Records by year"),
        "who_did_what": _("Who did what"),
    }


def _admin() -> dict[str, str]:
    return {
        "extensions": _("Extensions"),
        "releases": _("Releases"),
        "freeze": _("Freeze totals"),
        "go_on": _("Continue"),
        "freeze_them": _("Freeze them"),
        "compare": _("Compare with"),
        "why": _("Why?"),
        "overdue": _("Overdue counties"),
        "extend": _("Extend"),
        "let_go_on": _("Let the round go on for a place"),
        "rounds": capfirst(_("rounds")),
        "users": capfirst(_("users")),
        "jurisdictions": capfirst(_("jurisdictions")),
        "indicators": capfirst(_("pilot indicators")),
    }
