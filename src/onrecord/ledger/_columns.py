"""What readings say, in columns: the numbers from which dossiers and standings of any size are counted.

Each reading is encoded once, when it is taken in, as a *segment*: a few bytes for each of its statements,
unread sentences and mentions, in which words are numbers (the table `code`). Segments are merged as they
grow in number. All columns of a ledger are then a few arrays, on which a question about a million statements
is a few passes of numpy, the same on either database. They hold nothing that the rows do not: `onrecord
audit` compares them, and they can be made anew (`_derived`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property, lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.ledger._dates import first_day, last_day
from onrecord.ledger._errors import Damaged
from onrecord.ledger._kept import Kept, chain_text, mention_text, names_text, reader_text

Array = NDArray[Any]

LAYOUT: dict[str, dict[str, str]] = {
    "reading": {
        "reading": "<i4", "page": "<i4", "first_day": "<i4", "last_day": "<i4", "outlet": "<i4",
        "credit": "<i4", "reader": "<i4", "learned": "<i8",
        "statements": "<i4", "unread": "<i4", "titled": "<i4", "mentions": "<i4", "copies": "<i4",
        "links": "<i4",
    },
    "statements": {
        "id": "<i4", "public": "<i8", "actor": "<i4", "target": "<i4", "when": "<i4", "chain": "<i4",
        "type": "<i2", "status": "<i2", "topic": "<i2", "scope": "<i2",
    },
    "unread": {"position": "<i4", "key": "<i4"},
    "titled": {"key": "<i4"},
    "mentions": {"key": "<i4", "description": "<i4", "kind": "<i4", "names": "<i4"},
    "copies": {"other": "<i4", "share": "<i4"},
    "links": {"chain": "<i4", "position": "<i4", "key": "<i4"},
}  # fmt: skip
"""The columns of each table, little-endian. The first table has a row for each reading, and says how many
rows of each other table are that reading's."""

PARTS = tuple(LAYOUT)[1:]

_FEW = 8
"""Numbers that are looked for one by one."""


@lru_cache(maxsize=16_384)
def ordinal(day: str | None, *, last: bool = False) -> int:
    """A date (ISO 8601, cut or whole) as the number of its first or last day; 0 for none."""
    if day is None:
        return 0
    return date.fromisoformat(last_day(day) if last else first_day(day)).toordinal()


def micros(moment: datetime) -> int:
    """A moment as microseconds since 1970."""
    delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def encode(kept: Kept, code: Mapping[tuple[str, str], int]) -> bytes:
    """One reading as a segment. `code` has a number for each of its `words`."""
    return told([kept], code).encoded()


def told(several: Iterable[Kept], code: Mapping[tuple[str, str], int]) -> Columns:
    """Readings in columns. `code` has a number for each of their `words`."""
    tables: dict[str, list[tuple[int, ...]]] = {name: [] for name in LAYOUT}
    for kept in several:
        _tell(kept, code, tables)
    return Columns(
        {
            name: {
                column: np.array([row[at] for row in tables[name]], dtype=kind)
                for at, (column, kind) in enumerate(columns.items())
            }
            for name, columns in LAYOUT.items()
        }
    )


def _tell(
    kept: Kept, code: Mapping[tuple[str, str], int], tables: Mapping[str, list[tuple[int, ...]]]
) -> None:
    """Add the rows of a reading to tables."""

    def of(kind: str, text: str | None) -> int:
        return 0 if text is None else code[kind, text]

    page = kept.rendering
    chains = {tuple(source) for _, source in kept.statements if source}
    parts: dict[str, Sequence[tuple[int, ...]]] = {
        "statements": [
            (
                said["id"], int(said["public_id"], 16),
                of("key", said["actor"]), of("key", said["target"]), of("when", said["when"]),
                code["chain", chain_text(tuple(source))] if source else 0,
                code["type", said["type"]], code["status", said["status"]], of("topic", said["topic"]),
                of("scope", said["scope"]),
            )
            for said, source in kept.statements
        ],
        "unread": [(left[0], code["key", key]) for left in kept.unread for key in left[-1]],
        "titled": [(code["key", key],) for key in kept.titled()],
        "mentions": [
            (
                code["key", mention[0]], code["description", mention_text(mention)],
                code["kind", mention[1]], code["names", names_text(naming)],
            )
            for mention, naming in zip(kept.mentions, kept.namings(), strict=True)
        ],
        "copies": kept.copies,
        "links": [
            (code["chain", chain_text(chain)], position, code["key", key])
            for chain in sorted(chains)
            for position, key in enumerate(chain)
        ],
    }  # fmt: skip
    tables["reading"].append((
        kept.id, kept.page, ordinal(page["published_value"]), ordinal(page["published_until"], last=True),
        of("key", page["outlet"]), of("key", page["credit"]),
        code["reader", reader_text(kept.reader)], micros(kept.learned),
        *(len(parts[part]) for part in PARTS),
    ))  # fmt: skip
    for part in PARTS:
        tables[part].extend(parts[part])


@dataclass(frozen=True)
class Columns:
    """Tables by name, each its columns by name."""

    tables: Mapping[str, Mapping[str, Array]]
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was made of these columns, by whoever made it, for the next who asks."""

    @cached_property
    def current(self) -> Columns:
        """The readings that are the newest of their page."""
        return self.of(newest(self))

    @classmethod
    def joined(cls, several: Sequence[Columns]) -> Columns:
        """The rows of several, in turn."""
        if len(several) == 1:
            return several[0]
        return cls(
            {
                name: {
                    column: np.concatenate([one.tables[name][column] for one in several])
                    if several
                    else np.empty(0, kind)
                    for column, kind in columns.items()
                }
                for name, columns in LAYOUT.items()
            }
        )

    @classmethod
    def decoded(cls, readings: int, data: bytes) -> Columns:
        """A segment of so many readings. `Damaged` where it is none."""
        at = 0
        tables: dict[str, dict[str, Array]] = {}
        try:
            for name, columns in LAYOUT.items():
                rows = readings if name == "reading" else int(tables["reading"][name].sum())
                tables[name] = {}
                for column, kind in columns.items():
                    tables[name][column] = np.frombuffer(data, kind, rows, at)
                    at += tables[name][column].nbytes
        except (ValueError, OverflowError) as error:
            raise Damaged(f"a segment of {readings} readings is cut off") from error
        if readings < 0 or at != len(data) or any((tables["reading"][part] < 0).any() for part in PARTS):
            raise Damaged(f"a segment of {readings} readings holds something else")
        return cls(tables)

    def encoded(self) -> bytes:
        """The segment of these rows."""
        return b"".join(
            np.ascontiguousarray(self.tables[name][column], kind).tobytes()
            for name, columns in LAYOUT.items()
            for column, kind in columns.items()
        )

    def slices(self) -> Callable[[int], Columns]:
        """What gives the rows of one reading alone, by its row."""
        ends = {part: np.cumsum(self.tables["reading"][part], dtype=np.int64) for part in PARTS}

        def one(row: int) -> Columns:
            tables = {"reading": {name: c[row : row + 1] for name, c in self.tables["reading"].items()}}
            for part in PARTS:
                end = int(ends[part][row])
                start = end - int(self.tables["reading"][part][row])
                tables[part] = {name: column[start:end] for name, column in self.tables[part].items()}
            return Columns(tables)

        return one

    def __len__(self) -> int:
        return len(self.tables["reading"]["reading"])

    def rows(self, part: str) -> Array:
        """For each row of a table, the row of the reading whose it is."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.tables["reading"][part])

    def of(self, wanted: Array) -> Columns:
        """The rows of the readings for which `wanted` holds; each column is cut when it is first used."""
        if bool(wanted.all()):
            return self
        tables: dict[str, Mapping[str, Array]] = {"reading": Cut(self.tables["reading"], lambda: wanted)}
        for part in PARTS:
            mask = cache(partial(np.repeat, wanted, self.tables["reading"][part]))
            tables[part] = Cut(self.tables[part], mask)
        return Columns(tables)


def one_of(column: Array, numbers: Array) -> Array:
    """Of each row whether it has one of these numbers; mostly it is one number or two."""
    if len(numbers) > _FEW:
        return np.isin(column, numbers)
    found = np.zeros(len(column), dtype=bool)
    for number in numbers.tolist():
        found |= column == number
    return found


def found_at(column: Array, numbers: Array | Sequence[int]) -> Array:
    """Where in a column that is in order these numbers stand, or would. They are made numbers of its own kind
    first: else numpy makes a copy of the whole column of theirs."""
    found: Array = np.searchsorted(column, np.asarray(numbers, dtype=column.dtype))
    return found


def newest(columns: Columns, until: int | None = None) -> Array:
    """Which readings are the newest of their page, of those learned up to a moment (`micros`) or of all."""
    readings = columns.tables["reading"]
    known = np.ones(len(columns), dtype=bool) if until is None else readings["learned"] <= until
    at = np.flatnonzero(known)[::-1]
    _, first = np.unique(readings["page"][at], return_index=True)
    wanted = np.zeros(len(columns), dtype=bool)
    wanted[at[first]] = True
    return wanted


class Cut(dict[str, Array]):
    """Columns of which some rows are wanted, each cut when it is first used; others may be set beside. `made`
    are columns that are made when they are first used."""

    def __init__(
        self,
        columns: Mapping[str, Array],
        wanted: Callable[[], Array] | None = None,
        made: Mapping[str, Callable[[], Array]] | None = None,
    ) -> None:
        super().__init__()
        self._columns, self._wanted, self._made = columns, wanted, made or {}

    def __missing__(self, name: str) -> Array:
        if name in self._made:
            self[name] = self._made[name]()
        else:
            column = self._columns[name]
            self[name] = column if self._wanted is None else column[self._wanted()]
        return self[name]


def recalled(kept: dict[Hashable, Any], kind: str, key: Hashable) -> Any:
    """What was kept of a kind for a key; None where nothing is."""
    held: dict[Hashable, Any] = kept.get(kind, {})
    found = held.get(key)
    if found is not None:
        # What was asked for last is kept longest.
        held.pop(key, None)
        held[key] = found
    return found


def keep(kept: dict[Hashable, Any], kind: str, key: Hashable, value: object, *, most: int) -> None:
    """Keep something of a kind for a key, and of all of its kind the last `most`."""
    held = kept.setdefault(kind, {})
    held[key] = value
    for old in list(held)[:-most]:
        held.pop(old, None)
