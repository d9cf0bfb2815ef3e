"""Boundary changes: drafting them, checking them, and telling beforehand what they would do.

A draft is made of parts (`parts`), by hand or by the builders of `drafts`. `checks` says what is wrong with one,
`engine` writes forms and successions, `people` takes care of those whose area ends, `effects` is what other apps tell
about a change beforehand. All writes go through `villages.actions`.
"""
