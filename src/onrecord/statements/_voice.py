"""The voice of a clause: whether its verb is in the passive, and who then does it."""

from __future__ import annotations

from onrecord.language import Clause, Token, is_finite, is_verb
from onrecord.statements._clause_phrases import ClausePhrases
from onrecord.statements._match import FIXED_ORDER, Match
from onrecord.statements._phrases import Phrase

_HAVE = frozenset({"have", "hebben", "haben", "ha"})


class Voice(ClausePhrases):
    """Tells the passive from the active in the clauses of a page."""

    def passive(self, match: Match) -> bool:
        """Whether the trigger's verb is in the passive."""
        words = match.trigger.words
        written = any(word in self.be or word in self.view.words.passive for word in words[:-1])
        if (
            match.trigger.part != "verb" or written
        ):  # "be owned by": the entry itself is written in the passive
            return False
        verbs = [self.tokens[i] for i in match.places if is_verb(self.tokens[i])]
        marked = (t for t in verbs if "Voice=Pass" in t.morph or "Part" in t.morph)
        verb = next(marked, self.tokens[match.at])
        morph = verb.morph
        if self.view.analysis.language in FIXED_ORDER:
            if self._headline_passive(match, verb):
                return True
            if "Part" in morph and self._goes_on(match.clause, verb):
                return False
        if self.view.words.perfect_with_be and self._perfect_with_be(match, verb):
            return False
        if self._is_participle_clause(match.clause) and verb.index == self._opener(match.clause):
            return verb.lemma not in self.view.words.perfect_with_be
        participle = "Part" in morph and "Tense=Pres" not in morph
        if participle and self.view.analysis.language in FIXED_ORDER:
            return self._passive_auxiliary(match)
        return "Voice=Pass" in morph or (participle and self._passive_auxiliary(match))

    def _perfect_with_be(self, match: Match, verb: Token) -> bool:
        """Whether a participle with "be" is a perfect: that of a verb of motion, or of one with a reflexive
        pronoun ("*s'est* engagé")."""
        words = self.view.words
        if verb.lemma in words.perfect_with_be:
            return True
        before = (i for i in match.clause.tokens if i < verb.index)
        return any(t.lower in words.reflexives and t.pos == "PRON" for t in (self.tokens[i] for i in before))

    def _headline_passive(self, match: Match, verb: Token) -> bool:
        """Whether a headline leaves the auxiliary out ("X barred from Y"): its only verb is a past form
        without object."""
        clause, i = match.clause, verb.index
        if self.view.analysis.sentences[clause.sentence].block.kind != "title":
            return False
        past = verb.lower != verb.lemma and not verb.lower.endswith(("s", "ing"))
        alone = [k for k in clause.tokens if is_verb(self.tokens[k])] == [i]
        taken = "object" in (*match.trigger.target, *match.trigger.actor)
        if not (past and alone and taken) or (i + 1 in match.places and self.tokens[i + 1].pos != "PART"):
            return False
        ends = i + 1 >= self.view.analysis.sentences[clause.sentence].last
        return ends or self.tokens[i + 1].pos in ("ADP", "PART", "PUNCT")

    def _goes_on(self, clause: Clause, verb: Token) -> bool:
        """Whether a past form after "and" goes on with an active clause ("opened a site *and
        promised* …")."""
        if clause.conjunct_of is None:
            return False
        before = [self.tokens[i] for i in clause.tokens if i < verb.index]
        if any(is_finite(t) or t.pos == "AUX" for t in before):
            return False
        joined = [self.tokens[i] for i in self.view.clause_by_index(clause.conjunct_of).tokens]
        return any(is_finite(t) for t in joined) and not any(
            t.lemma in self.view.words.passive for t in joined
        )

    def _passive_auxiliary(self, match: Match) -> bool:
        """Whether the auxiliaries of a clause, or their lack, make its participle a passive."""
        clause, passive = match.clause, self.view.words.passive
        tokens = [self.tokens[i] for i in clause.tokens]
        if clause.conjunct_of is not None and not any(is_finite(t) or t.pos == "AUX" for t in tokens):
            # "has dropped X *and chosen Y*": the auxiliary stands with the first of the two
            tokens += [self.tokens[i] for i in self.view.clause_by_index(clause.conjunct_of).tokens]
        auxiliaries = {t.lemma for t in tokens if t.pos == "AUX" or (is_verb(t) and t.lemma in passive)}
        if any(a in passive for a in auxiliaries - self.be):
            return True
        if auxiliaries & self.be:
            return not auxiliaries & _HAVE or any(t.lower == "been" for t in tokens)
        if clause.kind in ("sub", "rel"):
            return False  # at a subordinate clause's end it is the finite verb, mistaken for a participle
        if self.view.analysis.language in FIXED_ORDER:
            after = {i + 1 for i in match.places}
            if any(p.first in after for p in self.bare(clause)):
                return False  # a past tense that looks like the participle: its object follows
        return not any(is_finite(t) or t.pos == "AUX" for t in tokens)

    def agent(self, clause: Clause) -> Phrase | None:
        """Who does it in a passive clause: the phrase after "by"."""
        some = self._partitive(clause)
        named = [
            p
            for p in self.phrases(clause)
            if p.keys and p.preposition in self.view.words.agent and p is not some
        ]
        if len(named) > 1:  # "the purchase *by* X was stopped *by* Y"
            verb = self.finite(clause)
            named = [p for p in named if verb is not None and p.first > verb] or named
        return named[0] if named else None
