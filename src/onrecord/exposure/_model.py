"""What a user's register holds, and what a check of it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Sort = Literal["supplier", "customer", "partner", "deployment", "shipment"]
"""What a line of a register tells of: one who supplies us, buys from us, works with us; whose equipment
runs where; what is sent to whom."""

Layer = Literal["core", "radio", "transport", "devices", "cloud", "software", "other"]
"""Where in a network equipment runs. `core` and `radio` are those that the national decisions on 5G speak
of."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of a register. `line` is its row in the file, from 1; `id` the user's own, else the row's
    number.

    `party` is the supplier, customer, partner or consignee. `operator` is who runs its equipment (the
    user, where empty), `state` where (ISO 3166-1 alpha-2): for a shipment its destination. `goods` is
    what is sent; `us_share` how much of its value is controlled US-origin content, 0 to 1. `since` and
    `until` are ISO dates cut to their precision: for a deployment the contract's.
    """

    line: int
    id: str
    sort: Sort
    party: str
    operator: str | None = None
    state: str | None = None
    layer: Layer | None = None
    goods: str | None = None
    us_share: float | None = None
    since: str | None = None
    until: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register's file: its `number` from 1, its `heading` as it stands, the field of
    `RegisterLine` that it is taken for (None for one that is kept in the note), and some of its cells."""

    number: int
    heading: str
    field: str | None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLine:
    """A row of a register that cannot be used: its number in the file, its column where it is one cell
    that is wrong, and what is wrong with it."""

    line: int
    column: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Register:
    """A register as a file gives it: its lines, and the rows that are not usable. `remarks` say in plain
    sentences how it was read, where that is not as the file has it: columns that are not known, what was
    left out."""

    lines: tuple[RegisterLine, ...]
    bad: tuple[BadLine, ...] = ()
    remarks: tuple[str, ...] = ()


class RegisterError(Exception):
    """A register that cannot be read at all: what is wrong with it, and what to do. `missing` are the fields
    that must be there and for which it has no column, where that is what is wrong."""

    def __init__(self, told: str, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(told)
        self.missing = missing


FindingKind = Literal[
    "list-hit", "affiliate-hit", "restriction", "permission", "case", "chain", "dispute", "rule"
]
"""What touches a line: the party stands on a list, or is an affiliate of one that does; a state or
operator restricts or permits it; a case or dispute is open; a chain of supply, partnership or ties leads
from it to one that is listed or restricted; a rule of a pack applies."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain: who, by what (`supply`, `partnership`, `ties`, `listed as`), to whom, by which
    statements (their ids; of very many the first and the last). Both parties are given by their keys on
    record, what somebody is `listed as` by the list's own name. `origins` counts the publishers from whom the
    link descends, `since` is the earliest date for which it is told. `firm` is whether anybody asserts it
    (else it is hearsay or a plan), `denied` whether anybody denies it. `source` is where it stands that one
    is `part of` the other: an address of the catalogue, or the person by whose judgement it is so."""

    actor: str
    by: str
    target: str
    statements: tuple[str, ...] = ()
    origins: int = 0
    since: str | None = None
    firm: bool = True
    denied: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that touches a line of the register.

    `id` is made from what the finding is, the same at every check, so that two checks can be compared.
    `about` is the party, as the register or the record names it, `what` a plain sentence. `since` is when
    it began, cut to its precision. `steps` are how it is reached: none where the line's own party is
    meant. `statements` and `origins` are the statements on record behind it and how many publishers they
    descend from; `words_of` by whose word; `source` is the list or the rule, with its version, where it
    is one; `citation` the law; `score` that of the name's match with a list's, None where there was none
    to make, and `explanation` how the names match. Of very many statements the first and the last are
    named; `told` counts them all. Of a chain `origins` are those of its weakest link.

    `code` says which sentence `what` is (data/sentences.yaml) and `values` what stands in it, by name and as
    keys and codes; several of one name are a list. A rule's sentence is its pack's own and has no code;
    `values` are the sentence in the pack's other languages, by their codes.
    """

    id: str
    line: int
    kind: FindingKind
    about: str
    what: str
    since: str | None = None
    steps: tuple[Step, ...] = ()
    statements: tuple[str, ...] = ()
    origins: int = 0
    words_of: tuple[str, ...] = ()
    source: str = ""
    citation: str = ""
    score: float | None = None
    new: bool = False
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()
    told: int = 0
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check went by, and how old it is: a list, the record, or a pack of rules. `as_of` is its own
    day, `days` its age on the day of the check, None where it does not say."""

    name: str
    kind: Literal["list", "record", "rules"]
    as_of: str | None
    days: int | None
    size: int


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of `Check.unseen` as a code (data/sentences.yaml) and the values that stand in it."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of a register found. `looked` is what it went by; `unseen` what it did not look at, in
    plain sentences: lines that were left out, parties that nothing is on record about, lists that were
    never added; `notes` are the same, one for each, as codes and values. `last` is when the last check of
    this register was made (ISO 8601, UTC), None where none was kept: then nothing is `new`. `gone` are the
    findings of the last check that are no more. Of a large register both are made when they are asked for,
    and compare as tuples do. It never says that all is well."""

    as_of: str
    lines: int
    findings: Sequence[Finding]
    looked: tuple[Looked, ...]
    unseen: tuple[str, ...]
    bad: tuple[BadLine, ...] = ()
    gone: Sequence[Finding] = ()
    last: str | None = None
    notes: tuple[Note, ...] = ()
