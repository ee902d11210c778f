"""What a person says of entities: that two are one, that a name means another on one page, what a mention is;
for the forms of the workbench and the API alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from onrecord.entities import EntityKind
from onrecord.exposure import RegisterError, state_code
from onrecord.ledger import Judgement
from onrecord.team import Person
from onrecord.web._again import at_field
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem
from onrecord.web._found import page_called
from onrecord.web._naming import meant


@dataclass(frozen=True, slots=True)
class Acts:
    """What a person says of entities, each by any of its names; every one is a judgement that can be
    undone. `Problem` where one is not on record, or it cannot be said so."""

    bench: Bench
    person: Person

    def merge(self, name: str, into: str, why: str) -> Judgement:
        """Two entities are one; the other need not be on record yet where it is listed."""
        key, other = self._key(name), self._other(into)
        return self.bench.ledger.merge(key, other, who=self.person.name, why=why)

    def split(self, name: str, page: str, into: str, why: str) -> Judgement:
        """On one page the name means another, which need not be on record yet where it is listed."""
        try:
            where = page_called(self.bench, page.strip()).id
        except Problem as problem:
            raise at_field(problem, "page") from None
        other = self._other(into)
        return self.bench.ledger.split(self._key(name), where, other, who=self.person.name, why=why)

    def recognise(
        self,
        name: str,
        *,
        kind: str = "",
        called: str = "",
        also: Sequence[str] = (),
        country: str = "",
        part_of: str = "",
        why: str = "",
    ) -> Judgement:
        """A mention is an entity, and what it is; what is empty stays as it was read."""
        return self.bench.ledger.recognise(
            self._key(name),
            kind=cast(EntityKind, kind) if kind else None,
            name=called.strip() or None,
            names=[one.strip() for one in also if one.strip()],
            country=self._state(country) if country.strip() else None,
            part_of=meant(self.bench, part_of, "part_of", unnamed=True) if part_of.strip() else None,
            who=self.person.name,
            why=why,
        )

    def dismiss(self, name: str, why: str) -> Judgement:
        """A mention is no entity."""
        return self.bench.ledger.dismiss(self._key(name), who=self.person.name, why=why)

    def undo(self, judgement: int, why: str = "") -> Judgement:
        """A judgement no longer holds."""
        return self.bench.ledger.undo(judgement, who=self.person.name, why=why)

    def _key(self, name: str) -> str:
        return meant(self.bench, name, "key")

    def _other(self, into: str) -> str:
        """Whom a name is said to be, on record or listed."""
        if not into.strip():
            told = "Name the entity that is meant."
            raise Problem(HTTPStatus.BAD_REQUEST, told, field="into", key="wrong_no_name")
        return meant(self.bench, into, "into", unnamed=True)

    @staticmethod
    def _state(told: str) -> str:
        """The code of a state, by its code or by its name in any of our languages."""
        try:
            return state_code(told)
        except RegisterError as error:
            raise Problem(HTTPStatus.BAD_REQUEST, f"{error}.", field="country") from None


def family(bench: Bench, key: str) -> dict[str, Any]:
    """The tree that an entity is part of: those above it, the nearest last; those below it, by depth."""
    parents = bench.kept("parents", bench.ledger.parents)
    above: list[tuple[str, Any]] = []
    at = key
    while (parent := parents.get(at)) is not None and parent.key not in (key, *(k for k, _ in above)):
        above.insert(0, (parent.key, parent))
        at = parent.key
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        children.setdefault(parent.key, []).append(child)
    below: list[tuple[int, str, Any]] = []

    def under(name: str, depth: int) -> None:
        for child in sorted(children.get(name, ())):
            if child != key and all(child != seen for _, seen, _ in below):
                below.append((depth, child, parents[child]))
                under(child, depth + 1)

    under(key, 1)
    return {"above": above, "below": below}
