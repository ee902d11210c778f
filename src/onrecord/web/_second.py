"""What needs a second person's judgement, and what is withheld from whoever is to be the second until they
have judged: that others judged, who and when, they see; what these said, and why, nowhere.

The rule is here alone. Pages and the API ask `Sight`, and show nothing of a judgement past it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import Depends

from onrecord import shapes
from onrecord.entities import Entity
from onrecord.ledger import Judgement, JudgementFilter, StoredStatement
from onrecord.present import judgement_fields, statement_fields
from onrecord.standing import Second, needing_second
from onrecord.team import Person, Reviews
from onrecord.web._bench import Bench, Here
from onrecord.web._found import numbered
from onrecord.web._person import Who

Kind = Literal["accept", "reject", "correct"]
KINDS: tuple[Kind, ...] = ("accept", "reject", "correct")

WITHHELD = "withheld"
"""The kind of a judgement of which it is not told what it says."""


def histories(bench: Bench) -> Mapping[str, Sequence[Judgement]]:
    """By the id of each statement that was judged its judgements, in the order in which they were passed,
    without those undone. What was carried over to a newer reading is judged there by all who had judged it.
    """

    def make() -> Mapping[str, Sequence[Judgement]]:
        found: dict[str, list[Judgement]] = defaultdict(list)
        for one in bench.ledger.judgements():
            if one.kind in KINDS and one.undone_by is None:
                if one.carried is not None:
                    known = found[one.subject]
                    known += [older for older in found.get(one.carried[1], ()) if older not in known]
                for statement in one.of:
                    found[statement].append(one)
        return found

    return bench.kept("histories", make)


def rule_of(bench: Bench) -> Second:
    """What needs a second person's judgement."""
    rule = Reviews(bench.team).rule()
    return Second(rule.types, rule.stakes)


def needs_another(bench: Bench, statement: str, by: Person | None = None) -> Judgement | None:
    """The only judgement of a statement that needs a second person's; None where it has two, or needs one
    only, or where the one is by this person."""
    held = histories(bench).get(statement, ())
    if len({one.who for one in held}) != 1 or (by is not None and held[0].who == by.name):
        return None
    return held[-1] if needing_second(bench.ledger, [statement], rule_of(bench)) else None


def waiting_for_second(bench: Bench) -> tuple[str, ...]:
    """The statements that one person has judged and a second is to judge."""
    rule = rule_of(bench)
    if rule == Second():
        return ()

    def make() -> tuple[str, ...]:
        once = [id for id, held in histories(bench).items() if len({one.who for one in held}) == 1]
        needed = needing_second(bench.ledger, once, rule)
        return tuple(id for id in once if id in needed)

    return bench.kept(("second", rule), make)


def waiting_for(bench: Bench, name: str) -> tuple[str, ...]:
    """Of these those that a person has not judged, so that they may be the second."""
    held = histories(bench)
    return tuple(id for id in waiting_for_second(bench) if all(one.who != name for one in held[id]))


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person may see of what others judged. `awaiting` are the statements of which they may be the
    second to judge, with those of older readings whose judgement was carried over to them, `withheld` the
    numbers of the judgements of all these, and of what took such back."""

    awaiting: frozenset[str] = frozenset()
    withheld: frozenset[int] = frozenset()

    def statement(self, stored: StoredStatement) -> StoredStatement:
        """A statement as they see it: where it awaits them, as it was read."""
        if stored.id not in self.awaiting:
            return stored
        return replace(stored, statement=stored.as_read or stored.statement, judgement=None, as_read=None)

    def told(self, stored: StoredStatement, names: Mapping[str, Entity], language: str) -> shapes.Statement:
        """The same as fields. That somebody judged it is told."""
        fields = statement_fields(self.statement(stored), names, language)
        if stored.id in self.awaiting and stored.judgement is not None:
            fields["judgement"] = self.fields(stored.judgement)
        return fields

    def hides(self, judgement: Judgement) -> bool:
        """Whether they do not see what a judgement says."""
        return judgement.id in self.withheld

    def judgement(self, judgement: Judgement) -> Judgement:
        """A judgement without what they do not see of it, except its kind."""
        if not self.hides(judgement):
            return judgement
        of = {name: told for name, told in judgement.payload.items() if name == "statements"}
        return replace(judgement, payload=of, why="")

    def fields(self, judgement: Judgement) -> shapes.Judgement:
        """A judgement as the API tells it to them."""
        told = judgement_fields(self.judgement(judgement))
        return {**told, "kind": WITHHELD} if self.hides(judgement) else told

    def wanted(self, wanted: JudgementFilter) -> JudgementFilter:
        """Which judgements they find: by its kind none of which they do not see it."""
        return wanted if wanted.kind is None else replace(wanted, but=self.withheld)


def sight_of(bench: Bench, person: Person) -> Sight:
    """What a person may see of what others judged: who does not judge, all."""
    rule = rule_of(bench)
    if rule == Second() or not person.may("reviewer"):
        return Sight()

    def make() -> Sight:
        every = numbered(bench)
        awaiting = _with_older(waiting_for(bench, person.name), every.values())

        def hidden(one: Judgement) -> bool:
            said = every.get(one.undoes, one) if one.undoes is not None else one
            return said.kind in KINDS and said.who != person.name and not awaiting.isdisjoint(said.of)

        return Sight(awaiting, frozenset(one.id for one in every.values() if awaiting and hidden(one)))

    return bench.small(("sight", rule, person.name), make)


def _with_older(statements: Iterable[str], judgements: Iterable[Judgement]) -> frozenset[str]:
    """Statements, by their ids, with those from which a judgement was carried over to them: it says the same
    of these."""
    older: dict[str, set[str]] = defaultdict(set)
    for one in judgements:
        if one.carried is not None:
            older[one.subject].add(one.carried[1])
    found, left = set[str](), list(statements)
    while left:
        id = left.pop()
        if id not in found:
            found.add(id)
            left += older[id]
    return frozenset(found)


def mark_of_second(bench: Bench) -> str:
    """A mark of what an answer hangs on beside the ledger and who asks: what needs a second person."""
    return repr(rule_of(bench))


def _sight(bench: Here, person: Who) -> Sight:
    return sight_of(bench, person)


Sees = Annotated[Sight, Depends(_sight)]
"""What whoever asks may see of what others judged."""
