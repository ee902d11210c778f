"""The pattern reader: triggers of a lexicon in clauses, their arguments, force and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, product

from onrecord.entities import EntityKind, noun_in
from onrecord.language import Analysis, Clause, Sentence
from onrecord.statements._accused import Accused
from onrecord.statements._arguments import Found
from onrecord.statements._attribution import Above
from onrecord.statements._candidates import Candidates, Slotted
from onrecord.statements._confidence import LEAST, featured, likelihood
from onrecord.statements._denial import Denials
from onrecord.statements._drafts import Draft, Evidence, cut_statements, distinct
from onrecord.statements._echo import Echo
from onrecord.statements._explaining import Explained, Explainer, Explanation, Refused
from onrecord.statements._filling import Filler
from onrecord.statements._force import UTTERED, Judged
from onrecord.statements._inference import Inference
from onrecord.statements._match import Match, matches
from onrecord.statements._model import Reading, Statement, StatementType, Unread
from onrecord.statements._recall import Recall
from onrecord.statements._threats import Threats
from onrecord.statements._tools import tools_for

# The kinds of entity that a sentence must name to be kept as unread.
_WATCHED: tuple[EntityKind, ...] = ("company", "person", "body")


class PatternReader:
    """Reads statements by a lexicon's phrases in clauses. Holds no state between pages."""

    name = "patterns"
    version = "5"

    def read(self, analysis: Analysis) -> Reading:
        """All statements of an analysed page, with the sentences that name somebody and gave none."""
        return PageReading(analysis).reading(self.name, self.version)

    def features(self, analysis: Analysis) -> list[tuple[Statement, dict[str, float]]]:
        """The statements of an analysed page, the unlikely ones too, each with the features that its
        confidence is told by (for `training/confidence.py`)."""
        return PageReading(analysis).featured()

    def candidates(self, analysis: Analysis) -> list[Slotted]:
        """The triggers of an analysed page with all candidates for their slots (for
        `training/arguments.py`)."""
        return PageReading(analysis).slotted()

    def explain(self, analysis: Analysis) -> Explanation:
        """Every sentence of an analysed page, with why it gave the statements that it gave and no others."""
        return PageReading(analysis).explained()


class PageReading:
    """The pass over one page, sentence by sentence; `drafts` is what was read so far, `refused` the triggers
    that gave nothing, each with why."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.drafts: list[Draft] = []
        self.tools = tools_for(analysis)
        self.view = self.tools.view
        self.arguments = self.tools.arguments
        self.operators = self.tools.operators
        self.attributor = self.tools.attributor
        self.force = self.tools.force
        self.accused = Accused(self.tools)
        recall = Recall(self.drafts)
        self.inference = Inference(self.tools, recall)
        self.candidates = Candidates(self.tools, self.drafts)
        self.filler = Filler(self.tools, self.accused, self.inference, recall, self.candidates)
        self.refused: list[tuple[Match, str]] = []
        self.seen: list[Slotted] | None = None
        self.denials = Denials(self.tools)
        self.echo = Echo(self.tools)
        self.threats = Threats(self.tools)

    def reading(self, name: str, version: str) -> Reading:
        """The page's statements, unread sentences and entities."""
        statements = tuple(statement for _, statement in self._read())
        return self.reading_of(name, version, statements, self._likely())

    def reading_of(
        self, name: str, version: str, statements: tuple[Statement, ...], drafts: Sequence[Draft]
    ) -> Reading:
        """A reader's statements, which it cut from these drafts, with the page's unread sentences and
        entities."""
        unread = tuple(self._unread({d.sentence for d in drafts}))
        used = {key for s in statements for key in (s.actor, s.target, *s.source) if key}
        used |= {key for sentence in unread for key in sentence.names}
        entities = self.view.resolution.entities
        return Reading(
            name, version, statements, unread, tuple(entities[k] for k in sorted(used) if k in entities)
        )

    def _read(self) -> list[tuple[Draft, Statement]]:
        """What the page's sentences are likely to say; each statement with its draft."""
        self.read_all()
        self.drafts[:] = [
            replace(d, confidence=likelihood(found)) for d, found in featured(self.drafts, self.view)
        ]
        return cut_statements(self._likely(), self.force)

    def _likely(self) -> list[Draft]:
        return [d for d in self.drafts if d.confidence >= LEAST]

    def featured(self) -> list[tuple[Statement, dict[str, float]]]:
        """All that was read from the page, likely or not, with its features."""
        self.read_all()
        features = {id(d): found for d, found in featured(self.drafts, self.view)}
        return [(statement, features[id(d)]) for d, statement in cut_statements(self.drafts, self.force)]

    def read_all(self) -> None:
        """Read the page's sentences, one after the other, into `drafts`."""
        before: list[Draft] = []  # what the last sentence said that said anything, if nothing stands between
        for sentence in self.analysis.sentences:
            read = self._sentence(sentence)
            lent = () if read else self.attributor.lends(sentence)
            if lent and before and sentence.index - before[-1].sentence == 1:
                before = self._lend(before, lent)
                earlier = [d for d in self.drafts if d.sentence != before[0].sentence]
                self.drafts[:] = [*earlier, *before]
            if read:
                before = read
                self.drafts += read
            elif not lent:
                before = []

    def slotted(self) -> list[Slotted]:
        """The triggers of the page with what the rules alone find for their slots, and all candidates."""
        self.filler.guesses = False
        self.seen = []
        self.read_all()
        return self.seen

    def explained(self) -> Explanation:
        """The page's sentences with what each gave and why."""
        explainer = Explainer(self.analysis, self.view)
        read = [(d.sentence, explainer.statement(d, statement)) for d, statement in self._read()]
        refused = [explainer.refused(match, why) for match, why in self.refused]
        unlikely = [explainer.unlikely(d) for d in self.drafts if d.confidence < LEAST]
        return self.explanation(explainer, read, [*refused, *unlikely])

    def explanation(
        self,
        explainer: Explainer,
        read: Sequence[tuple[int, Explained]],
        refused: Sequence[tuple[int, Refused]],
    ) -> Explanation:
        """The page's sentences with what was read and refused in each."""
        sentences = tuple(
            explainer.sentence(sentence, read, refused, self._names_in(sentence))
            for sentence in self.analysis.sentences
        )
        entities = self.view.resolution.entities
        return Explanation(sentences, tuple(entities[key] for key in sorted(entities)))

    def _names_in(self, sentence: Sentence) -> set[str]:
        """Keys of the companies, persons and bodies that a sentence names."""
        return {
            key
            for m in self.view.resolution.mentions
            if sentence.first <= m.first < sentence.last
            and m.form in ("name", "part", "noun")
            and m.kind in _WATCHED
            for key in m.keys
        }

    def _lend(self, drafts: list[Draft], sources: tuple[str, ...]) -> list[Draft]:
        """Drafts with the sources of the sentence after them, farther from the fact than their own."""
        return [
            replace(d, source=tuple(dict.fromkeys((*d.source, *_chain(d.type, d.actor, sources)))))
            for d in drafts
        ]

    def _unread(self, read: set[int]) -> Iterator[Unread]:
        """The sentences that name a company, person or body and are not among those that were `read`."""
        page, tokens = self.analysis.page, self.analysis.tokens
        for sentence in self.analysis.sentences:
            if sentence.index in read or sentence.block.kind == "crosshead":
                continue
            names = self._names_in(sentence)
            if names:
                start, end = page.original_span(tokens[sentence.first].start, tokens[sentence.last - 1].end)
                yield Unread(start, end, tuple(sorted(names)))

    # -- a sentence ------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> list[Draft]:
        """What a sentence says, by its triggers and its denials."""
        self.filler.forget()
        clauses = self.view.clauses[sentence.index]
        found = {
            c.index: matches(self.view, c, self.tools.lexicon, self._fits, self.filler.guessed)
            for c in clauses
        }
        content = self._content(found)
        drafts: list[Draft] = []
        for match in (m for clause in clauses for m in found[clause.index]):
            why = self._idle(match, found, content)
            if why is not None:
                self.refused.append((match, why))
                continue
            drafts += self._open_question(match) or self._drafts(match)
        for clause in clauses:
            if not found[clause.index]:
                drafts += self.echo.read(clause, chain(self.drafts, drafts))
        drafts = self.threats.turned(sentence, distinct(drafts), self.drafts)
        return distinct(self.denials.complete(sentence, drafts, self.drafts))

    def _fits(self, match: Match) -> bool:
        """Whether a match can be read; why not is noted."""
        if self.seen is not None:
            self.seen += self.candidates.slotted(match, self.filler.found(match))
        why = self.filler.refusal(match)
        if why is not None:
            self.refused.append((match, why))
        return why is None

    def _idle(self, match: Match, found: dict[int, list[Match]], content: set[int]) -> str | None:
        """Why a match whose arguments are there is no statement of its own."""
        if match.clause.index in content and match.trigger.part != "noun":
            return "content"
        if self._only_names_accusation(match):
            return "names accusation"
        if self._says_only(match, found):
            return "says only"
        return "names content" if self._names_content(match, found[match.clause.index]) else None

    def _content(self, found: dict[int, list[Match]]) -> set[int]:
        """Clauses that are the content of a request, promise, threat, permission or ban."""
        asking = [
            match
            for listed in found.values()
            for match in listed
            if match.trigger.content and not self._says_only(match, found)
        ]
        content = {
            clause.index
            for match in asking
            for clause in self.arguments.content_clauses(match)
            if clause.kind in ("sub", "inf")
        }
        for match in asking:
            if match.trigger.type == "threat":  # the if-clause of a threat belongs to it
                content |= {
                    c.index for c in self.view.clauses[match.clause.sentence] if self.force.conditional(c)
                }
        return content

    def _names_content(self, match: Match, beside: list[Match]) -> bool:
        """Whether a noun names what the verb before it examines, allows, asks or bans ("applied for a
        *licence*"), or a measure that the verb says was broken ("violated American *sanctions*")."""
        if match.trigger.part != "noun" or match.trigger.type == "ties":
            return False
        if match.trigger.type == "restriction":
            return any(
                (m.trigger.part, m.trigger.type) == ("verb", "wrongdoing") and self._objects_hold(m, match.at)
                for m in beside
            )
        if self.accused.charged(match) is not None:
            return False
        last = self.view.words.nouns_capitalised  # the verb may follow what it is about
        return any(
            m.trigger.part == "verb" and m.trigger.content and (last or m.at < match.at) for m in beside
        )

    def _objects_hold(self, match: Match, place: int) -> bool:
        objects = self.tools.parts.objects(match.clause, match.places)
        return any(phrase.head == place for phrase in objects)

    def _only_names_accusation(self, match: Match) -> bool:
        """Whether a noun merely says "accusation": beside a denial, which `Denials` reads, or before the act
        of which somebody is accused."""
        if match.trigger.part != "noun":
            return False
        lemma = self.view.tokens[match.at].lemma
        if noun_in(lemma, self.tools.lexicon.attribution.accusation) is None:
            return False
        denied = any(o.kind == "deny" for o in self.operators.of(match.clause))
        return denied or any(
            m.at > match.at and m.trigger.type == "wrongdoing"
            for m in matches(self.view, match.clause, self.tools.lexicon)
        )

    def _says_only(self, match: Match, found: dict[int, list[Match]]) -> bool:
        """Whether a verb only tells the force of what its complement states, or who says it ("judges that X
        is a risk", "does not *rule out* that X is banned")."""
        places = set(match.places)
        judges = match.trigger.type == "evaluation"
        operators = (o for o in self.operators.of(match.clause) if places <= set(o.places))
        inside = set(match.clause.tokens)
        if not any(judges if o.kind == "say" else set(o.places) & inside > places for o in operators):
            return False
        return any(found.get(c.index) for c in self.arguments.content_clauses(match))

    # -- a match ---------------------------------------------------------------------------------------------

    def _drafts(self, match: Match) -> list[Draft]:
        """What a trigger says with its arguments: one draft for each actor and target."""
        filled = self.filler.fill(match)
        if filled is None:
            return []
        trigger, clause = match.trigger, match.clause
        actor, target = filled
        above = self.attributor.above(clause, match.places, trigger)
        when = self.when(trigger.type, clause, above)
        charged = trigger.type == "wrongdoing" and self.accused.is_on_trial(match)
        judged = Judged("alleged", "charged") if charged else self.force.status(match, above.status, when)
        sources = self._sources(match, above)
        if trigger.type == "risk" and target is None:
            target = self.inference.secured_by_speaker(match, sources)
        topic = self.force.topic(match, self.topic_span(match), trigger.type)
        deniers = set(actor.keys) if actor is not None and judged.status == "negated" else set()
        if not deniers <= set(sources):
            deniers = set()
        drafts = []
        for a, t in product(actor.keys if actor else (None,), target.keys if target else (None,)):
            others = deniers - {a}  # several who deny speak each for itself
            draft = Draft(
                sentence=clause.sentence,
                clause=clause,
                at=match.at,
                type=trigger.type,
                actor=a,
                target=t,
                status=judged.status,
                topic=topic,
                source=_chain(trigger.type, a, [s for s in sources if s not in others]),
                when=when,
                confidence=_confidence(match, actor, target),
                rule=trigger.name,
                evidence=Evidence(match.places, actor, target, judged.why, tuple(above.operators)),
                general=bool(trigger.source),
            )
            drafts.append(draft)
        return drafts

    def _open_question(self, match: Match) -> list[Draft]:
        """Whether X may supply, still open: a possible permission (docs/statements.md), by whoever is to
        decide."""
        clause = match.clause
        if match.trigger.type != "supply" or clause.parent is None or not self.force.undecided(clause):
            return []
        supplier = self.arguments.find(match, match.trigger.actor, ("company",))
        if supplier is None or not all(self.view.kind(k) == "company" for k in supplier.keys):
            return []
        kinds: tuple[EntityKind, ...] = ("state", "body", "company", "person")
        decider = self.inference.decider_above(match, kinds, planned=True)
        return [
            Draft(
                sentence=clause.sentence,
                clause=clause,
                at=match.at,
                type="permission",
                actor=a,
                target=t,
                status="possible",
                topic=self.force.topic(match, self.topic_span(match), "permission"),
                source=tuple(self.attributor.above(clause, match.places).sources),
                when=None,
                confidence=_confidence(match, decider, supplier),
                rule="permission/open-question",
            )
            for a, t in product(decider.keys if decider else (None,), supplier.keys)
            if a != t
        ]

    def _sources(self, match: Match, above: Above) -> list[str]:
        """Who says it: whom the trigger itself names, then those above the clause."""
        own: tuple[str, ...] = ()
        if match.trigger.source:
            found = self.arguments.find(match, match.trigger.source, ("person", "body", "state"))
            own = found.keys if found is not None else ()
        elif match.trigger.part == "noun" and "subject" in match.trigger.actor:
            caller = self.arguments.caller(match)
            own = caller.keys[:1] if caller is not None else ()
        return list(dict.fromkeys([*own, *above.sources]))

    def when(self, kind: StatementType, clause: Clause, above: Above) -> str | None:
        """The date of what a clause says, outside the clauses that only say so; a risk has none."""
        saying = frozenset(
            i for o in above.operators if o.clause.index != clause.index for i in o.clause.tokens
        )
        return None if kind == "risk" else self.force.when(clause, saying)

    def topic_span(self, match: Match) -> range:
        """The tokens whose words may give the topic: from the first to the last of the clause and all that
        hangs on it."""
        places = self.view.family_places(match.clause)
        return range(min(places), max(places) + 1)


def _chain(kind: StatementType, actor: str | None, sources: Sequence[str]) -> tuple[str, ...]:
    """The sources of a statement: whoever promises, threatens or asks is none of it (docs/statements.md)."""
    return tuple(s for s in sources if not (kind in UTTERED and s == actor))


def _confidence(match: Match, actor: Found | None, target: Found | None) -> float:
    """How sure: by how directly the arguments are named and how many words the trigger has."""
    sure = 0.72 + 0.08 * min(len(match.places) - 1, 2)
    for found in (actor, target):
        sure *= found.directness if found is not None else 0.85
    return round(min(sure + 0.1, 0.95), 2)
