"""OFAC's SDN and non-SDN lists in CSV: the primary names, and the aliases, addresses and comments that may
come with them.

Specification: OFAC, "Specially Designated Nationals and Blocked Persons: Data Specification"
(dat_spec.txt): files without a header line, `-0-` for an empty field, remarks that continue in the comments
file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from onrecord.lists._model import ListedName, ReadList
from onrecord.lists.readers._build import ENDS_WITHIN, Builder, Draft, joined
from onrecord.lists.readers._decode import Text
from onrecord.lists.readers._names import with_aliases
from onrecord.lists.readers._ofac_remarks import orders_of, programs_of, read_remarks, value
from onrecord.lists.readers._table import Row, fits, is_cut, read_rows
from onrecord.lists.readers._wording import country_codes, kind_of, quality_of, wording

Part = Literal["primary", "alias", "address", "comment"]
"""The four files, by what they hold."""

COLUMNS: dict[Part, int] = {"primary": 12, "alias": 5, "address": 6, "comment": 2}
TITLES = {
    "us-ofac-sdn": "Specially Designated Nationals and Blocked Persons List",
    "us-ofac-non-sdn": "Consolidated Sanctions List (non-SDN)",
}
PUBLISHER = "US Treasury, Office of Foreign Assets Control"
_NON_SDN = re.compile(r"(?<![a-z])(?:cons(?:olidated)?(?![a-z])|non.?sdn)")
_SDN = re.compile(r"(?<![a-z])sdn(?![a-z])")
_ALIASES = {"aka", "fka", "nka"}


def part_of(rows: list[tuple[str, ...]]) -> Part | None:
    """Which of the files begins with these rows, None where none does. A first row may be a header."""
    for row in rows[:2]:
        cells = [cell.strip() for cell in row]
        if not cells[0].isdigit():
            continue
        empty = "-0-" in cells
        if len(cells) == 12 and empty and cells[1]:
            return "primary"
        if len(cells) == 5 and cells[1].isdigit() and cells[2].lower() in _ALIASES:
            return "alias"
        if len(cells) == 6 and cells[1].isdigit() and (empty or len(rows[0]) == 6):
            return "address"
        titled = row is rows[0] or any(word in rows[0][-1].lower() for word in ("remark", "comment"))
        if len(cells) == 2 and titled and cells[1] and not cells[1].isdigit():
            return "comment"
    return None


def read_ofac_csv(parts: Mapping[Part, Text], names: Mapping[Part, str]) -> ReadList:
    """The list of the parts given; the primary one must be there. `names` are the names of their files."""
    name = names["primary"]
    builder = Builder(name, "OFAC's")
    comments = _by_entry(parts, "comment", builder, names)
    aliases = _by_entry(parts, "alias", builder, names)
    addresses = _by_entry(parts, "address", builder, names)
    for row in _rows(parts["primary"], "primary", builder):
        draft = Draft(row.cells[0].strip(), row.line)
        _read_primary(row, draft, "".join(extra.cells[1] for extra in comments.get(draft.id, ())))
        for extra in aliases.get(draft.id, ()):
            draft.names.append(ListedName(value(extra.cells[3]), quality_of(extra.cells[2])))
        for extra in addresses.get(draft.id, ()):
            _, _, street, city, country, *_ = map(value, extra.cells)
            draft.addresses.append(joined((street, city, country)))
            draft.countries.extend(country_codes(country))
        builder.add(draft)
    short = list_of(builder, *names.values())
    return builder.build(short, TITLES[short], PUBLISHER, "ofac-csv", None)


def list_of(builder: Builder, *names: str) -> str:
    """The short name of OFAC's list: by its files' names where they tell, else by the programs in it."""
    for name in names:
        last = name.replace("\\", "/").rstrip("/").rpartition("/")[2].lower()
        if _NON_SDN.search(last):
            return "us-ofac-non-sdn"
        if _SDN.search(last):
            return "us-ofac-sdn"
    only = wording().non_sdn_programs
    other = sum(bool(only.intersection(party.programs)) for party in builder.parties)
    return "us-ofac-non-sdn" if other * 2 > len(builder.parties) else "us-ofac-sdn"


def _rows(text: Text, part: Part, builder: Builder, file: str = "") -> list[Row]:
    def where(message: str) -> str:
        return f"In {file}: {message}" if file else message

    rows: list[Row] = []
    for row in read_rows(text):
        id = row.cells[0].strip() if row.cells else ""
        if is_cut(row, COLUMNS[part]):
            builder.cut(row.line, where(ENDS_WITHIN), id)
        elif not id.isdigit() and not rows and row.line == 1:
            continue  # A header line.
        elif wrong := fits(row, COLUMNS[part]):
            builder.problem(row.line, id, where(wrong))
        elif not id.isdigit():
            builder.problem(row.line, None, where("The row does not begin with OFAC's number of an entry."))
        else:
            rows.append(row)
    return rows


def _by_entry(
    parts: Mapping[Part, Text], part: Part, builder: Builder, names: Mapping[Part, str]
) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    if part in parts:
        for row in _rows(parts[part], part, builder, names[part]):
            found[row.cells[0].strip()].append(row)
    return found


def _read_primary(row: Row, draft: Draft, more: str) -> None:
    _, name, kind, programs, title, call_sign, _, _, _, flag, owner, remarks = map(value, row.cells[:12])
    if more:
        # The comments go on in the middle of a word, where the remarks were cut.
        remarks = " ".join((row.cells[11] + more).split())
    draft.kind = kind_of(kind) if kind else "company"
    draft.names.extend(with_aliases(name, "primary"))
    draft.programs.extend(programs_of(programs))
    draft.citations.extend(orders_of(programs))
    if call_sign:
        draft.identifiers.append(("Call sign", call_sign))
    draft.countries.extend(country_codes(flag))
    read_remarks(remarks, draft)
    draft.remarks[:0] = [title and f"Title: {title}", owner and f"Owner: {owner}"]
    draft.remarks[:] = filter(None, draft.remarks)
