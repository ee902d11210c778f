"""What is found by its name or its reason: entities, entries of lists, parties of registers, judgements.

Each list and register is read once for each of its versions, entities and judgements once for each time that
others come to them; then words are looked up (`_lookup`), and nothing is compared in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import get_args

from onrecord.exposure import RegisterError, RegisterVersion, current_registers, kept_register
from onrecord.lists import ListVersion, current_lists, parties_of
from onrecord.present import Thing, ThingHit, ThingKind, plain
from onrecord.web._bench import Bench
from onrecord.web._judged import meant, path_of
from onrecord.web._lookup import Asked, Lookup
from onrecord.web._second import Sight

KINDS: tuple[ThingKind, ...] = get_args(ThingKind)


@dataclass(frozen=True, slots=True)
class Some:
    """The first, or the next, of all things of a kind that were found."""

    total: int
    hits: tuple[ThingHit, ...] = ()


def find(bench: Bench, sees: Sight, asked: str, kind: ThingKind, limit: int, after: int = 0) -> Some:
    """What of a kind holds all the words; of it so many behind the first `after`. Those come first of which a
    name is just what was asked for. Judgements of which who asks does not see what they say are left out."""
    # Of names that were read off pages people remember parts; a list's name is found by whole words.
    wanted = Asked(asked, within=kind == "entity")
    found = [thing for lookup in _LOOKUPS[kind](bench) for thing in lookup.find(wanted)]
    if kind == "judgement" and sees.withheld:
        found = [thing for thing in found if int(thing.id) not in sees.withheld]
    return Some(len(found), tuple(_hit(thing, wanted) for thing in found[after : after + limit]))


def warm(bench: Bench) -> None:
    """Make the indexes, so that nobody has to wait for them."""
    for lookups in _LOOKUPS.values():
        for _ in lookups(bench):
            pass


def unread_registers(bench: Bench) -> tuple[str, ...]:
    """The names of the registers that cannot be read any more, in which nothing is found."""
    return tuple(one.name for one in current_registers(bench.ledger) if _register(bench, one) is None)


def _hit(thing: Thing, asked: Asked) -> ThingHit:
    # The words are marked in what is shown, which is plain.
    text = plain(asked.best(thing.texts))
    return ThingHit(thing, text, asked.marks(text))


def _indexed(things: Iterable[Thing]) -> Lookup[Thing]:
    return Lookup((thing, thing.texts) for thing in things)


def _entities(bench: Bench) -> Iterator[Lookup[Thing]]:
    yield bench.of_names("entities by words", lambda: _indexed(_of_entities(bench)))


def _of_entities(bench: Bench) -> Iterator[Thing]:
    for stored in bench.entities():
        one = stored.entity
        texts = tuple(dict.fromkeys((one.name, one.key, *one.names, *one.also)))
        yield Thing("entity", one.name, texts, ("entities", one.key), one.key, one.kind)


def _lists(bench: Bench) -> Iterator[Lookup[Thing]]:
    for version in current_lists(bench.ledger):
        yield bench.of_version(
            ("list", version.list), version.id, partial(_indexed, _of_list(bench, version))
        )


def _of_list(bench: Bench, version: ListVersion) -> Iterator[Thing]:
    for party in parties_of(bench.ledger, version):
        texts = tuple(dict.fromkeys(name.text for name in party.names))
        path = ("lists", version.list, "entries", party.id)
        yield Thing("entry", party.name, texts, path, party.id, version.list)


def _registers(bench: Bench) -> Iterator[Lookup[Thing]]:
    for version in current_registers(bench.ledger):
        found = _register(bench, version)
        if found is not None:
            yield found


def _register(bench: Bench, version: RegisterVersion) -> Lookup[Thing] | None:
    return bench.of_version(("register", version.name), version.id, lambda: _of_register(bench, version))


def _of_register(bench: Bench, version: RegisterVersion) -> Lookup[Thing] | None:
    try:
        lines = kept_register(bench.ledger, version).lines
    except RegisterError:
        return None
    rows: dict[str, list[int]] = {}
    for line in lines:
        for name in (line.party, line.operator):
            if name and (not (held := rows.setdefault(name, [])) or held[-1] != line.line):
                held.append(line.line)
    path = ("register", version.name)
    return _indexed(
        Thing("register", name, (name,), path, version.name, version.name, rows=tuple(told))
        for name, told in rows.items()
    )


def _judgements(bench: Bench) -> Iterator[Lookup[Thing]]:
    (last,) = bench.ledger.some_judgements(1, newest=True).items or (None,)
    if last is not None:
        yield bench.of_version("judgements", last.id, lambda: _indexed(_of_judgements(bench)))


def _of_judgements(bench: Bench) -> Iterator[Thing]:
    for one in reversed(bench.ledger.judgements()):
        path = path_of(meant(bench, one))
        texts = tuple(dict.fromkeys(text for text in (one.why, one.who) if text))
        statement = path[1] if path[0] == "statements" else None
        yield Thing(
            "judgement", one.subject, texts, path, str(one.id), one.kind, one.who, statement=statement
        )


_LOOKUPS = {"entity": _entities, "entry": _lists, "register": _registers, "judgement": _judgements}
