"""Noun phrases of a sentence, and whom or what each stands for by its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.entities import EntityKind, Mention, noun_in
from onrecord.language import Sentence, plain
from onrecord.statements._places import Places

_APOSTROPHES = ("'s", "’s", "'", "’")
# Languages whose genitive ends in "s" without an apostrophe.
PLAIN_GENITIVE = frozenset({"da", "nl", "de", "sv", "no"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens `first` to `last` (exclusive), its head, and the preposition before it.

    `keys` are the entities that it stands for (`all_of`: all of them, else the alternatives, best first), by
    its head or, where `via` is `maker` ("equipment from X") or `owner` ("X's role"), through another; `via`
    is empty where it stands for none. `we` says that it is the first person plural, `genitive` that its
    preposition is understood from its case ("des Konzerns").
    """

    first: int
    last: int
    head: int
    preposition: str | None
    keys: tuple[str, ...]
    kind: EntityKind | None
    via: Literal["head", "maker", "owner", ""]
    mention: Mention | None
    all_of: bool = False
    we: bool = False
    genitive: bool = False


class PhraseFinder:
    """Finds the noun phrases of a page by parts of speech and mentions, clause by clause."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.tokens = places.tokens
        self.names = places.names
        self.mention_at = places.mention_at
        self.clause_at = places.clause_at
        self.language = places.analysis.language

    def find(self, sentence: Sentence) -> Iterator[Phrase]:
        """The noun phrases of a sentence, in order."""
        i = sentence.first
        while i < sentence.last:
            end = self._extent(i, sentence)
            if end is None:
                i += 1
                continue
            yield self._phrase(i, end, sentence)
            i = end

    # -- extent ----------------------------------------------------------------------------------------------

    def _extent(self, i: int, sentence: Sentence) -> int | None:
        """The end of the noun phrase that begins at `i`, None where none does."""
        if not self._can_begin(i):
            return None
        clause = self.clause_at.get(i)
        english = self.language == "en"
        follow = self.places.words.adjectives_follow
        j, seen_noun, name_open = i, False, False
        while j < sentence.last and self.clause_at.get(j) is clause:
            token = self.tokens[j]
            mention = self.mention_at.get(j)
            if seen_noun and j in self.places.in_time:
                return j
            if i in self.places.in_time and j not in self.places.in_time:
                return j
            if mention is not None and mention.form != "possessive":
                if mention.form == "pronoun":
                    return mention.last if j == i else j
                whole = mention.form == "name"
                if seen_noun and not whole and mention.first > i and not self._after_genitive(j):
                    return j
                if name_open and mention.first == j and whole:
                    return j
                if seen_noun and mention.first > i and self._postposed(mention):
                    return j
                j, seen_noun = mention.last, True
                genitive = self._genitive(mention)
                name_open = whole and not genitive
                attributed = j < sentence.last and self.tokens[j].pos in ("NOUN", "ADJ")
                if name_open and not english and attributed:
                    return j
                if mention.form in ("noun", "people", "role") and not genitive:
                    return j
            elif self._is_determiner(j) or token.pos in ("ADJ", "NUM"):
                # "the Huawei *wireless* equipment": an adjective may part an English name from its noun
                parts = (
                    english and name_open and token.pos == "ADJ" and self._is_at(j + 1, sentence, ("NOUN",))
                ) or (follow and token.pos == "ADJ")
                counted = j > i and token.pos == "DET" and self.tokens[j - 1].pos == "NUM"
                begins_anew = counted or (seen_noun and (self._is_determiner(j) or not parts))
                article = bool(self.places.words.genitive_words) and self._is_determiner(j)
                if begins_anew and (article or not self._after_genitive(j)):
                    return j
                j += 1
            elif token.pos in ("NOUN", "PROPN", "SYM", "X") and token.text[:1].isalnum():
                j, seen_noun, name_open = j + 1, True, False
            elif (
                (token.lower in _APOSTROPHES and seen_noun)
                or (token.text == "-" and seen_noun and j + 1 < sentence.last)
                or (not seen_noun and j > i and self._modifies(j, sentence))
            ):
                j += 1
            elif token.pos == "PRON" and j == i:
                return j + 1
            else:
                break
        return j if j > i else None

    def _can_begin(self, i: int) -> bool:
        token = self.tokens[i]
        if i in self.places.in_compound:
            return False
        listed = token.pos in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "X")
        follows = i + 1 < len(self.tokens) and self.clause_at.get(i + 1) is self.clause_at.get(i)
        if self.places.words.genitive_words and token.pos == "ADJ" and follows:
            listed = not self._is_determiner(i + 1)  # "künftig | den Algorithmus": an adverb
        return (listed and token.text[:1].isalnum()) or i in self.mention_at

    def _is_determiner(self, j: int) -> bool:
        token = self.tokens[j]
        return token.pos == "DET" or token.lower in self.names.pronouns.get("possessive", ())

    def _is_at(self, j: int, sentence: Sentence, parts: tuple[str, ...]) -> bool:
        return j < sentence.last and self.tokens[j].pos in parts

    def _modifies(self, j: int, sentence: Sentence) -> bool:
        """Whether an adverb stands before an adjective, or a participle before a noun."""
        token = self.tokens[j]
        if token.pos == "ADV":
            return self._is_at(j + 1, sentence, ("ADJ",))
        return token.pos == "VERB" and "Part" in token.morph and self._is_at(j + 1, sentence, ("NOUN", "ADJ"))

    def _genitive(self, mention: Mention) -> bool:
        """Whether a mention ends in a genitive, or one follows it."""
        if mention.last < len(self.tokens) and self.tokens[mention.last].lower in _APOSTROPHES:
            return True
        word = self.tokens[mention.last - 1]
        if word.lower.endswith(("'s", "’s", "s'", "s’")):
            return True
        if self.language not in PLAIN_GENITIVE or not word.lower.endswith("s"):
            return False
        part_of_name = any(n.lower().endswith(word.lower) for k in mention.keys[:1] for n in self._forms(k))
        return not part_of_name or "Case=Gen" in word.morph

    def _forms(self, key: str) -> tuple[str, ...]:
        """The names of an entity, without those that are the genitive of another."""
        entity = self.places.resolution.entities[key]
        listed = {entity.key, entity.name, *entity.names}
        return tuple(n for n in listed if not (n.endswith("s") and n[:-1] in listed))

    def _after_genitive(self, j: int) -> bool:
        before = self.tokens[j - 1]
        marked = "Case=Gen" in before.morph and not self.places.words.genitive_words
        if before.lower in _APOSTROPHES or marked:
            return True
        mention = self.mention_at.get(j - 1)
        return mention is not None and mention.last == j and self._genitive(mention)

    # -- head and referent -----------------------------------------------------------------------------------

    def _phrase(self, i: int, j: int, sentence: Sentence) -> Phrase:
        """The phrase of tokens `i` to `j`: its mention is its head's, else its owner's."""
        head = self._head(i, j)
        preposition = self._preposition(i, sentence)
        genitive = preposition is None and self._in_genitive(i, j, sentence)
        if genitive:
            preposition = self.places.words.genitive_of[0]
        mention = self.mention_at.get(head)
        via: Literal["head", "maker", "owner"] = self._via(head)
        if mention is not None and mention.form == "part":
            via = "maker" if "-" in self.tokens[head].text and mention.kind != "state" else via
        elif mention is not None and mention.form != "possessive":
            via = "head"
        else:
            mention = self._owner(i, head, j)
        if mention is None:
            we = j - i == 1 and self.tokens[head].lower in self.names.pronouns.get("we", ())
            return Phrase(i, j, head, preposition, (), None, "", None, we=we, genitive=genitive)
        return Phrase(
            i,
            j,
            head,
            preposition,
            mention.keys,
            mention.kind,
            via,
            mention,
            mention.all_of,
            genitive=genitive,
        )

    def _head(self, i: int, j: int) -> int:
        nominal = ("NOUN", "PROPN", "PRON", "NUM", "X", "SYM")
        if self.places.words.adjectives_follow:
            return self._first_head(i, j)
        head = j - 1
        while head > i and self.tokens[head].pos not in nominal and head not in self.mention_at:
            head -= 1
        if self.tokens[head].lower in _APOSTROPHES and head > i:
            head -= 1
        return head

    def _first_head(self, i: int, j: int) -> int:
        """The same in languages whose phrases begin with their chief noun: that noun, or the name beside it
        unless it is the thing's maker or owner ("le groupe *Huawei*", "les *équipements* Huawei")."""
        nouns = [k for k in range(i, j) if self.tokens[k].pos in ("NOUN", "PROPN", "X", "PRON", "SYM")]
        named = [m for k in range(i, j) if (m := self.mention_at.get(k)) and m.form != "possessive"]
        first = nouns[0] if nouns else next((k for k in range(i, j) if self.tokens[k].pos == "NUM"), i)
        if not named:
            return first
        if named[0].first <= first or not nouns:
            return min(max(named[0].head, i), j - 1)
        names, lemma = self.names, self.tokens[first].lemma
        apposed = (names.company, names.titles, names.outlet, names.body, names.spokesmen, names.roles)
        beside = noun_in(lemma, names.products) is None and any(noun_in(lemma, ns) for ns in apposed)
        beside = beside or first in self.places.resolution.adjectives  # "le *Chinois* Huawei"
        return min(max(named[0].head, i), j - 1) if beside else first

    def _preposition(self, i: int, sentence: Sentence) -> str | None:
        """The preposition, or "as", right before a phrase."""
        if i <= sentence.first:
            return None
        if i in self.places.compounds:
            return self.places.compounds[i][1]
        before, clause = self.tokens[i - 1], self.clause_at.get(i)
        if (
            clause is not None
            and clause.opener == i - 1
            and (clause.kind != "inf" or before.lower in self.places.words.infinitive_openers)
        ):
            return None  # "*als* Londen …", "*om* Huawei te …": it opens the clause
        likens = before.lower in self.places.words.comparatives and before.pos in ("SCONJ", "ADV")
        return plain(before, self.places.words) if before.pos == "ADP" or likens else None

    def _postposed(self, mention: Mention) -> bool:
        """Whether a name is a genitive that may follow its noun ("die Regierung *Chinas*")."""
        return bool(self.places.words.genitive_words) and mention.form == "name" and self._genitive(mention)

    def _in_genitive(self, i: int, j: int, sentence: Sentence) -> bool:
        """Whether the words `i` to `j`, right after a noun, are its genitive ("der Ausschluss *des
        Konzerns*")."""
        words = self.places.words.genitive_words
        if not words or i <= sentence.first or self.clause_at.get(i - 1) is not self.clause_at.get(i):
            return False
        if self.tokens[i - 1].pos not in ("NOUN", "PROPN", "X"):
            return False
        mention = self.mention_at.get(i)
        if mention is not None and mention.first == i and self._postposed(mention):
            return True
        if self.tokens[i].lower not in words:
            return False
        return any("Case=Gen" in self.tokens[k].morph for k in range(i, j))

    def _via(self, head: int) -> Literal["maker", "owner"]:
        """Through what a thing stands for another: a product for its maker, all else for its owner."""
        return "maker" if noun_in(self.tokens[head].lemma, self.names.products) else "owner"

    def _owner(self, i: int, head: int, j: int) -> Mention | None:
        """What is mentioned before the head: the last of it, or the first possessive; where nouns come first,
        also after it."""
        places = [*range(i, head), *(range(head + 1, j) if self.places.words.adjectives_follow else ())]
        inner = [self.mention_at[k] for k in places if k in self.mention_at]
        named = [m for m in inner if m.form != "possessive"]
        return named[-1] if named else inner[0] if inner else None
