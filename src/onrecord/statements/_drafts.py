"""Statements before their quotes are cut: which of a sentence's are kept, and the quotes that become of
them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.language import Clause, Sentence
from onrecord.statements._arguments import Found
from onrecord.statements._force import Force
from onrecord.statements._model import Scope, Statement, StatementType, Status, Topic
from onrecord.statements._operators import Operator, only_cited, speaker
from onrecord.statements._view import View

# A sentence of more words than this is quoted by clause, a shorter one whole.
_LONG = 32


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement was read by: the places of its trigger's words, its arguments and how each was found,
    what gave its status, and the clauses' words of saying, denying, fearing …"""

    trigger: tuple[int, ...]
    actor: Found | None
    target: Found | None
    why: str
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its quote is cut: as in `Statement`, with its sentence, its clause and its trigger's
    place."""

    sentence: int
    clause: Clause
    at: int
    type: StatementType
    actor: str | None
    target: str | None
    status: Status
    topic: Topic | None
    source: tuple[str, ...]
    when: str | None
    confidence: float
    rule: str
    evidence: Evidence | None = None
    general: bool = False  # an accusation that names no act itself; gives way to the acts that follow it

    @property
    def speaker(self) -> str | None:
        """The nearest source whom no other cites."""
        return speaker(self.source, self.evidence.operators if self.evidence is not None else ())

    def chain_from(self, key: str) -> tuple[str, ...]:
        """The sources from one of them on, with whom that one cites."""
        cited = only_cited(self.evidence.operators) if self.evidence is not None else frozenset()
        at = self.source.index(key)
        while at and self.source[at - 1] in cited:
            at -= 1
        return self.source[at:]


def distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft for each type, actor, target and status of a sentence, the surest that names the act; and
    none that another says in full."""
    best: dict[tuple[object, ...], Draft] = {}
    for d in drafts:
        key = (d.type, d.actor, d.target, d.status)
        if key not in best or (not d.general, d.confidence) > (not best[key].general, best[key].confidence):
            best[key] = d
    return [d for d in best.values() if not any(_gives_way(d, other) for other in best.values())]


def _gives_way(d: Draft, other: Draft) -> bool:
    """Whether the other draft of the sentence makes this one needless: it names the target or the act; or it
    promises what this one denies to have done."""
    if d.type == "wrongdoing" and d.status == "negated" and other.type == "commitment":
        return other.clause is d.clause
    if d.actor is None and other.actor is not None:  # the same, with who does it
        return (other.type, other.target, other.status) == (d.type, d.target, d.status)
    if other is d or other.general or (other.type, other.actor, other.status) != (d.type, d.actor, d.status):
        return False
    return d.general or (d.target is None and other.target is not None)


def cut_statements(drafts: Iterable[Draft], force: Force) -> list[tuple[Draft, Statement]]:
    """The statements of a page, in order, each with its quote and the draft that it was cut from.

    Two sentences in a row that say the same by the same source give one statement, which quotes both.
    """
    view = force.view
    page, tokens, sentences = view.analysis.page, view.tokens, view.analysis.sentences
    found: list[tuple[int, Draft, Statement]] = []
    for d in sorted(drafts, key=lambda d: (d.sentence, d.at, d.type, d.actor or "", d.target or "")):
        sentence = sentences[d.sentence]
        first, last = _quoted(d, sentence, view)
        start, end = page.original_span(tokens[first].start, tokens[last - 1].end)
        outer_start, outer_end = page.original_span(
            tokens[sentence.first].start, tokens[sentence.last - 1].end
        )
        scope = force.scope(d.type, d.topic, d.clause)
        same = (
            n
            for n, (index, _, said) in enumerate(found)
            if _says_again(sentences[index], said, sentence, d) and not _otherwise(said.scope, scope)
        )
        earlier = next(same, None)
        if earlier is not None:
            _, first_said, said = found[earlier]
            longer = replace(
                said,
                end=end,
                quote=page.original[said.start : end],
                sentence_end=outer_end,
                scope=said.scope or scope,
            )
            found[earlier] = (d.sentence, first_said, longer)
            continue
        statement = Statement(
            start=start,
            end=end,
            quote=page.original[start:end],
            sentence_start=outer_start,
            sentence_end=outer_end,
            type=d.type,
            actor=d.actor,
            target=d.target,
            status=d.status,
            topic=d.topic,
            source=d.source,
            when=d.when,
            confidence=d.confidence,
            rule=d.rule,
            scope=scope,
        )
        found.append((d.sentence, d, statement))
    return [(draft, statement) for _, draft, statement in found]


def _says_again(before: Sentence, said: Statement, sentence: Sentence, d: Draft) -> bool:
    """Whether the sentence right after says the same by the same source (one statement then,
    docs/statements.md)."""
    if sentence.index - before.index != 1 or before.block is not sentence.block:
        return False
    earlier = (said.type, said.actor, said.target, said.status, said.topic, said.source[:1], said.when)
    return earlier == (d.type, d.actor, d.target, d.status, d.topic, d.source[:1], d.when)


def _otherwise(scope: Scope | None, other: Scope | None) -> bool:
    return scope is not None and other is not None and scope != other


def _quoted(d: Draft, sentence: Sentence, view: View) -> tuple[int, int]:
    """The tokens to quote: the sentence, or of a long one the main clause with all that hangs on it."""
    if sentence.last - sentence.first <= _LONG:
        return sentence.first, sentence.last
    top = d.clause
    seen: set[int] = set()
    while top.parent is not None and top.index not in seen:
        seen.add(top.index)
        top = view.clause_by_index(top.parent)
    places = {*view.family_places(top), *d.clause.tokens}
    first, last = min(places), max(places) + 1
    while last - first > 1 and view.tokens[first].pos in ("PUNCT", "CCONJ"):
        first += 1
    return first, last
