"""Noun phrases of a sentence, and whom or what each stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.entities import EntityKind, Mention, Resolution, noun_in
from onrecord.entities._data import NameData, name_data
from onrecord.language import Analysis, Clause, Sentence, Token, language_data


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens `first` to `last` (exclusive), its head, and the preposition before it.

    `keys` are the entities that it stands for (`all_of`: all of them, else the alternatives, best first), by its head
    or, where `via` is `maker` ("equipment from X") or `owner` ("X's role"), through another.
    """

    first: int
    last: int
    head: int
    preposition: str | None
    keys: tuple[str, ...]
    kind: EntityKind | None
    via: str
    mention: Mention | None
    all_of: bool = False
    we: bool = False


class View:
    """A page's analysis with all that reading statements asks of it, by place."""

    def __init__(self, analysis: Analysis, resolution: Resolution) -> None:
        self.analysis = analysis
        self.resolution = resolution
        self.tokens = analysis.tokens
        self.words = language_data(analysis.language)
        self.names: NameData = name_data(analysis.language)
        self.mention_at: dict[int, Mention] = {i: m for m in resolution.mentions for i in range(m.first, m.last)}
        self.clause_at: dict[int, Clause] = {i: c for c in analysis.clauses for i in c.tokens}
        self.clauses: dict[int, list[Clause]] = {}
        for clause in analysis.clauses:
            self.clauses.setdefault(clause.sentence, []).append(clause)
        self.in_time = {i for t in analysis.times for i in range(t.first, t.last)}
        self.phrases: dict[int, list[Phrase]] = {}
        self.groups: dict[int, tuple[Phrase, ...]] = {}
        for sentence in analysis.sentences:
            phrases = list(self._products(self._makers(list(self._chunks(sentence))), sentence))
            self.phrases[sentence.index] = phrases
            self._coordinate(sentence, phrases)
        self.phrase_at: dict[int, Phrase] = {i: p for ps in self.phrases.values() for p in ps for i in range(p.first, p.last)}

    def kind(self, key: str) -> EntityKind:
        """The kind of the entity with that key."""
        return self.resolution.entities[key].kind

    def clause_by_index(self, index: int) -> Clause:
        """The clause of that index."""
        return self.analysis.clauses[index]

    # -- chunking --------------------------------------------------------------------------------------------------

    def _chunks(self, sentence: Sentence) -> Iterator[Phrase]:
        i = sentence.first
        while i < sentence.last:
            j = self._extent(i, sentence)
            if j is None:
                i += 1
                continue
            phrase = self._phrase(i, j, sentence)
            if phrase is not None:
                yield phrase
            i = j

    def _extent(self, i: int, sentence: Sentence) -> int | None:
        """The end of the noun phrase that begins at `i`, None where none does."""
        if not self._can_begin(i):
            return None
        clause = self.clause_at.get(i)
        english = self.analysis.language == "en"
        j, seen_noun, name_open = i, False, False
        while j < sentence.last and self.clause_at.get(j) is clause:
            token = self.tokens[j]
            mention = self.mention_at.get(j)
            if seen_noun and j in self.in_time:
                return j
            if mention is not None and mention.first <= j and mention.form != "possessive":
                if mention.form == "pronoun":
                    return mention.last if j == i else j
                whole = mention.form == "name"
                if seen_noun and not whole and mention.first > i:
                    return j
                if name_open and mention.first == j and whole:
                    return j
                j = mention.last
                seen_noun = True
                name_open = whole and not self._genitive(mention)
                if name_open and not english and j < sentence.last and self.tokens[j].pos in ("NOUN", "ADJ"):
                    return j
                if mention.form in ("noun", "people", "role") and not self._genitive(mention):
                    return j
                continue
            if token.pos in ("DET",) or token.lower in self.names.pronouns.get("possessive", ()):
                if seen_noun and not self._after_genitive(j):
                    return j
                j += 1
            elif token.pos in ("ADJ", "NUM"):
                if seen_noun and not self._after_genitive(j) and not (english and token.pos == "ADJ" and j + 1 < sentence.last and self.tokens[j + 1].pos == "NOUN" and name_open):
                    return j
                j += 1
            elif token.pos in ("NOUN", "PROPN", "SYM", "X") and token.text[:1].isalnum():
                j += 1
                seen_noun = True
                name_open = False
            elif token.lower in ("'s", "’s", "'", "’") and seen_noun:
                j += 1
            elif token.text == "-" and seen_noun and j + 1 < sentence.last:
                j += 1
            elif token.pos == "ADV" and not seen_noun and j + 1 < sentence.last and self.tokens[j + 1].pos == "ADJ" and j > i:
                j += 1
            elif token.pos == "VERB" and "Part" in token.morph and not seen_noun and j > i and j + 1 < sentence.last and self.tokens[j + 1].pos in ("NOUN", "ADJ"):
                j += 1
            elif token.pos == "PRON" and j == i:
                return j + 1
            else:
                break
        return j if j > i else None

    def _can_begin(self, i: int) -> bool:
        token = self.tokens[i]
        return token.pos in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "X") and (token.text[:1].isalnum()) or i in self.mention_at

    def _genitive(self, mention: Mention) -> bool:
        if mention.last < len(self.tokens) and self.tokens[mention.last].lower in ("'s", "’s", "'", "’"):
            return True
        word = self.tokens[mention.last - 1]
        low = word.lower
        if low in ("'s", "’s") or low.endswith(("'s", "’s", "s'", "s’")):
            return True
        key_ends = any(n.lower().endswith(low) for k in mention.keys[:1] for n in self._forms(k))
        return low.endswith("s") and self.analysis.language in ("da", "nl", "de", "sv", "nb") and (not key_ends or "Case=Gen" in word.morph)

    def _forms(self, key: str) -> tuple[str, ...]:
        entity = self.resolution.entities[key]
        listed = {entity.key, entity.name, *entity.names}
        return tuple(n for n in listed if not (n.endswith("s") and n[:-1] in listed))

    def _after_genitive(self, j: int) -> bool:
        before = self.tokens[j - 1]
        if before.lower in ("'s", "’s", "'", "’"):
            return True
        mention = self.mention_at.get(j - 1)
        return (mention is not None and mention.last == j and self._genitive(mention)) or "Case=Gen" in before.morph

    def _phrase(self, i: int, j: int, sentence: Sentence) -> Phrase | None:
        head = j - 1
        while head > i and self.tokens[head].pos not in ("NOUN", "PROPN", "PRON", "NUM", "X", "SYM") and head not in self.mention_at:
            head -= 1
        if self.tokens[head].lower in ("'s", "’s", "'", "’") and head > i:
            head -= 1
        preposition = None
        if i > sentence.first:
            before = self.tokens[i - 1]
            if before.pos == "ADP" or (before.lower in ("som", "als", "as") and before.pos in ("SCONJ", "ADV")):
                preposition = before.lower
        mention = self.mention_at.get(head)
        if mention is not None and mention.form == "possessive":
            mention = None
        we = self.tokens[head].lower in self.names.pronouns.get("we", ()) and j - i == 1
        if mention is not None and mention.form == "part":
            product = noun_in(self.tokens[head].lemma, self.names.products) or "-" in self.tokens[head].text
            return Phrase(i, j, head, preposition, mention.keys, mention.kind, "maker" if product else "owner", mention, mention.all_of)
        if mention is not None:
            return Phrase(i, j, head, preposition, mention.keys, mention.kind, "head", mention, mention.all_of)
        inner = [self.mention_at[k] for k in range(i, head) if k in self.mention_at and self.mention_at[k].form != "possessive"]
        if inner:
            owner = inner[-1]
            via = "maker" if noun_in(self.tokens[head].lemma, self.names.products) else "owner"
            return Phrase(i, j, head, preposition, owner.keys, owner.kind, via, owner, owner.all_of)
        owned = next((self.mention_at[k] for k in range(i, head) if k in self.mention_at and self.mention_at[k].form == "possessive"), None)
        if owned is not None:
            via = "maker" if noun_in(self.tokens[head].lemma, self.names.products) else "owner"
            return Phrase(i, j, head, preposition, owned.keys, owned.kind, via, owned)
        return Phrase(i, j, head, preposition, (), None, "", None, we=we)

    def _products(self, phrases: Iterator[Phrase], sentence: Sentence) -> Iterator[Phrase]:
        """Definite things without a maker of their own are those of the company named last ("the kit")."""
        for phrase in phrases:
            if not phrase.keys and noun_in(self.tokens[phrase.head].lemma, self.names.products) and self._definite(phrase.first, phrase.head):
                maker = self._maker_before(phrase.first, sentence)
                if maker is not None:
                    yield replace(phrase, keys=(maker,), kind="company", via="maker")
                    continue
            yield phrase

    def _definite(self, i: int, head: int) -> bool:
        return "Definite=Def" in self.tokens[head].morph or self.tokens[i].lower in self.names.definite

    def _maker_before(self, i: int, sentence: Sentence) -> str | None:
        """Whose "the equipment" is: the company named last in this sentence or the one before, else most often so far."""
        near = self.analysis.sentences[max(sentence.index - 1, 0)].first
        for mention in reversed(self.resolution.mentions):
            if near <= mention.first < i and mention.kind == "company" and mention.form in ("name", "part", "noun"):
                return mention.keys[-1]
        named: dict[str, int] = {}
        for mention in self.resolution.mentions:
            if mention.first < i and mention.kind == "company" and mention.form in ("name", "part"):
                named[mention.keys[0]] = named.get(mention.keys[0], 0) + 1
        return max(named, key=lambda k: named[k]) if named else None

    def _makers(self, phrases: list[Phrase]) -> Iterator[Phrase]:
        """Things take the maker or owner that a phrase right after them names."""
        for n, phrase in enumerate(phrases):
            after = phrases[n + 1] if n + 1 < len(phrases) else None
            if phrase.keys or after is None or not after.keys or after.via == "owner" or after.first - phrase.last > 2:
                yield phrase
                continue
            between = [self.tokens[k].lower for k in range(phrase.last, after.first)]
            product = noun_in(self.tokens[phrase.head].lemma, self.names.products) is not None
            if between == [after.preposition]:
                if product and after.preposition in (*self.words.origin, *self.words.genitive_of):
                    yield replace(phrase, keys=after.keys, kind=after.kind, via="maker", all_of=after.all_of)
                    continue
                if after.preposition in self.words.genitive_of:
                    yield replace(phrase, keys=after.keys, kind=after.kind, via="owner", all_of=after.all_of)
                    continue
            yield phrase

    def _coordinate(self, sentence: Sentence, phrases: list[Phrase]) -> None:
        """Note which phrases "and" joins: each first token of a joined phrase leads to the whole group."""
        n = 0
        while n < len(phrases):
            group, joined = [phrases[n]], False
            m = n
            while m + 1 < len(phrases):
                between = [t for t in self.tokens[phrases[m].last : phrases[m + 1].first]]
                marks = [t.lower for t in between if t.pos not in ("ADV", "ADP", "DET") and t.index not in self.in_time]
                if not marks or not all(w == "," or w in self.words.coordinators or w == "&" for w in marks):
                    break
                if self.clause_at.get(phrases[m].head) is not self.clause_at.get(phrases[m + 1].head):
                    break
                if self._apposed(phrases[m], phrases[m + 1], marks):
                    break
                conjunction = any(w != "," for w in marks)
                if phrases[m + 1].preposition not in (None, group[0].preposition) and any(t.pos == "ADP" for t in between):
                    break
                group.append(phrases[m + 1])
                m += 1
                joined = joined or conjunction
                if conjunction:
                    break
            if joined and len(group) > 1:
                for phrase in group:
                    self.groups[phrase.first] = tuple(group)
                n = m + 1
            else:
                n += 1

    def _apposed(self, one: Phrase, other: Phrase, marks: list[str]) -> bool:
        """Whether the second phrase says again whom the first means."""
        return marks == [","] and bool(one.keys) and one.keys == other.keys

    def group_of(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrases that "and" joins to this one, itself included."""
        return self.groups.get(phrase.first, (phrase,))

    def token_texts(self, first: int, last: int) -> list[Token]:
        """The tokens of a span."""
        return list(self.tokens[first:last])
