"""Actor and target of a trigger: found, inferred where they stand elsewhere, and checked against its type."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from onrecord.entities import english_firms, noun_in
from onrecord.language import is_finite, lemma_of
from onrecord.statements._accused import Accused
from onrecord.statements._arguments import Found
from onrecord.statements._candidates import Candidates
from onrecord.statements._inference import Inference
from onrecord.statements._kinds import SLOTS
from onrecord.statements._match import FIXED_ORDER, Match
from onrecord.statements._model import StatementType
from onrecord.statements._ranking import likeliest
from onrecord.statements._recall import Recall
from onrecord.statements._tools import Tools

# Types in which an officer stands for the company.
_OFFICERS_ACT: frozenset[StatementType] = frozenset({"wrongdoing", "legal", "commitment"})


# Types that are mostly about a company, which another clause of the sentence may name.
_ABOUT_FIRMS: frozenset[StatementType] = frozenset({"restriction", "permission", "evaluation", "risk"})


# What an authority rules; whoever tells it without naming another is likely that authority.
_RULINGS: frozenset[StatementType] = frozenset({"restriction", "permission"})


class Filled(NamedTuple):
    """The arguments of a match; None for one that the page does not name and its type does not ask for."""

    actor: Found | None
    target: Found | None


class Filler:
    """Fills the slots of triggers."""

    def __init__(
        self,
        tools: Tools,
        accused: Accused,
        inference: Inference,
        recall: Recall,
        candidates: Candidates,
    ) -> None:
        self.candidates = candidates
        self.guesses = True  # not while examples for its own training are gathered
        self.tools = tools
        self.view = tools.view
        self.arguments = tools.arguments
        self.accused = accused
        self.inference = inference
        self.recall = recall
        self._filled: dict[tuple[int, int, tuple[int, ...]], Filled] = {}

    def forget(self) -> None:
        """Forget the arguments that were found, since more has been read for them to be told by."""
        self._filled.clear()

    def fill(self, match: Match) -> Filled | None:
        """Actor and target of a match where they are as its type and its conditions ask, else None."""
        filled = self.found(match)
        return filled if self.refusal(match, filled) is None else None

    def found(self, match: Match) -> Filled:
        """Actor and target of a match, whether or not they are as its type asks."""
        key = (id(match.trigger), match.clause.index, match.places)
        if key not in self._filled:
            self._filled[key] = self._arguments(match)
        return self._filled[key]

    def guessed(self, match: Match) -> bool:
        """Whether the rules leave a slot of the match open, so that it went to the likeliest candidate."""
        return any(found is not None and found.how == "likeliest" for found in self.found(match))

    def refusal(self, match: Match, filled: Filled | None = None) -> str | None:
        """What keeps a match from being read ("no actor", "kind of target", "needs company"); None where
        nothing does."""
        filled = filled or self.found(match)
        return (
            self._missing(match, filled)
            or self._wrong_kind(match, filled)
            or self._unmet(match, filled)
            or self._for_itself(match, filled)
        )

    def _arguments(self, match: Match) -> Filled:
        """Actor and target of a match, wherever they stand."""
        actor = self._actor(match)
        target = self._target(match, actor)
        actor = actor or self._actor_elsewhere(match)
        target = self._target_elsewhere(match, actor, target)
        if actor is not None and target is None:
            if (
                match.trigger.type in ("partnership", "ties") and len(actor.keys) == 2
            ):  # "X and Y work together"
                target = replace(actor, keys=actor.keys[1:])
                actor = replace(actor, keys=actor.keys[:1])
            elif match.trigger.type == "supply" and match.trigger.part == "verb":
                target = self.inference.decider(match)
        if actor is None and not SLOTS[match.trigger.type].needs_actor and not self._names_subject(match):
            actor = self.inference.state_here(match) or self.recall.restricting(match, target)
            if actor is None and match.trigger.part == "verb" and match.trigger.type in _RULINGS:
                actor = self.inference.ruling_speaker(match)
        if actor is None and match.trigger.type == "request" and not self._names_subject(match):
            actor = self._authority(match, target)
        return self._likeliest(match, Filled(actor, target))

    def _likeliest(self, match: Match, filled: Filled) -> Filled:
        """The same, a slot that must not stay open filled with the likeliest candidate."""
        if not self.guesses:
            return filled
        actor, target = filled
        slots = SLOTS[match.trigger.type]
        if match.trigger.type == "ties":  # who takes over a market has no tie to whoever else is named
            passive, trigger = self.tools.parts.passive(match), match.trigger
            if any(self.candidates.taken(match, own, passive) for own in (trigger.actor, trigger.target)):
                return filled
        if actor is None and (slots.needs_actor or self._names_subject(match)):
            actor = likeliest(self.candidates, match, "actor", target)
        if target is None and slots.needs_target:
            target = likeliest(self.candidates, match, "target", actor)
        return Filled(actor, target)

    def _authority(self, match: Match, target: Found | None) -> Found | None:
        """Who asked, for a passive without agent ("US agencies told to …"): the state or body that
        ruled in this affair just before, else the state of those who are told."""
        if target is None or self.view.analysis.language not in FIXED_ORDER:
            return None
        ruled = self.recall.ruling(match, self.view)
        if ruled is not None and not set(ruled.keys) & set(target.keys):
            return ruled
        entities = self.view.resolution.entities
        code = next((entities[k].country for k in target.keys if self.view.kind(k) in ("role", "body")), None)
        return Found((code,), 0.6, "home") if code is not None and code in entities else None

    # -- search ----------------------------------------------------------------------------------------------

    def _actor(self, match: Match) -> Found | None:
        """The actor where the trigger's specification says."""
        trigger = match.trigger
        owners = trigger.type == "risk" or trigger.part == "noun" or self._by_inquiry(match)
        found = self.arguments.find(match, trigger.actor, SLOTS[trigger.type].actor, owners=owners)
        if trigger.type == "wrongdoing" and self.accused.is_gerund(match):
            return self.accused.accused(match) or found
        return found

    def _by_inquiry(self, match: Match) -> bool:
        """Whether a report or review is what finds ("*a review by X* found"): its author is meant."""
        subject = self.tools.parts.subject(match.clause) if match.trigger.type == "evaluation" else None
        documents = self.tools.lexicon.attribution.documents
        return subject is not None and noun_in(self.view.tokens[subject.head].lemma, documents) is not None

    def _target(self, match: Match, actor: Found | None) -> Found | None:
        """The target where the trigger's specification says, which may be a group or state without a name
        there."""
        trigger = match.trigger
        apart = actor.keys if actor is not None else ()
        target = self.arguments.find(match, trigger.target, SLOTS[trigger.type].target, apart=apart)
        if target is None and trigger.type == "risk":
            target = self.inference.secured(match, trigger.target)
        grouped = trigger.type in ("request", "commitment", "threat", "supply")
        if target is None and trigger.part == "verb" and grouped:
            target = self.inference.group(match, trigger.target)
        if target is None and trigger.type in _ABOUT_FIRMS:
            target = self.inference.makers(match, trigger.target)
        return target

    def _actor_elsewhere(self, match: Match) -> Found | None:
        """The actor where the specification gives none: by what the trigger's type lets one infer."""
        trigger, kind = match.trigger, match.trigger.type
        verb, noun = trigger.part == "verb", trigger.part == "noun"
        found: Found | None = None
        if verb and kind in ("request", "restriction", "permission"):
            found = self.inference.group(match, trigger.actor)
        if found is None and kind == "request" and "subject" not in trigger.actor:
            found = self.inference.speaker(match)
        if found is None and kind == "request":
            found = self.inference.author(match)
        if found is None and kind in ("restriction", "permission"):
            found = self.inference.ruler(match)
        if found is None and not SLOTS[kind].needs_actor:
            found = self.inference.decider(match)
        if found is None and noun and kind in ("wrongdoing", "ties") and not trigger.source:
            found = self.accused.of_noun(match)
        if (
            found is None and verb and kind == "supply"
        ):  # "uses American technology": only the origin is named
            found = self.arguments.find(match, ("of",), ("state",))
        if found is None and kind == "wrongdoing" and self.tools.parts.passive(match):
            found = self.recall.suspect(match)
        if found is None and kind == "evaluation":
            found = self.inference.reporter(match) or self.inference.examiner(match)
        if found is None and verb and kind in ("legal", "evaluation"):
            found = self.inference.state_here(match) or self.inference.institution(match)
        if found is None and kind == "risk":
            found = self.inference.makers(match, trigger.actor)
        return found

    def _target_elsewhere(self, match: Match, actor: Found | None, target: Found | None) -> Found | None:
        """The target where it stands in another clause or sentence; that of a threat rather than its
        object."""
        trigger = match.trigger
        named = target is not None and target.how == "object" and "conditional" not in trigger.needs
        if trigger.type == "threat" and not named:
            target = self.inference.addressed(match, actor) or target
        if target is None and trigger.type == "request":
            target = self.inference.commanded(match)
        if target is None:
            target = self.arguments.find_beside(match, trigger.target, SLOTS[trigger.type].target)
        if target is None and trigger.part == "verb" and actor is not None and trigger.type in _ABOUT_FIRMS:
            target = self.inference.only_company(match, actor)
        if target is None and trigger.type == "evaluation":
            target = self.recall.examined(match)
        law = trigger.type == "ties" and trigger.topic == "law"
        if law and actor is not None and (target is None or self.view.kind(target.keys[0]) == "role"):
            target = self.inference.home(actor) or target
        return target

    # -- checks ----------------------------------------------------------------------------------------------

    def _names_subject(self, match: Match) -> bool:
        """Whether the trigger is a verb in the active that has its actor as subject."""
        trigger = match.trigger
        if trigger.type == "evaluation" and "negation" in trigger.needs:
            return False  # "*nobody* has shown that it spied"
        return trigger.part == "verb" and "subject" in trigger.actor and not self.tools.parts.passive(match)

    def _missing(self, match: Match, filled: Filled) -> str | None:
        """Which argument that the type cannot do without is not there."""
        trigger, slots = match.trigger, SLOTS[match.trigger.type]
        object_asked = trigger.type == "request" and trigger.words[-2:] == ("…", "to")
        asks = slots.needs_target and not self._limits_trade(match, filled)
        if filled.target is None and (asks or object_asked):
            return "no target"  # "wants to" is no "wants … to"
        if filled.actor is not None:
            return None
        if slots.needs_actor or self._names_subject(match):
            return "no actor"
        clear = trigger.part == "verb" or trigger.type == "evaluation" or filled.target is not None
        return None if clear else "no actor"

    def _limits_trade(self, match: Match, filled: Filled) -> bool:
        """Whether a state limits its trade in something, whoever buys it ("China restricts the export of
        chips")."""
        trigger, actor = match.trigger, filled.actor
        limits = trigger.type == "restriction" and trigger.topic == "sanctions" and trigger.part == "verb"
        return limits and actor is not None and all(self.view.kind(k) == "state" for k in actor.keys)

    def _wrong_kind(self, match: Match, filled: Filled) -> str | None:
        """Which argument is of a kind that the type does not take, or whether one is both."""
        slots = SLOTS[match.trigger.type]
        actors = filled.actor.keys if filled.actor is not None else ()
        targets = filled.target.keys if filled.target is not None else ()
        if not all(self.view.kind(k) in slots.actor for k in actors):
            return "kind of actor"
        if not all(self.view.kind(k) in slots.target for k in targets):
            return "kind of target"
        return "actor is target" if set(actors) & set(targets) else None

    def _for_itself(self, match: Match, filled: Filled) -> str | None:
        """Whether who builds or runs something does so for itself ("builds *its own* network"), and nobody is
        named behind a preposition for whom."""
        own, trigger, target = self.view.words.own, match.trigger, filled.target
        if not own or trigger.type != "supply" or trigger.part != "verb" or target is None:
            return None
        if filled.actor is None or filled.actor.how != "subject" or self.tools.parts.passive(match):
            return None
        if target.how in trigger.target and target.how not in ("object", "second", "of", "subject"):
            return None
        things = self.tools.parts.objects(match.clause, match.places)
        words = {self.view.tokens[i].lower for p in things for i in range(max(p.first - 1, 0), p.last)}
        return "for itself" if words & set(own) else None

    def _unmet(self, match: Match, filled: Filled) -> str | None:
        """Which of the conditions that the lexicon sets for the trigger (`needs`) does not hold."""
        trigger, clause, force = match.trigger, match.clause, self.tools.force
        if trigger.type == "commitment" and self._tells_past(match):
            return "tells the past"
        actors = filled.actor.keys if filled.actor is not None else ()
        targets = filled.target.keys if filled.target is not None else ()
        powers = (*actors, *targets) if trigger.type == "ties" else actors
        holds = {
            "negation": lambda: force.negated(clause),
            "conditional": lambda: force.under_condition(clause),
            "passive": lambda: self.tools.parts.passive(match),
            "active": lambda: not self.tools.parts.passive(match),
            "content": lambda: bool(self.arguments.content_clauses(match)),
            "no-content": lambda: not self.arguments.content_clauses(match),
            "no-infinitive": lambda: not self._asks_for_act(match),
            "future": lambda: self._lies_ahead(match),
            "firm-target": lambda: any(self.view.kind(k) == "company" for k in targets),
            "company": lambda: (
                any(self._means_firm(match, k) for k in (*actors, *targets)) or self._asks_about_firm(match)
            ),
            "thing": lambda: self._is_thing(match),
            "firm-actor": lambda: any(self._means_firm(match, k) for k in actors),
            "public-target": lambda: any(self.view.kind(k) in ("state", "body") for k in targets),
            "state-actor": lambda: any(self.view.kind(k) in ("state", "body") for k in powers),
        }
        return next((f"needs {need}" for need in sorted(trigger.needs) if not holds[need]()), None)

    def _tells_past(self, match: Match) -> bool:
        """Whether what is assured is told in the perfect ("that it *has never spied*"): no promise."""
        words = self.view.words
        for clause in self.arguments.content_clauses(match)[:1]:
            tokens = [self.view.tokens[i] for i in clause.tokens]
            perfect = any(t.lemma in words.perfect and is_finite(t) for t in tokens)
            return clause.kind == "sub" and perfect and any("VerbForm=Part" in t.morph for t in tokens)
        return False

    def _is_thing(self, match: Match) -> bool:
        """Whether the subject is a product, told with its maker or its user or without."""
        subject = self.tools.parts.subject(match.clause)
        products = self.view.names.products
        return subject is not None and noun_in(self.view.tokens[subject.head].lemma, products) is not None

    def _lies_ahead(self, match: Match) -> bool:
        """Whether a modal of the future stands in the clause; or a verb in the future tense, where a language
        has one, there or in what it says."""
        cues, tokens = self.tools.lexicon.cues, self.view.tokens
        if any(tokens[i].lower in cues.future for i in match.clause.tokens):
            return True
        clauses = (match.clause, *self.arguments.content_clauses(match)) if cues.moods["planned"] else ()
        verbs = (tokens[i] for c in clauses for i in c.tokens)
        return any(mood in t.morph or t.lower in cues.future for t in verbs for mood in cues.moods["planned"])

    def _asks_for_act(self, match: Match) -> bool:
        """Whether an infinitive completes the trigger ("*ordered X to pay*" is no order for goods)."""
        return any(
            clause.kind == "inf" and clause.parent == match.clause.index
            for clause in self.arguments.content_clauses(match)
        )

    def _asks_about_firm(self, match: Match) -> bool:
        """Whether what somebody is asked to do names a company ("wants the government *to ban X*")."""
        return match.trigger.type == "request" and any(
            phrase.kind == "company"
            for clause in self.arguments.content_clauses(match)
            for phrase in self.tools.parts.phrases(clause)
        )

    def _means_firm(self, match: Match, key: str) -> bool:
        """Whether an argument is a company, an officer who stands for one, or an unnamed group of firms
        ("Chinese companies", "telecom operators")."""
        kind = self.view.kind(key)
        if kind == "role":
            names = (key, *self.view.resolution.entities[key].names)
            return any(noun_in(lemma_of(n.split()[-1].lower(), "en"), english_firms()) for n in names)
        return kind == "company" or (kind == "person" and match.trigger.type in _OFFICERS_ACT)
