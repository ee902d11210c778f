"""Whoever could be the actor or target of a trigger, and what speaks for each, in whatever language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.entities import EntityKind
from onrecord.language import Clause
from onrecord.statements._arguments import Found
from onrecord.statements._drafts import Draft
from onrecord.statements._kinds import SLOTS
from onrecord.statements._match import Match
from onrecord.statements._model import StatementType
from onrecord.statements._phrases import Phrase
from onrecord.statements._tools import Tools

Slot = Literal["actor", "target"]

# Bounds, in tokens, of what counts as near, close and far from a trigger.
_BOUNDS = (3, 7, 14)
# How many sentences back somebody is still in mind, and how many drafts are looked at.
_BACK = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could fill a slot, and what speaks for and against it."""

    found: Found
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Slotted:
    """A slot of a trigger: where the trigger's sentence stands on the page, the statement type, whom the
    rules found, and all candidates."""

    start: int
    end: int
    type: StatementType
    slot: Slot
    ruled: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    """A slot of a match, with what is so of it whoever fills it."""

    match: Match
    slot: Slot
    kinds: tuple[EntityKind, ...]
    own: tuple[str, ...]
    others: tuple[str, ...]
    passive: bool
    taken: float
    speakers: frozenset[str]
    before: frozenset[str]
    of_such_before: frozenset[str]
    other_before: frozenset[str]


class Candidates:
    """Lists the candidates of a match on one page; `drafts` is what was read of it, which grows."""

    def __init__(self, tools: Tools, drafts: Sequence[Draft]) -> None:
        self.tools = tools
        self.view = tools.view
        self.drafts = drafts
        named = Counter(
            m.keys[0] for m in self.view.resolution.mentions if m.form in ("name", "part", "noun")
        )
        self._counts = named
        companies = [key for key in named if self.view.kind(key) == "company"]
        self._main = max(companies, key=lambda key: named[key], default=None)

    def of(self, match: Match, slot: Slot, other: Found | None) -> list[Candidate]:
        """Everybody named in the match's sentence, then in those before, who is of a kind that the slot takes
        and is not `other`, the match's other argument."""
        opened = self._open(match, slot)
        best: dict[tuple[str, ...], Candidate] = {}
        apart = set(other.keys) if other is not None else set()
        for candidate in (*self._here(opened), *self._before(opened)):
            keys = candidate.found.keys
            fits = not set(keys) & apart and all(self.view.kind(k) in opened.kinds for k in keys)
            if fits and keys not in best:
                best[keys] = candidate
        alone = Counter(self.view.kind(keys[0]) for keys in best)
        for keys, candidate in best.items():
            if alone[self.view.kind(keys[0])] == 1:
                candidate.features["only of its kind"] = 1.0
        return list(best.values())

    def slotted(self, match: Match, filled: tuple[Found | None, Found | None]) -> Iterator[Slotted]:
        """The two slots of a match with their candidates; `filled`: actor and target by the rules."""
        page, tokens = self.view.analysis.page, self.view.tokens
        sentence = self.view.analysis.sentences[match.clause.sentence]
        start, end = page.original_span(tokens[sentence.first].start, tokens[sentence.last - 1].end)
        slots: tuple[tuple[Slot, Found | None, Found | None], ...] = (
            ("actor", filled[0], filled[1]),
            ("target", filled[1], filled[0]),
        )
        for slot, own, other in slots:
            ruled = own.keys if own is not None else ()
            yield Slotted(start, end, match.trigger.type, slot, ruled, tuple(self.of(match, slot, other)))

    def _open(self, match: Match, slot: Slot) -> _Open:
        """A slot with what is told once for all its candidates."""
        trigger, slots = match.trigger, SLOTS[match.trigger.type]
        near = [d for d in self.drafts if match.clause.sentence - d.sentence <= _BACK]
        actors = [(d.type, d.actor) for d in near if d.actor]
        targets = [(d.type, d.target) for d in near if d.target]
        same, other = (actors, targets) if slot == "actor" else (targets, actors)
        own, others = (trigger.actor, trigger.target) if slot == "actor" else (trigger.target, trigger.actor)
        passive = self.tools.parts.passive(match)
        return _Open(
            match=match,
            slot=slot,
            kinds=slots.actor if slot == "actor" else slots.target,
            own=own,
            others=others,
            passive=passive,
            taken=self.taken(match, own, passive),
            speakers=frozenset(self.tools.attributor.above(match.clause, match.places).sources),
            before=frozenset(key for _, key in same),
            of_such_before=frozenset(key for kind, key in same if kind == trigger.type),
            other_before=frozenset(key for _, key in other),
        )

    def taken(self, match: Match, own: tuple[str, ...], passive: bool) -> float:
        """Whether something that stands for nobody is where the slot's own phrase would be."""
        parts = self.tools.parts
        if match.trigger.part != "verb":
            return 0.0
        subject = parts.subject(match.clause)
        asks_subject = ("object" if passive else "subject") in own
        if asks_subject and subject is not None and not subject.keys and not subject.we:
            return 1.0
        objects = [] if passive or "object" not in own else parts.objects(match.clause, match.places)
        return float(bool(objects) and not any(p.keys for p in objects))

    # -- where they stand ------------------------------------------------------------------------------------

    def _here(self, opened: _Open) -> Iterator[Candidate]:
        """Those whom the sentence names, the nearest to the trigger first."""
        match = opened.match
        phrases = [p for p in self.view.phrases[match.clause.sentence] if p.keys]
        objects = {p.first for p in self.tools.parts.objects(match.clause)}
        for phrase in sorted(phrases, key=lambda p: (self._distance(p, match), p.first)):
            found = self.tools.arguments.entities(phrase, opened.kinds)
            if found is not None:
                features = self._common(opened, found)
                features.update(self._standing(opened, phrase, objects))
                yield Candidate(found.by("likeliest"), features)

    def _before(self, opened: _Open) -> Iterator[Candidate]:
        """Those whom the sentences before name, the last first."""
        sentences = self.view.analysis.sentences
        here = opened.match.clause.sentence
        for back in range(1, min(_BACK, here) + 1):
            sentence = sentences[here - back]
            clauses = self.view.clauses[sentence.index]
            subject = self.tools.parts.subject(clauses[0]) if clauses else None
            for phrase in reversed(self.view.phrases[sentence.index]):
                found = self.tools.arguments.entities(phrase, opened.kinds) if phrase.keys else None
                if found is not None:
                    features = self._common(opened, found)
                    features[f"{back} back"] = 1.0
                    features["subject back"] = float(subject is not None and subject.first == phrase.first)
                    features["same block"] = float(sentence.block is sentences[here].block)
                    yield Candidate(Found(found.keys, found.directness, "likeliest"), features)

    def _distance(self, phrase: Phrase, match: Match) -> int:
        return min(abs(phrase.head - place) for place in match.places)

    # -- what speaks for them --------------------------------------------------------------------------------

    def _common(self, opened: _Open, found: Found) -> dict[str, float]:
        """What is so of somebody wherever he stands."""
        slot, kinds, kind, key = opened.slot, opened.kinds, self.view.kind(found.keys[0]), found.keys[0]
        trigger = opened.match.trigger
        return {
            f"kind={kind}": 1.0,
            f"{trigger.type} {kind}": 1.0,
            f"rank={kinds.index(kind) if kind in kinds else 'none'}": 1.0,
            "indirect": 1.0 - found.directness,
            "main company": float(key == self._main),
            "named often": float(min(self._counts[key], 5)) / 5,
            "speaker": float(key in opened.speakers),
            f"{slot} before": float(key in opened.before),
            f"{slot} of such before": float(key in opened.of_such_before),
            "other slot before": float(key in opened.other_before),
            "several": float(len(found.keys) > 1),
            f"place taken, {trigger.type}": opened.taken,
            "place taken": opened.taken,
        }

    def _standing(self, opened: _Open, phrase: Phrase, objects: set[int]) -> Iterator[tuple[str, float]]:
        """What is so of somebody by the place of his phrase in the sentence."""
        match, own, others = opened.match, opened.own, opened.others
        trigger, clause = match.trigger, match.clause
        part = trigger.part
        place = self._place(phrase, clause)
        side = "before" if phrase.last <= match.at else "after" if phrase.first > match.at else "around"
        distance = self._distance(phrase, match)
        near = next((bound for bound in _BOUNDS if distance <= bound), "far")
        yield f"clause={place}", 1.0
        yield f"{part} side={side}", 1.0
        yield f"{trigger.type} side={side}", 1.0
        yield f"near={near}", 1.0
        yield f"{part} {place} {side}", 1.0
        yield f"via={phrase.via}", 1.0
        if phrase.mention is not None:
            yield f"form={phrase.mention.form}", 1.0
        role = self._role(phrase, clause, objects)
        yield f"{part} {'passive' if opened.passive else 'active'} {role}", 1.0
        yield f"{trigger.type} {role}", 1.0
        word = (phrase.preposition or "").replace(" ", "_")
        if word:
            yield "listed preposition", float(word in own)
            yield "the other's preposition", float(word in others)
            yield "other preposition", float(word not in own and word not in others)
            yield "agent's preposition", float(phrase.preposition in self.view.words.agent)
            yield "preposition of ownership", float(phrase.preposition in self.view.words.genitive_of)
            yield "preposition of place", float(phrase.preposition in self.view.words.locative)
        asked = next((listed for listed in ("subject", "object") if listed in own), "other")
        yield f"asks {asked} {role}", 1.0

    def _place(self, phrase: Phrase, clause: Clause) -> str:
        """How the phrase's clause stands to the trigger's."""
        own = self.view.clause_at.get(phrase.head)
        if own is None or own.index == clause.index:
            return "same"
        if own.index == clause.parent:
            return "above"
        if own.parent == clause.index:
            return f"below {own.kind}"
        if clause.index == own.conjunct_of or own.index == clause.conjunct_of:
            return "beside"
        return "elsewhere"

    def _role(self, phrase: Phrase, clause: Clause, objects: set[int]) -> str:
        """What the phrase is in its clause, whose objects begin at `objects`, or in the clause above."""
        parts = self.tools.parts
        subject = parts.subject(clause)
        if subject is not None and subject.first == phrase.first:
            return "subject"
        if phrase.first in objects:
            return "object"
        if clause.parent is not None:
            above = parts.subject(self.view.clause_by_index(clause.parent))
            if above is not None and above.first == phrase.first:
                return "subject above"
        return "oblique" if phrase.preposition else "loose"
