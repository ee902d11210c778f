"""Proper names on a page: the ones we know, and capitalised words that behave like names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.entities._data import adjectives, catalogue, english_name, name_data, people
from onrecord.entities._gazetteer import Name, bare, is_capital, known_name
from onrecord.entities._listed import noun_in
from onrecord.entities._model import EntityKind
from onrecord.language import Analysis, Token, is_compound, is_noun, is_word, language_data, plain

_APOSTROPHES = ("'s", "’s", "'", "’")
_INSIDE = frozenset(
    [
        "de",
        "van",
        "der",
        "den",
        "of",
        "for",
        "the",
        "von",
        "du",
        "la",
        "le",
        "al",
        "bin",
        "&",
        "'t",
        "ter",
        "ten",
        "-",
    ]
)
_COMPANY_WORDS = frozenset(
    [
        "a/s",
        "as",
        "aps",
        "inc",
        "inc.",
        "ltd",
        "ltd.",
        "corp",
        "corp.",
        "co",
        "co.",
        "gmbh",
        "ag",
        "b.v.",
        "bv",
        "n.v.",
        "nv",
        "s.a.",
        "plc",
        "llc",
        "group",
        "holding",
        "holdings",
        "technologies",
        "technology",
        "telecom",
        "telekom",
        "mobile",
        "networks",
        "electronics",
        "systems",
        "semiconductor",
        "software",
        "labs",
        "lab",
        "international",
    ]
)


class NameFinder:
    """Finds the proper names of one page. What a word is in one sentence helps to tell what it is in
    another."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.language = analysis.language
        self.data = name_data(analysis.language)
        self.words = language_data(analysis.language)
        calendar = (*self.words.months, *self.words.weekdays)
        self.stop = {str(s).lower() for s in self.data.stop} | {m.lower() for m in calendar}
        self.peoples = {**adjectives(self.language), **people(self.language)}
        self.fields = {f.lower() for f in self.data.fields}
        self.initial = {s.first for s in analysis.sentences}  # places where any word has a capital
        self.inner = Counter(t.text for t in analysis.tokens if t.index not in self.initial and is_capital(t))

    def find(self) -> list[Name]:
        """All proper names of the page in order; surnames carry the key of the full name."""
        found: list[Name] = []
        for sentence in self.analysis.sentences:
            tokens = self.analysis.tokens[sentence.first : sentence.last]
            i = 0
            while i < len(tokens):
                name = self._at(tokens, i, sentence.first)
                if name is not None and self._is_paper(name):
                    i = name.last - sentence.first
                    continue
                if name is not None:
                    found.append(name)
                i = max(name.last - sentence.first, i + 1) if name is not None else i + 1
        return self._settle(self._without_places(found))

    def _is_paper(self, name: Name) -> bool:
        """Whether a new name is that of a law or list ("National Intelligence Law"), which neither acts nor
        says anything."""
        new = name.key not in catalogue() and name.kind != "state" and name.last - name.first > 1
        return new and noun_in(self.analysis.tokens[name.last - 1].lemma, self.data.papers) is not None

    def _at(self, tokens: Sequence[Token], i: int, first: int) -> Name | None:
        """The name that begins at place `i` of a sentence whose first token is the page's `first`: a
        subsidiary's, a known one or a new one; a new one that is longer wins, unless the known one is a
        state's or paper's."""
        known = known_name(tokens, i, self.language)
        new = self._unknown(tokens, i)
        branch = self._branch(known, tokens, first)
        if branch is not None:
            return branch
        if known is None or new is None:
            return known or new
        if new.last <= known.last or not known.whole:
            return known
        settled = known.kind in ("state", "outlet") and not self._continues(known, new, tokens, first)
        return known if settled else new

    def _without_places(self, found: list[Name]) -> list[Name]:
        """Leave out new names of one word that only ever stand after "in" or "at": they are places."""
        tokens, where = self.analysis.tokens, self.words.locative
        elsewhere = {
            n.key
            for n in found
            if n.first in self.initial or not n.whole or plain(tokens[n.first - 1], self.words) not in where
        }
        kept = {*elsewhere, *catalogue()}
        return [n for n in found if n.key in kept or n.kind != "company" or n.last - n.first > 1]

    def _branch(self, name: Name | None, tokens: Sequence[Token], first: int) -> Name | None:
        """A company's name with a state's right after it: its subsidiary there ("Huawei Nederland")."""
        if name is None or name.kind != "company" or not name.whole or name.last - first >= len(tokens):
            return None
        if tokens[name.last - 1 - first].text.endswith(_APOSTROPHES):
            return None
        state = known_name(tokens, name.last - first, self.language)
        if (
            state is None
            or state.kind != "state"
            or tokens[state.last - 1 - first].lower in adjectives(self.language)
        ):
            return None
        return Name(name.first, state.last, f"{name.key} {english_name(state.key)}", "company")

    def _continues(self, name: Name, longer: Name, tokens: Sequence[Token], first: int) -> bool:
        """Whether a state's or paper's name is the first part of another name ("Washington Examiner")."""
        after = name.last - first
        if tokens[after - 1].text.endswith(_APOSTROPHES):
            return False
        if after >= len(tokens) or longer.last <= name.last:
            return False
        return is_capital(tokens[after]) and known_name(tokens, after, self.language) is None

    def _starts_name(self, token: Token) -> bool:
        """Whether the word's capital is a name's: at a sentence's beginning, where the word has one elsewhere
        too."""
        low = token.lower
        if not is_capital(token) or low in self.stop or any(f in self.peoples for f in bare(low)):
            return False
        if noun_in(token.lemma, self.data.government) and token.index not in self.initial:
            return False  # "de Staat"
        for after in self.analysis.tokens[token.index + 1 : token.index + 2]:
            if f"{low} {after.lower}" in adjectives(self.language):
                return False  # "North Korean"
            lower = not is_capital(after) or self.words.nouns_capitalised
            if token.pos == "ADJ" and after.pos == "NOUN" and lower:
                return False  # a place's adjective
        if self.words.nouns_capitalised:
            return self._proper(token)
        if token.index in self.initial:
            return self.inner[token.text] > 0
        return True

    def _proper(self, token: Token) -> bool:
        """Whether a word is a name where every noun has a capital: the model's word for it counts for a word
        that the word list knows, unless an article or adjective stands before it; else its shape."""
        text = token.text
        if token.index in self.initial and token.lower != text and is_word(token.lower, self.language):
            return False
        if len(text) > 1 and text.replace("-", "").isupper():
            return True
        if not is_noun(text, self.language):
            return token.pos in ("PROPN", "NOUN", "X", "ADJ") and "-" not in text
        if token.pos != "PROPN" or token.lemma != token.lower or is_compound(text, self.language):
            return False
        if any(noun_in(token.lemma, d) for d in (self.data.titles, self.data.company, self.data.body)):
            return False
        before = self.analysis.tokens[token.index - 1] if token.index not in self.initial else None
        return before is None or (
            before.pos not in ("DET", "NUM") and (before.pos != "ADJ" or is_capital(before))
        )

    def _unknown(self, tokens: Sequence[Token], i: int) -> Name | None:
        """The capitalised words from place `i` on that may be a name."""
        if not self._starts_name(tokens[i]) and not self._opens_before_name(tokens, i):
            return None
        if noun_in(tokens[i].lemma, self.data.titles) and i + 1 < len(tokens) and is_capital(tokens[i + 1]):
            return None
        j = self._end(tokens, i)
        # "Prime Minister Boris Johnson": the title is no part of the name
        titled = (k for k in range(j - 1, i, -1) if noun_in(tokens[k - 1].lemma, self.data.titles))
        i = next((k for k in titled if is_capital(tokens[k])), i)
        # "minister of *Digital Affairs* Oliver Dowden": the field is no part of the name
        fields = (k for k in range(j - 1, i, -1) if " ".join(t.lower for t in tokens[i:k]) in self.fields)
        i = next(fields, i)
        *words, last = [t.text for t in tokens[i:j]]
        if self._genitive(last):
            last = min(bare(last), key=len)
        key = " ".join([*words, last]).replace(" - ", "-")
        return Name(tokens[i].index, tokens[j - 1].index + 1, key, self._kind(tokens, i, j))

    def _opens_before_name(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether a sentence's first word, seen nowhere else, is a name's first part: a proper noun before a
        name."""
        token, words = tokens[i], self.words
        if i + 1 >= len(tokens) or token.index not in self.initial or token.pos != "PROPN":
            return False
        if token.lower in (*words.subordinators, *words.complementizers) or token.lower in self.stop:
            return False
        return is_capital(token) and self._starts_name(tokens[i + 1])

    def _end(self, tokens: Sequence[Token], i: int) -> int:
        """Where the capitalised words that begin at `i` end, with small words inside ("van der") counted
        in."""
        j = i + 1
        while j < len(tokens):
            if self._goes_on(tokens[j]) and not tokens[j].text.endswith((":", ".")):
                j += 1
            elif tokens[j].lower in _INSIDE and j + 1 < len(tokens) and self._goes_on(tokens[j + 1]):
                if known_name(tokens, j + 1, self.language) is not None and tokens[j].lower != "-":
                    break
                j += 2
            else:
                break
        return j

    def _goes_on(self, token: Token) -> bool:
        if not is_capital(token) or token.lower in self.stop:
            return False
        if not self.words.nouns_capitalised or token.pos == "PROPN" or token.lower in _COMPANY_WORDS:
            return True
        return self._proper(token)

    def _genitive(self, word: str) -> bool:
        """Whether the word's ending is a genitive: it also stands without on the page, or carries an
        apostrophe."""
        if word.endswith(_APOSTROPHES):
            return True
        return word.endswith("s") and self.inner[word[:-1]] > 0

    def _kind(self, tokens: Sequence[Token], i: int, j: int) -> EntityKind:
        """What a new name names, from the words in and around it."""
        inside, data = tokens[i:j], self.data
        start = known_name(inside, 0, self.language)
        if start is not None and start.kind == "company":
            return "company"
        if any({t.lower, t.lower.strip(".")} & _COMPANY_WORDS for t in inside):
            return "company"
        if any(noun_in(t.lemma, data.body) for t in inside):
            return "body"
        if any(noun_in(t.lemma, data.outlet) for t in inside):
            return "outlet"
        beside = self._kind_beside(tokens, i, j)
        if beside is not None:
            return beside
        if len(inside) == 1 and inside[0].text.isupper() and len(inside[0].text) > 1:
            return "body"
        if len(inside) in (2, 3) and all(t.text.replace("-", "").replace(".", "").isalpha() for t in inside):
            return "person"
        return "company"

    def _kind_beside(self, tokens: Sequence[Token], i: int, j: int) -> EntityKind | None:
        """What the noun before a name, with or without a comma, or the one after its comma says that it
        names."""
        data = self.data
        before = tokens[i - 1] if i else None
        if before is not None and before.text == "," and i > 1:
            before = tokens[i - 2]
            if self._titled(tokens, i - 2):
                return "person"
        elif before is not None and self.words.adjectives_follow:
            before = self._chief(tokens, i - 1)
            if before is None and j - i > 1 and self._titled(tokens, i - 1):
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
        after = tokens[j + 1] if j + 1 < len(tokens) and tokens[j].text == "," else None
        return "person" if after is not None and noun_in(after.lemma, data.titles) else None

    def _chief(self, tokens: Sequence[Token], last: int) -> Token | None:
        """The noun to which the words up to `last`, right before a name, belong ("le *géant* chinois"), in
        languages whose adjectives follow."""
        k = last
        while k > 0 and (tokens[k].pos == "ADJ" or tokens[k].lower in self.peoples):
            k -= 1
        if tokens[k].pos == "NOUN" and k and plain(tokens[k - 1], self.words) in self.words.genitive_of:
            return None
        return tokens[k] if tokens[k].pos == "NOUN" or k == last else None

    def _titled(self, tokens: Sequence[Token], last: int) -> bool:
        """Whether the noun at `last` only says whose officer a phrase means ("the founder of the firm")."""
        for k in range(last, max(last - 6, -1), -1):
            if tokens[k].pos in ("VERB", "AUX", "PUNCT", "SCONJ"):
                return False
            if noun_in(tokens[k].lemma, self.data.titles):
                return True
        return False

    def _settle(self, found: list[Name]) -> list[Name]:
        """Surnames and first halves of longer names take the longer name's key; the best-supported kind
        wins."""
        keys = {n.key: n.kind for n in found}
        known = catalogue()
        parents: dict[str, str] = {}
        for name in found:
            if name.key in known or name.kind == "state" or name.key in parents:
                continue
            words = name.key.split()
            for other, kind in keys.items():
                longer = other.split()
                if len(longer) <= len(words) or kind == "state":
                    continue
                if kind == "person" and longer[-len(words) :] == words:
                    parents[name.key] = other
                elif (
                    kind == "person" and len(words) == 1 and words[0] == longer[0] and len(words[0]) > 2
                ) or (kind in ("company", "body") and longer[: len(words)] == words):
                    parents.setdefault(name.key, other)
        settled = []
        for name in found:
            key = parents.get(name.key, name.key)
            settled.append(Name(name.first, name.last, key, keys.get(key, name.kind), name.whole))
        return settled
