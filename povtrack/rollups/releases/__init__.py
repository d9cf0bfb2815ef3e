"""Releases: named sets of totals, frozen for citation, and what changed between two of them."""
