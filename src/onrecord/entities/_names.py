"""Proper names on a page: the ones we know, and capitalised words that behave like names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.entities._data import adjectives, catalogue, english_name, name_data, noun_in, people, state_names
from onrecord.entities._model import EntityKind
from onrecord.language import Analysis, Token, language_data

_GENITIVES = ("'s", "’s", "s", "'", "’")
_INSIDE = frozenset({"de", "van", "der", "den", "of", "for", "the", "von", "du", "la", "le", "al", "bin", "&", "'t", "ter", "ten", "-"})
_COMPANY_WORDS = frozenset(
    "a/s as aps inc inc. ltd ltd. corp corp. co co. gmbh ag b.v. bv n.v. nv s.a. plc llc group holding holdings technologies "
    "technology telecom telekom mobile networks electronics systems semiconductor software labs lab international".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name on the page: tokens `first` to `last` (exclusive). `whole` is false where the name is only the
    first part of a compound word ("Huawei-udstyr")."""

    first: int
    last: int
    key: str
    kind: EntityKind
    whole: bool = True


@cache
def gazetteer(language: str) -> dict[str, list[tuple[tuple[str, ...], str, EntityKind]]]:
    """First word → (words, key, kind) of every known name that begins with it, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str, EntityKind]]] = {}

    def put(name: str, key: str, kind: EntityKind) -> None:
        words = tuple(name.split())
        if words:
            index.setdefault(words[0].lower(), []).append((words, key, kind))

    for code, names in state_names(language).items():
        for name in names:
            put(name, code, "state")
    for entity in catalogue().values():
        for name in (entity.key, *entity.names):
            put(name, entity.key, entity.kind)
            if name.startswith("The "):
                put(name.removeprefix("The "), entity.key, entity.kind)
    for entries in index.values():
        entries.sort(key=lambda e: -len(e[0]))
    return index


def bare(word: str) -> tuple[str, ...]:
    """A word and what is left of it without a genitive ending."""
    forms = [word]
    for ending in _GENITIVES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            forms.append(word[: -len(ending)])
    return tuple(forms)


def _same(token: str, word: str, last: bool) -> bool:
    forms = bare(token) if last else (token,)
    if any(f == word for f in forms):
        return True
    # A name all in capitals in a headline, or lower-case articles inside a name; never a common word for a name.
    return len(word) > 3 and any(f.lower() == word.lower() for f in forms) and token[:1].isupper() == word[:1].isupper()


def _known(tokens: Sequence[Token], i: int, language: str) -> Name | None:
    """The longest known name that begins at place `i` of `tokens`."""
    text = tokens[i].text
    starts = {f.lower() for f in bare(text)}
    head, hyphen, _ = text.partition("-")
    if hyphen and len(head) > 1:
        starts.add(head.lower())
    entries = [e for s in starts for e in gazetteer(language).get(s, ())]
    for words, key, kind in sorted(entries, key=lambda e: -len(e[0])):
        if len(words) == 1 and words[0][:1].isupper() and not text[:1].isupper():
            continue
        span = tokens[i : i + len(words)]
        if len(span) == len(words) and all(_same(t.text, w, k == len(words) - 1) for k, (t, w) in enumerate(zip(span, words, strict=True))):
            return Name(tokens[i].index, tokens[i].index + len(words), key, kind)
        if len(words) == 1 and hyphen and head == words[0]:
            return Name(tokens[i].index, tokens[i].index + 1, key, kind, whole=False)
        joined = "".join(words)
        if "-" in joined and len(words) == 1:  # the tokenizer may part a hyphenated name
            parts = words[0].replace("-", " - ").split()
            span = tokens[i : i + len(parts)]
            if len(span) == len(parts) and all(_same(t.text, w, k == len(parts) - 1) for k, (t, w) in enumerate(zip(span, parts, strict=True))):
                return Name(tokens[i].index, tokens[i].index + len(parts), key, kind)
    return None


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and any(c.isalpha() for c in token.text)


class NameFinder:
    """Finds the proper names of one page. What a word is in one sentence helps to tell what it is in another."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.language = analysis.language
        self.data = name_data(analysis.language)
        self.words = words = language_data(analysis.language)
        self.stop = {str(s).lower() for s in self.data.stop} | {m.lower() for m in (*words.months, *words.weekdays)}
        self.adjectives = adjectives(self.language)
        self.people = people(self.language)
        self.titles = self.data.titles
        self.fields = {f.lower() for f in self.data.fields}
        initial = {s.first for s in analysis.sentences}
        self.initial = initial
        self.inner = Counter(t.text for t in analysis.tokens if t.index not in initial and _capital(t))
        self.lower = {t.text for t in analysis.tokens if t.text[:1].islower()}

    def find(self) -> list[Name]:
        """All proper names of the page in order; surnames carry the key of the full name."""
        found: list[Name] = []
        for sentence in self.analysis.sentences:
            tokens = self.analysis.tokens[sentence.first : sentence.last]
            i = 0
            while i < len(tokens):
                name = _known(tokens, i, self.language)
                longer = self._unknown(tokens, i)
                branch = self._branch(name, tokens, sentence.first)
                if branch is not None:
                    found.append(branch)
                    name = branch
                elif name is not None and (longer is None or longer.last <= name.last or not name.whole or (name.kind in ("state", "outlet") and not self._continues(name, longer, tokens, sentence.first))):
                    found.append(name)
                elif longer is not None:
                    found.append(longer)
                    name = longer
                i = max(name.last - sentence.first, i + 1) if name is not None else i + 1
        return self._settle(self._without_places(found))

    def _without_places(self, found: list[Name]) -> list[Name]:
        """Leave out new names of one word that only ever stand after "in" or "at": they are places."""
        tokens, where = self.analysis.tokens, language_data(self.language).locative
        known = catalogue()
        elsewhere = {
            n.key
            for n in found
            if n.first in self.initial or not n.whole or tokens[n.first - 1].lower not in where
        }
        return [n for n in found if n.key in elsewhere or n.key in known or n.kind != "company" or n.last - n.first > 1]

    def _branch(self, name: Name | None, tokens: Sequence[Token], first: int) -> Name | None:
        """A company's name with a state's right after it: its subsidiary there ("Huawei Nederland")."""
        if name is None or name.kind != "company" or not name.whole or name.last - first >= len(tokens):
            return None
        if tokens[name.last - 1 - first].text.endswith(("'s", "’s", "'", "’")):
            return None
        state = _known(tokens, name.last - first, self.language)
        if state is None or state.kind != "state" or tokens[state.last - 1 - first].lower in self.adjectives:
            return None
        return Name(name.first, state.last, f"{name.key} {english_name(state.key)}", "company")

    def _continues(self, name: Name, longer: Name, tokens: Sequence[Token], first: int) -> bool:
        """Whether a state's or paper's name is the first part of another name ("Washington Examiner")."""
        after = name.last - first
        if any(tokens[name.last - 1 - first].text.endswith(g) for g in ("'s", "’s", "'", "’")):
            return False
        return after < len(tokens) and _capital(tokens[after]) and longer.last > name.last and _known(tokens, after, self.language) is None

    def _starts_name(self, token: Token) -> bool:
        low = token.lower
        if not _capital(token) or low in self.stop or any(f in self.adjectives or f in self.people for f in bare(low)):
            return False
        after = self.analysis.tokens[token.index + 1] if token.index + 1 < len(self.analysis.tokens) else None
        if token.pos == "ADJ" and after is not None and after.pos == "NOUN" and not _capital(after):
            return False  # a place's adjective
        if token.index in self.initial:
            return self.inner[token.text] > 0
        return True

    def _unknown(self, tokens: Sequence[Token], i: int) -> Name | None:
        """The capitalised words from place `i` on that may be a name."""
        if not self._starts_name(tokens[i]):
            openers = (*self.words.subordinators, *self.words.complementizers)
            follows = i + 1 < len(tokens) and tokens[i].lower not in openers and tokens[i].index in self.initial and self._starts_name(tokens[i + 1])
            if not (follows and _capital(tokens[i]) and tokens[i].pos == "PROPN" and tokens[i].lower not in self.stop):
                return None
        if noun_in(tokens[i].lemma, self.titles) and i + 1 < len(tokens) and _capital(tokens[i + 1]):
            return None
        j = i + 1
        while j < len(tokens):
            if _capital(tokens[j]) and not tokens[j].text.endswith((":", ".")) and tokens[j].lower not in self.stop:
                j += 1
            elif tokens[j].lower in _INSIDE and j + 1 < len(tokens) and _capital(tokens[j + 1]) and tokens[j + 1].lower not in self.stop:
                if _known(tokens, j + 1, self.language) is not None and tokens[j].lower != "-":
                    break
                j += 2
            else:
                break
        for k in range(j - 1, i, -1):  # "minister of *Digital Affairs* Oliver Dowden": the field is no part of the name
            if " ".join(t.lower for t in tokens[i:k]) in self.fields:
                i = k
                break
        words = [t.text for t in tokens[i:j]]
        key = " ".join([*words[:-1], min(bare(words[-1]), key=len) if self._genitive(words[-1]) else words[-1]]).replace(" - ", "-")
        return Name(tokens[i].index, tokens[j - 1].index + 1, key, self._kind(tokens, i, j))

    def _genitive(self, word: str) -> bool:
        """Whether the word's ending is a genitive: it also stands without on the page, or carries an apostrophe."""
        if word.endswith(("'s", "’s", "'", "’")):
            return True
        return word.endswith("s") and self.inner[word[:-1]] > 0

    def _kind(self, tokens: Sequence[Token], i: int, j: int) -> EntityKind:
        """What a new name names, from the words in and around it."""
        inside = [t for t in tokens[i:j]]
        data = self.data
        start = _known(inside, 0, self.language)
        if start is not None and start.kind == "company":
            return "company"
        if any(t.lower.strip(".") in _COMPANY_WORDS or t.lower in _COMPANY_WORDS for t in inside):
            return "company"
        if any(noun_in(t.lemma, data.body) for t in inside):
            return "body"
        if any(noun_in(t.lemma, data.outlet) for t in inside):
            return "outlet"
        before = tokens[i - 1] if i else None
        if before is not None and before.text == "," and i > 1:
            before = tokens[i - 2]
        after = tokens[j + 1] if j + 1 < len(tokens) and tokens[j].text == "," else None
        for near in (before, after):
            if near is None:
                continue
            if noun_in(near.lemma, data.titles):
                return "person"
            if near is before:
                if noun_in(near.lemma, data.company):
                    return "company"
                if noun_in(near.lemma, data.outlet):
                    return "outlet"
                if noun_in(near.lemma, data.body):
                    return "body"
        if len(inside) == 1 and inside[0].text.isupper() and len(inside[0].text) > 1:
            return "body"
        if len(inside) in (2, 3) and all(t.text.replace("-", "").replace(".", "").isalpha() for t in inside):
            return "person"
        return "company"

    def _settle(self, found: list[Name]) -> list[Name]:
        """Surnames and first halves of longer names take the longer name's key; the best-supported kind wins."""
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
                elif kind == "person" and len(words) == 1 and words[0] == longer[0] and len(words[0]) > 2:
                    parents.setdefault(name.key, other)
                elif kind in ("company", "body") and longer[: len(words)] == words:
                    parents.setdefault(name.key, other)
        settled = []
        for name in found:
            key = parents.get(name.key, name.key)
            settled.append(Name(name.first, name.last, key, keys.get(key, name.kind), name.whole))
        return settled
