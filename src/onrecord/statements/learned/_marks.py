"""What grammar and the lexicon's patterns tell of a page's words, as numbers that the networks take."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from onrecord.entities import EntityKind
from onrecord.language import Token
from onrecord.statements._confidence import featured, likelihood
from onrecord.statements._drafts import Draft
from onrecord.statements._model import STATUSES, TYPES, StatementType
from onrecord.statements._operators import speaker
from onrecord.statements._pattern import PageReading
from onrecord.statements.learned._model_files import Array

KINDS: tuple[EntityKind, ...] = ("state", "company", "person", "body", "outlet", "role")
FORMS = ("name", "part", "noun", "people", "role", "pronoun", "possessive")
ROLES = ("actor", "target", "source")

# The relations of Universal Dependencies that the networks tell apart; others count as none.
_RELATIONS = (
    "nsubj", "obj", "obl", "nmod", "iobj", "nsubj:pass", "obl:agent", "amod", "appos", "conj", "root",
    "xcomp", "ccomp", "advcl", "acl", "acl:relcl", "compound", "flat", "case", "mark", "nmod:poss",
    "parataxis",
)  # fmt: skip
_RELATION = {name: n for n, name in enumerate(_RELATIONS, 1)}
RELATIONS = len(_RELATIONS) + 1
PATHS = 2 + 4 * RELATIONS
DISTANCES = (-40, -20, -12, -8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 12, 20, 40)
"""Tokens from a trigger to a mention: the bounds of the bins."""
BEFORE, AFTER = -4, 2
"""Sentences from a trigger to a mention: what lies farther counts as this far."""


def relation(dep: str) -> int:
    """The number of a relation; of its general one where the special one is not told apart; else 0."""
    return _RELATION.get(dep, _RELATION.get(dep.partition(":")[0], 0))


def path(tokens: tuple[Token, ...], trigger: int, head: int) -> int:
    """How a mention hangs on a trigger by grammar: not, itself, on it, on what hangs on it, above it, beside
    it; with the relation."""
    if head == trigger:
        return 1
    above = tokens[head].head
    if above == trigger:
        return 2 + relation(tokens[head].dep)
    if tokens[above].head == trigger and above != trigger:
        return 2 + RELATIONS + relation(tokens[above].dep)
    own = tokens[trigger].head
    if own == head:
        return 2 + 2 * RELATIONS + relation(tokens[trigger].dep)
    if own == above and own != trigger:
        return 2 + 3 * RELATIONS + relation(tokens[head].dep)
    return 0


class Told(NamedTuple):
    """A draft of the patterns as the networks see it: where its trigger stands, whom it names, its status."""

    at: int
    keys: tuple[str | None, str | None, str | None]
    status: int


# An act that is decided, and one that is alleged: their cues of status differ.
_FORCED: tuple[StatementType, ...] = ("restriction", "wrongdoing")


@dataclass(frozen=True)
class Marks:
    """A page's words by place.

    `triggers`: for each word and type how likely the patterns' reading by it is, and whether a trigger there
    was refused. `force`: what status cues tell of the word's clause, for an act and for wrongdoing.
    `sources`: who speaks in the clause. `told`: drafts by sentence and type. `sentence`: of each word.
    """

    triggers: Array
    force: Array
    sources: tuple[str | None, ...]
    told: dict[tuple[int, StatementType], list[Told]]
    sentence: Array

    def without_readings(self) -> Marks:
        """The same words as if the patterns had read nothing in them."""
        return replace(self, triggers=np.zeros_like(self.triggers), told={})


def marks(patterns: PageReading) -> Marks:
    """The marks of a page that the patterns have read."""
    view = patterns.view
    count = len(view.tokens)
    sentence = np.zeros(count, np.int64)
    for s in view.analysis.sentences:
        sentence[s.first : s.last] = s.index
    triggers = np.zeros((count, 2 * len(TYPES)), np.float32)
    told: defaultdict[tuple[int, StatementType], list[Told]] = defaultdict(list)
    for draft, found in featured(patterns.drafts, view):
        likely = likelihood(found)
        number = TYPES.index(draft.type)
        for place in _places(draft):
            triggers[place, number] = max(triggers[place, number], likely)
        triggers[draft.at, number] = max(0.5, likely)
        keys = (draft.actor, draft.target, draft.speaker)
        told[int(sentence[draft.at]), draft.type].append(Told(draft.at, keys, STATUSES.index(draft.status)))
    for match, _ in patterns.refused:
        triggers[list(match.places), len(TYPES) + TYPES.index(match.trigger.type)] = 1
    force = np.zeros((count, 2 * len(STATUSES)), np.float32)
    sources: list[str | None] = [None] * count
    for clause in view.analysis.clauses:
        above = patterns.attributor.above(clause)
        told_by = speaker(above.sources, above.operators)
        places = list(clause.tokens)
        for n, kind in enumerate(_FORCED):
            status = patterns.force.plain_status(clause, kind, above.status)
            force[places, n * len(STATUSES) + STATUSES.index(status)] = 1
        for place in places:
            sources[place] = told_by
    return Marks(triggers, force, tuple(sources), dict(told), sentence)


def _places(draft: Draft) -> tuple[int, ...]:
    return draft.evidence.trigger if draft.evidence is not None else (draft.at,)
