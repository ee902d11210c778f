"""Where a new name begins and ends: which capitals are a name's, and which small words stand inside one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from onrecord.entities._catalogue import catalogue, places
from onrecord.entities._data import adjectives, common, name_data, people
from onrecord.entities._gazetteer import bare, is_capital, known_name
from onrecord.entities._listed import NounList, NounTable, noun_in
from onrecord.language import Analysis, Token, is_compound, is_noun, is_word, language_data

# What the model takes a name for.
_NAMING = ("PROPN", "NOUN", "ADJ", "X")
# Sums written without a space ("Sh104").
_MONEY = re.compile(r"(?:Sh|KSh|Rs|R|S|N|A|US|NT|HK|C|EUR|USD|DKK|SEK|NOK|RMB|CHF)\.?[\d.,]+\w*")
_QUOTES = frozenset('«»"“„‘‚:')


class NameSpans:
    """Tells where the new names of one page begin and end. `texts` are the page's words, `inner` those with a
    capital inside a sentence, `initial` the places where any word has one."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.language = analysis.language
        self.data = name_data(analysis.language)
        self.words = language_data(analysis.language)
        calendar = (*self.words.months, *self.words.weekdays)
        self.stop = {str(s).lower() for s in self.data.stop} | {m.lower() for m in calendar}
        self.peoples = {**adjectives(self.language), **people(self.language)}
        listed = (f for entry in self.data.states.values() for f in entry.get("adjectives") or ())
        self.capital_adjectives = {str(form) for form in listed if str(form)[:1].isupper()}
        self.fields = {f.lower() for f in self.data.fields}
        self.initial = {s.first for s in analysis.sentences}
        self.inner = Counter(t.text for t in analysis.tokens if t.index not in self.initial and is_capital(t))
        inside = [t for t in analysis.tokens if t.index not in self.initial]
        self.inner_pairs = {(a.text, b.text) for a, b in pairwise(inside) if is_capital(a) and is_capital(b)}
        self.texts = {t.text for t in analysis.tokens}
        self.shouted = self._shouted()
        self.named = self._named_words()

    def _shouted(self) -> set[int]:
        """Places of the first words of sentences all in capitals."""
        return {
            s.first
            for s in self.analysis.sentences
            if not any(t.text.islower() for t in self.analysis.tokens[s.first : s.last])
        }

    # -- where a name begins --------------------------------------------------------------------------------

    def starts(self, token: Token) -> bool:
        """Whether the word's capital is a name's: at a sentence's beginning, where the word has one elsewhere
        too or is no common word."""
        low = token.lower
        following = self.analysis.tokens[token.index + 1 : token.index + 2]
        if any(self._opens_family_name(token, after) for after in following):
            return True
        if not is_capital(token) or low in self.stop or any(f in self.peoples for f in bare(low)):
            return False
        if self.is_dateline(token) or _MONEY.fullmatch(token.text) or low in common().incorporated:
            return False
        alone = not any(is_capital(t) and t.index not in self.initial for t in following)
        if noun_in(token.lemma, self.data.government) and token.index not in self.initial and alone:
            return False  # "de Staat", but "Autoriteit Persoonsgegevens"
        for after in following:
            if f"{low} {after.lower}" in adjectives(self.language):
                return False  # "North Korean"
            lower = not is_capital(after) or self.words.nouns_capitalised
            if token.pos == "ADJ" and after.pos == "NOUN" and lower:
                return False  # a place's adjective
        if self.words.nouns_capitalised:
            return self._proper(token) or any(t.lower in common().incorporated for t in following)
        if token.index in self.initial:
            return self.inner[token.text] > 0 or self._is_uncommon(token)
        return True

    def _opens_family_name(self, token: Token, after: Token) -> bool:
        """Whether a small word with a capital opens a name ("minister Van Weel", "De Lijn"): inside a
        sentence, or where the page has the same two words there."""
        if token.lower not in common().inside or not is_capital(token) or not self._goes_on(after):
            return False
        return token.index not in self.initial or (token.text, after.text) in self.inner_pairs

    def is_dateline(self, token: Token) -> bool:
        """Whether the word, in capitals before a mark, says where a report was written ("SYDNEY: …")."""
        if token.index not in self.initial or not token.text.isupper() or len(token.text) < 4:
            return False
        return any(t.text in (":", "–", "—") for t in self.analysis.tokens[token.index + 1 : token.index + 2])

    def _proper(self, token: Token) -> bool:
        """Whether a word is a name where every noun has a capital: by its shape, or because no word list has
        it, or as one of the page's `named` words."""
        text = token.text
        if token.index in self.initial and token.lower != text and is_word(token.lower, self.language):
            return text in self.named
        if text.endswith(".") or len(text) < 2 or token.lower in common().incorporated:
            return False
        if len(text) > 1 and text.replace("-", "").isupper():
            return True
        if not is_noun(text, self.language):
            return token.pos in _NAMING and "-" not in text
        return token.pos in _NAMING and text in self.named

    def _named_words(self) -> set[str]:
        """Words that the word list knows and that are names on this page, where every noun has a capital:
        given names and what follows them, what the model took for names beside another name, and what stands
        right behind a title or a noun for a company."""
        if not self.words.nouns_capitalised:
            return set()
        tokens, named = self.analysis.tokens, set()
        for k, token in enumerate(tokens):
            if not is_capital(token) or token.lower in self.stop or token.pos not in _NAMING:
                continue
            before = tokens[k - 1] if k and k not in self.initial else None
            after = tokens[k + 1] if k + 1 < len(tokens) and k + 1 not in self.initial else None
            if self._is_named(token, before, after):
                named.add(token.text)
        return named

    def _is_named(self, token: Token, before: Token | None, after: Token | None) -> bool:
        """Whether a word that the word list may know is a name here, by the words beside it."""
        given, follows = common().given_names, after is not None and is_capital(after)
        if follows and token.text in given and after is not None and after.pos in _NAMING:
            return True
        if before is not None and before.text in given and before.pos in _NAMING:
            return True
        made = is_compound(token.text, self.language)
        if before is not None and before.pos == "NOUN" and self._introduces(before):
            plain = token.lemma == token.lower and not made
            return (token.pos == "PROPN" and plain) or (token.pos != "ADJ" and follows)
        beside = (t for t in (before, after) if t is not None and is_capital(t))
        return token.pos == "PROPN" and not made and any(t.pos == "PROPN" for t in beside)

    def _introduces(self, token: Token) -> bool:
        """Whether a noun is one behind which a name stands in apposition: a title, or one for a company, body
        or paper."""
        data = self.data
        lists: tuple[NounList | NounTable[Any], ...] = (data.titles, data.company, data.outlet, data.body)
        return any(noun_in(token.lemma, listed) for listed in lists)

    def _is_uncommon(self, token: Token) -> bool:
        """Whether a sentence's first word is no common word, by its shape or because no word list, and no
        other place on the page, has it in lower case."""
        text, data = token.text, self.data
        if token.index in self.shouted or text.endswith("-") or len(text) < 2:
            return False
        if sum(c.isupper() for c in text) > 1 or any(c.isdigit() for c in text):
            return "-" not in text
        forms = bare(token.lower)
        if token.lower in self.texts or not text.isalpha() or any(is_word(f, self.language) for f in forms):
            return False
        nouns: tuple[NounList | NounTable[Any], ...] = (
            data.company, data.body, data.government, data.roles, data.titles, data.products, data.outlet,
            data.spokesmen,
        )  # fmt: skip
        if any(noun_in(token.lemma, listed) for listed in nouns):
            return False
        if token.pos == "PROPN":
            return True
        return token.pos in ("NOUN", "X", "ADJ", "VERB") and not self._is_compound(token.lower)

    def _is_compound(self, low: str) -> bool:
        """Whether a word that no list has is made of one that a list has and something before it."""
        return any(is_word(low[k:], self.language) for k in range(3, len(low) - 3))

    def is_office(self, tokens: Sequence[Token], i: int, j: int) -> bool:
        """Whether the words are no name but a body's noun with a capital, alone ("the Commission") or behind
        its field ("Treasury Department"), to be read as in lower case."""
        body = noun_in(tokens[j - 1].lemma, self.data.body) is not None
        if not body or known_name(tokens, i, self.language) is not None:
            return False
        if j == i + 1:
            pointed = i > 0 and (tokens[i - 1].lower in self.data.definite or "Def" in tokens[i].morph)
            fields = (" ".join(t.lower for t in tokens[k:i]) for k in range(max(i - 4, 0), i))
            return pointed or tokens[i].index in self.initial or any(f in self.fields for f in fields)
        return " ".join(t.lower for t in tokens[i : j - 1]) in self.fields

    def led_by_people(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether a name begins with a people's adjective: where those have no capital of their own ("Dansk
        Industri"), or before words that end in a body's noun ("British Medical Association")."""
        if i + 1 >= len(tokens) or not is_capital(tokens[i]) or not is_capital(tokens[i + 1]):
            return False
        if tokens[i].lower not in adjectives(self.language) or tokens[i + 1].lower in self.stop:
            return False
        known, j = known_name(tokens, i + 1, self.language), self.end(tokens, i + 1)
        if known is not None and known.last >= tokens[j - 1].index + 1:
            entity = catalogue().get(known.key)
            foreign = entity is not None and entity.country not in (None, self.peoples[tokens[i].lower])
            if entity is None or entity.kind != "body" or not foreign:
                return False  # "American Microsoft", but "Australian Information Commissioner"
        if tokens[i].text not in self.capital_adjectives:
            return tokens[i].index not in self.initial and tokens[i - 1].text not in _QUOTES
        last = tokens[j - 1]
        if last.lower in common().incorporated or last.lower in common().company:
            return True
        office = noun_in(last.lemma, self.data.body) is not None or last.lower in common().offices
        return office and j - i > 2 and not self.is_office(tokens, i + 1, j)

    def opens_before(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether a sentence's first word, seen nowhere else, is a name's first part: a proper noun, or a
        body's noun ("Region Syddanmark"), before a name."""
        token, words = tokens[i], self.words
        if i + 1 >= len(tokens) or token.index not in self.initial or not is_capital(token):
            return False
        if token.lower in (*words.subordinators, *words.complementizers) or token.lower in self.stop:
            return False
        if not self.starts(tokens[i + 1]):
            return False
        data = self.data
        if noun_in(token.lemma, data.body) == token.lemma:
            known = known_name(tokens, i + 1, self.language)
            return known is None or known.key in places()
        if any(noun_in(token.lemma, nouns) for nouns in (data.company, data.titles, data.outlet, data.roles)):
            return False
        return token.pos == "PROPN"

    # -- where it ends --------------------------------------------------------------------------------------

    def end(self, tokens: Sequence[Token], i: int) -> int:
        """Where the capitalised words that begin at `i` end, with small words inside ("van der") and numbers
        ("TV 2 Lorry") counted in."""
        j = i + 1
        if tokens[i].lower in self.peoples and j < len(tokens) and is_capital(tokens[j]):
            j += 1
        while j < len(tokens):
            token, after = tokens[j], tokens[j + 1] if j + 1 < len(tokens) else None
            follows = after is not None and self._goes_on(after)
            if self._goes_on(token) and not token.text.endswith((":", ".")):
                j += 1
            elif follows and self._is_inside(tokens, i, j):
                if known_name(tokens, j + 1, self.language) is not None and token.lower != "-":
                    break
                if self._field_follows(tokens, i, j + 1):
                    break
                j += 2
            elif follows and self._joins(tokens, i, j):
                j += 2
            elif self._is_number(tokens, j):
                j += 1
            elif token.lower == "in" and after is not None and after.text == "'t" and j + 2 < len(tokens):
                j += 3  # "Sophie in 't Veld"
            else:
                break
        return j

    def _is_inside(self, tokens: Sequence[Token], i: int, j: int) -> bool:
        """Whether the small word at `j` can stand inside a name that begins at `i`."""
        low = tokens[j].lower
        if low in self.words.coordinators and low != "&":
            return False
        return low in common().inside or (low in common().purpose and self._has_body(tokens, i, j))

    def _goes_on(self, token: Token) -> bool:
        if not is_capital(token) or token.lower in self.stop:
            return False
        firm = token.lower in common().incorporated or token.lower in common().company
        if not self.words.nouns_capitalised or token.pos == "PROPN" or firm:
            return True
        return self._proper(token)

    def _field_follows(self, tokens: Sequence[Token], i: int, start: int) -> bool:
        """Whether the words from `start` on are a minister's field and so no part of his name ("Jan Jansen
        van Economische Zaken")."""
        if self._has_body(tokens, i, start):
            return False
        ends = range(start + 1, min(start + 5, len(tokens)) + 1)
        return any(" ".join(t.lower for t in tokens[start:end]) in self.fields for end in ends)

    def _joins(self, tokens: Sequence[Token], i: int, j: int) -> bool:
        """Whether the "and" at `j` stands inside a name: behind a cut word ("Post- og Telestyrelsen"), or in
        what a body is for ("Ministry of Digital Affairs and Climate")."""
        if tokens[j].lower not in self.words.coordinators[:1]:
            return False
        if tokens[j - 1].text.endswith("-") and len(tokens[j - 1].text) > 1:
            return True
        if known_name(tokens, j + 1, self.language) is not None:
            return False
        end = j + 1
        while end < len(tokens) and is_capital(tokens[end]):
            end += 1
        article = i > 0 and tokens[i - 1].lower in (*self.data.definite, *self.peoples)
        if end > j + 2 and article and noun_in(tokens[end - 1].lemma, self.data.body):
            return known_name(tokens, i, self.language) is None  # "the Communications and Media Authority"
        purpose = any(t.lower in common().purpose or t.lower in self.words.genitive_of for t in tokens[i:j])
        return purpose and self._has_body(tokens, i, j)

    def _has_body(self, tokens: Sequence[Token], i: int, j: int) -> bool:
        """Whether a body's noun is among the words from `i` to `j`."""
        return any(noun_in(t.lemma, self.data.body) for t in tokens[i:j])

    def _is_number(self, tokens: Sequence[Token], j: int) -> bool:
        """Whether a small number belongs to the name before it: another name's word follows, or no noun that
        it could count."""
        token, after = tokens[j], tokens[j + 1] if j + 1 < len(tokens) else None
        if not (token.text.isdigit() and len(token.text) < 3):
            return False
        if after is None or (is_capital(after) and self._goes_on(after)):
            return True
        return (
            tokens[j - 1].text in ("TV", "Channel", "Kanal", "Stream", "Radio", "Canal")
            and after.pos != "NOUN"
        )
