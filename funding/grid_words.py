"""The words that the script of the pass-down grid shows, in the reader's language. See programmes/grid_words.py."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programmes import grid_words as entry_words

# What the entry grid's words say of pasting and of figures holds here too, but for those that name villages.
_SHARED = (
    "not_a_number", "negative", "too_large", "not_whole", "too_many_decimals", "pasted", "paste_heading",
    "paste_serials", "paste_too_long", "paste_too_wide", "nothing_changed",
)  # fmt: skip


def grid_words() -> dict[str, str]:
    """Every sentence of the grid by its key; placeholders are filled in the browser."""
    shared = entry_words.grid_words()
    return {
        **{key: shared[key] for key in _SHARED},
        "paste_names": _("The column with the names was left out."),
        "paste_unclear": _(
            "It is not clear what the first column is: numbers, but not 1, 2, 3 and so on, stand before the names. "
            "Copy the names and the amounts only."
        ),
        "paste_by_name": _("Each row went to the place that it names."),
        "paste_unknown": _("These places are not in the table: %(names)s (%(n)s in all)."),
        "paste_ambiguous": _("Row %(line)s names more than one place of the table. Use the code in place of the name."),
        "paste_twice": _("The same place is named twice."),
        "remaining": _("%(amount)s yuan are left"),
        "all_given": _("Nothing is left"),
        "overdrawn": _("Overdrawn by %(amount)s yuan"),
        "rows": _("Areas with an amount: %(n)s"),
        "mend": _("Amounts that can’t be read: %(n)s"),
        "shown": _("Areas shown: %(n)s of %(all)s"),
        "split_done": _("%(amount)s yuan were split over %(n)s areas. Nothing is saved yet. Ctrl+Z takes it back."),
        "split_none": _("None of these areas has a figure to split by."),
        "split_without": _("Without a figure to split by, and so without a share: %(names)s."),
        "split_choose": _("Choose by what the amount is to be split."),
        "split_amount": _("Enter the amount that is to be split."),
        "undone": _("Taken back."),
        "leaving": _("What you typed is not saved yet."),
    }
