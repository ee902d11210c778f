"""The phrase around a noun: where it begins, whether it is definite, and whose it is said to be."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.entities._catalogue import catalogue
from onrecord.entities._data import compounds
from onrecord.entities._discourse import COMPOUNDS_APART, Discourse
from onrecord.entities._gazetteer import Name
from onrecord.entities._listed import noun_in
from onrecord.entities._model import Mention
from onrecord.language import Sentence, plain

_APOSTROPHES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun at `head` with what stands before it from `first` on, and the adjectives after it up to `last`
    (exclusive).

    `state` is the code of the state whose adjective stands in it; `owner` what a genitive before it or an
    of-phrase after it names; `definite` whether it means something known.
    """

    first: int
    head: int
    last: int
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
        adjectives, last = self.discourse.adjectives, self.end(head, sentence)
        for k in range(head + 1, last):
            code = self.discourse.demonym(self.tokens[k])
            if code is not None:
                adjectives[k] = self.discourse.state(code)
        state = next((adjectives[k] for k in range(first, last) if k in adjectives and k != head), None)
        owner = self._owner(first, last, sentence)
        return NounPhrase(first, head, last, sentence, state, owner, self._definite(first, head))

    def end(self, head: int, sentence: Sentence) -> int:
        """Where the phrase of the noun at `head` ends: right behind it, or, in languages whose adjectives
        follow, behind the rest of a listed compound ("service de renseignement") and the adjectives."""
        end, tokens = head + 1, self.tokens
        if not self.discourse.words.adjectives_follow:
            return end
        end = head + len(self.compound(head, sentence)[1])
        while end < sentence.last:
            token, small = tokens[end], tokens[end].text[:1].islower()
            after = tokens[end + 1] if end + 1 < sentence.last else None
            if small and (token.pos == "ADJ" or self.discourse.demonym(token) is not None):
                end += 1
            elif after is not None and token.pos in ("ADV", "CCONJ") and after.pos == "ADJ":
                end += 2
            else:
                break
        return end

    def compound(self, head: int, sentence: Sentence) -> tuple[str, list[str]]:
        """The longest listed noun of several words that begins at `head`, as listed and as its words, else
        the noun there; in languages whose compounds begin with their chief noun."""
        lemma = self.tokens[head].lemma
        longest = (lemma, [lemma])
        for noun, words in compounds(self.discourse.language).get(lemma, ()):
            rest = self.tokens[head : min(head + len(words), sentence.last)]
            alike = [t.lemma == w or t.lower == w for t, w in zip(rest, words, strict=False)]
            if len(rest) == len(words) > len(longest[1]) and all(alike):
                longest = noun, words
        return longest

    def start(self, i: int, sentence: Sentence) -> int:
        """Where the noun phrase with its head at `i` begins: adjectives, numerals and a determiner before
        it, and the first nouns of a compound written apart."""
        tokens, first = self.tokens, i
        while first > sentence.first:
            before = tokens[first - 1]
            article = before.lower in self.data.definite and before.pos != "ADP"
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
        lemma, after = self.discourse.noun_lemma(i), self.name_place(i, sentence)
        titled = noun_in(lemma, self.data.titles) is not None
        name = self.names.get(after) if after < sentence.last else None
        person = titled and name is not None and name.kind == "person"
        agency = name is not None and name.kind == "body" and noun_in(lemma, self.data.body) is not None
        if noun_in(lemma, self.data.government) and not (person or agency):
            return False  # "the government | Huawei": an object beside its subject
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

    def name_place(self, i: int, sentence: Sentence) -> int:
        """Where a name beside the noun at `i` would stand: right behind its phrase, or behind what says more
        of it ("le géant *des télécoms* Huawei")."""
        after = self.end(i, sentence)
        if not self.discourse.words.adjectives_follow or after in self.names:
            return after
        k = after
        while k + 1 < sentence.last and plain(self.tokens[k], self.discourse.words) in (
            self.discourse.words.genitive_of
        ):
            k += 2 if self.tokens[k + 1].pos == "DET" else 1
            if k >= sentence.last or self.tokens[k].pos != "NOUN":
                return after
            k = self.end(k, sentence)
            if k in self.names:
                return k
        return after

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

    def _owner(self, first: int, end: int, sentence: Sentence) -> Mention | None:
        """The entity whose genitive stands before the noun, or that an of-phrase names after the phrase,
        which ends at `end`."""
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
        openers = (*words.genitive_of, *words.origin, *words.located, "in", "i", "på", "uit")
        k = self.after_opener(end, sentence, openers)
        if k is None:
            return None
        while k < sentence.last and self.tokens[k].pos in ("DET", "ADJ") and k not in self.names:
            k += 1
        name = self.names.get(k)
        if name is None or not name.whole:
            return None
        entity = self.discourse.entity(name)
        return Mention(name.first, name.last, name.last - 1, (entity.key,), entity.kind, "name")

    def after_opener(self, k: int, sentence: Sentence, openers: tuple[str, ...]) -> int | None:
        """Where what a noun belongs to begins, right after the noun, at `k`: after an opener, or with a
        genitive article, or with a name in the genitive; None where nothing of the kind stands there."""
        if k >= sentence.last:
            return None
        token, words = self.tokens[k], self.discourse.words
        name = self.names.get(k)
        if words.genitive_words and name is not None and name.whole and token.lower.endswith(("s", "’", "'")):
            return k if self._is_genitive(name) else None
        if k + 1 >= sentence.last:
            return None
        if plain(token, words) in openers:
            return k + 1
        if token.lower in words.genitive_words and any("Case=Gen" in t.morph for t in self.tokens[k : k + 2]):
            return k + 1
        return None

    def _is_genitive(self, name: Name) -> bool:
        """Whether a name stands in the genitive, told by its other names without the ending."""
        whole = self.discourse.text(name.first, name.last)
        entity = self.discourse.entity(name)
        listed = {entity.key, *entity.names}
        return whole.endswith(("'", "’")) or (whole not in listed and whole[:-1] in listed)

    def _definite(self, first: int, i: int) -> bool:
        """Whether a form, article or possessive says that something known is meant."""
        listed = (*self.data.definite, *self.data.pronouns.get("possessive", ()))
        before = range(max(first - 1, 0), i)
        marked = (
            self.tokens[k].lower in listed and "Definite=Ind" not in self.tokens[k].morph for k in before
        )
        return "Definite=Def" in self.tokens[i].morph or any(marked)
