"""Whole lists of the API as files that a background job makes: watched, kept for a while, downloaded in parts."""
