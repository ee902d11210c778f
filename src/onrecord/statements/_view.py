"""A page with its noun phrases: which stand for a maker or owner, and which "and" joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from onrecord.entities import NounList, Resolution, noun_in
from onrecord.language import Analysis, Sentence, plain
from onrecord.statements._phrases import PLAIN_GENITIVE, Phrase, PhraseFinder
from onrecord.statements._places import Places


class View(Places):
    """A page by place, with its noun phrases.

    `phrases` leads from a sentence's index to its phrases, `phrase_at` from the place of a token to the
    phrase that holds it.
    """

    def __init__(self, analysis: Analysis, resolution: Resolution, inquiries: NounList | None = None) -> None:
        super().__init__(analysis, resolution)
        self.inquiries = inquiries if inquiries is not None else NounList(())
        self.phrases: dict[int, list[Phrase]] = {}
        self.reached: dict[int, tuple[list[int], frozenset[str]]] = {}  # by clause; kept by `_match`
        self._groups: dict[int, tuple[Phrase, ...]] = {}
        finder = PhraseFinder(self)
        for sentence in analysis.sentences:
            found = list(self._of_owner(list(finder.find(sentence))))
            self._coordinate(found)  # before things take their makers, who may be several
            phrases = list(self._products(self._makers(found), sentence))
            self.phrases[sentence.index] = phrases
            self._coordinate(phrases)
        self.phrase_at = {i: p for ps in self.phrases.values() for p in ps for i in range(p.first, p.last)}

    def group_of(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrases that "and" joins to this one, itself included."""
        return self._groups.get(phrase.first, (phrase,))

    def _of_owner(self, phrases: list[Phrase]) -> Iterator[Phrase]:
        """A group right behind the name of those whose it is takes the name in ("*VMware* customers")."""
        pending: Phrase | None = None
        for phrase in phrases:
            role = phrase.mention is not None and phrase.mention.form == "role"
            role = role and self.analysis.language not in PLAIN_GENITIVE  # there a verb may stand between
            if pending is not None and role and phrase.first == pending.last:
                phrase = replace(phrase, first=pending.first, preposition=pending.preposition)
                pending = None
            if pending is not None:
                yield pending
            pending = phrase
        if pending is not None:
            yield pending

    # -- things of a maker or owner --------------------------------------------------------------------------

    def _is_product(self, phrase: Phrase) -> bool:
        return noun_in(self.tokens[phrase.head].lemma, self.names.products) is not None

    def _makers(self, phrases: list[Phrase]) -> Iterator[Phrase]:
        """Things take the maker or owner that a phrase right after them names ("equipment from X", "the role
        of X")."""
        for n, phrase in enumerate(phrases):
            after = phrases[n + 1] if n + 1 < len(phrases) else None
            via = None if after is None else self._through(phrase, after)
            if after is None or not (via or self._made_by(phrase, after)):
                yield phrase
                continue
            group = [p for p in self.group_of(after) if p.keys and p.first >= after.first]
            several = len(group) > 1 and all(p.kind == after.kind and p.via == "head" for p in group)
            keys = tuple(p.keys[0] for p in group) if several else after.keys
            thing = replace(phrase, keys=keys, kind=after.kind, all_of=several or after.all_of)
            if self._made_by(phrase, after):
                yield replace(thing, via="maker", mention=after.mention)
            elif via is not None:
                yield replace(thing, via=via)

    def _made_by(self, phrase: Phrase, after: Phrase) -> bool:
        """Whether somebody's thing, or one only pointed to, is said to be a company's ("its cameras *from
        X*", "those *of X*")."""
        owned = phrase.mention is not None and phrase.mention.form == "possessive" and phrase.via == "maker"
        alone = phrase.last - phrase.first == 1
        shown = alone and self.tokens[phrase.first].lower in self.words.demonstratives
        named = after.via == "head" and bool(after.keys) and after.kind == "company"
        prepositions = (*self.words.origin, *self.words.genitive_of)
        return (
            (owned or shown)
            and named
            and after.first - phrase.last == 1
            and after.preposition in prepositions
        )

    def _through(self, phrase: Phrase, after: Phrase) -> Literal["maker", "owner"] | None:
        """Whether the phrase after it names a phrase's maker or owner."""
        if phrase.keys or not after.keys or after.via == "owner" or after.first - phrase.last > 2:
            return None
        between = [plain(t, self.words) for t in self.tokens[phrase.last : after.first]]
        if between != ([] if after.genitive else [after.preposition]):
            return None
        of = after.preposition in self.words.genitive_of
        if after.preposition in self.words.agent and after.first - phrase.last <= 2:
            lemma = self.tokens[phrase.head].lemma  # "a review *by X*"
            if noun_in(lemma, self.inquiries) is not None:
                return "owner"
        if self._is_product(phrase) and (of or after.preposition in self.words.origin):
            return "maker"
        return "owner" if of else None

    def _products(self, phrases: Iterator[Phrase], sentence: Sentence) -> Iterator[Phrase]:
        """Definite things without a maker of their own are those of the company named last ("the kit")."""
        for phrase in phrases:
            maker = None
            if not phrase.keys and self._is_product(phrase) and self._definite(phrase.first, phrase.head):
                maker = self._maker_before(phrase.first, sentence)
            if maker is not None and self._of_another_state(phrase, maker):
                maker = None
            yield phrase if maker is None else replace(phrase, keys=(maker,), kind="company", via="maker")

    def _of_another_state(self, phrase: Phrase, maker: str) -> bool:
        """Whether an adjective says that a thing is not of the maker's state ("the *American* chips")."""
        adjectives = self.resolution.adjectives
        states = {adjectives[k] for k in range(phrase.first, phrase.last) if k in adjectives}
        return bool(states - {self.resolution.entities[maker].country or ""})

    def _definite(self, i: int, head: int) -> bool:
        return "Definite=Def" in self.tokens[head].morph or self.tokens[i].lower in self.names.definite

    def _maker_before(self, i: int, sentence: Sentence) -> str | None:
        """Whose "the equipment" is: the company named last in this sentence or the one before, else most
        often so far."""
        near = self.analysis.sentences[max(sentence.index - 1, 0)].first
        before = [m for m in self.resolution.mentions if m.first < i and m.kind == "company"]
        for mention in reversed(before):
            if near <= mention.first and mention.form in ("name", "part", "noun"):
                return mention.keys[-1]
        named = Counter(m.keys[0] for m in before if m.form in ("name", "part"))
        return max(named, key=lambda k: named[k]) if named else None

    # -- phrases that "and" joins ----------------------------------------------------------------------------

    def _coordinate(self, phrases: list[Phrase]) -> None:
        """Note which phrases "and" joins: each first token of a joined phrase leads to the whole group."""
        n = 0
        while n < len(phrases):
            group, joined = [phrases[n]], False
            for after in phrases[n + 1 :]:
                marks = self._marks_between(group[-1], after)
                if not marks or not self._joinable(group, after, marks):
                    break
                group.append(after)
                if any(mark != "," for mark in marks):
                    joined = True
                    break
            if joined:
                self._groups.update({phrase.first: tuple(group) for phrase in group})
            n += len(group) if joined else 1

    def _marks_between(self, one: Phrase, other: Phrase) -> list[str]:
        """What stands between two phrases, without adverbs, prepositions, articles and dates."""
        between = self.tokens[one.last : other.first]
        return [
            t.lower for t in between if t.pos not in ("ADV", "ADP", "DET") and t.index not in self.in_time
        ]

    def _joinable(self, group: list[Phrase], after: Phrase, marks: list[str]) -> bool:
        """Whether a phrase is one more of a group: of its clause, under its preposition, and not one of it
        again."""
        last = group[-1]
        if not all(mark in (",", "&") or mark in self.words.coordinators for mark in marks):
            return False
        if self.clause_at.get(last.head) is not self.clause_at.get(after.head):
            return False
        if marks == [","] and last.keys and last.keys == after.keys:
            return False  # an apposition
        governed = any(t.pos == "ADP" for t in self.tokens[last.last : after.first])
        return not governed or after.preposition in (None, group[0].preposition)
