"""Threats told by a condition that is not met and what then follows: "if X does not …, Y will …"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.language import Clause, Sentence
from onrecord.statements._arguments import Found, Kinds
from onrecord.statements._drafts import Draft, Evidence
from onrecord.statements._kinds import SLOTS
from onrecord.statements._match import first_phrase
from onrecord.statements._model import StatementType
from onrecord.statements._tools import Tools

# What somebody may threaten with, where it is told as an act of its own.
_HARM: frozenset[StatementType] = frozenset({"restriction", "legal"})
_REFUSED: frozenset[StatementType] = frozenset({"permission", "supply"})  # where negated
_WHO: Kinds = ("state", "body", "company", "person", "role")
# For how many sentences a demand is still in mind that "otherwise" points back to.
_NEAR = 2


class Threats:
    """Reads the consequence of a denied condition as a threat to whoever is to meet it."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.view = tools.view
        self.tokens = tools.view.tokens
        self.cues = tools.lexicon.cues

    def turned(self, sentence: Sentence, here: Sequence[Draft], before: Sequence[Draft]) -> list[Draft]:
        """What was read from a sentence, with its acts that follow on a denied condition as threats, and
        without what its condition says."""
        drafts = list(here)
        if any(d.type == "threat" for d in here):
            return drafts
        for condition, outcome in self._pairs(sentence):
            threats = self._threats(condition, outcome, drafts, before)
            if threats:
                family = self._family(outcome)
                inside = {condition.index} if condition is not None else set()
                drafts = [d for d in drafts if d.clause.index not in family | inside] + threats
        return drafts

    def _pairs(self, sentence: Sentence) -> list[tuple[Clause | None, Clause]]:
        """The denied conditions of a sentence, None for one that "otherwise" stands for, each with the clause
        that tells what follows."""
        pairs: list[tuple[Clause | None, Clause]] = []
        for clause in self.view.clauses[sentence.index]:
            if clause.kind == "sub" and clause.parent is not None and self._denied(clause):
                pairs.append((clause, self.view.clause_by_index(clause.parent)))
            elif clause.kind != "rel" and self._otherwise(clause):
                pairs.append((None, clause))
        return pairs

    def _denied(self, clause: Clause) -> bool:
        """Whether a clause is a condition that is told as not met."""
        force = self.tools.force
        if not force.conditional(clause):
            return False
        return force.negated(clause) or first_phrase(self.view, clause, self.cues.unless) is not None

    def _otherwise(self, clause: Clause) -> bool:
        """Whether a clause begins with "otherwise"."""
        places = [i for i in clause.tokens if self.tokens[i].pos not in ("CCONJ", "PUNCT")]
        words = [self.tokens[i].lower for i in places[:6]]
        return any(words[: len(p)] == p for p in (q.split() for q in self.cues.otherwise))

    def _family(self, outcome: Clause) -> set[int]:
        """The indexes of a clause and of the infinitives in it."""
        family = {outcome.index}
        for clause in self.view.clauses[outcome.sentence]:
            if clause.kind == "inf" and clause.parent in family:
                family.add(clause.index)
        return family

    # -- who threatens whom ----------------------------------------------------------------------------------

    def _threats(
        self, condition: Clause | None, outcome: Clause, here: Sequence[Draft], before: Sequence[Draft]
    ) -> list[Draft]:
        """The threats that an outcome makes: by whoever does it, to whoever is to meet the condition."""
        demand = self._demand(outcome, before)
        met_by = self._to_act(condition)
        family = self._family(outcome)
        acts = [d for d in here if d.clause.index in family and self._harms(d)]
        actors = {d.actor for d in acts if d.actor is not None}
        if not acts:
            harm = first_phrase(self.view, outcome, self.cues.consequences)
            if harm is None or self._over(outcome) or self.tools.force.modal(outcome, "possible"):
                return []
            actors = set(self._doers(outcome, harm))
            if not actors and condition is None and demand is not None and demand.actor is not None:
                actors = {demand.actor}
        threats: list[Draft] = []
        for actor in sorted(actors):
            targets = met_by
            if not targets and demand is not None and demand.actor == actor and demand.target:
                targets = (demand.target,)
            if not targets and condition is None:
                targets = tuple(d.target for d in acts if d.target is not None)[:1]
            threats += [self._threat(outcome, actor, t, acts) for t in targets if t != actor]
        return threats

    def _harms(self, d: Draft) -> bool:
        """Whether somebody does another harm, and no more than may do so."""
        if d.status in ("alleged", "possible"):
            return False
        return (d.type in _HARM and d.status != "negated") or (d.type in _REFUSED and d.status == "negated")

    def _over(self, outcome: Clause) -> bool:
        """Whether the outcome is told as past."""
        return any("Tense=Past" in self.tokens[i].morph for i in outcome.tokens) and not any(
            self.tokens[i].lower in self.cues.future for i in outcome.tokens
        )

    def _doers(self, outcome: Clause, harm: tuple[int, ...]) -> tuple[str, ...]:
        """The subject of the outcome, where it can threaten."""
        subject = self.tools.parts.subject(outcome)
        if subject is None or subject.via != "head" or subject.head in harm:
            return ()
        found = self.tools.arguments.entities(subject, _WHO)
        return found.keys if found is not None else ()

    def _to_act(self, condition: Clause | None) -> tuple[str, ...]:
        """Who is to do what the condition says: its subject."""
        subject = self.tools.parts.subject(condition) if condition is not None else None
        if subject is None or subject.via != "head":
            return ()
        found = self.tools.arguments.entities(subject, SLOTS["threat"].target)
        return tuple(k for k in found.keys if self.view.kind(k) in _WHO) if found is not None else ()

    def _demand(self, outcome: Clause, before: Sequence[Draft]) -> Draft | None:
        """What was demanded just before."""
        near = (d for d in reversed(before) if outcome.sentence - d.sentence <= _NEAR)
        return next((d for d in near if d.type in ("request", "threat")), None)

    def _threat(self, outcome: Clause, actor: str, target: str, acts: Sequence[Draft]) -> Draft:
        """A threat with the topic and the relays of what it threatens."""
        places = sorted(self.view.family_places(outcome))
        told = next((d for d in acts if d.actor == actor), None)
        above = self.tools.attributor.above(outcome, (outcome.tokens[0],))
        sources = told.source if told is not None else tuple(above.sources)
        return Draft(
            sentence=outcome.sentence,
            clause=outcome,
            at=outcome.tokens[0],
            type="threat",
            actor=actor,
            target=target,
            status="asserted",
            topic=told.topic if told is not None else self.tools.force.topic_of(places),
            source=tuple(s for s in sources if s != actor),
            when=None,
            confidence=0.7,
            rule="threat/condition",
            evidence=Evidence(
                (outcome.tokens[0],),
                Found((actor,), 0.85, "subject"),
                Found((target,), 0.85, "condition"),
                "uttered",
                tuple(above.operators),
            ),
        )
