"""Who says so: the chain of sources of each clause, and what the clauses above it do to its force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.language import Clause, Sentence, is_finite, is_verb
from onrecord.statements._lexicon import Lexicon, Trigger
from onrecord.statements._model import Status
from onrecord.statements._operators import Operator, OperatorKind, Operators
from onrecord.statements._quotations import QUOTE_MARKS, quotations

# A sentence of more words than this does not only attribute.
_SHORT = 25
# Operators that may stand beside what is said and only say who says it.
_CARRIED = 3  # sentences over which a speaker is carried on by the mood of report
_BESIDE: frozenset[OperatorKind] = frozenset({"say", "confirm", "particle"})


@dataclass
class Above:
    """What stands above a clause: status, and sources nearest first."""

    status: Status | None = None
    sources: list[str] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)

    def add_sources(self, keys: tuple[str, ...]) -> None:
        """Add sources farther from the fact."""
        self.sources += [k for k in dict.fromkeys(keys) if k not in self.sources]


class Attributor:
    """Finds which operators cover a clause or a trigger in it."""

    def __init__(self, lexicon: Lexicon, operators: Operators) -> None:
        self.view = operators.view
        self.tokens = operators.tokens
        self.negation = lexicon.cues.negation
        self.parts = operators.parts
        self.operators = operators

    def above(self, clause: Clause, places: tuple[int, ...] = (), trigger: Trigger | None = None) -> Above:
        """Status and sources that the clauses above, and the attributions of the sentence, give to what the
        trigger at `places` in `clause` says."""
        result = Above()
        taken_for_granted = trigger is not None and trigger.type == "restriction" and trigger.part == "noun"
        if (
            not taken_for_granted
        ):  # "accused of evading the *sanctions*": that there are sanctions is not in dispute
            for operator in self.operators.of(clause):
                if self._governs(operator, places):
                    self._apply(operator, result)
        child = clause
        seen = {clause.index}
        told = True  # what only describes a clause, or tells its time or reason, is not told with its force
        while child.parent is not None and child.parent not in seen:
            parent = self.view.clause_by_index(child.parent)
            seen.add(parent.index)
            for operator in self.operators.of(parent):
                if self._covers(operator, child):
                    self._apply(operator, result, told)
            told = told and child.kind != "rel" and (self._completes(child) or child.conjunct_of is not None)
            child = parent
        self._apply_beside(clause, result)
        result.sources = _cited_first(result.sources, result.operators)
        quoted = () if result.sources else self._quoted(clause.sentence) or self._carried(clause)
        result.add_sources((*self._heading(clause), *quoted))
        return result

    def _apply(self, operator: Operator, result: Above, told: bool = True) -> None:
        """Add an operator's sources and, where what it covers is `told` with its force, its status."""
        if told and operator.status is not None and result.status is None:
            result.status = operator.status
            words = (self.tokens[i].lower for i in operator.clause.tokens)
            if operator.kind == "planned" and any(word in self.negation for word in words):
                result.status = "negated"  # "does not plan to ban"
        result.operators.append(operator)
        result.add_sources(operator.sources)

    # -- in the clause and above it --------------------------------------------------------------------------

    def _governs(self, operator: Operator, places: tuple[int, ...]) -> bool:
        """Whether an operator covers a trigger in its own clause: a noun, adjective or gerund after it
        ("denies *ties*", "considers *banning*"); a denied one may stand before."""
        if not places or operator.kind == "particle" or set(operator.places) & set(places):
            return False
        if any(is_verb(self.tokens[p]) and not self._nominal(p) for p in places):
            return False
        return operator.kind == "deny" or min(places) > operator.places[0]

    def _nominal(self, i: int) -> bool:
        """Whether a verb is used as a noun: a gerund, or an infinitive after an article or preposition."""
        token, before = self.tokens[i], self.tokens[i - 1]
        gerund = token.lower.endswith("ing") and token.lemma != token.lower
        after_article = i > 0 and before.pos in ("DET", "ADP")
        return gerund or (after_article and not is_finite(token) and "Part" not in token.morph)

    def _covers(self, operator: Operator, child: Clause) -> bool:
        """Whether an operator covers a clause that stands in its own: a complement; or a relative clause
        about a thing that is only planned or possible."""
        if child.kind == "rel":
            if operator.kind not in ("planned", "possible"):
                return False
            described = self.parts.antecedent(child)
            return described is not None and not described.keys
        return child.kind in ("sub", "inf") and operator.kind != "particle" and self._completes(child)

    def _completes(self, child: Clause) -> bool:
        """Whether a subordinate clause is a complement and no adverbial one."""
        if child.kind == "inf" or child.opener is None:
            return True
        return self.tokens[child.opener].lower in self.view.words.complementizers

    # -- beside the clause -----------------------------------------------------------------------------------

    def _apply_beside(self, clause: Clause, result: Above) -> None:
        """Attributions that stand beside: "…, writes X", "according to X"."""
        top = self._top(clause)
        for other in self.view.clauses[clause.sentence]:
            for operator in self.operators.of(other):
                if operator.kind not in _BESIDE or operator in result.operators:
                    continue
                aside = self._parenthetical(other)
                same = self._top(other) == top
                if operator.kind == "particle":
                    applies = same or aside or not self._attributed(clause.sentence, top)
                else:
                    reported = other is not clause and self._compares(other)
                    applies = aside and (not same or self._hangs_on(clause, other) or reported)
                if applies:
                    self._apply(operator, result)

    def _hangs_on(self, clause: Clause, other: Clause) -> bool:
        """Whether a clause stands as an adverbial under a parenthetical one ("…, writes X, *because* …")."""
        seen = {clause.index}
        while clause.kind != "rel" and clause.parent is not None and clause.parent not in seen:
            if clause.parent == other.index:
                return True
            clause = self.view.clause_by_index(clause.parent)
            seen.add(clause.index)
        return False

    def _attributed(self, sentence: int, top: int) -> bool:
        """Whether the part of the sentence under that clause has an attribution of its own."""
        return any(
            o.sources and o.kind in ("say", "deny", "particle", "confirm")
            for c in self.view.clauses[sentence]
            if self._top(c) == top
            for o in self.operators.of(c)
        )

    def _top(self, clause: Clause) -> int:
        """The index of the outermost clause in which a clause stands."""
        seen: set[int] = set()
        while clause.parent is not None and clause.index not in seen:
            seen.add(clause.index)
            clause = self.view.clause_by_index(clause.parent)
        return clause.index

    def _parenthetical(self, clause: Clause) -> bool:
        """Whether a main clause only says who says the rest: a verb of saying and no complement of its
        own."""
        aside = clause.kind == "main" or self._compares(clause)
        if not aside or not any(o.kind in _BESIDE for o in self.operators.of(clause)):
            return False
        return not any(
            c.parent == clause.index
            and c.kind in ("sub", "inf")
            and c.tokens[0] > clause.tokens[0]
            and self._completes(c)  # "…, writes X, *because* …": no complement
            for c in self.view.clauses[clause.sentence]
        )

    def _compares(self, clause: Clause) -> bool:
        """Whether a clause is opened by "as" ("…, *wie* der Minister sagte")."""
        opener = self.tokens[clause.opener].lower if clause.opener is not None else ""
        return clause.kind == "sub" and opener in self.view.words.comparatives

    def _heading(self, clause: Clause) -> list[str]:
        """Who is named before a colon at a sentence's beginning ("Paper: …", "Minister: …")."""
        sentence = self.view.analysis.sentences[clause.sentence]
        for i in range(sentence.first + 1, min(sentence.first + 6, sentence.last)):
            if is_verb(self.tokens[i - 1]):
                return []
            if self.tokens[i].text == ":":
                named = self.view.phrase_at.get(i - 1)
                if named is not None and named.preposition is not None and self.view.words.nouns_capitalised:
                    return []  # "Scanner am Flughafen: …"
                return self.operators.keys(named) if clause.tokens[-1] > i else []
        return []

    # -- over several sentences ------------------------------------------------------------------------------

    def _quoted(self, index: int) -> tuple[str, ...]:
        """The speaker of a quotation, for those of its sentences that do not name him: who is named in it,
        else who spoke in the sentence right before it."""
        for first, last in self._quotations:
            if not first <= index <= last:
                continue
            for other in range(first, last + 1):
                sources = self._spoken(other)
                if sources:
                    return sources
            if first and self._has_marks(first - 1):
                return self._spoken(first - 1) or self._quoted(first - 1)
        return ()

    def _carried(self, clause: Clause) -> tuple[str, ...]:
        """The speaker of the sentence before, for one whose verb stands in a mood that only reports and that
        names no speaker ("Der Konzern *verstoße* gegen Recht.")."""
        if not self.view.words.reported or not self._in_report(clause.sentence):
            return ()
        sentences = self.view.analysis.sentences
        for back in range(clause.sentence - 1, max(clause.sentence - 1 - _CARRIED, -1), -1):
            operators = [o for c in self.view.clauses[back] for o in self.operators.of(c) if o.sources]
            spoken = [o for o in operators if o.kind in _BESIDE]
            if spoken:
                return spoken[-1].sources
            if (
                not self._in_report(back)
                or sentences[back].block.kind != sentences[clause.sentence].block.kind
            ):
                return ()
        return ()

    def _in_report(self, index: int) -> bool:
        """Whether a sentence's first main clause has its verb in a mood that only reports."""
        main = next((c for c in self.view.clauses[index] if c.kind == "main"), None)
        finite = (
            (t for t in (self.tokens[i] for i in main.tokens) if is_verb(t) and is_finite(t)) if main else ()
        )
        verb = next(iter(finite), None)
        return verb is not None and verb.lower in self.view.words.reported

    def _spoken(self, index: int) -> tuple[str, ...]:
        """Who is told, in a clause of the sentence that does only that, to speak."""
        for clause in filter(self._parenthetical, self.view.clauses[index]):
            spoken = [o for o in self.operators.of(clause) if o.kind in ("say", "particle")]
            sources = tuple(_cited_first([s for o in spoken for s in o.sources], spoken))
            if sources:
                return sources
        return ()

    def _has_marks(self, index: int) -> bool:
        """Whether a quotation mark stands in the sentence."""
        sentence = self.view.analysis.sentences[index]
        return any(self.tokens[i].text in QUOTE_MARKS for i in range(sentence.first, sentence.last))

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return quotations(self.view)

    def lends(self, sentence: Sentence) -> tuple[str, ...]:
        """The sources of a sentence that does nothing but attribute ("That is what X writes."), else
        nothing."""
        first = self.tokens[sentence.first]
        if sentence.last - sentence.first > _SHORT or first.lower not in self.view.words.sum_up:
            return ()
        operators = [
            o for c in self.view.clauses[sentence.index] for o in self.operators.of(c) if o.kind in _BESIDE
        ]
        return tuple(dict.fromkeys(_cited_first([s for o in operators for s in o.sources], operators)))


def _cited_first(sources: Sequence[str], operators: Sequence[Operator]) -> list[str]:
    """The sources with whom a speaker cites ("X wrote, *citing Y*") before that speaker: nearer to the fact.
    Who cites is who speaks last before those words, else first after them."""
    ordered = list(sources)
    for cited in (o for o in operators if o.cited):
        speaking = sorted(
            (o for o in operators if not o.cited and set(o.sources) - set(cited.sources)),
            key=lambda o: (o.places[0] > cited.places[0], abs(o.places[0] - cited.places[0])),
        )
        if not speaking:
            continue
        rest = [s for s in ordered if s not in cited.sources]
        at = min(rest.index(s) for s in speaking[0].sources if s in rest)
        ordered = [*rest[:at], *(s for s in ordered if s in cited.sources), *rest[at:]]
    return ordered
