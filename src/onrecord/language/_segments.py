"""Where clauses begin: a sentence cut into segments, before and after each of which another clause may
stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.language._data import LanguageData
from onrecord.language._model import Token
from onrecord.language._words import is_finite, is_nominal, is_past_participle, is_verb, is_word

_MARKS = frozenset({",", ";", ":", "–", "—", "-", "(", ")", '"', "”", "“", "„", "»", "«"})
_OPENERS = ("SCONJ", "ADV", "PRON", "CCONJ", "ADP")
_RELATIVES = ("PRON", "SCONJ", "ADV", "DET")
_BEFORE_VERB = ("ADV", "PART", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET")

Opening = Literal["first", "sub", "rel", "part", "inf", "and", "mark", "bare"]
"""How a segment opens: as the sentence's first; with a subordinator, relative, participle that describes the
noun before it, infinitive marker or coordinator; after a mark; or `bare`, as a complement without "that"."""


class Segment(NamedTuple):
    """Tokens `first` to `last` (exclusive) of a sentence, counted from its own first, and how they open."""

    first: int
    last: int
    opening: Opening


def segments_of(tokens: Sequence[Token], data: LanguageData, language: str) -> list[Segment]:
    """A sentence's tokens cut at every place where a clause may begin, in order and without gaps."""
    cuts = _Cutter(tokens, data, language).cuts()
    starts = sorted(cuts)
    return [Segment(a, b, cuts[a]) for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]


class _Cutter:
    """Finds the cuts of one sentence: each word is asked, from the first to the last, whether it opens a
    clause."""

    def __init__(self, tokens: Sequence[Token], data: LanguageData, language: str) -> None:
        self.tokens = tokens
        self.data = data
        self.language = language
        self._cuts: dict[int, Opening] = {0: "first"}
        self._last_verb = -1

    def cuts(self) -> dict[int, Opening]:
        """Place of a segment's first word → how the segment opens."""
        for i, token in enumerate(self.tokens):
            cut = self._cut_for(i)
            if cut is not None:
                place, opening = cut
                self._cuts[place] = opening
            if is_verb(token):
                self._last_verb = i
        self._cut_second_verbs()
        return self._cuts

    def _cut_for(self, i: int) -> tuple[int, Opening] | None:
        """Where the word at `i` makes a clause begin, and how; None where it makes none begin."""
        if self._marks_infinitive(i):
            start = self._infinitive_start(i)
            return (start, "inf") if start else None
        if self._opens_adverbial(i):
            return i - 1, "sub"
        if self._opens_content(i):
            return i, "sub"
        if self._relates_after_comma(i):
            return i, "rel"
        if self._subordinates(i):
            return i, "sub"
        if self._relates(i):
            inside = self.tokens[i - 1].pos == "ADP" and i > 1 and not self._holds_preposition(i)
            return (i - 1 if inside else i), "rel"
        if self._describes(i):
            return i, "part"
        if self._follows_saying(i):
            return self._before_small(i), "inf"
        if self._joins_clauses(i):
            return i, "and"
        if 0 < i < len(self.tokens) - 1 and self.tokens[i].text in _MARKS and i + 1 not in self._cuts:
            return None if self._is_hyphen(i) else (i + 1, "mark")
        return None

    def _is_hyphen(self, i: int) -> bool:
        """Whether a dash stands within a word that the tokenizer parted ("TP-Link")."""
        before, token, after = self.tokens[i - 1 : i + 2]
        return token.text == "-" and before.end == token.start and token.end == after.start

    def _verb_from(self, i: int) -> bool:
        """Whether a verb stands at `i` or later, before a semicolon or colon."""
        for token in self.tokens[i:]:
            if token.text in (";", ":"):
                return False
            if is_verb(token):
                return True
        return False

    # -- subordinators and relatives -------------------------------------------------------------------------

    def _opens_adverbial(self, i: int) -> bool:
        """Whether a preposition and the word at `i` open an adverbial clause ("efter at", "uden at")."""
        if not i:
            return False
        words = f"{self.tokens[i - 1].lower} {self.tokens[i].lower}"
        return words in self.data.adverbial and self._verb_from(i + 1)

    def _opens_content(self, i: int) -> bool:
        """Whether the word at `i` opens what a noun before it is about ("no evidence *that* it spied")."""
        return (
            i > 0
            and self.tokens[i - 1].lemma in self.data.content_nouns
            and self.tokens[i].lower in self.data.complementizers
            and self._verb_from(i + 1)
        )

    def _relates_after_comma(self, i: int) -> bool:
        """Whether the word at `i` opens a relative clause after a noun and a comma."""
        return (
            i > 1
            and not self._after_aside(i)
            and self.tokens[i].lower in self.data.relatives
            and self.tokens[i - 1].text == ","
            and is_nominal(self.tokens[i - 2])
            and self._verb_from(i + 1)
        )

    def _after_aside(self, i: int) -> bool:
        """Whether the word at `i` opens what a verb before an aside says ("wrote, citing X, *that* …")."""
        token = self.tokens[i]
        if token.pos != "SCONJ" or token.lower not in self.data.complementizers:
            return False
        for k in range(i - 2, -1, -1):
            if is_finite(self.tokens[k]) or self.tokens[k].text in (";", ":"):
                return False
            if self.tokens[k].text == ",":
                return True
        return False

    def _relates(self, i: int) -> bool:
        """Whether the word at `i` opens a relative clause, if need be with the preposition before it."""
        token = self.tokens[i]
        if not i or token.lower not in self.data.relatives:
            return False
        before = self.tokens[i - 1]
        after_comma = before.text == ","
        if token.pos not in _RELATIVES and not after_comma:
            return False
        described: tuple[str, ...] = ("NOUN", "PROPN", "NUM", "ADP")
        if self.data.adjectives_follow:
            described = (*described, "ADJ", "PRON", "VERB", "ADV")
        if not after_comma and before.pos not in described:
            return False
        if not self._verb_from(i + 1):
            return False
        article = token.pos == "DET" and self.tokens[i + 1].pos in ("NOUN", "PROPN", "ADJ")
        return not article

    def _holds_preposition(self, i: int) -> bool:
        """Whether the relative at `i` holds its preposition ("*waarin*"), so that one before it is a verb's
        particle."""
        return self.data.infinitives_last and self.tokens[i].lower.startswith("waar")

    def _subordinates(self, i: int) -> bool:
        """Whether the word at `i` opens a clause here and is no preposition, adverb or article."""
        tokens, data, token = self.tokens, self.data, self.tokens[i]
        if token.lower not in data.subordinators or token.pos not in _OPENERS:
            return False
        if token.lower in data.reflexives and token.pos != "SCONJ":
            return False
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if following is None or following.text in (".", "?", "!"):
            return False
        if is_finite(following) and token.lower in data.sum_up:
            return False  # "that says little": a pronoun
        verb_next = i + 2 < len(tokens) and is_verb(tokens[i + 2])
        if following.pos == "NOUN" and verb_next and token.lower in data.comparatives:
            return False  # "als leverancier heeft": "as"
        # Where no other use of the word is likely, a verb will do whose form the model may have mistaken.
        sure = token.pos == "SCONJ" and token.lower not in data.comparatives
        fits = is_verb if sure else is_finite
        ahead = next((k for k in range(i + 1, len(tokens)) if fits(tokens[k])), None)
        stop = next((k for k in range(i + 1, len(tokens)) if tokens[k].text in (";", ":")), len(tokens))
        if ahead is None or ahead > stop:
            return False
        if token.pos == "SCONJ":
            return True
        if token.pos == "ADP":
            return False
        if token.pos == "CCONJ" and i and self._ends_verb(tokens[i - 1]):
            return True
        return bool(i) and (tokens[i - 1].text == "," or tokens[i - 1].lower in data.coordinators)

    def _ends_verb(self, token: Token) -> bool:
        """Whether a word before "or" is a verb or what parts from one ("gaat *na* | of"): it means
        "whether"."""
        return is_verb(token) or (self.data.infinitives_last and token.lower in self.data.particles)

    # -- infinitives -----------------------------------------------------------------------------------------

    def _marks_infinitive(self, i: int) -> bool:
        """Whether the word at `i` is the marker of an infinitive a few words on."""
        tokens = self.tokens
        if self._holds_marker(i):
            return i > 0
        if not i or tokens[i].lower not in self.data.infinitive:
            return False
        clitics = self.data.clitics
        for place, token in enumerate(tokens[i + 1 : i + (5 if clitics else 4)], i + 1):
            if clitics and token.lower in clitics:
                continue
            if clitics and is_verb(token):
                return "VerbForm=Inf" in token.morph
            if self._is_attribute(place):
                return False
            if is_verb(token):
                return not is_finite(token) or "VerbForm=Inf" in token.morph or place == i + 1
            if token.pos not in ("ADV", "PART"):
                return False
        return False

    def _holds_marker(self, i: int) -> bool:
        """Whether the word at `i` is an infinitive that holds its marker ("aus*zu*schließen")."""
        token, markers = self.tokens[i], self.data.infinitive_inside
        if not markers or "VerbForm=Inf" not in token.morph or token.lower == token.lemma:
            return False
        particles = [p for p in self.data.particles if token.lemma.startswith(p)]
        return any(token.lower == p + m + token.lemma.removeprefix(p) for p in particles for m in markers)

    def _is_attribute(self, place: int) -> bool:
        """Whether the word at `place`, taken for an infinitive, describes a noun right before a finite verb
        ("at *følsomme* data endte …")."""
        tokens = self.tokens
        if self.data.verb_endings[:1] != ["e"] or place + 2 >= len(tokens):
            return False
        return tokens[place + 1].pos == "NOUN" and is_finite(tokens[place + 2])

    def _infinitive_start(self, i: int) -> int | None:
        """Where the infinitive clause whose marker stands at `i` begins; None where the sentence has no verb
        yet."""
        openers = self.data.infinitive_openers
        if openers and self.data.infinitives_last:
            return self._start_before_objects(i)
        start = i
        while start and (self.tokens[start - 1].lower in openers or self.tokens[start - 1].pos == "PART"):
            start -= 1
        return start

    def _start_before_objects(self, i: int) -> int | None:
        """The same where the marker stands by the verb, with the objects before it."""
        tokens, last_verb = self.tokens, self._last_verb
        if last_verb == i - 1 and not is_finite(tokens[last_verb]):  # "Daten | weitergegeben *zu* haben"
            before = next((k for k in range(last_verb - 1, -1, -1) if is_verb(tokens[k])), -1)
            if any(t.text == "," for t in tokens[before + 1 : last_verb]):
                last_verb = before
        for j in range(i - 1, last_verb, -1):
            opener = tokens[j].lower in self.data.infinitive_openers
            if opener and (j == 0 or tokens[j - 1].pos != "VERB" or tokens[j].pos != "ADP"):
                return j
            if tokens[j].text in (",", ";", ":"):
                return j + 1
        if last_verb < 0:
            return None
        start = last_verb + 1
        lemma = tokens[last_verb].lemma
        for j in range(start, i):
            word = tokens[j].lower
            own = (
                j > start and tokens[j - 1].lower in self.data.reflexives
            )  # "zegt zich *aan* de wet te houden"
            if (
                word in self.data.particles
                and not own
                and (lemma.startswith(word) or is_word(word + lemma, self.language))
            ):
                start = j + 1  # "riep Brussel op | Pegasus in de ban te doen"
        start = max(start, *(self._after_governor(k, i) for k in range(start, i)), 0)
        while start + 1 < i and tokens[start].pos == "PRON":
            start += 1
        return start

    def _after_governor(self, start: int, stop: int) -> int:
        """Where the phrase ends that stands at `start`, before `stop`, and that an infinitive completes ("is
        van plan | Huawei te weren"); 0 where none stands there."""
        for phrase in self.data.governors:
            words = phrase.split()
            end = start + len(words)
            if end <= stop and [t.lower for t in self.tokens[start:end]] == words:
                return end
        return 0

    # -- participles that describe a noun --------------------------------------------------------------------

    def _describes(self, i: int) -> bool:
        """Whether the word at `i` is a past participle that describes the noun right before it, with or
        without a comma ("the firm, *accused* of spying,"), and does not belong to an auxiliary."""
        tokens = self.tokens
        if not self.data.participle_clauses or not i or not is_past_participle(tokens[i]):
            return False
        before = i - 1
        if tokens[before].text == "," and before:
            before -= 1
        if tokens[before].pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        verb = next((t for t in reversed(tokens[:i]) if is_verb(t)), None)
        waits = verb is not None and verb.pos == "AUX" and is_finite(verb)  # "has, X says, *spied*"
        if self.data.bare_complements:  # a past tense looks the same, and has its object or stands alone
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            told = any(is_finite(t) for t in tokens if t.index != tokens[i].index)
            return told and not waits and after is not None and after.pos in ("ADP", "PART", "ADV", "SCONJ")
        return not waits or before == i - 1

    # -- infinitives without a marker ------------------------------------------------------------------------

    def _follows_saying(self, i: int) -> bool:
        """Whether at `i` stands an infinitive that completes the verb of saying before it ("dément *avoir*
        espionné")."""
        token, data = self.tokens[i], self.data
        if not data.bare_infinitives or not is_verb(token) or "VerbForm=Inf" not in token.morph:
            return False
        start = self._before_small(i)
        before = self.tokens[start - 1] if start else None
        if before is None or start in self._cuts:
            return False
        return is_verb(before) and before.lemma in data.bare_infinitives

    def _before_small(self, i: int) -> int:
        """Where the adverbs, clitics and words of negation begin that stand before the verb at `i`."""
        small = (*self.data.clitics, *self.data.reflexives)
        while i and (self.tokens[i - 1].pos in ("ADV", "PART") or self.tokens[i - 1].lower in small):
            i -= 1
        return i

    # -- coordinators and second verbs -----------------------------------------------------------------------

    def _joins_clauses(self, i: int) -> bool:
        """Whether the coordinator at `i` joins clauses and not phrases: a verb stands on both sides, the one
        after it near, or before anything that could end its clause."""
        tokens = self.tokens
        if not i or i + 1 >= len(tokens) or tokens[i].lower not in self.data.coordinators:
            return False
        if self._last_verb <= max(c for c in self._cuts if c <= i):
            return False
        j = i + 1
        while j < len(tokens) and tokens[j].pos in ("ADV", "PART", "SCONJ"):
            j += 1
        if j < len(tokens) and is_verb(tokens[j]):
            return True
        for token in tokens[i + 1 :]:
            if token.text in (",", ";", ":") or token.pos in ("CCONJ", "SCONJ"):
                return False
            if token.pos == "PART" and token.lower in self.data.infinitive and self.data.bare_complements:
                return False  # "asked X and Y *to* …"
            if is_finite(token):
                return True
        return False

    def _cut_second_verbs(self) -> None:
        """Cut before a second finite verb with its subject: a complement without "that" ("said it will"), or
        the clause around a relative one taken up again ("the board that … said")."""
        bare = self.data.bare_complements
        if not bare and not self.data.participle_clauses:
            return
        starts = sorted(self._cuts)
        for first, last in zip(starts, [*starts[1:], len(self.tokens)], strict=True):
            opening = self._cuts[first]
            finite = [i for i in range(first, last) if is_finite(self.tokens[i])]
            finite = [first, *finite] if opening == "part" else finite
            if len(finite) < 2 or opening == "and":
                continue
            one, two = finite[0], finite[1]
            if not any(is_nominal(self.tokens[i]) for i in range(one + 1, two)):
                continue
            if opening in ("rel", "part"):
                self._cuts[self._before_small(two) if self.data.clitics else two] = "mark"
                continue
            if not bare:
                continue
            start = two
            while start - 1 > one and self._in_subject(start - 1, one):
                start -= 1
                if self.tokens[start].pos in ("DET", "PRON"):
                    break
            if one < start < two:
                self._cuts[start] = "bare"

    def _in_subject(self, i: int, verb: int) -> bool:
        """Whether the word at `i` may stand in a second verb's subject, after the first one at `verb`."""
        if self.tokens[i].pos in _BEFORE_VERB:
            return True
        return self.tokens[i].pos == "ADP" and i - 1 > verb and is_nominal(self.tokens[i - 1])
