"""Phrases and words as the lexicons list them, put up so that a clause is asked only for those whose first
word it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from onrecord.statements._model import Scope, Topic

GAPS = ("…", "...")
"""What stands in a phrase for whatever comes between its parts."""

_JOINT = re.compile(r" - | ?['’] ?")

# How many words each list remembers its answer for.
_REMEMBERED = 10_000


class PhraseList(tuple[str, ...]):
    """Phrases of one or more words, in their order; a separable verb stands first, with its bar."""

    _by_head: dict[str, list[int]]
    _anywhere: list[int]
    _rest: list[frozenset[str]]

    def __new__(cls, listed: Iterable[str]) -> PhraseList:
        phrases = super().__new__(cls, listed)
        phrases._by_head, phrases._anywhere, phrases._rest = {}, [], []
        for rank, phrase in enumerate(phrases):
            head, *rest = phrase.split()
            phrases._rest.append(frozenset(w for w in rest if w not in GAPS and not w.startswith("-")))
            particle, bar, verb = head.partition("|")
            heads = {particle + verb, verb} if bar else {head}
            if head.startswith("-"):
                phrases._anywhere.append(rank)
            for word in heads:
                phrases._by_head.setdefault(word, []).append(rank)
        return phrases

    def beginning_in(self, words: Iterable[str], there: Set[str] | None = None) -> list[str]:
        """The phrases, in their order, whose first word may be one of `words` (forms and lemmas) and whose
        others are all among those that are `there`."""
        heads = self._by_head
        ranks = {rank for word in words if word in heads for rank in heads[word]}
        ranks.update(self._anywhere)
        return [self[rank] for rank in sorted(ranks) if there is None or self._rest[rank] <= there]


class TopicList:
    """Which words point to which topic; the first topic that a word points to wins."""

    def __init__(self, listed: Sequence[tuple[Topic, Sequence[str]]]) -> None:
        self.topics = [topic for topic, _ in listed]
        self._whole: dict[str, int] = {}
        self._parts: list[tuple[int, str, str]] = []  # rank, sort, letters
        self.phrases: list[tuple[int, str]] = []
        for rank, (_, words) in enumerate(listed):
            for word in words:
                if " " in word:
                    self.phrases.append((rank, word.rstrip("*")))
                elif word.startswith("*") and word.endswith("*"):
                    self._parts.append((rank, "inside", word[1:-1]))
                elif word.endswith("*"):
                    self._parts.append((rank, "start", word[:-1]))
                elif word.startswith("*"):
                    self._parts.append((rank, "end", word[1:]))
                else:
                    self._whole.setdefault(word, rank)
        self._rank = lru_cache(_REMEMBERED)(self._rank_of)

    def _rank_of(self, lower: str, lemma: str) -> int:
        ranks = [self._whole[w] for w in (lower, lemma) if w in self._whole]
        for rank, sort, letters in self._parts:
            if sort == "inside":
                hit = letters in lower
            elif sort == "start":
                hit = lower.startswith(letters)
            else:
                hit = lower.endswith(letters) or lemma.endswith(letters)
            if hit:
                ranks.append(rank)
                break  # the parts stand in the order of their topics
        return min(ranks, default=len(self.topics))

    def find(self, words: Sequence[tuple[str, str]]) -> Topic | None:
        """The topic of a run of words, each given by its lower-case form and its lemma."""
        text = " ".join(lower for lower, _ in words)
        ranks = [self._rank(lower, lemma) for lower, lemma in words]
        ranks += [rank for rank, phrase in self.phrases if phrase in text]
        best = min(ranks, default=len(self.topics))
        return self.topics[best] if best < len(self.topics) else None


@dataclass(frozen=True, slots=True)
class ScopeRules:
    """What holds of scopes in every language (`data/scopes.yaml`): topics that have `none`; by topic the
    scopes that stand `apart` from it; and by scope those `over` which it goes."""

    none: frozenset[Topic]
    apart: Mapping[Topic, frozenset[Scope]]
    over: Mapping[Scope, frozenset[Scope]]


class ScopeList:
    """Which words and phrases point to which scope. Of phrases that begin with one word the longest is taken,
    and its words point to nothing else ("*non-core* parts")."""

    def __init__(self, listed: Mapping[Scope, Sequence[str]], rules: ScopeRules) -> None:
        self._rules = rules
        words = [(word, scope) for scope, several in listed.items() for word in several]
        words.sort(key=lambda item: -len(item[0]))
        self._scope = {f"s{place}": scope for place, (_, scope) in enumerate(words)}
        told = "|".join(f"(?P<s{place}>{_pattern(word)})" for place, (word, _) in enumerate(words))
        self._words = re.compile(rf"(?<!\w)(?:{told})(?!\w)") if words else None

    def found(self, words: Iterable[str], topic: Topic | None) -> set[Scope]:
        """The scopes to which a run of words, in small letters, points in a statement of a topic."""
        rules = self._rules
        if self._words is None or topic in rules.none:
            return set()
        hits = self._words.finditer(_written(" ".join(words)))
        found = {self._scope[str(hit.lastgroup)] for hit in hits}
        if topic is not None:
            found -= rules.apart.get(topic, frozenset())
        return found.difference(*(rules.over.get(scope, frozenset()) for scope in found))


def _written(words: str) -> str:
    """Words without spaces around hyphens and apostrophes, which each language's tokens have elsewhere."""
    return _JOINT.sub(lambda joint: "-" if "-" in joint.group() else "'", words)


def _pattern(word: str) -> str:
    """A word or phrase as it is listed, a star standing for any letters."""
    return re.escape(_written(word)).replace(r"\*", r"\w*")
