"""Arguments that stand elsewhere in the sentence: with who decides, speaks, commands, or in a state's
adjective."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.entities import Entity, noun_in
from onrecord.language import is_verb
from onrecord.statements._arguments import Found, Kinds
from onrecord.statements._match import FIXED_ORDER, Match
from onrecord.statements._phrases import Phrase
from onrecord.statements._recall import Recall
from onrecord.statements._tools import Tools

# Who can decide, and to whom a threat or demand can be put.
_POWERS: Kinds = ("state", "body", "company")


class Inference:
    """Finds arguments of a trigger that its own specification does not reach."""

    def __init__(self, tools: Tools, recall: Recall) -> None:
        self.tools = tools
        self.recall = recall
        self.view = tools.view
        self.tokens = tools.view.tokens
        self.parts = tools.parts
        self.arguments = tools.arguments
        self.operators = tools.operators

    # -- who decides or speaks -------------------------------------------------------------------------------

    def decider(self, match: Match) -> Found | None:
        """The subject of the clause above, where that only decides and neither says, denies nor fears."""
        if match.clause.parent is None:
            return None
        kinds = {o.kind for o in self.operators.of(self.view.clause_by_index(match.clause.parent))}
        if kinds & {"say", "deny", "fear", "confirm"}:
            return None
        return self.decider_above(match, _POWERS, planned=bool(kinds & {"planned", "possible"}))

    def decider_above(self, match: Match, kinds: Kinds, planned: bool) -> Found | None:
        """Who decides what is told in the passive below ("BT decides that X is not let in"), or, where the
        clause above tells of a plan, in a relative clause ("prepares a law that is to shut X out")."""
        clause = match.clause
        if clause.parent is None or clause.kind == "main":
            return None
        if clause.kind == "rel":
            described = self.parts.antecedent(clause)
            if described is None or described.keys or not planned:
                return None
        subject = self.parts.subject(self.view.clause_by_index(clause.parent))
        if subject is None or subject.via != "head":
            return None
        found = self.arguments.entities(subject, kinds)
        fits = found is not None and all(self.view.kind(k) in kinds for k in found.keys)
        return found.by("decider") if found is not None and fits else None

    def speaker(self, match: Match) -> Found | None:
        """Whoever says that somebody must do something asks it."""
        sources = self.tools.attributor.above(match.clause, match.places).sources
        speaker = next((s for s in sources if self.view.kind(s) != "outlet"), None)
        return Found((speaker,), 0.8, "speaker") if speaker is not None else None

    def author(self, match: Match) -> Found | None:
        """Who made the paper in which somebody is asked ("adopted a motion *in which the government is
        asked*")."""
        clause = match.clause
        described = self.parts.antecedent(clause) if clause.kind == "rel" else None
        if described is None or clause.parent is None or not self.parts.passive(match):
            return None
        if noun_in(self.tokens[described.head].lemma, self.tools.lexicon.attribution.documents) is None:
            return None
        subject = self.parts.subject(self.view.clause_by_index(clause.parent))
        found = self.arguments.entities(subject, _POWERS) if subject is not None else None
        return found.by("author") if found is not None else None

    def examiner(self, match: Match) -> Found | None:
        """A body that reports a finding is the examiner."""
        sources = self.tools.attributor.above(match.clause, match.places).sources
        if not sources or self.view.kind(sources[0]) not in ("body", "role"):
            return None
        return Found((sources[0],), 0.75, "examiner")

    def reporter(self, match: Match) -> Found | None:
        """Whose report or examination it is that found something ("*the agency's* report found flaws")."""
        subject = self.parts.subject(match.clause) if match.trigger.part == "verb" else None
        if subject is None or subject.via == "head" or self.parts.passive(match):
            return None
        if noun_in(self.tokens[subject.head].lemma, self.operators.words.documents) is None:
            return None
        keys = subject.keys or tuple(self.operators.keys(subject))
        return Found(keys[:1], 0.75, "author") if keys else None

    # -- to whom it is addressed -----------------------------------------------------------------------------

    def addressed(self, match: Match, actor: Found | None) -> Found | None:
        """To whom a threat is put: to whoever is to do, or not to do, what its if-clause says."""
        for clause in self.view.clauses[match.clause.sentence]:
            if clause.index == match.clause.index or not self.tools.force.conditional(clause):
                continue
            verbs = {self.tokens[i].lemma for i in clause.tokens if self.tokens[i].pos == "AUX"}
            passive = bool(verbs & set(self.view.words.passive)) and any(
                "Voice=Pass" in self.tokens[i].morph for i in clause.tokens
            )
            subject = self.parts.agent(clause) if passive else self.parts.subject(clause)
            found = self.arguments.entities(subject, _POWERS) if subject is not None else None
            if found is not None and (actor is None or not set(found.keys) & set(actor.keys)):
                return found.by("condition")
            return self.recall.asked(match, actor)
        return None

    def commanded(self, match: Match) -> Found | None:
        """Who must act, where the demand is told beside it ("the authorities must act, is China's
        demand")."""
        if match.trigger.part != "noun":
            return None
        for clause in self.view.clauses[match.clause.sentence]:
            if clause.kind == "main" and clause.index != match.clause.index:
                subject = self.parts.subject(clause)
                if subject is not None and subject.via == "head":
                    found = self.arguments.entities(subject, _POWERS)
                    return found.by("commanded") if found is not None else None
        return None

    # -- states ----------------------------------------------------------------------------------------------

    def ruler(self, match: Match) -> Found | None:
        """The state whose ban, law or order is the subject ("the *American* trade ban cuts X off")."""
        subject = self.parts.subject(match.clause)
        if subject is None or subject.keys or self.parts.passive(match):
            return None
        return self._first_state(subject, "ruler")

    def _first_state(self, phrase: Phrase, how: str) -> Found | None:
        """The states that adjectives in a phrase name, told how they were found."""
        states = self.arguments.states_in(phrase)
        found = self.arguments.entities(states[0]) if states else None
        return found.by(how) if found is not None else None

    def state_here(self, match: Match) -> Found | None:
        """The state in which something is done by nobody named ("excluded in the United States")."""
        acts = (i for i in match.clause.tokens if i > max(match.places) and is_verb(self.tokens[i]))
        end = next(acts, None) if self.view.analysis.language in FIXED_ORDER else None
        for phrase in self.parts.phrases(match.clause):
            if (
                phrase.preposition in ("in", "i", *self.view.words.located)
                and phrase.kind == "state"
                and phrase.via == "head"
                and (end is None or phrase.first < end)  # "fined for bribing officials *in* X" tells no court
            ):
                found = self.arguments.entities(phrase)
                return found.by("place") if found is not None else None
        for phrase in self.parts.phrases(match.clause):  # "in the *Spanish* network"
            if phrase.preposition in ("in", "i", *self.view.words.located) and not phrase.keys:
                found = self._first_state(phrase, "place")
                if found is not None:
                    return found
        for phrase in self.parts.phrases(match.clause) if match.trigger.type == "restriction" else ():
            if phrase.preposition not in self.view.words.origin or phrase.first < match.at:
                continue
            if phrase.kind == "state" and phrase.via != "head":  # "barred from *Sweden's* networks"
                found = self.arguments.entities(phrase)
            else:  # "barred from *Australian* networks"
                found = None if phrase.keys else self._first_state(phrase, "place")
            if found is not None:
                return found.by("place")
        return None

    def ruling_speaker(self, match: Match) -> Found | None:
        """The state or body that tells what is no longer, or again, allowed to somebody."""
        found = self.speaker(match)
        return found if found is not None and self.view.kind(found.keys[0]) in ("state", "body") else None

    def secured(self, match: Match, spec: tuple[str, ...]) -> Found | None:
        """The state whose security is in danger, where an adjective names it ("a threat to *British*
        security")."""
        for phrase in self.parts.phrases(match.clause):
            if phrase.preposition in spec and not phrase.keys and phrase.first > match.at:
                found = self._first_state(phrase, "secured")
                if found is not None:
                    return found
        return None

    def secured_by_speaker(self, match: Match, sources: Sequence[str]) -> Found | None:
        """Danger "to security", or a "security risk", said by a state, or a body of one, is danger to that
        state (docs/statements.md)."""
        endangered = (
            range(p.first, p.last)
            for p in self.parts.phrases(match.clause)
            if p.preposition in match.trigger.target
        )
        named = (range(i, i + 1) for i in match.places if self.view.tokens[i].pos == "NOUN")
        secure = any(self.tools.force.topic_of(span) == "security" for span in (*endangered, *named))
        if not sources or not secure:
            return None
        entities = self.view.resolution.entities
        speaker = entities[sources[0]]
        code = speaker.key if speaker.kind == "state" else speaker.country if speaker.kind == "body" else None
        return Found((code,), 0.7, "speaker") if code is not None and code in entities else None

    def home(self, actor: Found) -> Found | None:
        """The state to whose law somebody is bound where none is named: his own, as the page tells it."""
        entities = self.view.resolution.entities
        code = entities[actor.keys[0]].country
        return Found((code,), 0.8, "home") if code is not None and code in entities else None

    # -- the only company ------------------------------------------------------------------------------------

    def only_company(self, match: Match, actor: Found) -> Found | None:
        """The one company that the sentence names beside the actor, where the clause itself does not say of
        whom."""
        named = {
            key
            for p in self.view.phrases[match.clause.sentence]
            if p.kind == "company" and p.mention is not None and p.mention.form in ("name", "part", "noun")
            for key in p.keys
            if key not in actor.keys
        }
        return Found(tuple(named), 0.6, "only company") if len(named) == 1 else None

    # -- unnamed groups --------------------------------------------------------------------------------------

    def group(self, match: Match, spec: tuple[str, ...]) -> Found | None:
        """A group that no list knows, by the page's words as an entity of its own; added to the page's
        entities."""
        phrase = self._unnamed(match, spec)
        return self._as_role(phrase, "group") if phrase is not None else None

    def institution(self, match: Match) -> Found | None:
        """A court, police or other body without a name or state that acts, by the page's words ("a *court*
        fined X")."""
        subject = self.parts.subject(match.clause)
        if subject is None or subject.keys or subject.preposition or self.parts.passive(match):
            return None
        lemma = self.tokens[subject.head].lemma
        if lemma not in self.view.names.body and noun_in(lemma, self.view.names.government) is None:
            return None
        definite = self.tokens[subject.first].lower in self.view.names.definite
        vague = lemma in self.view.names.body and self.view.names.body[lemma] is None
        if definite and vague and match.trigger.type != "legal":
            return None  # "*the centre* tested X": one that was named where this reader did not see it
        return self._as_role(subject, "group")

    def makers(self, match: Match, spec: tuple[str, ...]) -> Found | None:
        """The makers of things of which only the state is told ("bans *Chinese cameras*")."""
        for place in spec:
            for phrase in self.arguments.places(match, place)[:1]:
                product = noun_in(self.tokens[phrase.head].lemma, self.view.names.products) is not None
                if not phrase.keys and product and self.arguments.states_in(phrase):
                    return self._as_role(phrase, "makers", "makers")
        return None

    def _as_role(self, phrase: Phrase, how: str, *names: str) -> Found:
        """A phrase as an entity of its own, by its words and other `names`."""
        entities, adjectives = self.view.resolution.entities, self.view.resolution.adjectives
        first = phrase.first
        while first < phrase.head and self.tokens[first].pos in ("DET", "NUM", "ADV", "PUNCT"):
            first += 1
        last = phrase.last - 1 if self.view.words.adjectives_follow else phrase.head
        start, end = self.tokens[first].start, self.tokens[last].end
        text = self.view.analysis.page.text[start:end].replace("\n", " ")
        state = next((adjectives[i] for i in range(first, last + 1) if i in adjectives), None)
        key = text if text not in entities or entities[text].kind == "role" else f"{text} (group)"
        entities.setdefault(key, Entity(key, "role", key, (key, *names), state))
        return Found((key,), 0.75, how, (first, phrase.last))

    def _unnamed(self, match: Match, spec: tuple[str, ...]) -> Phrase | None:
        """A plural noun where the place of the argument tells that persons are meant: whom one asks or
        promises something that follows, or any with a state's adjective ("US universities")."""
        for place in spec:
            if place not in ("subject", "object"):
                continue
            for phrase in self.arguments.places(match, place)[:1]:
                noun = self.tokens[phrase.head]
                if phrase.preposition or phrase.keys or noun.pos != "NOUN" or "Number=Plur" not in noun.morph:
                    continue
                if noun_in(noun.lemma, self.view.names.products):
                    continue
                asks = place == "object" and match.trigger.type != "supply"
                if asks and self.arguments.content_clauses(match):
                    return phrase
                if self.arguments.states_in(phrase) and not self.parts.passive(match):
                    return phrase
        return None
