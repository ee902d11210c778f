"""What a pronoun stands for: a group or a thing named before it."""

from __future__ import annotations

from typing import Literal

from onrecord.entities._catalogue import catalogue
from onrecord.entities._discourse import Discourse
from onrecord.entities._model import EntityKind, Mention
from onrecord.language import Sentence, is_finite


class Pronouns:
    """Reads the pronouns of a page."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tokens = discourse.tokens
        self.data = discourse.data

    def at(self, i: int, sentence: Sentence) -> Mention | None:
        """The mention that the word at `i` is as a pronoun."""
        if self._is(i, "possessive") and self._owns(i, sentence):
            keys = self._antecedents(sentence, ("state", "company", "body", "person", "role"))
            return self._mention(i, keys[:1], "possessive")
        if not self._stands_alone(i, sentence):
            return None
        singular = self._before_singular(i, sentence)
        if self._is(i, "plural") and not singular:
            group = self._group(sentence, here=self._is(i, "person"))
            if group is not None:
                return Mention(i, i + 1, i, group.keys, group.kind, "pronoun", all_of=group.all_of)
        kinds: tuple[EntityKind, ...] = ()
        if self._is(i, "person") and self._is(i, "thing"):
            kinds = ("person", "company", "body", "state")
        elif self._is(i, "person"):
            kinds = ("person",)
        elif self._is(i, "thing"):
            kinds = ("company", "body", "state")
        elif self._is(i, "plural") and not singular:
            kinds = ("role", "state", "company")
        keys = self._antecedents(sentence, kinds)
        if self._is(i, "near") and i == sentence.first and kinds:
            keys = self._named_last(sentence, kinds) or keys
        firms = [k for k in keys if self.discourse.entities[k].kind == "company"]
        return self._mention(i, [*keys[:1], *firms[:1]], "pronoun")

    def _is(self, i: int, sort: str) -> bool:
        return self.tokens[i].lower in self.data.pronouns.get(sort, ())

    def _before_singular(self, i: int, sentence: Sentence) -> bool:
        """Whether a verb in the singular follows, so that the word cannot be a plural's."""
        after = self.tokens[i + 1] if i + 1 < sentence.last else None
        return after is not None and is_finite(after) and "Number=Sing" in after.morph

    def _named_last(self, sentence: Sentence, kinds: tuple[EntityKind, ...]) -> list[str]:
        """What the sentence before named last, of those kinds: a demonstrative that opens a sentence points
        there and not to the subject (Comrie 1997, "Pragmatic binding", on Dutch "die")."""
        near = self.discourse.first_of_sentence_before(sentence)
        before = [m for m in self.discourse.mentions if near <= m.first < sentence.first]
        fitting = [m for m in before if m.kind in kinds and m.form not in ("possessive", "part")]
        return [k for m in fitting[-1:] for k in m.keys[:1]]

    def _owns(self, i: int, sentence: Sentence) -> bool:
        """Whether a word with the form of a possessive stands before what is owned."""
        if self.tokens[i].pos not in ("PRON", "DET", "ADJ") or i + 1 >= sentence.last:
            return False
        return self.tokens[i + 1].pos in ("NOUN", "ADJ", "PROPN", "NUM")

    def _stands_alone(self, i: int, sentence: Sentence) -> bool:
        """Whether a word is a pronoun here and no article of the noun after it."""
        token = self.tokens[i]
        if token.pos not in ("PRON", "DET"):
            return False
        if i + 1 >= sentence.last or token.lower not in self.data.definite:
            return True
        name = self.discourse.names.get(i + 1)
        firm = name is not None and name.kind == "company" and name.key in catalogue()
        if firm and token.lower in self.discourse.words.expletives:
            return True  # "dat het Huawei weert": no article stands before a known company's name
        nouns = ("NOUN", "PROPN") if token.pos == "PRON" else ("NOUN", "PROPN", "ADJ", "NUM")
        return self.tokens[i + 1].pos not in nouns

    def _mention(self, i: int, keys: list[str], form: Literal["pronoun", "possessive"]) -> Mention | None:
        """The pronoun at `i` as one of `keys`, best first; None where there are none."""
        if not keys:
            return None
        kind = self.discourse.entities[keys[0]].kind
        return Mention(i, i + 1, i, tuple(dict.fromkeys(keys)), kind, form)

    def _group(self, sentence: Sentence, here: bool) -> Mention | None:
        """The group that a plural pronoun may stand for: named last in this sentence or (unless `here`) the
        one before."""
        near = sentence.first if here else self.discourse.first_of_sentence_before(sentence)
        for mention in reversed(self.discourse.mentions):
            if mention.first < near:
                return None
            if mention.all_of or mention.form in ("role", "people"):
                return mention
        return None

    def _antecedents(self, sentence: Sentence, kinds: tuple[EntityKind, ...]) -> list[str]:
        """Keys of what a pronoun may stand for, best first: what is named in its sentence, then in the one
        before, the first kind before the others, here the last named first, there the subject (its first
        mention); then whatever of those kinds was named, the last first."""
        rank = {kind: n if kinds[:2] != ("person", "company") else 0 for n, kind in enumerate(kinds)}
        fitting = [
            m for m in self.discourse.mentions if m.kind in rank and m.form not in ("possessive", "part")
        ]
        here = [m for m in reversed(fitting) if m.first >= sentence.first]
        earlier = [m for m in fitting if m.first < sentence.first]
        near = self.discourse.first_of_sentence_before(sentence)
        before = [m for m in earlier if m.first >= near]
        ordered = [
            *sorted(here, key=lambda m: rank[m.kind] > 0),
            *sorted(before, key=lambda m: rank[m.kind] > 0),
        ]
        return [m.keys[0] for m in (*ordered, *reversed(earlier))]
