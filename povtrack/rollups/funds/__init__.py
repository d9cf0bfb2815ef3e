"""Totals of the ledger: by place, year, source, tier and programme, on any boundaries; always computed, never typed."""
