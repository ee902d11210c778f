"""Who is meant to have done an act that a noun or gerund names: the accused, the charged, the feared, the
cleared."""

from __future__ import annotations

from onrecord.entities import noun_in
from onrecord.language import is_finite, is_verb
from onrecord.statements._arguments import Found
from onrecord.statements._first_person import spoken_for
from onrecord.statements._kinds import SLOTS
from onrecord.statements._match import Match, matches
from onrecord.statements._tools import Tools

_DOERS = SLOTS["wrongdoing"].actor


class Accused:
    """Finds who did what a trigger names, from what else its clause says."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.view = tools.view
        self.tokens = tools.view.tokens

    def of_noun(self, match: Match) -> Found | None:
        """Who did what a noun names: who denies it, is accused of it, is feared or said not to do it."""
        return self._denier(match) or self.accused(match) or self._feared(match) or self._cleared(match)

    def accused(self, match: Match) -> Found | None:
        """Who is accused or suspected of the act that the trigger names ("accused the firm of *fraud*")."""
        tried = self.tried(match)
        if tried is not None:
            return tried
        for other in matches(self.view, match.clause, self.tools.lexicon):
            if other.trigger.source and other.trigger.part == "verb" and other.at < match.at:
                found = self.tools.arguments.find(other, other.trigger.actor, _DOERS)
                if found is not None:
                    return found
        return self.charged(match) or self._object_of_fear(match)

    def charged(self, match: Match) -> Found | None:
        """Who is held or tried on the charge of an act ("was arrested on a charge of *fraud*"): what that is
        done to."""
        accusation = self.tools.lexicon.attribution.accusation
        if not any(i < match.at and noun_in(self.tokens[i].lemma, accusation) for i in match.clause.tokens):
            return None
        for other in matches(self.view, match.clause, self.tools.lexicon):
            if other.trigger.type == "legal" and other.trigger.part == "verb" and other.at < match.at:
                return self.tools.arguments.find(other, other.trigger.target, SLOTS["legal"].target)
        return None

    def tried(self, match: Match) -> Found | None:
        """Who is sued, fined or convicted for the act that a gerund names ("sued the firm for *copying* its
        code")."""
        trial = self._trial(match)
        if trial is None:
            return None
        return self.tools.arguments.find(trial, trial.trigger.target, SLOTS["legal"].target)

    def is_on_trial(self, match: Match) -> bool:
        """Whether somebody is held or tried, and not yet found guilty, of what the trigger names."""
        trial = self._trial(match)
        pending = trial is not None and trial.trigger.words[0] in self.tools.lexicon.cues.trials
        return pending or self.charged(match) is not None

    def _trial(self, match: Match) -> Match | None:
        """The legal act for which a gerund gives the ground."""
        if not self.is_gerund(match) or not any(
            self.tokens[i].pos in ("ADP", "SCONJ") for i in range(max(match.at - 2, 0), match.at)
        ):
            return None
        for other in matches(self.view, match.clause, self.tools.lexicon):
            if other.trigger.type == "legal" and other.trigger.part == "verb" and other.at < match.at:
                return other
        return None

    def _object_of_fear(self, match: Match) -> Found | None:
        """Whom a verb of fearing or suspecting has as its object, before the act."""
        for operator in self.tools.operators.of(match.clause):
            verb = operator.places[0]
            if operator.kind not in ("fear", "alleged") or verb >= match.at or not is_verb(self.tokens[verb]):
                continue
            for phrase in self.tools.parts.objects(match.clause):
                if phrase.keys and phrase.via == "head" and verb < phrase.first < match.at:
                    found = self.tools.arguments.entities(phrase, _DOERS)
                    return found.by("feared") if found is not None else None
        return None

    def _denier(self, match: Match) -> Found | None:
        """Who denies the act that a noun names ("denied *spying* for China")."""
        for operator in self.tools.operators.of(match.clause):
            if operator.kind == "deny" and operator.sources:
                return Found(operator.sources[:1], 0.85, "denier")
        return None

    def _feared(self, match: Match) -> Found | None:
        """Of whom an act without agent is feared ("for fear of *spying*"): the supplier that the sentence
        names last."""
        if not any(o.kind == "fear" for o in self.tools.operators.of(match.clause)):
            return None
        here = [p for p in self.view.phrases[match.clause.sentence] if p.kind == "company" and p.keys]
        return Found((here[-1].keys[0],), 0.7, "feared", (here[-1].first, here[-1].last)) if here else None

    def _cleared(self, match: Match) -> Found | None:
        """Of whom somebody says that an act or thing is not there ("said that there are no *backdoors*"):
        himself, or the company for which he speaks."""
        if not self.tools.force.negated(match.clause):
            return None
        sources = self.tools.attributor.above(match.clause, match.places).sources
        if not sources or self.view.kind(sources[0]) not in ("company", "person"):
            return None
        return Found((spoken_for(self.view, sources[0]),), 0.7, "speaker")

    def is_gerund(self, match: Match) -> bool:
        """Whether the trigger is a verb used as a noun, after the clause's own verb ("of *evading* the
        ban")."""
        if match.trigger.part != "verb" or is_finite(self.tokens[match.at]):
            return False
        return any(is_finite(self.tokens[i]) for i in match.clause.tokens if i < match.at)
