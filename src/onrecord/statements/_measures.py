"""Measures that a noun names ("the American *sanctions* against Iran"): at whom they are aimed."""

from __future__ import annotations

from onrecord.statements._lexicon import Lexicon
from onrecord.statements._phrases import Phrase
from onrecord.statements._view import View

_NOUNS = ("NOUN", "PROPN")


class Measures:
    """Finds the measures of a page's sentences."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self.view = view
        self.lexicon = lexicon
        self._found: dict[int, dict[int, tuple[Phrase, ...]]] = {}

    def of(self, sentence: int) -> dict[int, tuple[Phrase, ...]]:
        """The places of the nouns of a sentence that name measures, each with the phrases that tell at whom
        it is aimed."""
        if sentence not in self._found:
            bounds = self.view.analysis.sentences[sentence]
            named = (self._named(i) for i in range(bounds.first, bounds.last))
            self._found[sentence] = {
                end - 1: self._aims(end, sides, sentence) for end, sides in filter(None, named)
            }
        return self._found[sentence]

    def only_aimed_at(self, sentence: int) -> frozenset[str]:
        """Whom a sentence names only as those at whom measures are aimed."""
        aims = [p for phrases in self.of(sentence).values() for p in phrases]
        inside = {i for p in aims for i in range(p.first, p.last)}
        bounds = self.view.analysis.sentences[sentence]
        others = {
            key
            for m in self.view.resolution.mentions
            if bounds.first <= m.first < bounds.last and m.head not in inside
            for key in m.keys
        }
        return frozenset(key for p in aims for key in p.keys) - others

    def takers(self, sentence: int) -> tuple[str, ...]:
        """The states that a sentence names as those who took the measures of which it tells at whom they are
        aimed."""
        aimed = (i for i, phrases in self.of(sentence).items() if phrases)
        phrases = (self.view.phrase_at[i] for i in aimed if i in self.view.phrase_at)
        return tuple(dict.fromkeys(key for p in phrases for key in self._owners(p)))

    def _owners(self, phrase: Phrase) -> list[str]:
        """Whose a thing is: an adjective of a state, a genitive, or what follows with "of"."""
        adjectives = self.view.resolution.adjectives
        found = [adjectives[i] for i in range(phrase.first, phrase.last) if i in adjectives]
        if phrase.via == "owner":
            found += phrase.keys
        for p in self.view.phrases[self.view.clause_at[phrase.head].sentence]:
            if p.first == phrase.last + 1 and p.preposition in self.view.words.genitive_of:
                found += p.keys
        return found

    def _named(self, i: int) -> tuple[int, frozenset[str]] | None:
        """Where the words at a place end, if they name a measure, and by which prepositions it is told at
        whom it is aimed."""
        tokens, own = self.view.tokens, self.view.words.genitive_of
        if tokens[i].pos not in _NOUNS:
            return None
        for t in self.lexicon.beginning_with(tokens[i]):
            rest = tokens[i + 1 : i + len(t.words)]
            if (t.type, t.part) == ("restriction", "noun") and [w.lemma for w in rest] == list(t.words[1:]):
                return i + len(t.words), frozenset(p for p in t.target if p not in own)
        return None

    def _aims(self, end: int, sides: frozenset[str], sentence: int) -> tuple[Phrase, ...]:
        """The phrases right behind a measure's noun, or behind whose it is, that say at whom it is aimed."""
        for p in self.view.phrases[sentence]:
            if p.first != end + 1 or p.preposition is None:
                continue
            if p.preposition in sides:
                return tuple(q for q in self.view.group_of(p) if q.keys)
            if p.preposition in self.view.words.genitive_of:
                end = p.last
        return ()
