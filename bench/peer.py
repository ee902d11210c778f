"""nomenklatura's newest matcher beside ours: the same names, the same machine, one after the other.

Installed apart by `make screening` (`requirements-nomenklatura.lock`, into `.venv/nomenklatura`), since it
wants other versions of what On Record uses. Its logic-v2 compares two entities and leaves it to its users
which: here its matcher scores the fifty parties that share the rarest words with the name that is asked for.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from bench.listed import Listed

MATCH = 0.7
"""The score from which on nomenklatura takes two entities for one."""
CANDIDATES, COMMON = 50, 2000
"""Candidates that its matcher scores, and names above which a token finds none."""


class Peer:
    """nomenklatura's logic-v2."""

    def __init__(self) -> None:
        from followthemoney import ValueEntity, model
        from nomenklatura.matching.logic_v2.model import LogicV2  # type: ignore[import-not-found]

        self._entity, self._model, self._matcher = ValueEntity, model, LogicV2
        self._config = LogicV2.default_config()

    def entity(self, names: tuple[str, ...], schema: str) -> Any:
        """An entity of nothing but names."""
        found = self._entity(self._model.get(schema), {"id": "/".join(names)})
        for name in names:
            found.add("name", name)
        return found

    def score(self, one: Any, other: Any) -> float:
        """How alike it takes two entities to be, 0 to 1."""
        return float(self._matcher.compare(one, other, self._config).score)

    def pair(self, one: str, other: str, schema: str) -> float:
        """How alike it takes two names of that schema to be, 0 to 1."""
        return self.score(self.entity((one,), schema), self.entity((other,), schema))


def tokens(name: str) -> set[str]:
    """The words of a name, in lower case."""
    return {"".join(filter(str.isalnum, word)) for word in name.lower().split()} - {""}


def measure(
    parties: list[Listed],
    asked: list[tuple[str, str, str, str]],
    others: list[str],
    by_letters: dict[str, set[str]],
    letters: Callable[[str], str],
) -> None:
    """Print what nomenklatura finds, what it raises alarm for, and how many names a second it does."""
    peer = Peer()
    companies = [party for party in parties if party.kind != "person"]
    postings: dict[str, list[int]] = {}
    for at, party in enumerate(companies):
        for token in set().union(*map(tokens, party.names)):
            postings.setdefault(token, []).append(at)
    known: dict[int, Any] = {}

    def search(name: str) -> list[tuple[float, str]]:
        votes: defaultdict[int, float] = defaultdict(float)
        for token in tokens(name):
            listed = postings.get(token, [])
            if len(listed) <= COMMON:
                for at in listed:
                    votes[at] += 1 / len(listed)
        query = peer.entity((name,), "Company")
        found = []
        for at in sorted(votes, key=lambda at: -votes[at])[:CANDIDATES]:
            if at not in known:
                known[at] = peer.entity(companies[at].names, "Company")
            found.append((peer.score(query, known[at]), companies[at].id))
        return sorted(found, key=lambda pair: -pair[0])

    start = time.perf_counter()
    right = 0
    for key, name, text, _ in asked:
        found = search(text)
        right += bool(found) and found[0][0] > 0 and found[0][1] in by_letters[letters(name)] | {key}
    alarms = 0
    for name in others:
        found = search(name)
        alarms += bool(found) and found[0][0] >= MATCH
    taken = time.perf_counter() - start
    count = len(asked) + len(others)
    print(f"nomenklatura: right one first {right / len(asked):.3f}, alarms {alarms} of {len(others)}")
    print(f"nomenklatura: {count / taken:.0f} names a second, {taken / count * 1000:.1f} ms a name")
