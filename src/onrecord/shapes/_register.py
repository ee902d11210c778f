"""Registers, checks of them, and what was read from where."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict


class RegisterVersion(TypedDict):
    """A version of a register: `columns` and `sort` are what was said of its columns, `lines` how many can be
    used and `unusable` how many cannot, `bytes` its size."""

    register: str
    version: int
    file: str
    columns: dict[str, str]
    sort: str | None
    lines: int
    unusable: int
    bytes: int
    digest: str
    learned_at: str
    who: str


class RegisterColumn(TypedDict):
    """A column of a register's file, the field that it is taken for (null: it is kept in the note), and some
    of its cells."""

    number: int
    heading: str
    field: str | None
    samples: list[str]


class UnusableLine(TypedDict):
    """A line of a register that cannot be used: its column where one cell is wrong, and what is."""

    line: int
    column: str | None
    message: str


class RegisterPreview(TypedDict):
    """How a register would be read: its columns, how many `lines` can be used, and what is wrong with the
    others; `before` is the newest version that is kept under that name."""

    register: str
    columns: list[RegisterColumn]
    lines: int
    unusable: list[UnusableLine]
    remarks: list[str]
    before: RegisterVersion | None


class Check(TypedDict):
    """A check that is kept, without what it found: of which `version` of a register, `as_of` which day, which
    was `asked` for or not, for somebody at `home` in which state, and how many `findings` there are."""

    check: int
    register: str
    version: int | None
    as_of: str | None
    asked: str | None
    home: str | None
    lines: int | None
    findings: int | None
    at: str
    who: str


class Register(TypedDict):
    """A register with its versions and its checks, the newest last."""

    register: str
    versions: list[RegisterVersion]
    checks: list[Check]


class Step(TypedDict):
    """One link of a chain from a party: who, by what, to whom, by which statements."""

    actor: str
    by: str
    target: str
    statements: list[str]
    origins: int
    since: str | None
    firm: bool
    denied: bool
    source: str


class Finding(TypedDict):
    """Something that touches a line of a register (docs/check.md). `code` and `values` are `what` without
    its words."""

    id: str
    line: int
    kind: str
    about: str
    what: str
    since: str | None
    steps: list[Step]
    statements: list[str]
    origins: int
    words_of: list[str]
    source: str
    citation: str
    score: float | None
    new: bool
    code: str
    values: list[list[str]]
    told: int
    explanation: str


class Looked(TypedDict):
    """What a check went by: a list, the record or a pack of rules, and its age in days."""

    name: str
    kind: str
    as_of: str | None
    days: int | None
    size: int


class Note(TypedDict):
    """Something that a check did not look at, as a code and the values that stand in its sentence."""

    code: str
    values: list[list[str]]


class RegisterLine(TypedDict):
    """A line of a register on which something was found."""

    line: int
    id: str
    sort: str
    party: str
    operator: str | None
    state: str | None
    layer: str | None
    goods: str | None
    us_share: float | None
    since: str | None
    until: str | None
    note: str


class CheckRead(TypedDict):
    """A check with all that it found: the shape `onrecord.check/1` (docs/check.md)."""

    shape: str
    language: str
    machine_reading: bool
    summary: list[str]
    as_of: str
    lines: int
    findings: list[Finding]
    looked: list[Looked]
    unseen: list[str]
    bad: list[dict[str, Any]]
    gone: list[Finding]
    last: str | None
    notes: list[Note]
    register: list[RegisterLine]
    remarks: list[str]


class ChangedFinding(TypedDict):
    """A finding of one line, kind and party as it was and as it is."""

    was: Finding
    now: Finding


class Compared(TypedDict):
    """What differs between a check and the one before it, made at `last` (null for a first check). Of very
    many findings the first alone are held against each other: then it is not `whole`."""

    check: int
    register: str
    last: str | None
    new: list[Finding]
    gone: list[Finding]
    changed: list[ChangedFinding]
    whole: bool


class Place(TypedDict):
    """Where pages were read from, and how many; `failed` could not be read, and `last` is when one was."""

    place: str
    kind: str
    pages: int
    statements: int
    unread: int
    failed: int
    last: str | None


class Unreadable(TypedDict):
    """A place that could not be read, and why."""

    locator: str
    message: str
    learned_at: str
    can_be_retried: bool


class UnreadableGroup(TypedDict):
    """The places that could not be read for one reason, by its code."""

    code: str
    items: list[Unreadable]


class Sources(TypedDict):
    """What was read, by place and in all, and what could not be."""

    places: list[Place]
    total: Place
    unreadable: list[UnreadableGroup]
