"""Denials and missing proof that name no act of their own: "rejects the accusation", "there is no
evidence"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.entities import NounList, noun_in
from onrecord.language import Clause, Sentence
from onrecord.statements._drafts import Draft
from onrecord.statements._first_person import spoken_for
from onrecord.statements._model import StatementType
from onrecord.statements._operators import Operator
from onrecord.statements._tools import Tools

_DENIABLE: tuple[StatementType, ...] = ("wrongdoing", "ties", "risk")
# What else a pronoun may deny, where the sentence right before told that and nothing else.
_TOLD: tuple[StatementType, ...] = ("supply", "restriction", "permission", "threat", "partnership", "request")
DENIAL = "denial/accusation"
"""The rule by which a denial is read of an act that nothing else tells ("denies the accusations")."""
# A sentence of more words than this says more than that something is nonsense.
_CURT = 18
# For how many sentences an accusation is still in mind that is called nonsense.
_NEAR = 3


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
        if not own and not found:
            found = self._dismissal(sentence, before)
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
        if noun is None and len(operator.places) > 1:  # "called the *article* absurd"
            told = self._noun(clause, self.words.documents)
            if told is not None and accusations:
                return [self._negated(accusations[-1], clause, sources)]
        if noun is None:
            everything = self._all(clause) or self._denies_bare(clause, operator)
            if accusations and (everything or self._points_back(clause, operator)):
                denied = self._negated(accusations[-1], clause, sources)
                if everything and self.view.kind(denier) == "state":
                    denied = replace(denied, actor=denier)  # it denies to have had a hand in it
                return [replace(denied, target=None) if everything and denied.type != "ties" else denied]
            told_before = self._only_told(clause, denier, before)
            if told_before is not None and self._points_back(clause, operator):
                return [self._negated(told_before, clause, sources)]
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
            rule=DENIAL,
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
            if i not in operator.places and not self._is_article(i)
        )

    def _is_article(self, i: int) -> bool:
        """Whether a word stands before the noun of its phrase ("*het* bedrijf")."""
        phrase = self.view.phrase_at.get(i)
        return phrase is not None and i < phrase.head

    def _all(self, clause: Clause) -> bool:
        """Whether it is "everything" that is denied."""
        text = " ".join(self.tokens[i].lower for i in clause.tokens)
        return any(f" {words} " in f" {text} " for words in self.words.everything)

    def _denies_bare(self, clause: Clause, operator: Operator) -> bool:
        """Whether a verb of denying stands with no more than its subject and adverbs ("the firm denies")."""
        if clause.kind == "rel" or any(c.parent == clause.index for c in self.view.clauses[clause.sentence]):
            return False
        subject = self.tools.parts.subject(clause)
        held = set(operator.places) | (set(range(subject.first, subject.last)) if subject else set())
        rest = (self.tokens[i].pos for i in clause.tokens if i not in held)
        return subject is not None and set(rest) <= {"ADV", "PUNCT", "AUX", "CCONJ", "PART"}

    def _only_told(self, clause: Clause, denier: str, before: Sequence[Draft]) -> Draft | None:
        """What the sentence right before told, where that was one thing and the denier has to do with it."""
        told = [d for d in before if clause.sentence - d.sentence == 1]
        if len(told) != 1 or told[0].type not in _TOLD or told[0].status == "negated":
            return None
        concerned = denier in (told[0].actor, told[0].target) or self.view.kind(denier) == "person"
        return told[0] if concerned else None

    # -- nonsense --------------------------------------------------------------------------------------------

    def _dismissal(self, sentence: Sentence, before: Sequence[Draft]) -> list[Draft]:
        """The accusation that a short sentence calls untrue ("*Nonsense*, says X", "that is *not true*")."""
        if sentence.last - sentence.first > _CURT:
            return []
        for clause in self.view.clauses[sentence.index]:
            words = [self.tokens[i].lower for i in clause.tokens if self.tokens[i].pos != "PUNCT"]
            said = " ".join(words)
            if not any(f" {phrase} " in f" {said} " for phrase in self.words.dismissals):
                continue
            spoken = (o for c in self.view.clauses[sentence.index] for o in self.tools.operators.of(c))
            sources = self._sources(clause) or tuple(s for o in spoken if o.kind == "say" for s in o.sources)
            if not sources or self.view.kind(sources[0]) == "outlet":
                continue
            owner = spoken_for(self.view, sources[0])
            near = (d for d in reversed(before) if sentence.index - d.sentence <= _NEAR)
            denied = next((d for d in near if d.type in _DENIABLE and d.status != "negated"), None)
            if denied is not None and (
                denied.actor in (owner, sources[0]) or self.view.kind(sources[0]) == "person"
            ):
                return [replace(self._negated(denied, clause, sources), target=None)]
        return []

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
