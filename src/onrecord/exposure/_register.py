"""A register's file in, its lines out."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.exposure._csv import Progress, read_csv
from onrecord.exposure._model import Register, RegisterError

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files begin that are a ZIP, as XLSX and ODS are (PKWARE APPNOTE 4.3.7), and those in Microsoft's
compound format, as XLS and workbooks with a password are ([MS-CFB] 2.2)."""


def read_register(path: Path, progress: Progress | None = None) -> Register:
    """The register in a CSV file (delimiter `,`, `;`, tab or `|`; UTF-8, UTF-16 or Windows-1252) or in an
    XLSX workbook, told apart by what they hold, not by their names.

    Rows that cannot be used are in `Register.bad`, each by its line and what is wrong with it; it is the
    caller's to decide whether the others are. `progress` is told how much of the file was read, and of how
    much. Raises `RegisterError` where nothing can be read: another kind of file, a column that must be there
    and is not, more than 1,048,576 rows (524,288 of a workbook).
    """
    try:
        if not path.exists():
            raise RegisterError(f"{path}: there is no such file.")
        if not path.is_file():
            raise RegisterError(f"{path}: it is no file. Name a CSV or XLSX file.")
        with path.open("rb") as stream:
            begin = stream.read(8)
        if begin.startswith(_OLE):
            raise RegisterError(
                f"{path.name}: an old Excel file (XLS), or one locked with a password. Save it as XLSX, "
                "without a password, or as CSV."
            )
        with _uncollected():
            if begin.startswith(_ZIP):
                from onrecord.exposure._workbook import read_workbook

                return read_workbook(path, progress)
            return read_csv(path, progress)
    except OSError as error:
        raise RegisterError(f"{path}: it cannot be read: {error.strerror or error}.") from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Lets Python's search for cyclic garbage rest. Lines of a register have no cycles, and going through a
    million of them again and again takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
