"""Rows of cells in, lines of a register out; rows that cannot be used are kept by what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, Protocol

from onrecord.exposure._cells import (
    FORMULA,
    LONGEST,
    Odd,
    Unusable,
    date_of,
    is_formula,
    named_in,
    share_of,
    state_of,
)
from onrecord.exposure._model import BadLine, Register, RegisterError, RegisterLine, Sort
from onrecord.exposure._words import columns as _known
from onrecord.exposure._words import data, example_ids, folded, heading, must

MOST = 1_048_576
"""Rows of a register at most: as many as a sheet of a spreadsheet has (Excel specifications and limits)."""

_SIGNS = ("\0=", "\0+", "\0-", "\0@")
"""A cell that begins as formulas do, in a row whose cells follow on NULs."""

TEMPLATE = "`onrecord check --template csv -o register.csv` makes a template"


def letter(index: int) -> str:
    """What a spreadsheet calls a column, from 0: A, B, ..., Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def known_headings(cells: Sequence[str]) -> int:
    """How many of the cells are headings of a register."""
    return len({_known()[folded(cell)] for cell in cells if folded(cell) in _known()})


def fields_of(name: str, headings: Sequence[str], columns: Mapping[str, str]) -> list[str | None]:
    """The field of `RegisterLine` that each heading stands for, None for one that is kept in the note;
    `columns` says otherwise, by headings or places (see `read_register`). Raises `RegisterError` where it
    names a heading that is not there, or no field."""
    found = [_known().get(folded(cell)) for cell in headings]
    for column, field in columns.items():
        if field and field not in data()["columns"]:
            there = ", ".join(data()["columns"])
            raise RegisterError(f"A register has no column '{field[:40]}'. There are: {there}.")
        places = [place for place, cell in enumerate(headings) if cell and cell == column.strip()]
        if not places and column.startswith("#") and column[1:].isdecimal() and len(column) < 8:
            places = [place for place in [int(column[1:]) - 1] if 0 <= place < len(headings)]
        if not places:
            have = ", ".join(f"'{cell[:40]}'" for cell in headings[:12])
            raise RegisterError(f"{name}: there is no heading '{column[:40]}'. There are: {have}.")
        for place in places:
            found[place] = field or None
    return found


class Lines:
    """Takes a register's rows one by one. `name` is the file's, for what is said of it."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        *,
        text_only: bool,
        columns: Mapping[str, str] | None = None,
        sort: Sort | None = None,
    ) -> None:
        """`text_only` says that the file's cells are text alone (CSV), where what begins as a formula does is
        one; `columns` and `sort` are as `read_register` has them. Raises `RegisterError` where the headings,
        or what `columns` says of them, will not do."""
        self._text_only = text_only
        self._sort_of_all = sort
        self.headings = [cell.strip() for cell in headings]
        while self.headings and not self.headings[-1]:
            self.headings.pop()
        self._fields = fields_of(name, self.headings, columns or {})
        self._check(name, headings)
        self._lines: dict[int, RegisterLine] = {}
        self._bad: dict[int, BadLine] = {}
        self._ids: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._examples = 0
        self._nameless = [place for place, cell in enumerate(self.headings) if not cell]
        self._other = [p for p, field in enumerate(self._fields) if field is None and self.headings[p]]
        self._place = {field: place for place, field in enumerate(self._fields) if field is not None}
        texts = ("id", "party", "sort", "operator", "goods", "note")
        self._id, self._party, self._sort, self._operator, self._goods, self._note = (
            self._place.get(field, -1) for field in texts
        )
        self._read = [(self._place[field], field, read) for field, read in _READ if field in self._place]

    def _check(self, name: str, headings: Sequence[str]) -> None:
        if odd := [letter(place) for place, cell in enumerate(headings) if isinstance(cell, Odd)]:
            raise RegisterError(f"{name}: the heading of column {odd[0]} is no text. Write it as text.")
        found = [field for field in self._fields if field is not None]
        for field in found:
            if found.count(field) > 1:
                twice = [cell for cell, one in zip(self.headings, self._fields, strict=True) if one == field]
                raise RegisterError(
                    f"{name}: the columns {' and '.join(twice)} both stand for {heading(field)}. "
                    "Take one of them out, or give it another heading."
                )
        needed = [field for field in must() if field != "sort" or self._sort_of_all is None]
        if missing := [field for field in needed if field not in found]:
            named = " and ".join(f"'{heading(field)}'" for field in missing)
            have = ", ".join(f"'{cell[:40]}'" for cell in self.headings[:12]) or "nothing"
            raise RegisterError(
                f"{name}: no column {named}. The first row that is not empty must hold the headings; it has "
                f"{have}. A register has the columns {', '.join(map(heading, data()['columns']))}, of which "
                f"{' and '.join(map(heading, must()))} must be there; {TEMPLATE}. Where your own column has "
                "another heading, say so with --map HEADING=COLUMN; where all lines tell of the same, with "
                "--sort.",
                missing=tuple(missing),
            )

    def __len__(self) -> int:
        return len(self._lines) + len(self._bad) + self._examples

    def numbers(self, first: int, last: int) -> list[int]:
        """The lines that were taken between two, both among them."""
        if last - first < len(self._lines):
            return [line for line in range(first, last + 1) if line in self._lines or line in self._bad]
        return [line for line in (*self._lines, *self._bad) if first <= line <= last]

    def refuse(self, line: int, message: str, column: str | None = None) -> None:
        """Keep a row as one that cannot be used, for the first reason that is found."""
        self._lines.pop(line, None)
        self._bad.setdefault(line, BadLine(line, column, message))

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take a row, by its number in the file. A row without any text is none."""
        odd = Odd in map(type, cells)
        bare = list(map(str.strip, cells))
        together = "\0".join(("", *bare))
        if not together.strip("\0"):
            return
        width = len(self.headings)
        try:
            if odd or len(together) > LONGEST or (self._text_only and _signs(together)):
                for place, cell in enumerate(bare):
                    self._look(place, cell, cells[place])
            for place in self._nameless:
                self._empty(place, bare)
            if len(bare) > width:
                for place in range(width, len(bare)):
                    self._empty(place, bare)
                del bare[width:]
            self._take(line, bare)
        except _InColumn as error:
            self.refuse(line, str(error), self._called(error.place))
        except Unusable as error:
            self.refuse(line, str(error))

    def _look(self, place: int, cell: str, given: str) -> None:
        if isinstance(given, Odd):
            raise _InColumn(place, cell)
        if len(cell) > LONGEST:
            raise _InColumn(place, f"has {len(cell):,} characters; a cell has {LONGEST:,} at most")
        if self._text_only and is_formula(cell):
            raise _InColumn(place, str(FORMULA))

    def _empty(self, place: int, cells: Sequence[str]) -> None:
        if place < len(cells) and cells[place]:
            raise _InColumn(place, f"has the text '{cells[place][:40]}' in a column without a heading")

    def _called(self, place: int) -> str:
        if place < len(self.headings) and self.headings[place]:
            return self.headings[place]
        return letter(place)

    def _take(self, line: int, cells: list[str]) -> None:
        # Behind the last cell stands an empty one, which is that of every column that is not there.
        cells += [""] * (len(self.headings) + 1 - len(cells))
        own, party, sort = cells[self._id], cells[self._party], cells[self._sort]
        if own and own[0] in _example_letters() and example_ids().fullmatch(own):
            self._examples += 1
            return
        if not party:
            raise _InColumn(self._party, "names nobody; write the party's name")
        given: dict[str, Any] = {}
        if not sort:
            if self._sort_of_all is None:
                raise _InColumn(self._sort, "is empty; write what the line tells of")
            given["sort"] = self._sort_of_all
        for place, field, read in self._read:
            if cell := cells[place]:
                try:
                    given[field] = read(cell)
                except Unusable as error:
                    raise _InColumn(place, str(error)) from None
        since, until = given.get("since"), given.get("until")
        if since and until and until < since[: len(until)]:
            raise _InColumn(self._place["until"], f"'{until}' lies before '{since}'")
        identity = own or str(line)
        if (first := self._ids.setdefault(identity, line)) != line:
            if own:
                raise _InColumn(self._id, f"'{own[:40]}' is the id of line {first} already")
            raise Unusable(f"has no id, and its number is the id of line {first}; give it an id")
        note = cells[self._note]
        if self._other:
            extra = (f"{self.headings[place]}: {cells[place]}" for place in self._other if cells[place])
            note = "; ".join(filter(None, (note, *extra)))
        operator, goods, keep = cells[self._operator], cells[self._goods], self._texts.setdefault
        self._lines[line] = RegisterLine(
            line=line,
            id=identity,
            party=keep(party, party),
            operator=keep(operator, operator) or None,
            goods=keep(goods, goods) or None,
            note=note,
            **given,
        )

    def register(self, name: str, remarks: Sequence[str] = ()) -> Register:
        """All that was taken. Raises `RegisterError` where there was no row to take."""
        if not self._lines and not self._bad:
            examples = " but the template's own examples" if self._examples else ""
            raise RegisterError(
                f"{name}: it has headings and no lines below them{examples}. Fill in one for each supplier, "
                "customer, partner, deployment or shipment."
            )
        said = list(remarks)
        if other := [self.headings[place] for place in self._other]:
            named = ", ".join(f"'{one[:40]}'" for one in other)
            said.append(f"Not known as columns of a register, and kept in the note of each line: {named}.")
        if self._examples:
            said.append(f"Left out as the template's own examples: {self._examples:,}.")
        bad = tuple(self._bad[line] for line in sorted(self._bad))
        return Register(tuple(self._lines.values()), bad, tuple(said))


class Making(Protocol):
    """Begins to take the rows of a file by its name and headings."""

    def __call__(self, name: str, headings: Sequence[str], *, text_only: bool) -> Lines: ...


def _signs(together: str) -> bool:
    # Four searches for a text take a tenth of the time of one for a pattern.
    equals, plus, minus, at = _SIGNS
    return equals in together or minus in together or plus in together or at in together


@cache
def _example_letters() -> frozenset[str]:
    letters = "".join(str(word)[0] for word in data()["example"].values())
    return frozenset(letters.lower() + letters.upper())


class _InColumn(Unusable):
    """What is wrong with the cell of a column, from 0."""

    def __init__(self, place: int, message: str) -> None:
        super().__init__(message)
        self.place = place


_READ: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("sort", partial(named_in, "sorts")),
    ("layer", partial(named_in, "layers")),
    ("state", state_of),
    ("us_share", share_of),
    ("since", date_of),
    ("until", date_of),
)
"""The fields whose cells mean something, and what reads them."""
