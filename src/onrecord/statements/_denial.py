"""Denials and missing proof that name no act of their own: "rejects the accusation", "there is no
evidence"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.entities import NounList, noun_in
from onrecord.language import Clause, Sentence
from onrecord.statements._drafts import Draft
from onrecord.statements._model import StatementType
from onrecord.statements._operators import Operator
from onrecord.statements._tools import Tools

_DENIABLE: tuple[StatementType, ...] = ("wrongdoing", "ties", "risk")


class Denials:
    """Reads what a denial without content of its own refers to, from the accusations before it on the
    page."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.view = tools.view
        self.tokens = tools.view.tokens
        self.words = tools.lexicon.attribution

    def complete(self, sentence: Sentence, here: Sequence[Draft], before: Sequence[Draft]) -> list[Draft]:
        """What a sentence says with its denials and missing proofs. `here`: what was read from it without
        them (the accusations of which proof is missing are left out); `before`: what was read from the
        sentences before it."""
        own = list(here)
        found: list[Draft] = []
        for clause in self.view.clauses[sentence.index]:
            for operator in self.tools.operators.of(clause):
                if operator.kind == "deny":
                    found += self._denial(operator, own, before)
            unproven, missing = self._no_evidence(clause, own, before)
            own = [d for d in own if d not in unproven]
            found += missing
        return [*own, *found]

    def _sources(self, clause: Clause) -> tuple[str, ...]:
        return tuple(self.tools.attributor.above(clause).sources)

    # -- denials ---------------------------------------------------------------------------------------------

    def _denial(self, operator: Operator, here: Sequence[Draft], before: Sequence[Draft]) -> list[Draft]:
        """What a verb of denying denies: the accusation that a noun names, or the last one where it points
        back."""
        clause = operator.clause
        if not operator.sources or any(d.status == "negated" for d in here):
            return []
        denier = operator.sources[0]
        company = self.view.kind(denier) == "company"
        earlier = [
            d
            for d in (*before, *here)
            if d.type in _DENIABLE and d.status != "negated" and d.clause is not clause
        ]
        accusations = [d for d in earlier if d.actor == denier] or ([] if company else earlier)
        sources = tuple(dict.fromkeys((*operator.sources, *self._sources(clause))))
        noun = self._noun(clause, self.words.accusation)
        if noun is None:
            if accusations and self._points_back(clause, operator):
                return [self._negated(accusations[-1], clause, sources)]
            own = company and (
                self._denies_own_act(clause, denier, here) or self._denies_gerund(operator, here)
            )
            return [self._act_denied(clause, clause.tokens[0], denier, sources)] if own else []
        topic = self.tools.force.topic_of(range(noun + 1, max(clause.tokens) + 1))
        plural = "Number=Plur" in self.tokens[noun].morph
        if topic is None and accusations and not plural:
            return [self._negated(accusations[-1], clause, sources)]
        actor = accusations[-1].actor if accusations and not company else denier
        return [replace(self._act_denied(clause, noun, actor, sources), topic=topic)]

    def _act_denied(self, clause: Clause, at: int, actor: str | None, sources: tuple[str, ...]) -> Draft:
        """That somebody has not done what he is accused of."""
        family = sorted(self.view.family_places(clause))
        return Draft(
            sentence=clause.sentence,
            clause=clause,
            at=at,
            type="wrongdoing",
            actor=actor,
            target=None,
            status="negated",
            topic=self.tools.force.topic_of(family),
            source=sources,
            when=None,
            confidence=0.7,
            rule="denial/accusation",
        )

    def _denies_own_act(self, clause: Clause, denier: str, here: Sequence[Draft]) -> bool:
        """Whether a company denies, in a clause of which nothing else was read, that it does
        something itself ("Yutong disputes *that it can steer the buses*")."""
        content = [
            c
            for c in self.view.clauses[clause.sentence]
            if c.parent == clause.index and c.kind == "sub" and c.tokens[0] > clause.tokens[0]
        ]
        if not content or any(d.clause.index in {c.index for c in content} for d in here):
            return False
        subject = self.tools.parts.subject(content[0])
        return subject is not None and denier in subject.keys

    def _denies_gerund(self, operator: Operator, here: Sequence[Draft]) -> bool:
        """Whether the verb of denying has an act of which nothing was read as its gerund ("denies *diverting*
        money")."""
        if any(d.clause is operator.clause for d in here):
            return False
        after = [self.tokens[i] for i in operator.clause.tokens if i > operator.places[-1]][:2]
        after = [t for t in after if t.pos != "ADV"]
        return bool(after) and after[0].pos in ("VERB", "AUX") and after[0].lower.endswith("ing")

    def _negated(self, accusation: Draft, clause: Clause, sources: tuple[str, ...]) -> Draft:
        """An accusation as the clause denies it."""
        return replace(
            accusation,
            sentence=clause.sentence,
            clause=clause,
            at=clause.tokens[0],
            status="negated",
            source=sources,
            when=None,
            confidence=0.65,
            rule="denial/points-back",
        )

    def _points_back(self, clause: Clause, operator: Operator) -> bool:
        """Whether the object of denying is a pronoun or relative that points back ("that", "which Huawei
        denies")."""
        if clause.kind == "rel":
            return True
        inner = self.view.clauses[clause.sentence]
        if any(c.parent == clause.index and c.kind in ("sub", "inf") for c in inner):
            return False
        return any(
            self.tokens[i].pos in ("PRON", "DET", "ADV") and self.tokens[i].lower in self.view.words.sum_up
            for i in clause.tokens
            if i not in operator.places
        )

    def _noun(self, clause: Clause, listed: NounList) -> int | None:
        """The place of the first listed noun of the clause."""
        tokens = (self.tokens[i] for i in clause.tokens)
        found = (t.index for t in tokens if t.pos in ("NOUN", "PROPN") and noun_in(t.lemma, listed))
        return next(found, None)

    # -- missing proof ---------------------------------------------------------------------------------------

    def _no_evidence(
        self, clause: Clause, here: Sequence[Draft], before: Sequence[Draft]
    ) -> tuple[list[Draft], list[Draft]]:
        """Proof that is told not to exist: the accusations of the sentence that it was sought for, and in
        their place an evaluation of each suspect, negated."""
        force = self.tools.force
        noun = self._noun(clause, self.words.evidence)
        if noun is None or any(d.type == "evaluation" for d in here) or not force.negated(clause):
            return [], []
        family = {c.index for c in self.view.clauses[clause.sentence] if c.parent == clause.index}
        inner = [d for d in here if d.clause.index in family and d.type in _DENIABLE]
        earlier = [
            d
            for d in (*before, *(d for d in here if d.at < noun))
            if d.type in _DENIABLE and d.status in ("alleged", "possible")
        ]
        examiner = self._examiner(clause, noun)
        when = force.when(clause)
        sources = self._sources(clause)
        missing = [
            Draft(
                sentence=clause.sentence,
                clause=clause,
                at=noun,
                type="evaluation",
                actor=examiner,
                target=suspected.actor,
                status="negated",
                topic=suspected.topic,
                source=sources,
                when=when,
                confidence=0.7,
                rule="evidence",
            )
            for suspected in inner or earlier[-1:]
            if suspected.actor is not None
        ]
        return inner, missing

    def _examiner(self, clause: Clause, noun: int) -> str | None:
        """Who has not found the proof that the noun names: the subject, where it is another and can
        examine."""
        subject = self.tools.parts.subject(clause)
        if subject is None or not subject.keys or noun in range(subject.first, subject.last):
            return None
        return subject.keys[0] if subject.kind in ("body", "state", "role") else None
