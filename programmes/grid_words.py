"""The words that the entry grid's script shows, in the reader's language.

Sentences that the server says too have the server's very text, so that they are translated once and read the same.
Placeholders are filled in the browser.
"""

from django.utils.translation import gettext as _


def _figures() -> dict[str, str]:
    """Why a typed text is no figure; see povtrack/lib/figures.py and programmes/rules.py."""
    return {
        "not_a_number": _("“%(text)s” is not a number."),
        "negative": _("%(figure)s is negative; a figure here is zero or more."),
        "too_large": _("%(figure)s is larger than povtrack can hold."),
        "not_whole": _("%(figure)s is not a whole number."),
        "too_many_decimals": _("%(figure)s has more than %(places)s decimals."),
        "whole_is_blank": _("“%(part)s” is %(figure)s, but “%(whole)s” is blank."),
        "part_exceeds": _("“%(part)s” is %(figure)s, more than “%(whole)s”, which is %(limit)s."),
    }


def _rows() -> dict[str, str]:
    """How one row stands."""
    return {
        "row_none": _("not reported"),
        "row_draft": _("saved"),
        "row_nil": _("nothing to report"),
        "row_submitted": _("submitted"),
        "row_returned": _("returned"),
        "row_approved": _("approved"),
        "row_changed": _("not sent yet"),
        "row_sending": _("being sent"),
        "row_kept": _("kept here, will be sent"),
        "row_refused": _("not saved"),
        "row_conflict": _("changed by someone else"),
        "row_locked": _("not saved"),
        "to_mend": _("%(n)s to mend"),
        "locked_meanwhile": _("Approved meanwhile, so your figures were not saved. Ask %(by)s or the reviewer."),
        "nil": _("nil"),
        "blank": _("blank"),
    }


def _saving() -> dict[str, str]:
    """How saving goes."""
    return {
        "all_saved": _("✓ All saved"),
        "unsent": _("• Rows not sent yet: %(n)s"),
        "sending": _("⟳ Rows being sent: %(n)s"),
        "offline": _("⟳ No connection. Rows kept on this computer: %(n)s"),
        "signed_out": _("! You are signed out. Rows kept on this computer: %(n)s."),
        "sign_in": _("Sign in in a new window"),
        "refused": _("! Not saved: %(message)s"),
        "refused_page": _(
            "! Not saved. Load the page again; the rows kept on this computer are then offered back: %(n)s"
        ),
        "rows_to_mend": _("Villages to mend: %(n)s"),
        "mend_title": _("Figures to mend before you submit: %(n)s"),
        "more": _("and %(n)s more"),
        "submit": _("Submit (%(n)s)"),
        "submitted": _("Villages submitted: %(n)s."),
        "submit_unsent": _(
            "Some figures could not be sent yet, so nothing was submitted. They are kept on this computer."
        ),
        "submit_failed": _("The submission did not go through. Please try again."),
        "kept_offer": _(
            "Figures that you typed on %(when)s were never sent and are still on this computer. Villages: %(n)s."
        ),
        "kept_back": _("Put them back"),
        "kept_drop": _("Throw them away"),
    }


def _conflicts() -> dict[str, str]:
    """When two people changed the same village."""
    return {
        "conflict": _("%(by)s changed %(name)s on %(at)s, while you were typing. Which figures are right?"),
        "conflict_figure": _("%(label)s: yours %(mine)s, theirs %(theirs)s"),
        "conflict_they_nil": _("They say that there is nothing to report."),
        "conflict_you_nil": _("You say that there is nothing to report."),
        "keep_mine": _("Keep mine"),
        "keep_theirs": _("Take theirs"),
    }


def _pasting() -> dict[str, str]:
    """What a paste did, or why it did nothing."""
    return {
        "pasted": _("Pasted %(rows)s rows, %(columns)s columns. Ctrl+Z takes it back."),
        "paste_heading": _("The heading row was left out."),
        "paste_names": _("The column with the villages' names was left out."),
        "paste_serials": _("The column with the serial numbers was left out."),
        "paste_unclear": _(
            "It is not clear what the first column is: numbers, but not 1, 2, 3 and so on, stand before the villages’ "
            "names. Copy the names and the figures only."
        ),
        "paste_by_name": _("Each row went to the village that it names."),
        "paste_too_long": _("You pasted %(rows)s rows, but from this cell down there are %(fits)s."),
        "paste_too_wide": _("You pasted %(columns)s columns, but from this cell on there are %(fits)s."),
        "paste_unknown": _("These villages are not on this page: %(names)s (%(n)s in all)."),
        "paste_ambiguous": _(
            "Row %(line)s names more than one village of this page. Use the code in place of the name."
        ),
        "paste_twice": _("The same village is named twice."),
        "paste_locked": _("%(name)s is approved and can't be changed."),
        "paste_nil": _("%(name)s is marked “nothing to report”. Take the mark off first."),
        "nothing_changed": _("Nothing was changed."),
    }


def grid_words() -> dict[str, str]:
    """Return every sentence of the grid by its key."""
    return {**_figures(), **_rows(), **_saving(), **_conflicts(), **_pasting()}
