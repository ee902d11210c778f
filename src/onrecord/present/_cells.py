"""Tables as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet would take for a formula (OWASP, CSV Injection)."""


def csv_table(columns: Sequence[str], table: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as CSV: RFC 4180, with a byte order mark, by which spreadsheets know UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(row[name]) for name in columns] for row in table)
    return out.getvalue().encode("utf-8-sig", "replace")


def safe_cell(value: object) -> object:
    """A value as a cell that no spreadsheet reckons with: a formula's sign gets an apostrophe before it, and
    the parts of a list stand in a row."""
    if isinstance(value, list):
        value = " > ".join(map(str, value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
