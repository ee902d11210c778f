"""What a new name names: a person, a company, a body or a paper, told by the words in it and around it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.entities._data import adjectives, common, name_data, people
from onrecord.entities._gazetteer import is_capital, known_name
from onrecord.entities._listed import noun_in
from onrecord.entities._model import EntityKind
from onrecord.language import Token, language_data, plain

# How much a sign of a name's kind counts against those at its other places on the page.
TOLD, LIKELY, GUESSED = 4, 2, 1


class NameKinds:
    """Guesses the kinds of names of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.data = name_data(language)
        self.words = language_data(language)
        self.peoples = {**adjectives(language), **people(language)}

    def kind(self, tokens: Sequence[Token], i: int, j: int) -> tuple[EntityKind, int]:
        """What the new name at `tokens[i:j]` of a sentence names, and how much the signs of it count."""
        inside, data = tokens[i:j], self.data
        start = known_name(inside, 0, self.language)
        if start is not None and start.kind == "company":
            return "company", TOLD
        for part in (inside[-1:], inside):
            if any(self._is_company_word(t) for t in part):
                return "company", TOLD
            if any(noun_in(t.lemma, data.body) or t.lower in common().offices for t in part):
                return "body", TOLD
            if any(noun_in(t.lemma, data.outlet) for t in part):
                return "outlet", TOLD
        beside = self._kind_beside(tokens, i, j)
        if beside is not None:
            return beside, TOLD
        if self._is_person(inside):
            return "person", TOLD
        if len(inside) == 1 and inside[0].text.isupper() and len(inside[0].text) > 1:
            return "body", GUESSED
        after_article = i > 0 and tokens[i - 1].lower in data.definite and tokens[i - 1].pos == "DET"
        if len(inside) in (2, 3) and not after_article and all(self._is_plain(t) for t in inside):
            return "person", GUESSED
        return "company", GUESSED

    def _is_plain(self, token: Token) -> bool:
        """Whether a word is written as family and given names are: letters, one capital at each beginning."""
        parts = token.text.replace(".", "").replace("’", "-").replace("'", "-").split("-")
        return all(p.isalpha() and (p[1:].islower() or len(p) == 1 or p[:2] == "Mc") for p in parts if p)

    def _is_person(self, inside: Sequence[Token]) -> bool:
        """Whether a name begins as persons' names do: with a given name, an initial, or a family name of
        those that stand first."""
        first = inside[0].text
        if not 2 <= len(inside) <= 4 or not all(self._is_plain(t) for t in inside if is_capital(t)):
            return False
        if first in common().given_names or (len(first) == 2 and first.endswith(".")):
            return True
        return first in common().family_first and len(inside) < 4

    def _is_company_word(self, token: Token) -> bool:
        words = {token.lower, token.lower.strip(".")}
        return any(words & set(listed) for listed in (common().incorporated, common().company))

    def _kind_beside(self, tokens: Sequence[Token], i: int, j: int) -> EntityKind | None:
        """What the noun before a name, with or without a comma, or the one after its comma says that it
        names."""
        data = self.data
        before = tokens[i - 1] if i else None
        if before is not None and before.text == "," and i > 1:
            before = tokens[i - 2]
            if self.titled(tokens, i - 2):
                return "person"
        elif before is not None and self.words.adjectives_follow:
            before = self._chief(tokens, i - 1)
            if before is None and j - i > 1 and self.titled(tokens, i - 1):
                return "person"  # "le ministre de l'Économie Jean Martin"
        if before is not None:
            if noun_in(before.lemma, data.titles):
                return "person"
            if noun_in(before.lemma, data.company):
                return "company"
            if noun_in(before.lemma, data.outlet):
                return "outlet"
            if noun_in(before.lemma, data.body):
                return "body"
        if j + 1 >= len(tokens) or tokens[j].text != ",":
            return None
        return self._kind_after(tokens, j + 1)

    def _kind_after(self, tokens: Sequence[Token], start: int) -> EntityKind | None:
        """What the first noun of an apposition that begins at `start` says that the name before it names."""
        k = start
        while k < len(tokens) and (tokens[k].pos in ("DET", "ADJ", "NUM") or tokens[k].lower in self.peoples):
            k += 1
        if k >= len(tokens) or (tokens[k].pos != "NOUN" and k > start):
            return None
        while k + 1 < len(tokens) and tokens[k + 1].pos == "NOUN" and self.language == "en":
            k += 1
        after, data = tokens[k], self.data
        if noun_in(after.lemma, data.titles):
            return "person"
        if k == start:
            return None  # the next name of a list
        return "company" if noun_in(after.lemma, data.company) else None

    def _chief(self, tokens: Sequence[Token], last: int) -> Token | None:
        """The noun to which the words up to `last`, right before a name, belong ("le *géant* chinois"), in
        languages whose adjectives follow."""
        k = last
        while k > 0 and (tokens[k].pos == "ADJ" or tokens[k].lower in self.peoples):
            k -= 1
        if tokens[k].pos == "NOUN" and k and plain(tokens[k - 1], self.words) in self.words.genitive_of:
            return None
        return tokens[k] if tokens[k].pos == "NOUN" or k == last else None

    def titled(self, tokens: Sequence[Token], last: int) -> bool:
        """Whether the noun at `last` only says whose officer a phrase means ("the founder of the firm")."""
        for k in range(last, max(last - 6, -1), -1):
            if tokens[k].pos in ("VERB", "AUX", "PUNCT", "SCONJ"):
                return False
            if noun_in(tokens[k].lemma, self.data.titles):
                return True
        return False
