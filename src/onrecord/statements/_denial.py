"""Denials and missing proof that name no act of their own: "rejects the accusation", "there is no evidence"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.entities import noun_in
from onrecord.language import Clause, Sentence
from onrecord.statements._arguments import Arguments
from onrecord.statements._attribution import Attributor, Operator
from onrecord.statements._force import Force
from onrecord.statements._lexicon import Lexicon
from onrecord.statements._phrases import View

if TYPE_CHECKING:
    from onrecord.statements._pattern import Draft

_DENIABLE = ("wrongdoing", "ties", "risk")


class Denials:
    """Reads what a denial without content of its own refers to, from the accusations before it on the page."""

    def __init__(self, view: View, lexicon: Lexicon, arguments: Arguments, attributor: Attributor, force: Force) -> None:
        self.view = view
        self.tokens = view.tokens
        self.words = lexicon.attribution
        self.arguments = arguments
        self.attributor = attributor
        self.force = force

    def read(self, sentence: Sentence, here: list[Draft], before: list[Draft]) -> list[Draft]:
        """The denials and missing proofs of a sentence. `here`: what was read from it, `before`: from those before."""
        found: list[Draft] = []
        for clause in self.view.clauses[sentence.index]:
            for operator in self.attributor.operators(clause):
                if operator.kind == "deny":
                    found += self._denial(operator, sentence, here, before)
            found += self._no_evidence(clause, sentence, here, before)
        return found

    def _denial(self, operator: Operator, sentence: Sentence, here: list[Draft], before: list[Draft]) -> list[Draft]:
        from onrecord.statements._pattern import Draft

        clause = operator.clause
        if any(d.status == "negated" for d in here) or not operator.sources:
            return []
        denier = operator.sources[0]
        last = [d for d in (*before, *here) if d.type in _DENIABLE and d.status != "negated" and d.clause is not clause]
        own = [d for d in last if d.actor == denier] or ([] if self.view.kind(denier) == "company" else last)
        noun = self._noun(clause, self.words.accusation, operator)
        sources = tuple(dict.fromkeys((*operator.sources, *self.attributor.above(clause).sources)))
        if noun is not None:
            topic = self.force.topic_of(range(noun + 1, max(clause.tokens) + 1), "wrongdoing")
            plural = "Number=Plur" in self.tokens[noun].morph
            if topic is None and own and not plural:
                return [self._like(own[-1], sentence, clause, sources)]
            actor = denier if self.view.kind(denier) == "company" else (own[-1].actor if own else denier)
            return [
                Draft(sentence.index, clause, noun, "wrongdoing", actor, None, "negated", topic, sources, None, 0.7, "denial/accusation")
            ]
        if own and self._points_back(clause, operator):
            return [self._like(own[-1], sentence, clause, sources)]
        return []

    def _like(self, accusation: Draft, sentence: Sentence, clause: Clause, sources: tuple[str, ...]) -> Draft:
        from dataclasses import replace

        return replace(
            accusation, sentence=sentence.index, clause=clause, at=clause.tokens[0], status="negated", source=sources, when=None,
            confidence=0.65, rule="denial/points-back",
        )  # fmt: skip

    def _points_back(self, clause: Clause, operator: Operator) -> bool:
        """Whether the object of denying is a pronoun or relative that points back ("that", "which Huawei denies")."""
        if clause.kind == "rel":
            return True
        if any(c.parent == clause.index and c.kind in ("sub", "inf") for c in self.view.clauses[clause.sentence]):
            return False
        return any(
            self.tokens[i].pos in ("PRON", "DET", "ADV") and self.tokens[i].lower in self.view.words.sum_up
            for i in clause.tokens
            if i not in operator.places
        )

    def _noun(self, clause: Clause, listed: frozenset[str], operator: Operator | None) -> int | None:
        taken = operator.places if operator is not None else ()
        return next(
            (
                i
                for i in clause.tokens
                if self.tokens[i].pos in ("NOUN", "PROPN")
                and noun_in(self.tokens[i].lemma, sorted(listed))
                and (i not in taken or operator is not None)
            ),
            None,
        )

    def _no_evidence(self, clause: Clause, sentence: Sentence, here: list[Draft], before: list[Draft]) -> list[Draft]:
        """Proof that is told not to exist: an evaluation of the suspect, negated."""
        from onrecord.statements._pattern import Draft

        noun = self._noun(clause, self.words.evidence, None)
        if noun is None or any(d.type == "evaluation" for d in here) or not self.force.negated(clause):
            return []
        family = {c.index for c in self.view.clauses[sentence.index] if c.parent == clause.index}
        inner = [d for d in here if d.clause.index in family and d.type in _DENIABLE]
        earlier = [*before, *(d for d in here if d.at < noun)]
        suspects = inner or [d for d in earlier if d.type in _DENIABLE and d.status in ("alleged", "possible")][-1:]
        if not suspects:
            return []
        subject = self.arguments.subject(clause)
        examiner = None
        if subject is not None and subject.keys and subject.kind in ("body", "state", "role") and noun not in range(subject.first, subject.last):
            examiner = subject.keys[0]
        when, _ = self.force.when(clause, frozenset())
        sources = tuple(self.attributor.above(clause).sources)
        for d in inner:
            here.remove(d)
        return [
            Draft(sentence.index, clause, noun, "evaluation", examiner, d.actor, "negated", d.topic, sources, when, 0.7, "evidence")
            for d in suspects
            if d.actor is not None
        ]
