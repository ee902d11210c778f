"""What a page may say: a draft for every trigger and every likely filling of its slots, by the networks and
by the patterns, each with what speaks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from math import log
from typing import NamedTuple

import numpy as np

from onrecord.entities import noun_in
from onrecord.statements._arguments import Found
from onrecord.statements._denial import DENIAL
from onrecord.statements._drafts import Draft, Evidence
from onrecord.statements._force import UTTERED
from onrecord.statements._lexicon import plain_trigger
from onrecord.statements._match import Match
from onrecord.statements._model import STATUSES, TYPES
from onrecord.statements._pattern import PageReading
from onrecord.statements.learned._encoder import encode
from onrecord.statements.learned._marks import Marks, marks
from onrecord.statements.learned._model_files import Array
from onrecord.statements.learned._new_names import NewNames
from onrecord.statements.learned._slots import (
    Anchor,
    Named,
    Slots,
    named_in,
    slots,
    trigger_likelihoods,
)
from onrecord.statements.learned._windows import Window, windows

LEAST_TRIGGER = 0.15
"""A word less likely a trigger than this is none."""
NEAR = 3
"""Words this near that carry one type are one trigger."""
BESIDE, LEAST_BESIDE = 0.4, 0.2
"""An entity as likely as this beside the likeliest one, and as likely as this at all, fills the slot too."""


class Candidate(NamedTuple):
    """Something that a page may say, with the features that tell how likely it does."""

    draft: Draft
    features: dict[str, float]


def candidates(patterns: PageReading) -> list[Candidate]:
    """Whatever a page that the patterns have read may say."""
    marked, names = marks(patterns), NewNames(patterns.view)
    found: dict[tuple[object, ...], Candidate] = {}
    for window in windows(patterns.analysis):
        for candidate in _WindowReading(patterns, marked, names, window).candidates():
            draft = candidate.draft
            key = (draft.sentence, draft.type, draft.actor, draft.target)
            if key not in found or _strength(candidate) > _strength(found[key]):
                found[key] = candidate
    best: dict[tuple[int, str], float] = {}
    for candidate in found.values():
        place = candidate.draft.sentence, candidate.draft.type
        best[place] = max(best.get(place, _strength(candidate)), _strength(candidate))
    return [
        Candidate(c.draft, c.features | {"behind": best[c.draft.sentence, c.draft.type] - _strength(c)})
        for c in found.values()
    ]


def _strength(candidate: Candidate) -> float:
    return sum(candidate.features.get(name, 0.0) for name in ("trigger", "actor", "target"))


class _WindowReading:
    """The candidates of one window."""

    def __init__(self, patterns: PageReading, marked: Marks, names: NewNames, window: Window) -> None:
        self.patterns = patterns
        self.names = names
        self.view = patterns.view
        self.marks = marked
        self.window = window
        self.breaking = {
            place
            for at, triggers in ((d.at, d.evidence) for d in patterns.drafts if d.type == "wrongdoing")
            for place in (at, *(triggers.trigger if triggers is not None else ()))
        }

    def candidates(self) -> Iterator[Candidate]:
        """A candidate for each anchor and filling of its slots."""
        vectors = encode(self.window)
        named = named_in(self.window, self.view, self.names.mentions(self.window, vectors))
        if not named.mentions:
            return
        likely = trigger_likelihoods(self.window, vectors, self.marks)
        ruled = [d for d in self.patterns.drafts if self.window.own <= d.at < self.window.last]
        places = {(d.at, d.type) for d in ruled}
        denied = self._denied(ruled)
        anchors = [a for a in self._anchors(likely) if a.at not in denied or a.type == "wrongdoing"]
        peaks = {(a.at, a.type) for a in anchors}
        for at, kind in sorted(places - peaks):
            anchors.append(Anchor(at, kind, float(likely[at - self.window.first, TYPES.index(kind)])))
        for anchor, any_filled in zip(
            anchors, slots(self.window, vectors, anchors, named, self.view, self.marks), strict=True
        ):
            filled = self._measured(anchor, any_filled)
            told = [d for d in ruled if (d.at, d.type) == (anchor.at, anchor.type)]
            pairs = {(d.actor, d.target) for d in told}
            if (anchor.at, anchor.type) in peaks:
                pairs |= set(_pairs(filled))
            for actor, target in sorted(pairs, key=str):
                yield self._candidate(anchor, filled, actor, target, ruled, named)

    def _measured(self, anchor: Anchor, filled: Slots) -> Slots:
        """Slots by what the sentence tells of measures: one is aimed at whom its noun names ("sanctions
        against *Iran*"); who breaks it wrongs whoever took it, not them; neither he nor they took it."""
        sentence = int(self.marks.sentence[anchor.at])
        measures = self.patterns.tools.measures
        listed, aimed = measures.of(sentence), measures.only_aimed_at(sentence)
        wrongs = anchor.type == "wrongdoing"
        actor, target = filled.actor, filled.target
        if wrongs or anchor.at in listed or anchor.at in self.breaking:
            actor = _without(actor, aimed)
        if wrongs or (anchor.at in self.breaking and anchor.at not in listed):
            target = _without(target, aimed, measures.takers(sentence) if wrongs else ())
        elif anchor.type == "restriction" and listed.get(anchor.at):
            drafts = (d for d in self.patterns.drafts if d.sentence == sentence)
            breakers = {d.actor for d in drafts if d.type == "wrongdoing" and d.actor is not None}
            if breakers:
                named = {key for phrase in listed[anchor.at] for key in phrase.keys}
                target = _without(target, target.keys() - named)
                actor = _without(actor, breakers, measures.takers(sentence))
        return replace(filled, actor=actor, target=target)

    def _denied(self, ruled: list[Draft]) -> set[int]:
        """The places of words that deny an accusation without telling it ("*denied* the *allegations*"): they
        say of no other act that it was not done."""
        accusation = self.patterns.tools.lexicon.attribution.accusation
        bare = [d for d in ruled if d.rule == DENIAL and noun_in(self.view.tokens[d.at].lemma, accusation)]
        verbs = (o for d in bare for o in self.patterns.operators.of(d.clause) if o.kind == "deny")
        return {d.at for d in bare} | {place for o in verbs for place in o.places}

    def _anchors(self, likely: Array) -> Iterator[Anchor]:
        """The likeliest words of each type, none near a likelier one of its sentence."""
        own = self.window.own - self.window.first
        kept: list[tuple[int, int]] = []
        places = [
            (i, t)
            for i, t in np.argwhere(likely > LEAST_TRIGGER).tolist()
            if i >= own and i + self.window.first in self.view.clause_at
        ]
        for i, t in sorted(places, key=lambda place: (-likely[place], place)):
            at = i + self.window.first
            if any(
                t == other and abs(at - place) <= NEAR and self._together(at, place) for place, other in kept
            ):
                continue
            kept.append((at, t))
            yield Anchor(at, TYPES[t], float(likely[i, t]))

    def _together(self, at: int, place: int) -> bool:
        return bool(self.marks.sentence[at] == self.marks.sentence[place])

    def _candidate(
        self,
        anchor: Anchor,
        filled: Slots,
        actor: str | None,
        target: str | None,
        ruled: list[Draft],
        named: Named,
    ) -> Candidate:
        """What the anchor says of these two, and what speaks for it."""
        sentence = int(self.marks.sentence[anchor.at])
        same = [
            d
            for d in ruled
            if (d.sentence, d.type, d.actor, d.target) == (sentence, anchor.type, actor, target)
        ]
        source = max(filled.source, key=lambda key: filled.source[key])
        status = int(np.argmax(filled.status))
        draft = same[0] if same else self._draft(anchor, actor, target, filled, named)
        told = draft.status, draft.speaker
        if told[0] != STATUSES[status] and draft.evidence is not None:
            draft = replace(draft, evidence=replace(draft.evidence, why="context"))
        draft = replace(draft, status=STATUSES[status], source=self._sources(draft, source))
        rivals = sum(
            d.type == anchor.type and d.sentence == sentence and (d.actor, d.target) != (actor, target)
            for d in ruled
        )
        features = {
            "trigger": _log_odds(anchor.likely),
            "actor": log(max(filled.actor.get(actor, 0.0), 1e-4)),
            "target": log(max(filled.target.get(target, 0.0), 1e-4)),
            "source": log(max(filled.source[source], 1e-4)),
            "status": log(max(filled.status[status], 1e-4)),
            "patterns": float(bool(same)),
            "patterns otherwise": float(rivals > 0 and not same),
            "patterns' status": float(bool(same) and told[0] == draft.status),
            "patterns' source": float(bool(same) and told[1] == source),
            "no actor": float(actor is None),
            "no target": float(target is None),
            f"type={anchor.type}": 1.0,
            f"{anchor.type} actor kind={self._kind(actor)}": 1.0,
            f"{anchor.type} target kind={self._kind(target)}": 1.0,
            "new actor": float(actor in self.names.entities),
            "new target": float(target in self.names.entities),
            f"block={self.view.analysis.sentences[sentence].block.kind}": 1.0,
            f"status={draft.status}": 1.0,
        }
        return Candidate(draft, {label: value for label, value in features.items() if value})

    def _kind(self, key: str | None) -> str:
        return "none" if key is None else self.view.kind(key)

    def _sources(self, draft: Draft, first: str | None) -> tuple[str, ...]:
        """The chain of sources that begins with the likeliest first one, or with whom that one cites: as
        grammar tells it where it holds that one. Whoever promises, threatens or asks is none of it."""
        if first is None or (draft.type in UTTERED and first == draft.actor):
            return ()
        return draft.chain_from(first) if first in draft.source else (first,)

    def _draft(
        self, anchor: Anchor, actor: str | None, target: str | None, filled: Slots, named: Named
    ) -> Draft:
        """A draft for a trigger that the patterns don't read so."""
        clause = self.view.clause_at[anchor.at]
        above = self.patterns.attributor.above(clause)
        match = Match(plain_trigger(anchor.type), clause, anchor.at, (anchor.at,))
        topic = self.patterns.force.topic(match, self.patterns.topic_span(match), anchor.type)
        return Draft(
            sentence=int(self.marks.sentence[anchor.at]),
            clause=clause,
            at=anchor.at,
            type=anchor.type,
            actor=actor,
            target=target,
            status="asserted",
            topic=topic,
            source=tuple(above.sources),
            when=self.patterns.when(anchor.type, clause, above),
            confidence=0.0,
            rule=f"{anchor.type}/context:{self.view.tokens[anchor.at].lemma}",
            evidence=Evidence(
                (anchor.at,),
                self._found(anchor.at, actor, filled.actor, named),
                self._found(anchor.at, target, filled.target, named),
                "context",
                tuple(above.operators),
            ),
        )

    def _found(self, at: int, key: str | None, likely: dict[str | None, float], named: Named) -> Found | None:
        """An argument with the mention of it that stands nearest to the trigger."""
        if key is None:
            return None
        near = min(
            (m for m, k in zip(named.mentions, named.keys, strict=True) if k == key),
            key=lambda m: abs(m.head - at),
            default=None,
        )
        span = (near.first, near.last) if near is not None else None
        return Found((key,), round(likely[key], 2), "context", span)


def _pairs(filled: Slots) -> Iterator[tuple[str | None, str | None]]:
    """The likely actors with the likely targets."""
    for actor in _likely(filled.actor):
        for target in _likely(filled.target):
            if actor is None or actor != target:
                yield actor, target


def _likely(slot: dict[str | None, float]) -> list[str | None]:
    """Who fills a slot: the likeliest, or nobody where that is likeliest, and all nearly as likely."""
    best = max(slot, key=lambda key: slot[key])
    if best is None:
        return [None]
    least = max(LEAST_BESIDE, BESIDE * slot[best])
    return [key for key, likely in slot.items() if key == best or (key is not None and likely > least)]


def _without(
    slot: dict[str | None, float], keys: Collection[str | None], heirs: Collection[str] = ()
) -> dict[str | None, float]:
    """The likelihoods of a slot if none of `keys` can fill it: theirs goes to `heirs`, else to all others."""
    kept = {key: likely for key, likely in slot.items() if key not in keys}
    if len(kept) == len(slot):
        return slot
    left = sum(slot.values()) - sum(kept.values())
    for key in heirs:
        kept[key] = kept.get(key, 0.0) + left / len(heirs)
    total = sum(kept.values())
    return {key: likely / total for key, likely in kept.items()} if total else slot


def _log_odds(likely: float) -> float:
    bounded = min(max(likely, 1e-4), 1 - 1e-4)
    return log(bounded / (1 - bounded))
