"""Proper names on a page: the ones we know, and capitalised words that behave like names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.entities._catalogue import catalogue, places
from onrecord.entities._data import adjectives, common, english_name, name_data
from onrecord.entities._gazetteer import Name, bare, is_capital, known_name
from onrecord.entities._listed import noun_in
from onrecord.entities._name_kinds import NameKinds
from onrecord.entities._name_links import NameLinks
from onrecord.entities._name_spans import NameSpans
from onrecord.entities._new_keys import key_of_new
from onrecord.language import Analysis, Token, language_data, plain

_APOSTROPHES = ("'s", "’s", "'", "’")


class NameFinder:
    """Finds the proper names of one page. What a word is in one sentence helps to tell what it is in
    another."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.language = analysis.language
        self.data = name_data(analysis.language)
        self.words = language_data(analysis.language)
        self.kinds = NameKinds(analysis.language)
        self.spans = NameSpans(analysis)
        self.links = NameLinks(analysis)

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
        return self.links.settle(self._without_places(found))

    def _is_paper(self, name: Name) -> bool:
        """Whether a new name is that of a law, list or ware ("Intelligence Law", "its Orion software"), which
        neither acts nor says anything."""
        tokens = self.analysis.tokens
        if name.key in catalogue() or name.kind == "state" or not name.whole:
            return False
        if name.name in common().nothing:
            return True
        if name.last - name.first > 1:
            last = tokens[name.last - 1]
            things = (self.data.papers, self.data.products)
            listed = any(noun_in(last.lemma, nouns) is not None for nouns in things)
            return listed and name.kind != "person" and last.lower not in common().company
        owned = name.first > 0 and tokens[name.first - 1].lower in self.data.pronouns["possessive"]
        after = tokens[name.last] if name.last < len(tokens) else None
        return owned and after is not None and noun_in(after.lemma, self.data.products) is not None

    def _at(self, tokens: Sequence[Token], i: int, first: int) -> Name | None:
        """The name that begins at place `i` of a sentence whose first token is the page's `first`: a
        subsidiary's, a known one or a new one; a new one that is longer wins, unless the known one is a
        state's or paper's, or what follows is a name of its own."""
        if self.spans.is_dateline(tokens[i]):
            return None
        known = known_name(tokens, i, self.language)
        new = self._unknown(tokens, i)
        branch = self._branch(known, tokens, first)
        if branch is not None:
            return branch
        if known is None or new is None:
            return known or new
        if new.last <= known.last or not known.whole:
            return known
        after = tokens[known.last - first]
        if known_name(tokens, known.last - first, self.language) is not None and after.text != "-":
            return known  # "EU-Kommissionen | Nuctechs kontorer"
        if known.kind == "company" and new.kind != "person":
            return self._extended(known, new, tokens, first)
        settled = known.kind in ("state", "outlet") and not self._continues(known, new, tokens, first)
        return known if settled else new

    def _extended(self, known: Name, new: Name, tokens: Sequence[Token], first: int) -> Name:
        """A known company's name with more words: its full name, one of its wares, which stands for it
        ("Google Workspace"), or a company of its own."""
        if self._in_genitive(known, tokens[known.last - 1 - first].text):
            return known
        rest = {t.lower.strip(".") for t in tokens[known.last - first : new.last - first]}
        if rest <= common().incorporated | {"&", "of"}:
            return replace(known, last=new.last)
        if rest & common().daughters or rest & common().incorporated:
            return new
        return replace(known, last=new.last)

    def _without_places(self, found: list[Name]) -> list[Name]:
        """Leave out new names of one word that only ever stand after "in" or "at": they are places; and known
        places wherever something only is in them."""
        tokens, where = self.analysis.tokens, self.words.locative
        found = [n for n in found if n.key not in places() or not self._only_where(n)]
        elsewhere = {
            n.key
            for n in found
            if n.first in self.spans.initial
            or not n.whole
            or plain(tokens[n.first - 1], self.words) not in where
        }
        elsewhere -= {n.key for n in self._listed_places(found)}
        kept = {*elsewhere, *catalogue()}
        return [n for n in found if n.key in kept or n.kind != "company" or n.last - n.first > 1]

    def _only_where(self, name: Name) -> bool:
        """Whether a place's name only says where something is: after a preposition or beside another
        place's."""
        if name.first in self.spans.initial:
            return False
        before = self.analysis.tokens[name.first - 1]
        return before.pos == "ADP" or before.text in (",", "(", "-") or not name.whole

    def _listed_places(self, found: list[Name]) -> Iterator[Name]:
        """New names of one word in a list after a place ("in Lyon, *Lille and Metz*")."""
        tokens, places = self.analysis.tokens, {0}
        for name in found:
            last = name.first - 1
            while last > 0 and (tokens[last].text == "," or tokens[last].pos == "CCONJ"):
                last -= 1
            after_place = name.first - 1 > last and last + 1 in places
            located = plain(tokens[name.first - 1], self.words) in self.words.locative and name.first
            if located or after_place:
                places.add(name.last)
            if after_place and name.kind == "company" and name.last - name.first == 1:
                yield name

    def _branch(self, name: Name | None, tokens: Sequence[Token], first: int) -> Name | None:
        """A company's name with a state's right after it, perhaps in brackets: its subsidiary there ("Huawei
        Nederland")."""
        if name is None or name.kind != "company" or not name.whole or name.last - first >= len(tokens):
            return None
        if tokens[name.last - 1 - first].text.endswith(_APOSTROPHES):
            return None
        after = name.last - first
        if tokens[after].text == "(" and after + 2 < len(tokens) and tokens[after + 2].text == ")":
            inside = tokens[after + 1]
            if not is_capital(inside) or inside.text.isupper():
                return None
            place = known_name(tokens, after + 1, self.language)
            if inside.lower in common().daughters:
                where = f"({inside.text})"
            elif place is not None and place.kind == "state":
                where = english_name(place.key)
            else:
                return None
            return Name(name.first, name.last + 3, f"{name.key} {where}", "company")
        state = known_name(tokens, after, self.language)
        if state is None or state.kind != "state":
            return None
        last = tokens[state.last - 1 - first]
        if last.lower in adjectives(self.language):
            behind = tokens[state.last - first] if state.last - first < len(tokens) else None
            if behind is None or behind.pos in ("NOUN", "ADJ", "PROPN") or last.text not in ("UK", "USA"):
                return None
            return Name(name.first, state.last, f"{name.key} {last.text}", "company")
        end = state.last
        while end - first < len(tokens) and tokens[end - first].lower.strip(".") in common().incorporated:
            end += 1
        return Name(name.first, end, f"{name.key} {english_name(state.key)}", "company")

    def _continues(self, name: Name, longer: Name, tokens: Sequence[Token], first: int) -> bool:
        """Whether a state's or paper's name is the first part of another name ("Washington Examiner")."""
        after = name.last - first
        if tokens[after - 1].text.endswith(_APOSTROPHES):
            return False
        if after >= len(tokens) or longer.last <= name.last:
            return False
        return is_capital(tokens[after])

    def _unknown(self, tokens: Sequence[Token], i: int) -> Name | None:
        """The capitalised words from place `i` on that may be a name."""
        spans = self.spans
        if not (spans.led_by_people(tokens, i) or spans.starts(tokens[i]) or spans.opens_before(tokens, i)):
            return None
        titled = noun_in(tokens[i].lemma, self.data.titles)
        if titled and i + 1 < len(tokens) and is_capital(tokens[i + 1]):
            return None
        part = self._part(tokens[i])
        if part is not None:
            return part
        j = spans.end(tokens, i)
        if spans.is_office(tokens, i, j):
            return None
        # "Prime Minister Boris Johnson": the title is no part of the name
        titles = (k for k in range(j - 1, i, -1) if noun_in(tokens[k - 1].lemma, self.data.titles))
        i = next((k for k in titles if is_capital(tokens[k])), i)
        # "minister of *Digital Affairs* Oliver Dowden": the field is no part of the name
        fields = (k for k in range(j - 1, i, -1) if " ".join(t.lower for t in tokens[i:k]) in spans.fields)
        i = next(fields, i)
        if (
            i
            and plain(tokens[i - 1], self.words) in self.words.genitive_of
            and self.kinds.titled(tokens, i - 1)
        ):
            i = next((k for k in range(i + 1, j - 1) if tokens[k].text in common().given_names), i)
        last = tokens[j - 1].text
        key = self.analysis.page.text[tokens[i].start : tokens[j - 1].end].replace("\n", " ")
        if self._genitive(last):
            key = key[: len(key) - len(last)] + min(bare(last), key=len)
        key = key_of_new(key)
        kind, weight = self.kinds.kind(tokens, i, j)
        self.links.count(key, kind, weight)
        return Name(tokens[i].index, tokens[j - 1].index + 1, key, kind)

    def _part(self, token: Token) -> Name | None:
        """A name of the page as first part of a compound with a common word ("Starlink-terminaler")."""
        head, hyphen, tail = token.text.partition("-")
        if not hyphen or not tail[:1].islower() or len(head) < 2:
            return None
        if head not in self.spans.texts:
            return None
        return Name(token.index, token.index + 1, key_of_new(head), "company", whole=False)

    def _genitive(self, word: str) -> bool:
        """Whether the word's ending is a genitive: it also stands without on the page, or carries an
        apostrophe."""
        if word.endswith(_APOSTROPHES):
            return True
        return word.endswith("s") and word[:-1] in self.spans.texts

    def _in_genitive(self, name: Name, last: str) -> bool:
        """Whether a known name whose last word is written `last` stands in the genitive."""
        if last.endswith(_APOSTROPHES):
            return True
        ends = {form.split()[-1] for form in (name.key, *catalogue()[name.key].names)}
        return last not in ends and last.endswith("s") and last[:-1] in ends
