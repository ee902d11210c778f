"""Judgements as the workbench shows them: each with links to all that it is of, and what it says in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.ledger import CORRECTABLE, Judgement
from onrecord.present import position_told
from onrecord.web._bench import Bench
from onrecord.web._found import numbered, sentences_of
from onrecord.web._second import Sight
from onrecord.web._words import Words

_OF_STATEMENTS = ("accept", "reject", "correct", "add")
_TERMS = ("type", "status", "topic", "scope", "kind")
"""Fields of which the values are words of the record."""
_ENTITIES = ("actor", "target", "source", "into", "part_of")
"""Fields of which the values are keys of entities."""
_FIELDS: dict[str, dict[str, str]] = {
    "accept": {"carried": "judged_carried"},
    "reject": {"carried": "judged_carried"},
    "correct": {**{one: one for one in CORRECTABLE}, "carried": "judged_carried"},
    "merge": {"into": "judged_same"},
    "split": {"page": "page", "into": "is_there"},
    "withdraw": {"on": "judged_on"},
    "position": {"code": "judged_code", "since": "since"},
    "recognise": {
        "kind": "kind",
        "name": "goes_by",
        "names": "also_called",
        "country": "state",
        "part_of": "part_of",
    },
    "add": {"page": "page"},
}
"""By the kind of judgement what its payload says beside what it is of: fields with their messages."""
_FEW = 3
"""Statements judged together that a list shows; the judgement's own page shows all."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a judgement is of or speaks of, and the segments of its address; none where it has no
    page of its own, or is on record no more."""

    text: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A judgement, what it is of, how many more things that is, what it says by the messages of its fields,
    and for one that was undone or undoes the other one. Where it is `withheld`, none of them tells what it
    says but their kinds, which are not to be shown."""

    judgement: Judgement
    withheld: bool
    of: tuple[Thing, ...]
    more: int
    says: tuple[tuple[str, tuple[Thing, ...]], ...]
    undone_by: Judgement | None
    undoes: Judgement | None


def path_of(judgement: Judgement) -> tuple[str, str]:
    """The address of what was judged, by an undo of what the undone one judged; of several the first."""
    if judgement.kind in _OF_STATEMENTS:
        return "statements", judgement.of[0]
    return ("pages" if judgement.kind == "withdraw" else "entities"), judgement.subject


def meant(bench: Bench, judgement: Judgement) -> Judgement:
    """The judgement that tells what one is of: of an undo the one that it took back, else itself."""
    return judgement if judgement.undoes is None else numbered(bench).get(judgement.undoes, judgement)


def told_of(
    bench: Bench, sees: Sight, judgements: Sequence[Judgement], language: str, *, few: int | None = _FEW
) -> list[Told]:
    """Judgements as a page in a language shows them to whoever sees so much, of each at most `few` things
    that it is of (None: all)."""
    shown = [sees.judgement(one) for one in judgements]
    every = [sees.judgement(meant(bench, one)) for one in judgements]
    statements = [id for one in every if one.kind in _OF_STATEMENTS for id in one.of[:few]]
    said = sentences_of(bench, list(dict.fromkeys(statements)), language, sees.statement)
    words, others = Words(language), numbered(bench)

    def of(one: Judgement) -> Iterator[Thing]:
        if one.kind in _OF_STATEMENTS:
            for id in one.of[:few]:
                yield Thing(said[id][1], ("statements", id)) if id in said else Thing(id)
        elif one.kind == "withdraw":
            yield _page(bench, one.subject)
        elif one.kind != "undo":
            yield _entity(bench, one.subject)
        if one.kind == "position":
            yield _entity(bench, one.payload["supplier"], "suppliers")

    def says(one: Judgement) -> Iterator[tuple[str, tuple[Thing, ...]]]:
        for field, label in _FIELDS.get(one.kind, {}).items():
            if field not in one.payload:
                continue
            value = one.payload[field]
            if field == "code":
                yield label, (Thing(position_told(value, one.payload["scope"], language)),)
                continue
            values = value if isinstance(value, list) else [] if value is None else [value]
            yield label, tuple(_value(bench, words, field, str(each)) for each in values)

    return [
        Told(
            one,
            sees.hides(one),
            tuple(of(what)),
            len(what.of) - few if few is not None and len(what.of) > few else 0,
            tuple(says(one)),
            sees.judgement(undo) if (undo := others.get(one.undone_by or 0)) is not None else None,
            what if one.undoes is not None else None,
        )
        for one, what in zip(shown, every, strict=True)
    ]


def _value(bench: Bench, words: Words, field: str, value: str) -> Thing:
    if field in _TERMS:
        return Thing(words.term(value))
    if field in _ENTITIES:
        return _entity(bench, value)
    if field == "carried":
        return Thing(value, ("judgements", value))
    return _page(bench, value) if field == "page" else Thing(value)


def _entity(bench: Bench, key: str, part: str = "entities") -> Thing:
    # What was merged away answers under what it was merged into.
    known = key in bench.names() or bench.ledger.entity(key) is not None
    return Thing(key, (part, key) if known else ())


def _page(bench: Bench, id: str) -> Thing:
    page = bench.ledger.page(id)
    return Thing(id) if page is None else Thing(page.title or page.locator, ("pages", page.id))
