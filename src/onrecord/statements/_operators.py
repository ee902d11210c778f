"""Verbs of saying, denying, fearing, planning … and words like "according to", with those who speak by
them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Literal

from onrecord.entities import noun_in
from onrecord.language import Clause, Token, is_verb, plain
from onrecord.statements._arguments import Arguments
from onrecord.statements._lexicon import Lexicon
from onrecord.statements._listed import PhraseList
from onrecord.statements._match import first_phrase
from onrecord.statements._model import Status
from onrecord.statements._phrases import Phrase

OperatorKind = Literal[
    "deny", "confirm", "fear", "hearsay", "possible", "alleged", "planned", "say", "particle"
]
"""`hearsay`, `possible`, `alleged` and `planned` only give a status; a `particle` is a word like "according
to"."""

_NOUNS = ("NOUN", "PROPN")
_SPOKEN: frozenset[OperatorKind] = frozenset({"say", "deny", "fear", "confirm", "alleged"})


@dataclass(frozen=True, slots=True)
class Operator:
    """A verb of saying, denying, fearing, planning … in a clause: the status that it gives to its complement,
    and its sources, nearest to the fact first. `places` are those of its words; `cited`: whether its sources
    are whom the speaker has it from ("X wrote, *citing Y*")."""

    clause: Clause
    kind: OperatorKind
    status: Status | None
    sources: tuple[str, ...]
    places: tuple[int, ...]
    cited: bool = False


def only_cited(operators: Iterable[Operator]) -> frozenset[str]:
    """Whom the speakers of operators cite."""
    return frozenset(key for o in operators if o.cited for key in o.sources)


def speaker(sources: Sequence[str], operators: Iterable[Operator]) -> str | None:
    """The nearest of the sources whom no other cites; None where there is no source."""
    cited = only_cited(operators)
    return next((s for s in (*(s for s in sources if s not in cited), *sources)), None)


class Operators:
    """The operators of a page, by clause."""

    def __init__(self, lexicon: Lexicon, arguments: Arguments) -> None:
        self.view = arguments.view
        self.tokens = arguments.tokens
        self.words = lexicon.attribution
        self.cues = lexicon.cues
        self.parts = arguments.parts
        self.arguments = arguments
        self._of = {clause.index: list(self._read(clause)) for clause in self.view.analysis.clauses}

    def of(self, clause: Clause) -> list[Operator]:
        """The operators in a clause."""
        return self._of[clause.index]

    def _read(self, clause: Clause) -> Iterator[Operator]:
        """One operator of each kind, no two with a word in common; then the particles."""
        listed: tuple[tuple[OperatorKind, PhraseList, Status | None], ...] = (
            ("deny", self.words.deny, "negated"),
            ("confirm", self.words.confirm, None),
            ("fear", self.words.fear, "alleged"),
            ("hearsay", self.words.hearsay, "alleged"),
            ("possible", self.cues.verbs["possible"], "possible"),
            ("alleged", self.cues.verbs["alleged"], "alleged"),
            ("planned", self.cues.verbs["planned"], "planned"),
            ("say", self.words.say, None),
        )
        taken: set[int] = set()
        for kind, phrases, status in listed:
            places = first_phrase(self.view, clause, phrases, partial(self._fits, kind))
            if places is None or taken & set(places):
                continue
            noun = self._head(places).pos in _NOUNS
            sources = self._speakers(clause, places, noun) if kind in _SPOKEN else ()
            taken.update(places)
            yield Operator(clause, kind, status, sources, places)
        yield from self._particles(clause)

    def _head(self, places: tuple[int, ...]) -> Token:
        """The verb of a phrase, else its first word."""
        return next((self.tokens[i] for i in places if is_verb(self.tokens[i])), self.tokens[places[0]])

    def _fits(self, kind: OperatorKind, places: tuple[int, ...]) -> bool:
        """Whether a phrase is a verb or adjective here ("the *report*" says nothing); fears may be nouns."""
        head = self._head(places)
        if kind == "say" and self._reflexive(places):
            return False  # "viser *sig* at være": turns out
        return is_verb(head) or head.pos == "ADJ" or (kind == "fear" and head.pos in _NOUNS)

    def _reflexive(self, places: tuple[int, ...]) -> bool:
        """Whether a verb has a reflexive pronoun right behind it that its phrase does not list."""
        after = places[0] + 1
        if after >= len(self.tokens) or after in places:
            return False
        return self.tokens[after].lower in self.view.words.reflexives

    def _particles(self, clause: Clause) -> Iterator[Operator]:
        """Words like "according to" or "citing" with the phrase that follows."""
        plainly = {i: plain(self.tokens[i], self.view.words) for i in clause.tokens}
        here = set(plainly.values())
        said = ((listed, False) for listed in self.words.say_particles.beginning_in(here))
        cited = ((listed, True) for listed in self.words.citing.beginning_in(here))
        for listed, citing in chain(said, cited):
            words = listed.split()
            for i in (i for i, word in plainly.items() if word == words[0]):
                end = i + len(words)
                if [plain(t, self.view.words) for t in self.tokens[i:end]] != words:
                    continue
                follows = (p for p in self.view.phrases[clause.sentence] if 0 <= p.first - end <= 1)
                phrase = next(follows, None)
                keys = self.keys(phrase)
                if citing and phrase is not None and self._of_documents(phrase):
                    keys = [k for k in keys if self.view.kind(k) != "role"]
                if keys:
                    yield Operator(clause, "particle", None, tuple(keys), (i,), citing)

        for phrase in self.view.phrases[clause.sentence]:
            behind = phrase.last
            if behind in clause.tokens and self.tokens[behind].lower in self.words.say_after:
                keys = self.keys(phrase)
                if keys:
                    yield Operator(clause, "particle", None, tuple(keys), (behind,))

    # -- speakers --------------------------------------------------------------------------------------------

    def _speakers(self, clause: Clause, places: tuple[int, ...], noun: bool) -> tuple[str, ...]:
        """The subject of a verb of saying (or the phrase that its last word, a preposition, introduces), then
        the outlet to which it was said. `noun`: whether the operator is a noun."""
        last = self.tokens[places[-1]]
        phrases = self.parts.phrases(clause)
        speaker: Phrase | None
        if noun:
            speaker = self._fearer(clause, places)
        elif self._is_passive(clause, places):
            speaker = self.parts.agent(clause)
        elif len(places) > 1 and last.pos == "ADP":
            governed = (p for p in phrases if p.first - 1 == places[-1] or p.preposition == last.lower)
            # "spreekt … tegen": where nothing follows, the last word is the verb's particle
            speaker = next(governed, None) or self._subject_of_saying(clause, places[0])
        else:
            speaker = self._subject_of_saying(clause, places[0])
        outlets = [
            p.keys[0]
            for p in phrases
            if p.keys
            and p.preposition is not None
            and p.via == "head"
            and (speaker is None or p.first != speaker.first)
            and p.first > clause.tokens[0]
            and self.view.kind(p.keys[0]) == "outlet"
        ]
        return tuple(dict.fromkeys([*self.keys(speaker), *outlets]))

    def _is_passive(self, clause: Clause, places: tuple[int, ...]) -> bool:
        """Whether a verb of saying or suspecting is in the passive ("is suspected of"): its subject does not
        speak."""
        verbs = [self.tokens[i] for i in places if is_verb(self.tokens[i])]
        if not any("Part" in t.morph for t in verbs):
            return any("Voice=Pass" in self.tokens[i].morph for i in places)
        words = self.view.words
        others = {self.tokens[i].lemma for i in clause.tokens if i not in places and is_verb(self.tokens[i])}
        return bool(others & set(words.passive)) and not others & set(words.perfect)

    def _holds_passive(self, clause: Clause) -> bool:
        """Whether a verb of a clause is in the passive: by its form, or an auxiliary and a participle."""
        if any("Voice=Pass" in self.tokens[i].morph for i in clause.tokens):
            return True
        verbs = [self.tokens[i] for i in clause.tokens if is_verb(self.tokens[i])]
        passive = any(t.lemma in self.view.words.passive for t in verbs)
        return passive and any("Part" in t.morph for t in verbs)

    def _subject_of_saying(self, clause: Clause, verb: int) -> Phrase | None:
        """The subject; else who is named right behind the verb, or from whom the message is."""
        subject = self.parts.subject(clause)
        if subject is not None and subject.keys:
            return subject
        after = next((p for p in self.parts.bare(clause) if p.first > verb and p.keys), None)
        if after is not None and after.first - verb <= 4:
            return after
        makers = (*self.view.words.origin, *self.view.words.agent)  # "so runs the message from X"
        named = (
            p for p in self.parts.phrases(clause) if p.keys and p.via == "head" and p.preposition in makers
        )
        return next(named, subject)

    def _fearer(self, clause: Clause, places: tuple[int, ...]) -> Phrase | None:
        """Whose fear: a genitive or of-phrase, else the subject of the clause in whose reason it stands."""
        own = self.view.phrase_at.get(places[0])
        if own is not None and own.keys and own.via == "owner":
            return own
        if self._holds_passive(clause):
            return None  # "was arrested on *suspicion*": not the subject's
        seen = {clause.index}
        while clause.kind == "inf" and clause.parent is not None and clause.parent not in seen:
            seen.add(clause.parent)
            clause = self.view.clause_by_index(clause.parent)  # he who acts out of the fear
        return self.parts.subject(clause)

    def keys(self, phrase: Phrase | None) -> list[str]:
        """The entities that speak where a phrase is the source: a document's author, a thing's none."""
        if phrase is None:
            return []
        if self._is_document(phrase):
            return self._author(phrase) or list(phrase.keys[:1])
        if phrase.keys and phrase.via in ("owner", "maker") and not self._means_person(phrase):
            return []
        found = self.arguments.entities(phrase, ("person", "body", "company", "state"))
        return list(found.keys) if found is not None else []

    def _is_document(self, phrase: Phrase) -> bool:
        return noun_in(self.tokens[phrase.head].lemma, self.words.documents) is not None

    def _of_documents(self, phrase: Phrase) -> bool:
        """Whether a phrase names documents, or says whose those are that stand right behind it ("*court*
        documents"): nobody who speaks, unless by name."""
        behind = self.tokens[phrase.last : phrase.last + 1]
        return self._is_document(phrase) or any(noun_in(t.lemma, self.words.documents) for t in behind)

    def _means_person(self, phrase: Phrase) -> bool:
        lemma, names = self.tokens[phrase.head].lemma, self.view.names
        return noun_in(lemma, names.titles) is not None or noun_in(lemma, names.spokesmen) is not None

    def _author(self, phrase: Phrase) -> list[str]:
        """Whose document it is: the phrase after it ("from", "of", "in"), else the outlet that is named after
        it or is the only one of the page."""
        sentence = self.view.clause_at[phrase.head].sentence
        after = [
            p for p in self.view.phrases[sentence] if p.first >= phrase.last and p.keys and p.via == "head"
        ]
        near = [p for p in after if p.preposition is not None and p.first - phrase.last <= 4]
        chosen = near[:1] or [p for p in after if p.kind == "outlet"][:1]
        if chosen:
            return [k for q in self.view.group_of(chosen[0]) for k in q.keys[:1]]
        # Leaked papers of which one outlet tells: it shows them.
        outlets = {m.keys[0] for m in self.view.resolution.mentions if m.kind == "outlet"}
        return list(outlets) if len(outlets) == 1 else []
