"""The phrase around a noun: where it begins, whether it is definite, and whose it is said to be."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.entities._data import catalogue
from onrecord.entities._discourse import COMPOUNDS_APART, Discourse
from onrecord.entities._listed import noun_in
from onrecord.entities._model import Mention
from onrecord.language import Sentence

_APOSTROPHES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun at `head` with what stands before it from `first` on.

    `state` is the code of the state whose adjective stands in it; `owner` what a genitive before it or an
    of-phrase after it names; `definite` whether it means something known.
    """

    first: int
    head: int
    sentence: Sentence
    state: str | None
    owner: Mention | None
    definite: bool


class NounPhrases:
    """Reads the phrases around the nouns of a page."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tokens = discourse.tokens
        self.names = discourse.names
        self.data = discourse.data

    def read(self, first: int, head: int, sentence: Sentence) -> NounPhrase:
        """The phrase of the noun at `head` that begins at `first`."""
        adjectives = self.discourse.adjectives
        state = next((adjectives[k] for k in range(first, head) if k in adjectives), None)
        return NounPhrase(
            first, head, sentence, state, self._owner(first, head, sentence), self._definite(first, head)
        )

    def start(self, i: int, sentence: Sentence) -> int:
        """Where the noun phrase with its head at `i` begins: adjectives, numerals and a determiner before
        it, and the first nouns of a compound written apart."""
        tokens, first = self.tokens, i
        while first > sentence.first:
            before = tokens[first - 1]
            article = before.lower in self.data.definite
            owned = any(
                m.last == first and m.form in ("name", "people") for m in self.discourse.mentions[-1:]
            )
            compound = before.pos == "NOUN" and self.discourse.language in COMPOUNDS_APART
            if owned or not (compound or article or before.pos in ("ADJ", "NUM", "DET", "ADV")):
                after_determiner = first - 1 > sentence.first and tokens[first - 2].pos in ("DET", "ADJ")
                participle = before.pos == "VERB" and "Part" in before.morph and after_determiner
                if before.index not in self.discourse.adjectives and not participle:
                    break
            after_adverb = first - 2 >= sentence.first and tokens[first - 2].pos in ("DET", "ADV")
            if before.pos == "ADV" and not after_adverb:
                break
            first -= 1
            if before.pos == "DET" or article:
                break
        return first

    def is_apposed(self, i: int, sentence: Sentence) -> bool:
        """Whether a name follows the noun and says whom it means ("det kinesiske selskab Huawei")."""
        lemma, after = self.tokens[i].lemma, i + 1
        if noun_in(lemma, self.data.government):
            return False  # "the government | Huawei": an object beside its subject
        titled = noun_in(lemma, self.data.titles) is not None
        name = self.names.get(after) if after < sentence.last else None
        if name is not None and name.kind != "state":
            if noun_in(lemma, self.data.body) and name.kind == "company" and name.key not in catalogue():
                return False  # "Region Syddanmark": the noun is half of the name
            officer = titled and not noun_in(lemma, self.data.company)
            return name.kind in ("person", "outlet", "body") or (name.kind == "company" and not officer)
        if not titled:
            return False
        if after + 1 < sentence.last and self.tokens[after].text == "," and after + 1 in self.names:
            return self.names[after + 1].kind == "person"
        return self._person_follows(after, sentence)

    def _person_follows(self, start: int, sentence: Sentence) -> bool:
        """Whether a person's name stands a few words on, before any verb ("minister of Digital Affairs Oliver
        Dowden", "the CFO of the firm, Meng Wanzhou")."""
        for k in range(start, min(start + 8, sentence.last)):
            if self.tokens[k].text == "," and k + 1 in self.names:
                return self.names[k + 1].kind == "person"
            if self.tokens[k].pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
                return False
            if k in self.names and self.names[k].kind == "person":
                return True
        return False

    def _owner(self, first: int, i: int, sentence: Sentence) -> Mention | None:
        """The entity whose genitive stands before the noun, or that an of-phrase after it names."""
        apart = first > sentence.first and self.tokens[first - 1].lower in _APOSTROPHES
        for last in self.discourse.mentions[-1:]:
            marked = self.tokens[last.last - 1].lower.endswith(("s", "'", "’")) and last.last == first
            genitive = marked or (apart and last.last == first - 1)
            joined = self.discourse.language in COMPOUNDS_APART and last.last == first
            attribute = joined and last.kind in ("company", "body")  # "Huawei employee"
            if last.form == "name" and (genitive or attribute) and last.first >= sentence.first:
                return last
            if last.form == "possessive" and last.last >= first > sentence.first:
                return last
        words = self.discourse.words
        openers = (*words.genitive_of, *words.origin, "in", "i", "på", "uit")
        if i + 2 >= sentence.last or self.tokens[i + 1].lower not in openers:
            return None
        k = i + 2
        while k < sentence.last and self.tokens[k].pos in ("DET", "ADJ") and k not in self.names:
            k += 1
        name = self.names.get(k)
        if name is None or not name.whole:
            return None
        entity = self.discourse.entity(name)
        return Mention(name.first, name.last, name.last - 1, (entity.key,), entity.kind, "name")

    def _definite(self, first: int, i: int) -> bool:
        """Whether a form, article or possessive says that something known is meant."""
        listed = (*self.data.definite, *self.data.pronouns.get("possessive", ()))
        before = range(max(first - 1, 0), i)
        return "Definite=Def" in self.tokens[i].morph or any(self.tokens[k].lower in listed for k in before)
