"""A simple CSV of the user's own: docs in `docs/lists.md`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from onrecord.lists._model import ListedName, ListError, ReadList
from onrecord.lists.readers._build import ENDS_WITHIN, Builder, Draft, split
from onrecord.lists.readers._decode import Text
from onrecord.lists.readers._names import with_aliases
from onrecord.lists.readers._table import fits, is_cut, read_rows
from onrecord.lists.readers._wording import country_code, wording

COLUMNS = (
    "name",
    "id",
    "kind",
    "aliases",
    "since",
    "until",
    "country",
    "program",
    "citation",
    "remarks",
    "url",
)
# A value that breaks off in one of these names nobody else and lists nobody else.
_FREE = frozenset({"program", "citation", "remarks", "url"})
_NO_LINE_END = "The last line has no line end, so that its last cell may be cut off; put one there."
_DELIMITERS = (",", ";", "\t")


def delimiter_of(line: str) -> str | None:
    """What parts the cells of a header of the user's own, None where the line is no such header."""
    for delimiter in _DELIMITERS:
        if "name" in _columns(line.split(delimiter)):
            return delimiter
    return None


def _columns(cells: list[str] | tuple[str, ...]) -> list[str]:
    return [cell.strip(' \r\n"\ufeff').lower() for cell in cells]


def read_own(text: Text, name: str, delimiter: str) -> ReadList:
    """The list in a CSV with at least the column `name`."""
    rows = read_rows(text, delimiter)
    header = _columns(next(rows).cells)
    unknown = [column for column in header if column and column not in COLUMNS]
    if unknown:
        raise ListError(
            f"{name} is no published list that is known, and as a list of your own it has unknown columns: "
            f"{', '.join(unknown[:8])}. Columns are {', '.join(COLUMNS)}; drop or rename the others."
        )
    if len(set(header)) < len(header):
        raise ListError(f"{name} has a column twice: {', '.join(header)}.")
    free = [at for at, column in enumerate(header) if column in _FREE]
    builder = Builder(name, "your own")
    for row in rows:
        cells = row.under(header)
        id = cells.get("id") or cells.get("name", "")
        if is_cut(row, len(header), free):
            open = not row.cut and len(row.cells) == len(header)
            builder.cut(row.line, _NO_LINE_END if open else ENDS_WITHIN, id)
        elif wrong := fits(row, len(header)):
            builder.problem(
                row.line, id, f"{wrong} A cell that holds “{delimiter}” stands in quotation marks."
            )
        else:
            builder.add(_party(cells, id, row.line))
    stem = PurePosixPath(name.replace("\\", "/")).name.removesuffix(".gz").rpartition(".")
    title = stem[0] or stem[2]
    short = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "own"
    return builder.build(short, title, "own list", "own-csv", None)


def _party(cells: dict[str, str], id: str, line: int) -> Draft:
    draft = Draft(id, line)
    kind = cells.get("kind", "").lower() or "company"
    if kind in wording().kinds:
        draft.kind = wording().kinds[kind]
    else:
        draft.wrong = f"“{kind[:40]}” is no kind; kinds are company, person, vessel, aircraft, other."
    if name := cells.get("name"):
        draft.names.extend(with_aliases(name, "primary"))
        for alias in split(cells.get("aliases", "")):
            if weak := re.match(r"weak:\s*", alias):
                draft.names.append(ListedName(alias[weak.end() :], "weak"))
            else:
                draft.names.extend(with_aliases(alias))
    draft.listed(cells.get("since", ""))
    draft.until = draft.date(cells.get("until", ""))
    since = min(draft.since, default="")
    if draft.until and draft.until < since[: len(draft.until)]:
        draft.wrong = draft.wrong or f"It ends ({draft.until}) before it begins ({since})."
    for state in split(cells.get("country", "")):
        if code := country_code(state):
            draft.countries.append(code)
        else:
            draft.wrong = draft.wrong or f"“{state[:40]}” is no country; write its code, as CN."
    draft.programs.extend(split(cells.get("program", "")))
    draft.citations.extend(split(cells.get("citation", "")))
    draft.remarks.append(cells.get("remarks", ""))
    draft.url = cells.get("url")
    return draft
