"""Cells of CSV files that no spreadsheet runs as formulas. Alone, because the history and exports share it."""

from __future__ import annotations

from coach.text.clean import legible

_RUN_BY_SPREADSHEETS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""The first characters of formulas, with the wide forms that some spreadsheets accept too."""


def csv_cell(value: str | float | None) -> str:
    """Return a cell, with a quotation mark in front of anything that a spreadsheet would run."""
    text = legible("" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n"))
    runs = text[:1] in ("\t", "\n") or text.lstrip()[:1] in tuple(_RUN_BY_SPREADSHEETS)
    return f"'{text}" if text and runs else text
