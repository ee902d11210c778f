"""Acts told by "did so" or "did the same", which take over what the sentence before told of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.language import Clause
from onrecord.statements._drafts import Draft
from onrecord.statements._force import UTTERED
from onrecord.statements._kinds import SLOTS
from onrecord.statements._model import StatementType, Status
from onrecord.statements._tools import Tools

# What somebody can do likewise.
_DONE: frozenset[StatementType] = frozenset({"request", "restriction", "permission", "supply", "commitment"})


class Echo:
    """Reads clauses whose verb only points back."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.view = tools.view
        self.tokens = tools.view.tokens
        self.words = tools.view.words

    def read(self, clause: Clause, told: Iterable[Draft]) -> list[Draft]:
        """What a clause without trigger takes over from the last act in `told` before it, done by its own
        subject; nothing where it says something itself or the act is more than a sentence back."""
        verbs = [i for i in clause.tokens if self.tokens[i].pos == "VERB"]
        bare = [] if verbs else self._bare(clause)
        if bare:
            verbs = bare
        elif len(verbs) != 1 or self.tokens[verbs[0]].lemma not in self.words.echo_verbs:
            return []
        subject = self.tools.parts.subject(clause)
        if subject is None or not subject.keys or not (bare or self._points_back(clause)):
            return []
        before = (d for d in told if d.type in _DONE and d.at < verbs[0])
        act = max(before, key=lambda d: d.at, default=None)
        if act is None or clause.sentence - act.sentence > 1:
            return []
        if act.type in UTTERED and (bare or not self._same(clause)):
            return []  # "that he does not do": what he was asked
        if any(self.view.kind(key) not in SLOTS[act.type].actor for key in subject.keys):
            return []
        above = self.tools.attributor.above(clause, (verbs[0],))
        ahead = self.tools.force.modal(clause, "planned")
        told_as: Status = "planned" if ahead and act.type not in UTTERED else "asserted"
        status: Status = "negated" if self._negated(clause) else above.status or told_as
        return [
            replace(
                act,
                sentence=clause.sentence,
                clause=clause,
                at=verbs[0],
                actor=key,
                status=status,
                source=tuple(above.sources),
                when=self.tools.force.when(clause),
                confidence=0.6,
                rule=f"{act.type}/echo",
            )
            for key in subject.keys
            if key != act.target and (key, status) != (act.actor, act.status)
        ]

    def _points_back(self, clause: Clause) -> bool:
        """Whether "the same" is done in the clause, or in a cleft "that" ("it is X *that has done so*")."""
        if self._same(clause) or self._points_to_act(clause):
            return True
        first = self.tokens[self.view.analysis.sentences[clause.sentence].first].lower
        others = [p for p in self.tools.parts.bare(clause) if p.keys]
        return clause.kind == "rel" and first in self.words.echo_openers and not others

    def _same(self, clause: Clause) -> bool:
        """Whether "the same" is done in the clause."""
        text = " ".join(self.tokens[i].lower for i in clause.tokens)
        return any(f" {same}" in f" {text}" for same in self.words.echoes)

    def _negated(self, clause: Clause) -> bool:
        return any(self.tokens[i].lower in self.tools.lexicon.cues.negation for i in clause.tokens)

    def _points_to_act(self, clause: Clause) -> bool:
        """Whether a main clause says, of nobody but its subject, that he does "that" not or as well."""
        words = {self.tokens[i].lower for i in clause.tokens}
        if clause.kind != "main" or not words & set(self.words.echo_objects):
            return False
        others = [p for p in self.tools.parts.phrases(clause) if p.keys]
        return len(others) == 1 and (self._negated(clause) or bool(words & set(self.words.echo_adverbs)))

    def _bare(self, clause: Clause) -> list[int]:
        """The auxiliary of a short clause that leaves its verb out and is denied ("Germany *has* not")."""
        helpers = [i for i in clause.tokens if self.tokens[i].lemma in self.words.echo_auxiliaries]
        subject = self.tools.parts.subject(clause)
        if len(helpers) != 1 or subject is None or clause.kind != "main" or not self._negated(clause):
            return []
        rest = (
            self.tokens[i].pos
            for i in clause.tokens
            if i != helpers[0] and i not in range(subject.first, subject.last)
        )
        return helpers if set(rest) <= {"ADV", "PART", "PUNCT", "CCONJ"} else []
