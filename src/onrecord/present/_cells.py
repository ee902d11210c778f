"""Tables as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# What a cell begins with that a spreadsheet would take for a formula (OWASP, CSV Injection; ASVS 5, 1.2.10),
# after blanks or quotes; Excel takes the wide signs as well. A cell begins with its field; and since nobody
# knows at which sign the spreadsheet parts cells, and whether it heeds quotes, also within a field after each
# sign that may part them.
_FORMULA = re.compile(
    r"""
    ( ^ | \r\n | [,;\t\r\n] )
    (?= (?: [^\S\t\r\n] | " )* [=+\-@＝＋－＠\t\r\n\0] )
    """,
    re.VERBOSE,
)


def csv_table(columns: Sequence[str], table: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as CSV: RFC 4180, with a byte order mark, by which spreadsheets know UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(row[name]) for name in columns] for row in table)
    return out.getvalue().encode("utf-8-sig", "replace")


def safe_cell(value: object) -> object:
    """A value as a cell that no spreadsheet reckons with, wherever it parts cells: where a formula could
    begin, an apostrophe stands before it. The parts of a list stand in a row."""
    if isinstance(value, list):
        value = " > ".join(map(str, value))
    if isinstance(value, str):
        return _FORMULA.sub(r"\1'", value)
    return value
