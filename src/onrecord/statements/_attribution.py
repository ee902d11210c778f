"""Who says so: the chain of sources of each clause, and what the clauses above it do to its force."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from onrecord.entities import noun_in
from onrecord.language import Clause, Sentence, is_finite, is_verb
from onrecord.statements._arguments import Arguments
from onrecord.statements._lexicon import Lexicon, Trigger
from onrecord.statements._match import first_phrase
from onrecord.statements._model import Status
from onrecord.statements._phrases import Phrase, View


@dataclass(frozen=True, slots=True)
class Operator:
    """A verb of saying, denying, fearing, planning … in a clause: the status that it gives to its complement, and its
    sources, nearest to the fact first."""

    clause: Clause
    kind: str
    status: Status | None
    sources: tuple[str, ...]
    places: tuple[int, ...]


@dataclass
class Above:
    """What stands above a clause: status, and sources nearest first."""

    status: Status | None = None
    sources: list[str] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)


class Attributor:
    """Finds the operators of each sentence and what they cover."""

    def __init__(self, view: View, lexicon: Lexicon, arguments: Arguments) -> None:
        self.view = view
        self.tokens = view.tokens
        self.words = lexicon.attribution
        self.cues = lexicon.cues
        self.arguments = arguments
        self._of: dict[int, list[Operator]] = {}
        for sentence in view.analysis.sentences:
            for clause in view.clauses.get(sentence.index, ()):
                self._of[clause.index] = self._operators(clause)

    # -- operators -----------------------------------------------------------------------------------------------------

    def operators(self, clause: Clause) -> list[Operator]:
        """The operators in a clause."""
        return self._of[clause.index]

    def _operators(self, clause: Clause) -> list[Operator]:
        found: list[Operator] = []
        for kind, phrases, status in (
            ("deny", self.words.deny, "negated"),
            ("confirm", self.words.confirm, None),
            ("fear", self.words.fear, "alleged"),
            ("hearsay", self.words.hearsay, "alleged"),
            ("possible", self.cues.verbs["possible"], "possible"),
            ("alleged", self.cues.verbs["alleged"], "alleged"),
            ("planned", self.cues.verbs["planned"], "planned"),
            ("say", self.words.say, None),
        ):
            hit = first_phrase(self.view, clause, phrases)
            if hit is None or any(set(hit[1]) & set(o.places) for o in found):
                continue
            head = next((self.tokens[i] for i in hit[1] if is_verb(self.tokens[i])), self.tokens[hit[1][0]])
            noun = kind == "fear" and head.pos in ("NOUN", "PROPN")
            if not (is_verb(head) or noun or head.pos == "ADJ"):
                continue
            sources: tuple[str, ...] = ()
            if kind in ("say", "deny", "fear", "confirm", "alleged"):
                sources = self._speakers(clause, hit[1], noun)
            found.append(Operator(clause, kind, status, sources, hit[1]))  # type: ignore[arg-type]
        for i, source in self._particles(clause):
            found.append(Operator(clause, "particle", None, source, (i,)))
        return found

    def _speakers(self, clause: Clause, places: tuple[int, ...], noun: bool) -> tuple[str, ...]:
        """The subject of a verb of saying (or the phrase that its last word, a preposition, introduces), then the outlet
        to which it was said."""
        last = self.tokens[places[-1]]
        phrase: Phrase | None = None
        if noun:
            phrase = self._holder_of_fear(clause, places)
        elif len(places) > 1 and last.pos == "ADP":
            phrase = next((p for p in self.arguments.phrases(clause) if p.first - 1 == places[-1] or p.preposition == last.lower), None)
        else:
            phrase = self._subject_of_saying(clause, places[0])
        keys = self._keys(phrase)
        relays = [
            k
            for p in self.arguments.phrases(clause)
            if p.preposition is not None and (phrase is None or p.first != phrase.first) and p.first > min(clause.tokens)
            for k in p.keys[:1]
            if self.view.kind(k) == "outlet" and p.via == "head"
        ]
        return tuple(dict.fromkeys([*keys, *relays]))

    def _subject_of_saying(self, clause: Clause, verb: int) -> Phrase | None:
        subject = self.arguments.subject(clause)
        if subject is not None and subject.keys:
            return subject
        after = [p for p in self.arguments.bare(clause) if p.first > verb and p.keys]
        if after and after[0].first - verb <= 4:
            return after[0]
        makers = (*self.view.words.origin, *self.view.words.agent)  # "so runs the message from X"
        return next((p for p in self.arguments.phrases(clause) if p.preposition in makers and p.keys and p.via == "head"), subject)

    def _holder_of_fear(self, clause: Clause, places: tuple[int, ...]) -> Phrase | None:
        """Whose fear: a genitive or of-phrase, else the subject of the clause in whose reason it stands."""
        own = self.view.phrase_at.get(places[0])
        if own is not None and own.keys and own.via == "owner":
            return own
        seen = {clause.index}
        while clause.kind == "inf" and clause.parent is not None and clause.parent not in seen:
            seen.add(clause.parent)
            clause = self.view.clause_by_index(clause.parent)  # he who acts out of the fear
        return self.arguments.subject(clause)

    def _keys(self, phrase: Phrase | None) -> list[str]:
        if phrase is None:
            return []
        if noun_in(self.tokens[phrase.head].lemma, sorted(self.words.documents)):
            return self._author(phrase) or list(phrase.keys[:1])
        if phrase.keys and phrase.via in ("owner", "maker") and not self._person_noun(phrase):
            return []
        found = self.arguments.entities(phrase, ("person", "body", "company", "state"))
        return list(found.keys) if found is not None else []

    def _person_noun(self, phrase: Phrase) -> bool:
        lemma = self.tokens[phrase.head].lemma
        names = self.view.names
        return noun_in(lemma, names.titles) is not None or noun_in(lemma, names.spokesmen) is not None

    def _author(self, phrase: Phrase) -> list[str]:
        """Whose document it is: the phrase after it ("from", "of", "in"), or the outlet that a relative clause says has it."""
        sentence = self.view.analysis.sentences[self.view.clause_at[phrase.head].sentence]
        after = [p for p in self.view.phrases[sentence.index] if p.first >= phrase.last and p.keys and p.via == "head"]
        near = [p for p in after if p.preposition is not None and p.first - phrase.last <= 4]
        chosen = near[:1] or [p for p in after if p.kind == "outlet"][:1]
        if not chosen:  # leaked papers of which one outlet tells: it shows them
            outlets = {m.keys[0] for m in self.view.resolution.mentions if m.kind == "outlet"}
            return list(outlets) if len(outlets) == 1 else []
        keys: list[str] = []
        for p in chosen:
            keys += [k for q in self.view.group_of(p) for k in q.keys[:1]]
        return keys

    def _particles(self, clause: Clause) -> list[tuple[int, tuple[str, ...]]]:
        """Words like "according to" with the phrase that follows."""
        found = []
        for phrase in self.words.say_particles:
            words = phrase.split()
            for i in clause.tokens:
                if [t.lower for t in self.tokens[i : i + len(words)]] != words:
                    continue
                after = next(
                    (p for p in self.view.phrases[clause.sentence] if 0 <= p.first - (i + len(words)) <= 1),
                    None,
                )
                if after is not None:
                    keys = self._keys(after)
                    if keys:
                        found.append((i, tuple(keys)))
        return found

    # -- what is above a clause ----------------------------------------------------------------------------------------

    def above(self, clause: Clause, places: frozenset[int] = frozenset(), trigger: Trigger | None = None) -> Above:
        """Status and sources that the clauses above, and the attributions of the sentence, give to what the trigger at
        `places` in `clause` says."""
        result = Above()
        taken_for_granted = trigger is not None and trigger.type == "restriction" and trigger.part == "noun"
        if not taken_for_granted:  # "accused of evading the *sanctions*": that there are sanctions is not in dispute
            self._own(clause, result, places)
        child = clause
        seen = {clause.index}
        while child.parent is not None and child.parent not in seen:
            parent = self.view.clause_by_index(child.parent)
            seen.add(parent.index)
            if child.kind in ("sub", "inf") and self._completes(child, parent):
                for operator in self.operators(parent):
                    if operator.kind != "particle":
                        self._apply(operator, result)
            elif child.kind == "rel":
                for operator in self.operators(parent):
                    described = self.arguments.antecedent(child)
                    if operator.kind in ("planned", "possible") and described is not None and not described.keys:
                        self._apply(operator, result)
            child = parent
        self._sentence_wide(clause, result)
        for key in (*self._heading(clause), *(() if result.sources else self._quoted(clause.sentence))):
            if key not in result.sources:
                result.sources.append(key)
        return result

    def _quoted(self, index: int) -> tuple[str, ...]:
        """The speaker of a quotation over several sentences, for those of them that do not name him."""
        for first, last in self._quotations:
            if first <= index <= last:
                for other in range(first, last + 1):
                    for clause in self.view.clauses[other]:
                        if self._parenthetical(clause):
                            sources = [s for o in self.operators(clause) if o.kind in ("say", "particle") for s in o.sources]
                            if sources:
                                return tuple(sources)
        return ()

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        """First and last sentence of each quotation that runs over several sentences of a block."""
        found: list[tuple[int, int]] = []
        opened: int | None = None
        block = None
        for sentence in self.view.analysis.sentences:
            if sentence.block is not block:
                block, opened = sentence.block, None
            for i in range(sentence.first, sentence.last):
                mark = self.tokens[i].text
                if mark in ('"', "”", "“", "„", "»", "«"):
                    if opened is None:
                        opened = sentence.index
                    else:
                        if sentence.index > opened:
                            found.append((opened, sentence.index))
                        opened = None
        return found

    def _heading(self, clause: Clause) -> list[str]:
        """Who is named before a colon at a sentence's beginning ("Paper: …", "Minister: …")."""
        sentence = self.view.analysis.sentences[clause.sentence]
        for i in range(sentence.first + 1, min(sentence.first + 6, sentence.last)):
            if is_verb(self.tokens[i - 1]):
                return []
            if self.tokens[i].text == ":":
                return self._keys(self.view.phrase_at.get(i - 1)) if clause.tokens[-1] > i else []
        return []

    def _own(self, clause: Clause, result: Above, places: frozenset[int]) -> None:
        """Operators in the clause itself: its nouns are covered ("denies any *ties*", "fears *espionage*")."""
        for operator in self.operators(clause):
            if operator.kind == "particle" or set(operator.places) & places:
                continue
            if places and self._governs(operator, places):
                self._apply(operator, result)

    def _governs(self, operator: Operator, places: frozenset[int]) -> bool:
        """Whether an operator covers a trigger in its own clause: a noun, adjective or gerund after it ("denies *ties*",
        "considers *banning*"); a denied one may stand before."""
        verbs = [p for p in places if is_verb(self.tokens[p])]
        if any(not self._nominal(p) for p in verbs):
            return False
        return operator.kind == "deny" or min(places) > operator.places[0]

    def _nominal(self, i: int) -> bool:
        """Whether a verb is used as a noun: a gerund, or an infinitive after an article or preposition."""
        token, before = self.tokens[i], self.tokens[i - 1]
        gerund = token.lower.endswith("ing") and token.lemma != token.lower
        return gerund or (i > 0 and not is_finite(token) and before.pos in ("DET", "ADP") and "Part" not in token.morph)

    def _completes(self, child: Clause, parent: Clause) -> bool:
        """Whether a subordinate clause is a complement and no adverbial one."""
        if child.kind == "inf":
            return True
        if child.opener is None:
            return True
        opener = self.tokens[child.opener]
        return opener.lower in self.view.words.complementizers

    def _apply(self, operator: Operator, result: Above) -> None:
        if operator.status is not None and result.status is None:
            result.status = operator.status
            if operator.kind == "planned" and any(self.tokens[i].lower in self.cues.negation for i in operator.clause.tokens):
                result.status = "negated"  # "does not plan to ban"
        result.operators.append(operator)
        for key in operator.sources:
            if key not in result.sources:
                result.sources.append(key)

    def _sentence_wide(self, clause: Clause, result: Above) -> None:
        """Attributions that stand beside: "…, writes X", "according to X"."""
        top = self._top(clause)
        for other in self.view.clauses[clause.sentence]:
            for operator in self.operators(other):
                if operator in result.operators:
                    continue
                if operator.kind == "particle":
                    if self._top(other) == top or self._parenthetical(other) or not self._attributed(clause.sentence, top):
                        self._apply(operator, result)
                elif operator.kind in ("say", "confirm") and other.index != clause.index and self._parenthetical(other) and self._top(other) != top:
                    self._apply(operator, result)

    def _attributed(self, sentence: int, top: int) -> bool:
        """Whether the part of the sentence under that clause has an attribution of its own."""
        return any(
            o.sources and o.kind in ("say", "deny", "particle", "confirm")
            for c in self.view.clauses[sentence]
            if self._top(c) == top
            for o in self.operators(c)
        )

    def _top(self, clause: Clause) -> int:
        seen = set()
        while clause.parent is not None and clause.index not in seen:
            seen.add(clause.index)
            clause = self.view.clause_by_index(clause.parent)
        return clause.index

    def _parenthetical(self, clause: Clause) -> bool:
        """Whether a main clause only says who says the rest: a verb of saying and no complement of its own."""
        if clause.kind != "main":
            return False
        if not any(o.kind in ("say", "confirm", "particle") for o in self.operators(clause)):
            return False
        children = [
            c
            for c in self.view.clauses[clause.sentence]
            if c.parent == clause.index and c.kind in ("sub", "inf") and c.tokens[0] > clause.tokens[0]
        ]
        return not children

    # -- sentences that only attribute ---------------------------------------------------------------------------------

    def lends(self, sentence: Sentence) -> tuple[str, ...]:
        """The sources of a sentence that does nothing but attribute ("That is what X writes."), else nothing."""
        first = self.tokens[sentence.first]
        if sentence.last - sentence.first > 25 or first.lower not in self.view.words.sum_up:
            return ()
        sources = [
            source
            for clause in self.view.clauses[sentence.index]
            for operator in self.operators(clause)
            if operator.kind in ("say", "confirm", "particle")
            for source in operator.sources
        ]
        return tuple(dict.fromkeys(sources))
