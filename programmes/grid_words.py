"""The words that the entry grid's script shows, in the reader's language.

Sentences that the server says too have the server's very text, so that they are translated once and read the same.
Placeholders are filled in the browser.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def _figures() -> dict[str, str]:
    """Why a typed text is no figure; see povtrack/lib/figures.py and programmes/rules.py."""
    return {
        "not_a_number": _("“%(text)s” is not a number."),
        "negative": _("%(figure)s is negative; a figure here is zero or more."),
        "too_large": _("%(figure)s is larger than povtrack can hold."),
        "not_whole": _("%(figure)s is not a whole number."),
        "too_many_decimals": _("%(figure)s has more than %(places)s decimals."),
        "not_a_flag": _("“%(text)s” is neither yes nor no."),
        "not_a_code": _("“%(text)s” is no code of a place."),
        "yes": _("yes"),
        "no": _("no"),
        "whole_is_blank": _("“%(part)s” is %(figure)s, but “%(whole)s” is blank."),
        "part_exceeds": _("“%(part)s” is %(figure)s, more than “%(whole)s”, which is %(limit)s."),
        "not_balanced": _("“%(closing)s” is %(figure)s, but what came in less what went out is %(sum)s."),
    }


def _doubts() -> dict[str, str]:
    """What is unlikely; see programmes/soft_rules.py."""
    return {
        "jump": _("%(figure)s this year, %(last)s last year. Is that right?"),
        "outlier": _(
            "%(figure)s stands far from the others: half of the %(places)s places of the county report %(median)s or "
            "less. Is that right?"
        ),
        "continues": _("%(figure)s, but last year closed with %(last)s. Why do they differ?"),
        "to_explain": _("%(n)s to explain"),
        "rows_to_explain": _("Villages with figures to explain: %(n)s"),
        "explained": _("Reason given: %(reason)s"),
        "earlier": _("Given for %(given)s, now %(figure)s: %(reason)s"),
        "said_before": _("Said before: %(reason)s"),
        "give_reason": _("Give a reason"),
        "reason": _("Reason"),
        "remark": pgettext("figure", "Remark"),
        "reason_kept": _("Kept on this computer, will be sent."),
        "reason_sent": _("Sent."),
        "explain_title": _("Unlikely figures that ask for a reason: %(n)s"),
        "submit_anyway": _("Submit the others"),
    }


def _cells() -> dict[str, str]:
    """The history of a figure, and the remarks on it."""
    return {
        "cell_change": _("%(at)s, %(by)s: %(before)s → %(after)s"),
        "cell_remark": _("%(at)s, %(by)s: %(text)s"),
        "cell_remark_on": _("%(at)s, %(by)s, on %(figure)s: %(text)s"),
        "cell_unchanged": _("Nobody has changed this figure yet."),
        "cell_no_remarks": _("No remarks yet."),
        "cell_loading": _("Loading …"),
        "cell_offline": _("There is no connection, so what the server knows of this figure can’t be shown."),
        "cell_needs_text": _("Write at least a word."),
    }


def _ranges() -> dict[str, str]:
    """Selecting, sorting, filtering, and filling whole pages."""
    return {
        "selected": _("%(rows)s rows, %(columns)s columns selected"),
        "copied": _("Copied: %(rows)s rows, %(columns)s columns."),
        "sorted_up": _("Sorted by %(label)s, smallest first."),
        "sorted_down": _("Sorted by %(label)s, largest first."),
        "sorted_off": _("In the order of codes again."),
        "sort_by": _("Sort by %(label)s"),
        "filtered": _("Villages shown: %(n)s"),
        "nil_all_ask": _("Mark all villages without a record as “nothing to report”: %(n)s?"),
        "nil_all_done": _("Marked as “nothing to report”: %(n)s. Ctrl+Z takes it back."),
        "nil_all_none": _("Every village shown here has a record or figures already."),
        "usual_filled": _("Filled in because it is the usual figure: %(figures)s. Change it where it is not right."),
    }


def _rows() -> dict[str, str]:
    """How one row stands."""
    return {
        "row_none": _("not reported"),
        "row_draft": _("saved"),
        "row_nil": _("nothing to report"),
        "row_submitted": _("submitted"),
        "row_confirmed": _("confirmed"),
        "row_returned": _("returned"),
        "row_approved": _("approved"),
        "row_changed": _("not sent yet"),
        "row_sending": _("being sent"),
        "row_kept": _("kept here, will be sent"),
        "row_refused": _("not saved"),
        "row_conflict": _("changed by someone else"),
        "row_locked": _("not saved"),
        "row_late": _("overdue"),
        "to_mend": _("%(n)s to mend"),
        "locked_meanwhile": _("Approved meanwhile, so your figures were not saved. Ask %(by)s or the reviewer."),
        "kept_late": _("%(name)s: the figures that you typed on %(when)s can’t be saved: %(figures)s. %(why)s"),
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
        "kept_back": _(
            "Figures that you typed on %(when)s had not been sent. They are back in the table and will be sent. "
            "Villages: %(n)s."
        ),
        "kept_locked": _(
            "%(name)s is approved by now, so the figures that you typed on %(when)s can’t be saved: %(figures)s."
        ),
        "kept_drop": _("Throw them away"),
        "kept_seen": _("I have noted them"),
        "offline_copy": _("No connection: this is the page as of %(when)s. What you type is kept and sent later."),
        "online_again": _("Connected again. What you typed is being sent."),
        "load_anew": _("Load the page anew"),
        "submit_offline": _(
            "There is no connection, so nothing was submitted. Your figures are kept on this computer and will be "
            "sent; submit when you are connected again."
        ),
        "storage_failed": _(
            "This browser lets the page keep nothing on this computer. Leave the page open until all is saved."
        ),
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
    return {**_figures(), **_doubts(), **_cells(), **_ranges(), **_rows(), **_saving(), **_conflicts(), **_pasting()}


def kept_words() -> dict[str, str]:
    """Every sentence of the page of what is kept on a computer."""
    return {
        "rows": _("Villages not sent yet: %(n)s"),
        "remarks": _("Remarks not sent yet: %(n)s"),
        "row": _("%(name)s, typed %(at)s: %(figures)s"),
        "nil": _("nothing to report"),
        "remark": _("%(name)s, %(label)s: “%(text)s”"),
        "blank": _("nothing"),
        "others": _("Villages and remarks of other people: %(n)s. Each finds their own after signing in."),
        "cleared": _("Nothing of yours is on this computer any more."),
        "page": _("as of %(at)s"),
        "offline": _("No connection. What is listed here is sent when you open its table with a connection."),
        "not_lasting": _("This browser keeps nothing on this computer."),
        "clear_ask": _("What has not been sent will be lost: %(n)s. Clear this computer?"),
        "clear_sure": _("Clear away your tables and drafts on this computer?"),
    }
