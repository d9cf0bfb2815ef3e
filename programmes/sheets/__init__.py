"""Workbooks and CSV files that people fill in away from the pages: made, read, matched and given back.

Nothing here writes records; `programmes.actions.uploads` does.
"""
