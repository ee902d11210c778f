"""What moved for a supplier between two moments: its standing, and the lists on which it stands. As data that
can be kept and sent, in the words of each language, with the evidence in it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from onrecord.alerts._words import words
from onrecord.ledger import Ledger, Snapshot
from onrecord.lists import Mark, list_versions, marks_of
from onrecord.present import languages, moves_data
from onrecord.standing import Changes, changes_known, standing_of

SHOWN = 3
"""Statements that a move shows with their quotes; of the others it has the ids."""
_NAMED = 20
"""Ids of statements that a move names at most."""

_WEIGHT = (
    "position", "listed", "delisted", "accused", "denied", "examined",
    "no-longer-accused", "no-longer-denied", "no-longer-examined", "case",
)  # fmt: skip
"""What is told first: it is what a message's subject says."""

Key = tuple[str, str]


def own_changes(ledger: Ledger, supplier: str, *, since: datetime, until: datetime | None = None) -> Changes:
    """What moved about a supplier itself (see `changes_known`): what it is a party to, or a company that
    bears its name. What it says of others, and what is told of others beside it, is in its dossier, but
    whoever follows it need not hear of it. Raises `UnknownEntity`."""
    changes = changes_known(ledger, supplier, since=since, until=until)
    own = [
        move
        for move in changes.moves
        if move.set_by is not None or any(line.nearness in ("party", "kin") for line in move.lines)
    ]
    return replace(changes, moves=tuple(own))


def moved(ledger: Ledger, supplier: str, *, since: datetime, until: datetime | None) -> dict[str, Any] | None:
    """What moved about a supplier by what the ledger learned after `since`, up to `until`; None where nothing
    did. `told` and each `reads` hold the words of every language. Raises `UnknownEntity`."""
    changes = own_changes(ledger, supplier, since=since, until=until)
    by_language = {language: moves_data(changes, language) for language in languages()}
    moves = [
        _move(ledger, {language: told[place] for language, told in by_language.items()})
        for place in range(len(changes.moves))
    ]
    moves += _listed(ledger, supplier, since, until)
    moves.sort(key=lambda move: _WEIGHT.index(move["kind"]))
    if not moves:
        return None
    entity = changes.dossier.supplier
    return {
        "supplier": entity.key,
        "name": entity.name,
        "since": since.isoformat(),
        "until": until.isoformat() if until is not None else None,
        "moves": moves,
    }


def touched(ledger: Ledger, suppliers: Mapping[str, datetime], *, until: datetime | None) -> frozenset[str]:
    """Which of some suppliers may have moved since the moment beside each. The others have not: nothing that
    names them, or a company that bears their name, was read, withdrawn or judged, and no list was taken in.
    It takes a look at the columns for each moment, where a dossier takes more."""
    found: set[str] = set()
    groups: defaultdict[datetime, list[str]] = defaultdict(list)
    for key, since in suppliers.items():
        groups[since].append(key)
    lists = [version.learned_at for version in list_versions(ledger)]
    last = max([*lists, *(one.at for one in ledger.judgements())], default=None)
    now: dict[str, frozenset[int]] = {}
    for since, keys in groups.items():
        if last is not None and last > since:
            found.update(keys)
            continue
        if until is not None and until <= since:
            continue
        missing = [key for key in keys if key not in now]
        now.update(_at(ledger, missing, until))
        then = _at(ledger, keys, since)
        found.update(key for key in keys if then[key] != now[key])
    return frozenset(found)


def _at(ledger: Ledger, keys: Iterable[str], moment: datetime | None) -> dict[str, frozenset[int]]:
    return ledger.snapshot(lambda snapshot: {k: _readings(snapshot, k) for k in keys}, known_at=moment)


def _readings(snapshot: Snapshot, supplier: str) -> frozenset[int]:
    """The readings that say something of a supplier or of a company that bears its name."""
    own = snapshot.numbers.find("key", [supplier])
    numbers = np.array([*own.values(), *snapshot.beginning(f"{supplier} ").values()], dtype=np.int64)
    among = snapshot.among("key", numbers)
    chains = snapshot.among("chain", snapshot.links["chain"][among[snapshot.links["key"]]])
    said = snapshot.statements
    here = among[said["actor"]] | among[said["target"]] | chains[said["chain"]]
    return frozenset(snapshot.pages["reading"][said["row"][here]].tolist())


def _move(ledger: Ledger, told: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    one = next(iter(told.values()))
    ids = [statement for line in one["lines"] for statement in line["statements"]]
    reads = {
        statement: {language: each["lines"][place]["sentence"] for language, each in told.items()}
        for place, line in enumerate(one["lines"])
        for statement in line["statements"]
    }
    # One statement of each line first: another that says the same shows less.
    first = [line["statements"][0] for line in one["lines"] if line["statements"]]
    shown = list(dict.fromkeys([*first, *ids]))[:SHOWN]
    return {
        **{name: one[name] for name in ("id", "kind", "actor", "scope", "before", "after", "set_by")},
        "told": {language: each["told"] for language, each in told.items()},
        "statements": ids[:_NAMED],
        "more": len(ids) - len(shown),
        "evidence": [found for id in shown if (found := _evidence(ledger, id, reads[id])) is not None],
        "entry": None,
    }


def _evidence(ledger: Ledger, id: str, reads: Mapping[str, str]) -> dict[str, Any] | None:
    """A statement with its words and the place of its page, so that a message stands alone."""
    stored = ledger.statement(id)
    if stored is None:
        return None
    return {
        "statement": stored.id,
        "page": stored.page_id,
        "reads": dict(reads),
        "quote": stored.statement.quote,
        "language": stored.language,
        "outlet": stored.outlet,
        "published": stored.published.value if stored.published is not None else None,
        "title": stored.title,
        "locator": stored.locator,
        "counts": stored.counts,
    }


def _listed(
    ledger: Ledger, supplier: str, since: datetime, until: datetime | None
) -> Iterator[dict[str, Any]]:
    """Entries of lists that the supplier has now and had not, and that it had and has no more."""
    if not any(version.learned_at > since for version in list_versions(ledger, known_at=until)):
        return
    held, holds = _marks(ledger, supplier, since), _marks(ledger, supplier, until)
    for key in sorted(holds.keys() - held.keys()):
        yield _entry("listed", holds[key], holds[key].version.id, holds[key].version.day)
    for key in sorted(held.keys() - holds.keys()):
        newest = list_versions(ledger, key[0], known_at=until)[-1]
        yield _entry("delisted", held[key], newest.id, newest.day)


def _marks(ledger: Ledger, supplier: str, moment: datetime | None) -> dict[Key, Mark]:
    found = standing_of(ledger, supplier, known_at=moment)
    # The supplier's own entries alone; whom else its dossier names is told in the dossier.
    alone = replace(found, entities=(found.supplier,))
    marks = marks_of(ledger, alone, most=None).get(found.supplier.key, ())
    return {(mark.version.list, mark.party.id): mark for mark in marks}


def _entry(kind: str, mark: Mark, version: int, day: str) -> dict[str, Any]:
    party = mark.party
    law = "; ".join((*party.programs, *party.citations))
    key = kind if mark.relation == "same" else f"{kind}_affiliate"
    told = {}
    for language in languages():
        more = [words(language, "law", law=law)] if law else []
        more += [words(language, "since", date=mark.since)] if mark.since else []
        entry = ", ".join([f"{mark.name} ({party.id})", *more])
        told[language] = words(
            language, key, list=party.source or mark.version.title, day=day, of=mark.of or "", entry=entry
        )
    parts = "\0".join((kind, mark.version.list, str(version), party.id))
    return {
        "id": hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:12],
        "kind": kind,
        "actor": None,
        "scope": mark.version.list,
        "before": None,
        "after": None,
        "set_by": None,
        "told": told,
        "statements": [],
        "more": 0,
        "evidence": [],
        "entry": {
            "list": mark.version.list,
            "title": mark.version.title,
            "version": version,
            "id": party.id,
            "name": mark.name,
            "relation": mark.relation,
            "since": mark.since,
            "url": party.url,
        },
    }
