"""A register's file in, its lines out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from onrecord.exposure._csv import Progress, read_csv
from onrecord.exposure._given import FileOnDisk, GivenFile, Source
from onrecord.exposure._lines import Lines, Making
from onrecord.exposure._model import Column, Register, RegisterError, Sort
from onrecord.exposure._peek import peeking

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files begin that are a ZIP, as XLSX and ODS are (PKWARE APPNOTE 4.3.7), and those in Microsoft's
compound format, as XLS and workbooks with a password are ([MS-CFB] 2.2)."""


def read_register(
    file: Path | GivenFile,
    progress: Progress | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    sort: Sort | None = None,
) -> Register:
    """The register in a CSV file (delimiter `,`, `;`, tab or `|`; UTF-8, UTF-16 or Windows-1252) or in an
    XLSX workbook, told apart by what they hold, not by their names.

    `columns` says which field of a line a column is for, where its heading does not: by the heading as it
    stands, or `#3` for the third column; the field is one of `register_fields()`, or "" for a column that is
    only to be kept in the note. `sort` is what a line tells of that does not say so itself.

    Rows that cannot be used are in `Register.bad`, each by its line and what is wrong with it; it is the
    caller's to decide whether the others are. `progress` is told how much of the file was read, and of how
    much. Raises `RegisterError` where nothing can be read: another kind of file, a column that must be there
    and is not, more than 1,048,576 rows (524,288 of a workbook).
    """
    return _read(file, partial(Lines, columns=columns, sort=sort), progress)


def register_columns(file: Path | GivenFile, *, samples: int = 3) -> tuple[Column, ...]:
    """The columns of a register's file, which field each is taken for, and the cells of its first `samples`
    rows. Raises `RegisterError` where the file cannot be read; not where a column is missing, or two are
    taken for the same."""
    with peeking(samples) as peek:
        _read(file, peek, None)
    return peek.columns()


def _read(file: Path | GivenFile, make: Making, progress: Progress | None) -> Register:
    source: Source = FileOnDisk(file) if isinstance(file, Path) else file
    try:
        if isinstance(source, FileOnDisk) and not source.path.exists():
            raise RegisterError(f"{file}: there is no such file.")
        if isinstance(source, FileOnDisk) and not source.path.is_file():
            raise RegisterError(f"{file}: it is no file. Name a CSV or XLSX file.")
        with source.open() as stream:
            begin = stream.read(8)
        if begin.startswith(_OLE):
            raise RegisterError(
                f"{source.name}: an old Excel file (XLS), or one locked with a password. Save it as XLSX, "
                "without a password, or as CSV."
            )
        with _uncollected():
            if begin.startswith(_ZIP):
                from onrecord.exposure._workbook import read_workbook

                return read_workbook(source, make, progress)
            return read_csv(source, make, progress)
    except OSError as error:
        raise RegisterError(f"{source.name}: it cannot be read: {error.strerror or error}.") from error


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
