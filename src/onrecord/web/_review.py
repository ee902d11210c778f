"""What a person has before them in review: the queue, what they may see, and what they judge."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Query

from onrecord.language import installed_languages
from onrecord.ledger import JudgedMeanwhile, Judgement, NoSuchJudgement, NotJudged, StoredStatement
from onrecord.standing import Queue, Queued, Wanted, queue_of, rows_of, said_of
from onrecord.statements import TYPES
from onrecord.team import Blind, Person, Reviews, Watching
from onrecord.web._agreement import Pair, pairs_of
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem
from onrecord.web._found import statement_of
from onrecord.web._second import Kind, histories, needs_another, rule_of, sight_of, waiting_for

MOST_AT_ONCE = 500
"""Statements that one judgement may be of."""


def _wanted(
    supplier: Annotated[str, Query(max_length=500, description="Only about this one, by any name.")] = "",
    type: Annotated[str, Query(max_length=50, description="Only statements of this type.")] = "",
    in_language: Annotated[str, Query(max_length=10, description="Only on pages in this language.")] = "",
    outlet: Annotated[str, Query(max_length=500, description="Only on pages of this outlet.")] = "",
) -> Wanted:
    for name, told, known in (
        ("type", type.strip(), TYPES),
        ("language", in_language.strip(), installed_languages()),
    ):
        if told and told not in known:
            raise Problem(
                HTTPStatus.BAD_REQUEST, f"There is no {name} '{told}'. Name one of: {', '.join(known)}."
            )
    return Wanted(*(one.strip() or None for one in (supplier, type, in_language, outlet)))


Asked = Annotated[Wanted, Depends(_wanted)]
"""What of the queue is asked for."""


def fields_of(wanted: Wanted) -> dict[str, str]:
    """The same as fields of an address."""
    told = {
        "supplier": wanted.supplier,
        "type": wanted.type,
        "in_language": wanted.language,
        "outlet": wanted.outlet,
    }
    return {name: value for name, value in told.items() if value}


def followed(bench: Bench, person: Person) -> frozenset[str]:
    """The keys of the suppliers whom somebody follows, with whom more is at stake."""
    return frozenset(one.supplier for one in Watching(bench.team).follows(person.account))


def pairs(bench: Bench) -> tuple[Pair, ...]:
    """The statements that two persons judged, the second without having seen what the first said."""
    return pairs_of(Reviews(bench.team).blind(), histories(bench))


def disagreed(bench: Bench) -> tuple[Pair, ...]:
    """Those of which they say different things and which nobody has settled."""
    return tuple(pair for pair in pairs(bench) if not pair.agreed and pair.settled is None)


def queue_for(bench: Bench, person: Person, wanted: Wanted) -> Queue:
    """What waits for a person, what they put off last."""
    if wanted.supplier is not None:
        found = bench.small(("named", wanted.supplier), lambda: bench.ledger.entity(wanted.supplier or ""))
        wanted = replace(wanted, supplier=found.entity.key) if found is not None else wanted
    rule, follows = rule_of(bench), followed(bench, person)

    def make() -> Queue:
        once = waiting_for(bench, person.name)
        return queue_of(bench.ledger, wanted, followed=follows, once=once, second=rule)

    queue = bench.kept(("review", person.name, wanted, rule, follows), make)
    skipped = Reviews(bench.team).skipped(person.name)
    if not skipped:
        return queue
    rows = bench.kept(("rows", skipped), lambda: rows_of(bench.ledger, skipped))
    return queue.put_off([rows[id] for id in skipped if id in rows])


@dataclass(frozen=True, slots=True)
class Case:
    """A statement before a person, as they may see it. `queued` tells why it is in the queue, if it is; where
    `blind`, what was judged of it is withheld. `seen` is the number of the last judgement of it."""

    stored: StoredStatement
    queued: Queued | None
    blind: bool
    judgements: tuple[Judgement, ...]
    seen: int | None


def case_of(bench: Bench, person: Person, stored: StoredStatement, queued: Queued | None = None) -> Case:
    """A statement as this person may see it in review."""
    held = bench.ledger.judgements(subject=stored.id)
    sees = sight_of(bench, person)
    blind = stored.id in sees.awaiting
    return Case(sees.statement(stored), queued, blind, () if blind else held, seen_of(held))


def seen_of(held: Sequence[Judgement]) -> int | None:
    """What whoever has these judgements of a statement before them has seen."""
    return max((number for one in held for number in (one.id, one.undone_by or 0)), default=None)


def some_of(bench: Bench, queue: Queue, begin: int, end: int) -> list[tuple[Queued, StoredStatement]]:
    """A stretch of the queue, each with its statement."""
    queued = [queue[at] for at in range(max(0, begin), min(end, len(queue)))]
    said = said_of(bench.ledger, [one.row for one in queued]) if queued else {}
    return [(one, said[one.row]) for one in queued if one.row in said]


def judge(
    bench: Bench,
    person: Person,
    kind: Kind,
    statements: Sequence[str],
    *,
    why: str,
    changes: Mapping[str, Any] | None,
    seen: int | None,
) -> Judgement:
    """Judge in a person's name, statements given by the beginnings of their ids. `Problem` where one is not
    there or it cannot be judged so; `JudgedMeanwhile` where somebody else judged one after what was `seen`.
    """
    ids = [statement_of(bench, one).id for one in dict.fromkeys(statements)]
    if not ids:
        raise Problem(HTTPStatus.BAD_REQUEST, "Name at least one statement.")
    encodable(why, json.dumps(changes or {}, ensure_ascii=False))
    try:
        if len(ids) == 1:
            return _judge_one(bench, person, kind, ids[0], why, changes, seen)
        if kind == "correct":
            raise Problem(HTTPStatus.BAD_REQUEST, "Correct one statement at a time.")
        if changes:
            raise Problem(HTTPStatus.BAD_REQUEST, "Only a correction says what to change.")
        _note_blind(bench, person, ids, seen)
        return bench.ledger.judge_all(kind, ids, who=person.name, why=why, seen=seen)
    except JudgedMeanwhile as error:
        sees, theirs = sight_of(bench, person), error.judgement
        if not sees.hides(theirs):
            raise
        raise Problem(
            HTTPStatus.CONFLICT,
            f"Judgement {theirs.id} by {theirs.who} came since you last looked. Nothing of yours was noted: "
            "look at it again, then judge.",
            judgement=sees.fields(theirs),
            key="review_meanwhile",
        ) from None
    except NotJudged as error:
        raise Problem(HTTPStatus.BAD_REQUEST, str(error)) from None


def _judge_one(
    bench: Bench,
    person: Person,
    kind: Kind,
    statement: str,
    why: str,
    changes: Mapping[str, Any] | None,
    seen: int | None,
) -> Judgement:
    _note_blind(bench, person, [statement], seen)
    passed = bench.ledger.judge(
        kind, statement, who=person.name, why=why, changes=dict(changes) if changes else None, seen=seen
    )
    Reviews(bench.team).unskip(person.name, statement)
    return passed


def _note_blind(bench: Bench, person: Person, statements: Sequence[str], seen: int | None) -> None:
    """Note of which of the statements somebody is about to be the second to judge; before they do, so that a
    judgement passed just before a crash is known to have been blind."""
    for statement in statements:
        first = needs_another(bench, statement, person)
        if first is not None and (seen or 0) >= first.id:
            Reviews(bench.team).note_blind(Blind(person.name, statement, first.id))


def undo(bench: Bench, person: Person, number: int, why: str) -> Judgement:
    """Undo a judgement in a person's name. `Problem` where there is none of that number."""
    encodable(why)
    try:
        return bench.ledger.undo(number, who=person.name, why=why)
    except NoSuchJudgement as error:
        raise Problem(HTTPStatus.NOT_FOUND, str(error)) from None


def last_by(bench: Bench, person: Person) -> Judgement | None:
    """The last judgement of statements by a person that was not undone."""
    judged = (one for held in histories(bench).values() for one in held if one.who == person.name)
    return max(judged, key=lambda one: one.id, default=None)


def encodable(*told: str) -> None:
    """`Problem` for halves of characters, which no database takes."""
    for text in told:
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise Problem(
                HTTPStatus.BAD_REQUEST, "Half of a character stands in what you wrote. Leave it out."
            )
