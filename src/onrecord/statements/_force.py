"""With what force a clause says something, its topic and its date: by cue words in the clause and above
it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.language import Clause, is_finite, is_verb
from onrecord.statements._lexicon import Lexicon, plain_trigger
from onrecord.statements._listed import PhraseList
from onrecord.statements._match import Match, find_rest, first_phrase
from onrecord.statements._model import Scope, StatementType, Status, Topic
from onrecord.statements._view import View

# A promise, threat or request that was uttered is asserted, whatever it promises (docs/statements.md).
UTTERED: frozenset[StatementType] = frozenset({"request", "commitment", "threat"})
# Acts whose time to come makes them planned; a danger or a tie that "will" be is not an act.
_ACTS: frozenset[StatementType] = frozenset(
    {"restriction", "permission", "supply", "partnership", "evaluation", "legal"}
)
_DECIDED: frozenset[StatementType] = frozenset({"restriction", "permission"})


class Judged(NamedTuple):
    """A status, and by what it was told."""

    status: Status
    why: str


class Force:
    """Reads status, topic and date of a trigger's clause."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self.view = view
        self.tokens = view.tokens
        self.lexicon = lexicon
        self.cues = lexicon.cues

    # -- cues ------------------------------------------------------------------------------------------------

    def has(self, clause: Clause, phrases: PhraseList) -> bool:
        """Whether one of the listed phrases stands in the clause."""
        return first_phrase(self.view, clause, phrases) is not None

    def negated(self, clause: Clause, apart: tuple[int, ...] = ()) -> bool:
        """Whether the clause is negated: an odd number of negation words outside the trigger."""
        places = [i for i in clause.tokens if i not in apart]
        count = sum(self.tokens[i].lower in self.cues.negation for i in places)
        count += sum(
            find_rest(self.tokens, places, phrase.split()) is not None
            for phrase in self.cues.negation_phrases.beginning_in(self.view.words_at(places))
        )
        if self.cues.concord and count:  # several words of negation deny once ("n'a *jamais rien* volé")
            return not any(find_rest(self.tokens, places, phrase.split()) for phrase in self.cues.only)
        return count % 2 == 1

    def modal(self, clause: Clause, status: Status, apart: tuple[int, ...] = ()) -> bool:
        """Whether a finite modal of that status stands in the clause (or in the one that "and" joins it
        to), outside dates and the places `apart`."""
        listed = self.cues.modals.get(status, frozenset())
        places = (i for i in clause.tokens if i not in self.view.in_time and i not in apart)
        if any(self.tokens[i].lower in listed and self._asks_infinitive(i, clause) for i in places):
            return True
        if self.cues.moods.get(status) and self._of_mood(clause, status):
            return True
        if clause.conjunct_of is not None and not any(
            "VerbForm=Fin" in self.tokens[i].morph for i in clause.tokens
        ):
            return self.modal(self.view.clause_by_index(clause.conjunct_of), status)
        return False

    def _of_mood(self, clause: Clause, status: Status) -> bool:
        """Whether a verb of the clause, itself no modal of another status, stands in a mood or tense that
        gives the status (in French the conditional: hearsay)."""
        others = {w for s, words in self.cues.modals.items() if s != status for w in words}
        verbs = (self.tokens[i] for i in clause.tokens if is_finite(self.tokens[i]))
        moods = self.cues.moods[status]
        return any(t.lower not in others and any(mood in t.morph for mood in moods) for t in verbs)

    def _asks_infinitive(self, i: int, clause: Clause) -> bool:
        """Whether a modal at `i` that also makes the passive stands with an infinitive here ("wird
        ausschließen" and not "wird ausgeschlossen")."""
        if self.tokens[i].lemma not in self.view.words.passive:
            return True
        return any("VerbForm=Inf" in self.tokens[k].morph for k in clause.tokens if k != i)

    def conditional(self, clause: Clause) -> bool:
        """Whether the clause itself is an if-clause."""
        first = clause.tokens[0]
        if clause.kind == "sub" and clause.opener is not None and is_finite(self.tokens[clause.opener]):
            return True  # "Sker det ikke, …": the verb comes first
        for phrase in self.cues.conditional.beginning_in(self.view.words_at([first])):
            words = phrase.split()
            at = [first + k for k in range(len(words) + 1)]
            if find_rest(self.tokens, [i for i in at if i < len(self.tokens)], words) is not None:
                return True
        return False

    def under_condition(self, clause: Clause) -> bool:
        """Whether an if-clause hangs on the clause's sentence."""
        return any(self.conditional(c) for c in self.view.clauses[clause.sentence] if c.kind == "sub")

    # -- status ----------------------------------------------------------------------------------------------

    def status(self, match: Match, given: Status | None, when: str | None) -> Judged:
        """The status of what the trigger says and why, `given` being what stands above the clause, `when` its
        date."""
        clause, trigger = match.clause, match.trigger
        if given == "negated":
            return Judged("negated", "above")
        apart = match.places
        negation = self.negated(clause, apart) and "negation" not in trigger.needs
        if trigger.type in _DECIDED and self.undecided(clause):
            return Judged("possible", "undecided")
        rumoured = first_phrase(self.view, clause, self.cues.adverbs["alleged"])
        before = rumoured is not None and (trigger.type == "wrongdoing" or min(rumoured) < max(match.places))
        hearsay = self._reported(clause, trigger.type, apart) or before
        if trigger.type in UTTERED:
            past = any(self.tokens[i].lower in self.view.words.perfect for i in clause.tokens)
            if hearsay or (not negation and past and self.modal(clause, "alleged")):
                return Judged("alleged", "hearsay")
            if negation:
                return Judged("negated", "negation")
            return (
                Judged(given, "above") if given in ("possible", "alleged") else Judged("asserted", "uttered")
            )
        if trigger.status is not None:
            turned = negation and trigger.status in ("asserted", "planned")
            return Judged("negated", "negation") if turned else Judged(trigger.status, "trigger")
        if hearsay:
            return Judged("alleged", "hearsay")
        if negation:
            return Judged("negated", "negation")
        if self._asked(clause):
            return Judged("possible", "question")
        if given is not None:
            return Judged(given, "above")
        if self.conditional(clause):
            return Judged("possible", "condition")
        weak = self.modal(clause, "possible") and trigger.type != "risk"
        if weak or self.has(clause, self.cues.adverbs["possible"]):
            return Judged("possible", "weakened")
        if trigger.type in _ACTS and self._headline_plan(clause):
            return Judged("planned", "headline")
        if trigger.type in _ACTS and (
            self.modal(clause, "planned", apart) or self.has(clause, self.cues.adverbs["planned"])
        ):
            return Judged("planned", "future")
        if trigger.type in _ACTS and when is not None and self._to_come(when):
            return Judged("planned", "date ahead")
        return Judged("asserted", "plain")

    def plain_status(self, clause: Clause, kind: StatementType, given: Status | None) -> Status:
        """The status that cues alone give to whatever of a type a clause says, `given` standing above it."""
        verbs = [i for i in clause.tokens if self.tokens[i].pos in ("VERB", "AUX")]
        at = (verbs or list(clause.tokens))[-1]
        match = Match(plain_trigger(kind), clause, at, (at,))
        return self.status(match, given, self.when(clause)).status

    def _reported(self, clause: Clause, kind: StatementType, apart: tuple[int, ...]) -> bool:
        """Whether a modal of hearsay stands in the clause; one that is a modal of plans as well says hearsay
        only of what is past or is no act ("soll geliefert *haben*", but "soll *liefern*")."""
        if not self.modal(clause, "alleged"):
            return False
        listed = self.cues.modals.get("alleged", frozenset()) & self.cues.modals.get("planned", frozenset())
        plain = [i for i in clause.tokens if self.tokens[i].lower in listed and i not in apart]
        if not plain or (kind not in _ACTS and kind not in UTTERED):
            return True
        perfect = self.view.words.perfect
        return any(self.tokens[i].lower in perfect and i not in plain for i in clause.tokens)

    def _asked(self, clause: Clause) -> bool:
        """Whether the clause is an indirect question ("the question *whether it broke the rules*")."""
        return (
            clause.opener is not None and self.tokens[clause.opener].lower in self.view.words.interrogatives
        )

    def _headline_plan(self, clause: Clause) -> bool:
        """Whether a headline tells a plan by a bare infinitive ("UK to ban X")."""
        if (
            clause.kind != "inf"
            or clause.parent is None
            or self.view.analysis.sentences[clause.sentence].block.kind != "title"
        ):
            return False
        return not any(is_verb(self.tokens[i]) for i in self.view.clause_by_index(clause.parent).tokens)

    def undecided(self, clause: Clause) -> bool:
        """Whether the clause, with those above it, is told as not decided."""
        places = sorted({i for c in self.view.line(clause) for i in c.tokens})
        return any(
            find_rest(self.tokens, places, phrase.split()) is not None
            for phrase in self.cues.undecided.beginning_in(self.view.words_at(places))
        )

    def _to_come(self, when: str) -> bool:
        published = self.view.analysis.page.published
        if published is None:
            return False
        length = min(len(when), len(published.value))
        return when[:length] > published.value[:length]

    # -- topic -----------------------------------------------------------------------------------------------

    def topic(self, match: Match, span: range, kind: StatementType) -> Topic | None:
        """The first topic, in the lexicon's order, with a word in the span of tokens."""
        if match.trigger.topic is not None:
            return match.trigger.topic
        # The words of giving leave ("lov", "licence") say nothing of what the leave is for.
        return self.topic_of([i for i in span if kind != "permission" or i not in match.places])

    def topic_of(self, span: Sequence[int]) -> Topic | None:
        """The first topic, in the lexicon's order, with a word in the span of tokens."""
        said = self._said(span)
        return self.lexicon.topics.find([(self.tokens[i].lower, self.tokens[i].lemma) for i in said])

    def _said(self, span: Sequence[int]) -> list[int]:
        """The places that are no part of a name that tells of other things ("the Federal *Communications*
        Commission")."""
        named = ("body", "outlet", "person")
        mentions = ((i, self.view.mention_at.get(i)) for i in span)
        return [i for i, m in mentions if m is None or m.form != "name" or m.kind not in named]

    # -- scope -----------------------------------------------------------------------------------------------

    def scope(self, kind: StatementType, topic: Topic | None, clause: Clause) -> Scope | None:
        """The scope of a restriction or permission: the only one to which words of its clause point, or where
        these point to none, words of what completes it, not of what is said beside it ("*while* …")."""
        if kind not in _DECIDED:
            return None
        clauses = [clause]
        while clauses:
            places = [i for one in clauses for i in one.tokens]
            found = self.lexicon.scopes.found((self.tokens[i].lower for i in self._said(places)), topic)
            if found:
                return found.pop() if len(found) == 1 else None
            held = {one.index for one in clauses}
            clauses = [
                c for c in self.view.clauses[clause.sentence] if c.parent in held and self._completes(c)
            ]
        return None

    def _completes(self, clause: Clause) -> bool:
        if clause.kind != "sub" or clause.opener is None:
            return clause.kind == "inf"
        return self.tokens[clause.opener].lower in self.view.words.complementizers

    # -- date ------------------------------------------------------------------------------------------------

    def when(self, clause: Clause, saying: frozenset[int] = frozenset()) -> str | None:
        """The date in the clause, or in the one in which it stands, outside the places of `saying`; None
        where there is none or the page does not tell it."""
        for c in self.view.line(clause)[:2]:
            for time in self.view.analysis.times:
                if time.first in c.tokens and time.first not in saying:
                    return time.value
        return None
