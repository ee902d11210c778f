"""The pattern reader: triggers of a lexicon in clauses, their arguments, force and sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from onrecord.entities import Entity, EntityKind, english_firms, noun_in, resolve
from onrecord.language import Analysis, Clause, Sentence, is_finite, is_verb, lemma_of
from onrecord.statements._arguments import Arguments, Found
from onrecord.statements._attribution import Above, Attributor
from onrecord.statements._denial import Denials
from onrecord.statements._force import UTTERED, Force
from onrecord.statements._kinds import SLOTS
from onrecord.statements._lexicon import Lexicon, lexicon
from onrecord.statements._match import Match, matches
from onrecord.statements._model import Reading, Statement, StatementType, Status, Topic, Unread
from onrecord.statements._phrases import Phrase, View

# A sentence of more words than this is quoted by clause, a shorter one whole.
_LONG = 32
_QUOTES = "\"“”„»«"


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its quote is cut: as in `Statement`, with its sentence and clause."""

    sentence: int
    clause: Clause
    at: int
    type: StatementType
    actor: str | None
    target: str | None
    status: Status
    topic: Topic | None
    source: tuple[str, ...]
    when: str | None
    confidence: float
    rule: str
    general: bool = False  # an accusation that names no act itself; gives way to the acts that follow it


class PatternReader:
    """Reads statements by a lexicon's phrases in clauses. Holds no state between pages."""

    name = "patterns"
    version = "1"

    def read(self, analysis: Analysis) -> Reading:
        """All statements of an analysed page, with the sentences that name somebody and gave none."""
        return _PageReading(analysis).reading(self.name, self.version)


class _PageReading:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.lexicon: Lexicon = lexicon(analysis.language)
        self.view = View(analysis, resolve(analysis))
        self.arguments = Arguments(self.view, self.lexicon)
        self.attributor = Attributor(self.view, self.lexicon, self.arguments)
        if self._let_we_speak():
            self.attributor = Attributor(self.view, self.lexicon, self.arguments)
        self.force = Force(self.view, self.lexicon)
        self.denials = Denials(self.view, self.lexicon, self.arguments, self.attributor, self.force)
        self.drafts: list[Draft] = []

    # -- first person ----------------------------------------------------------------------------------------------------

    def _let_we_speak(self) -> bool:
        """Let "we" stand for whoever speaks: the source of its sentence, else of the one before in the paragraph.
        An officer speaks for the company that the page is about."""
        speaker: str | None = None
        block = None
        changed = False
        for sentence in self.analysis.sentences:
            if sentence.block is not block:
                block = sentence.block
            text = self.analysis.page.text[self.analysis.tokens[sentence.first].start : self.analysis.tokens[sentence.last - 1].end]
            here = [s for c in self.view.clauses[sentence.index] for o in self.attributor.operators(c) if o.kind in ("say", "particle") for s in o.sources]
            speaker = next((s for s in here if self.view.kind(s) != "outlet"), None) or speaker
            quoted = bool(here) or any(mark in text for mark in _QUOTES)
            if speaker is None or not quoted:
                continue
            phrases = self.view.phrases[sentence.index]
            for n, phrase in enumerate(phrases):
                if phrase.we:
                    key = self._spoken_for(speaker)
                    phrases[n] = replace(phrase, keys=(key,), kind=self.view.kind(key), via="head")
                    changed = True
        return changed

    def _spoken_for(self, speaker: str) -> str:
        if self.view.kind(speaker) != "person":
            return speaker
        return self.main_company() or speaker

    def main_company(self) -> str | None:
        """The company that the page names most often, the first named where two are equal."""
        counts: dict[str, int] = {}
        for mention in self.view.resolution.mentions:
            if mention.kind == "company" and mention.form in ("name", "part"):
                counts[mention.keys[0]] = counts.get(mention.keys[0], 0) + 1
        return max(counts, key=lambda k: counts[k]) if counts else None

    # -- reading ---------------------------------------------------------------------------------------------------------

    def reading(self, name: str, version: str) -> Reading:
        """The page's statements, unread sentences and entities."""
        before: list[Draft] = []
        for sentence in self.analysis.sentences:
            read = self._sentence(sentence)
            lent = () if read else self.attributor.lends(sentence)
            if lent and before and self._adjacent(before[-1].sentence, sentence):
                before = self._lend(before, lent)
                self.drafts = [d for d in self.drafts if d.sentence != before[0].sentence] + before
            if read:
                before = read
                self.drafts += read
            elif not lent:
                before = []
        statements = self._statements()
        unread = self._unread({d.sentence for d in self.drafts})
        used = {k for s in statements for k in (s.actor, s.target, *s.source) if k} | {n for u in unread for n in u.names}
        entities = tuple(self.view.resolution.entities[k] for k in sorted(used) if k in self.view.resolution.entities)
        return Reading(name, version, statements, unread, entities)

    def _adjacent(self, index: int, sentence: Sentence) -> bool:
        return sentence.index - index == 1

    def _lend(self, drafts: list[Draft], sources: tuple[str, ...]) -> list[Draft]:
        return [
            replace(d, source=tuple(dict.fromkeys((*d.source, *(s for s in sources if not (d.type in UTTERED and s == d.actor))))))
            for d in drafts
        ]

    def _sentence(self, sentence: Sentence) -> list[Draft]:
        found = {c.index: matches(self.view, c, self.lexicon, self._fits) for c in self.view.clauses[sentence.index]}
        content = self._content(found)
        drafts: list[Draft] = []
        for clause in self.view.clauses[sentence.index]:
            for match in found[clause.index]:
                if clause.index in content and match.trigger.part != "noun":
                    continue
                if self._only_names_accusation(match) or self._says_only(match, found):
                    continue
                drafts += self._open_question(match, sentence) or self._drafts(match, sentence)
        kept = self._distinct(drafts)
        more = self.denials.read(sentence, kept, self.drafts)
        return self._distinct([*kept, *more])

    def _only_names_accusation(self, match: Match) -> bool:
        """Whether a noun merely says "accusation" beside a denial, which `Denials` reads."""
        lemma = self.view.tokens[match.at].lemma
        return (
            match.trigger.part == "noun"
            and noun_in(lemma, sorted(self.lexicon.attribution.accusation)) is not None
            and any(o.kind == "deny" for o in self.attributor.operators(match.clause))
        )

    def _content(self, found: dict[int, list[Match]]) -> set[int]:
        """Clauses that are the content of a request, promise, threat, permission or ban."""
        content: set[int] = set()
        for listed in found.values():
            for match in listed:
                if self._says_only(match, found):
                    continue
                if match.trigger.content and self._fits(match):
                    content |= {c.index for c in self.arguments.content_clauses(match) if c.kind in ("sub", "inf")}
        return content

    def _says_only(self, match: Match, found: dict[int, list[Match]]) -> bool:
        """Whether a verb of judging only says what its complement states ("judges that X is a risk")."""
        if match.trigger.type != "evaluation":
            return False
        said = any(o.kind == "say" and match.at in o.places for o in self.attributor.operators(match.clause))
        return said and any(self._fits(m) for c in self.arguments.content_clauses(match) for m in found.get(c.index, ()))

    def _fits(self, match: Match) -> bool:
        return bool(self._arguments_of(match))

    def _arguments_of(self, match: Match) -> list[tuple[Found | None, Found | None]]:
        """Actor and target of a match where they are as its type and its conditions ask, else nothing."""
        trigger, clause = match.trigger, match.clause
        slots = SLOTS[trigger.type]
        actor = self.arguments.find(match, trigger.actor, slots.actor, owners=trigger.type == "risk" or trigger.part == "noun")
        if trigger.type == "wrongdoing" and self._infinite(match):
            actor = self._accused(match) or actor
        target = self.arguments.find(match, trigger.target, slots.target, apart=actor.keys if actor else ())
        if target is None and trigger.type == "risk":
            target = self.arguments.secured(match, trigger.target)
        if target is None and trigger.part == "verb" and trigger.type in ("request", "commitment", "threat", "supply"):
            target = self._group(self.arguments.unnamed(match, trigger.target))
        if actor is None and trigger.part == "verb" and trigger.type in ("request", "restriction", "permission"):
            actor = self._group(self.arguments.unnamed(match, trigger.actor))
        if trigger.type == "threat":
            target = self._addressed(match, actor) or target
        if trigger.type == "request":
            actor = actor or (self._speaker(match) if "subject" not in trigger.actor else None)
            target = target or self._commanded(match)
        if target is None and trigger.part == "verb":
            target = self.arguments.find_beside(match, trigger.target, slots.target)
        if actor is None and not slots.needs_actor:
            actor = self._decider(match)
        if actor is None and trigger.part == "noun" and trigger.type in ("wrongdoing", "ties"):
            actor = self._denier(match) or self._accused(match) or self._feared(match) or self._cleared(match)
        if actor is None and trigger.type == "supply":  # "uses American technology": the state, where only the origin is named
            actor = self.arguments.find(match, ("of",), ("state",)) if trigger.part == "verb" else None
        if actor is None and trigger.type in ("restriction", "permission"):
            actor = self.arguments.ruler(match)
        if actor is None and trigger.type == "wrongdoing" and self.arguments.passive(match):
            actor = self._suspect(match)
        if trigger.type == "evaluation":
            target = target or self._examined_before(match)
            actor = actor or self._examiner(match)
        if target is None and trigger.type in ("partnership", "ties") and actor is not None and len(actor.keys) == 2:
            actor, target = Found(actor.keys[:1], actor.directness), Found(actor.keys[1:], actor.directness)
        if target is None and trigger.type == "supply" and actor is not None:
            target = self._decider(match)
        if actor is None and slots.needs_actor is False and (
            self.arguments.passive(match) or trigger.part != "verb" or "subject" not in trigger.actor
        ):
            actor = self._state_here(match) or self._restricting_before(match, target)
        if actor is None and slots.needs_actor:
            return []
        if actor is None and trigger.part == "verb" and not self.arguments.passive(match) and "subject" in trigger.actor:
            return []
        if actor is None and trigger.part != "verb" and trigger.type != "evaluation" and target is None:
            return []
        if target is None and slots.needs_target:
            return []
        for found, kinds in ((actor, slots.actor), (target, slots.target)):
            if found is not None and not all(self.view.kind(k) in kinds for k in found.keys):
                return []
        if actor is not None and target is not None and set(actor.keys) & set(target.keys):
            return []
        needs = trigger.needs
        if "negation" in needs and not self.force.negated(clause):
            return []
        if "conditional" in needs and not self.force.under_condition(clause):
            return []
        if "passive" in needs and not self.arguments.passive(match):
            return []
        if "future" in needs and not any(self.view.tokens[i].lower in self.lexicon.cues.future for i in clause.tokens):
            return []
        named = ("company", "person") if trigger.type in ("wrongdoing", "legal", "commitment") else ("company",)
        if "company" in needs and not any(
            self.view.kind(k) in named or self._firms(k) for f in (actor, target) if f for k in f.keys
        ):
            return []  # an officer stands for the company
        powers = [f for f in ((actor, target) if trigger.type == "ties" else (actor,)) if f]
        if "state-actor" in needs and not any(self.view.kind(k) in ("state", "body") for f in powers for k in f.keys):
            return []
        return [(actor, target)]

    def _group(self, phrase: Phrase | None) -> Found | None:
        """An unnamed group as an entity of its own, by the page's words or, with a state's adjective in English."""
        if phrase is None:
            return None
        tokens, entities = self.analysis.tokens, self.view.resolution.entities
        first = phrase.first
        while first < phrase.head and tokens[first].pos in ("DET", "NUM", "ADV", "PUNCT"):
            first += 1
        text = self.analysis.page.text[tokens[first].start : tokens[phrase.head].end].replace("\n", " ")
        state = next((self.view.resolution.adjectives[i] for i in range(first, phrase.head) if i in self.view.resolution.adjectives), None)
        key = text if text not in entities or entities[text].kind == "role" else f"{text} (group)"
        entities.setdefault(key, Entity(key, "role", key, (key,), state))
        return Found((key,), 0.75)

    def _examined_before(self, match: Match) -> Found | None:
        """What was examined just before, for a finding that does not name it again."""
        near = [d for d in self.drafts if d.type == "evaluation" and d.target and match.clause.sentence - d.sentence <= 2]
        return Found((near[-1].target,), 0.65) if near and near[-1].target else None

    def _examiner(self, match: Match) -> Found | None:
        """A body that reports a finding is the examiner."""
        for key in self.attributor.above(match.clause, frozenset(match.places)).sources[:1]:
            if self.view.kind(key) in ("body", "role"):
                return Found((key,), 0.75)
        return None

    def _firms(self, key: str) -> bool:
        """Whether an unnamed group is one of firms ("Chinese companies", "telecom operators")."""
        return self.view.kind(key) == "role" and noun_in(lemma_of(key.split()[-1].lower(), "en"), english_firms()) is not None

    def _addressed(self, match: Match, actor: Found | None) -> Found | None:
        """To whom a threat is put: to whoever is to do, or not to do, what its if-clause says."""
        for clause in self.view.clauses[match.clause.sentence]:
            if clause.index != match.clause.index and self.force.conditional(clause):
                subject = self.arguments.subject(clause)
                found = self.arguments.entities(subject, ("state", "body", "company")) if subject is not None else None
                if found is not None and (actor is None or not set(found.keys) & set(actor.keys)):
                    return found
        return None

    def _speaker(self, match: Match) -> Found | None:
        """Whoever says that somebody must do something asks it."""
        sources = self.attributor.above(match.clause, frozenset(match.places)).sources
        speaker = next((s for s in sources if self.view.kind(s) != "outlet"), None)
        return Found((speaker,), 0.8) if speaker is not None else None

    def _commanded(self, match: Match) -> Found | None:
        """Who must act, where the demand is told beside it ("the authorities must act, is China's demand")."""
        if match.trigger.part != "noun":
            return None
        for clause in self.view.clauses[match.clause.sentence]:
            if clause.kind == "main" and clause.index != match.clause.index:
                subject = self.arguments.subject(clause)
                if subject is not None and subject.via == "head":
                    return self.arguments.entities(subject, ("state", "body", "company"))
        return None

    def _denier(self, match: Match) -> Found | None:
        """Who denies the act that a noun names ("denied *spying* for China")."""
        for operator in self.attributor.operators(match.clause):
            if operator.kind == "deny" and operator.sources:
                return Found(operator.sources[:1], 0.85)
        return None

    def _suspect(self, match: Match) -> Found | None:
        """Who was said just before to have done it, for a passive without agent ("denies that customers were tapped")."""
        near = [d for d in self.drafts if d.type == "wrongdoing" and d.actor and 0 < match.clause.sentence - d.sentence <= 3]
        return Found((near[-1].actor,), 0.7) if near and near[-1].actor else None

    def _infinite(self, match: Match) -> bool:
        """Whether the trigger is a verb used as a noun or a gerund, beside the clause's own verb ("of *evading* the ban")."""
        token = self.view.tokens[match.at]
        return match.trigger.part == "verb" and not is_finite(token) and any(
            is_finite(self.view.tokens[i]) for i in match.clause.tokens if i < match.at
        )

    def _cleared(self, match: Match) -> Found | None:
        """Of whom somebody says that an act or thing is not there ("said that there are no *backdoors*"): himself, or the
        company for which he speaks."""
        if not self.force.negated(match.clause):
            return None
        sources = self.attributor.above(match.clause, frozenset(match.places)).sources[:1]
        if not sources or self.view.kind(sources[0]) not in ("company", "person"):
            return None
        return Found((self._spoken_for(sources[0]),), 0.7)

    def _accused(self, match: Match) -> Found | None:
        """Who is accused or suspected of the act that a noun names ("accused the firm of *fraud*")."""
        for other in matches(self.view, match.clause, self.lexicon):
            if other.trigger.source and other.trigger.part == "verb" and other.at < match.at:
                found = self.arguments.find(other, other.trigger.actor, SLOTS["wrongdoing"].actor)
                if found is not None:
                    return found
        charge = self._charge(match)
        if charge is not None:
            return charge
        for operator in self.attributor.operators(match.clause):
            if operator.kind in ("fear", "alleged") and operator.places[0] < match.at and is_verb(self.view.tokens[operator.places[0]]):
                for phrase in self.arguments.objects(match.clause):
                    if phrase.keys and phrase.via == "head" and operator.places[0] < phrase.first < match.at:
                        return self.arguments.entities(phrase, SLOTS["wrongdoing"].actor)
        return None

    def _charge(self, match: Match) -> Found | None:
        """Who is held or tried on the charge of an act ("was arrested on a charge of *fraud*"): what that is done to."""
        tokens, accusation = self.view.tokens, sorted(self.lexicon.attribution.accusation)
        if not any(i < match.at and noun_in(tokens[i].lemma, accusation) for i in match.clause.tokens):
            return None
        for other in matches(self.view, match.clause, self.lexicon):
            if other.trigger.type == "legal" and other.trigger.part == "verb" and other.at < match.at:
                return self.arguments.find(other, other.trigger.target, SLOTS["legal"].target)
        return None

    def _feared(self, match: Match) -> Found | None:
        """Of whom an act without agent is feared ("for fear of *spying*"): the supplier that the sentence names last."""
        if not any(o.kind == "fear" for o in self.attributor.operators(match.clause)):
            return None
        here = [p for p in self.view.phrases[match.clause.sentence] if p.kind == "company" and p.keys]
        return Found((here[-1].keys[0],), 0.7) if here else None

    def _decider(self, match: Match) -> Found | None:
        """The subject of the clause above, where that only decides and neither says, denies nor fears."""
        parent = match.clause.parent
        if parent is None or any(o.kind in ("say", "deny", "fear", "confirm") for o in self.attributor.operators(self.view.clause_by_index(parent))):
            return None
        planned = any(o.kind in ("planned", "possible") for o in self.attributor.operators(self.view.clause_by_index(parent)))
        return self.arguments.decider(match, ("state", "body", "company"), planned)

    def _restricting_before(self, match: Match, target: Found | None) -> Found | None:
        """Who was said to restrict or permit the same target, for a passive without agent in the same affair."""
        if target is None or match.trigger.type not in ("restriction", "permission", "legal"):
            return None
        alike = ("legal",) if match.trigger.type == "legal" else ("restriction", "permission")
        same = [d for d in self.drafts if d.type in alike and d.target in target.keys and d.actor]
        near = [d for d in same if match.clause.sentence - d.sentence <= 3]
        return Found((near[-1].actor,), 0.7) if near and near[-1].actor else None

    def _state_here(self, match: Match) -> Found | None:
        """The state in which something is done by nobody named ("excluded in the United States")."""
        for phrase in self.arguments.phrases(match.clause):
            if phrase.preposition in ("in", "i") and phrase.kind == "state" and phrase.via == "head":
                return self.arguments.entities(phrase)
        return None

    def _drafts(self, match: Match, sentence: Sentence) -> list[Draft]:
        drafts: list[Draft] = []
        for actor, target in self._arguments_of(match):
            above = self.attributor.above(match.clause, frozenset(match.places), match.trigger)
            saying = frozenset(i for o in above.operators if o.clause.index != match.clause.index for i in o.clause.tokens)
            when, _ = self.force.when(match.clause, saying)
            if match.trigger.type in ("risk",):
                when = None
            charged = match.trigger.type == "wrongdoing" and self._charge(match) is not None
            status = "alleged" if charged else self.force.status(match, above.status, when)
            sources = self._sources(match, above)
            if match.trigger.type == "risk" and target is None:
                target = self._secured(match, sources)
            topic = self.force.topic(match, self._span(match.clause, sentence), match.trigger.type)
            each = status == "negated" and actor is not None and len(actor.keys) > 1 and set(actor.keys) <= set(sources)
            for a, t in product(actor.keys if actor else (None,), target.keys if target else (None,)):
                # Several who deny speak each for itself.
                spoken = [s for s in sources if s == a or not (actor and s in actor.keys)] if each else sources
                chain = tuple(s for s in spoken if not (match.trigger.type in UTTERED and s == a))
                drafts.append(
                    Draft(
                        sentence.index, match.clause, match.at, match.trigger.type, a, t, status, topic, chain, when,
                        self._confidence(match, actor, target), match.trigger.name, bool(match.trigger.source),
                    )  # fmt: skip
                )
        return drafts

    def _secured(self, match: Match, sources: list[str]) -> Found | None:
        """Danger "to security" said by a state, or a body of one, is danger to that state (STATEMENTS.md)."""
        if not sources or self.force.topic_of(match.clause.tokens, "risk") != "security":
            return None
        speaker = self.view.resolution.entities[sources[0]]
        code = speaker.key if speaker.kind == "state" else speaker.country if speaker.kind == "body" else None
        return Found((code,), 0.7) if code in self.view.resolution.entities else None

    def _open_question(self, match: Match, sentence: Sentence) -> list[Draft]:
        """Whether X may supply, still open: a possible permission (STATEMENTS.md), by whoever is to decide."""
        clause = match.clause
        if match.trigger.type != "supply" or clause.parent is None or not self.force.undecided(clause):
            return []
        supplier = self.arguments.find(match, match.trigger.actor, ("company",))
        decider = self.arguments.decider(match, ("state", "body", "company", "person"), planned=True)
        if supplier is None or not all(self.view.kind(k) == "company" for k in supplier.keys):
            return []
        above = self.attributor.above(clause, frozenset(match.places))
        topic = self.force.topic(match, self._span(clause, sentence), "permission")
        return [
            Draft(
                sentence.index, clause, match.at, "permission", a, t, "possible", topic, tuple(above.sources), None,
                self._confidence(match, decider, supplier), "permission/open-question",
            )  # fmt: skip
            for a, t in product(decider.keys if decider else (None,), supplier.keys)
            if a != t
        ]

    def _sources(self, match: Match, above: Above) -> list[str]:
        sources = list(above.sources)
        own: list[str] = []
        if match.trigger.source:
            found = self.arguments.find(match, match.trigger.source, ("person", "body", "state"))
            own = list(found.keys) if found else []
        elif match.trigger.part == "noun" and "subject" in match.trigger.actor:
            caller = self.arguments.caller(match)
            own = list(caller.keys[:1]) if caller is not None else []
        return list(dict.fromkeys([*own, *sources]))

    def _span(self, clause: Clause, sentence: Sentence) -> range:
        """The tokens whose words may give the topic: the clause with all that hangs on it, and the one it completes."""
        places = set(clause.tokens)
        family = {clause.index}
        for other in self.view.clauses[sentence.index]:
            if other.parent in family and other.index not in family:
                family.add(other.index)
                places |= set(other.tokens)
        return range(min(places), max(places) + 1)

    def _confidence(self, match: Match, actor: Found | None, target: Found | None) -> float:
        """How sure: by how directly the arguments are named and how many words the trigger has."""
        sure = 0.72 + 0.08 * min(len(match.places) - 1, 2)
        for found in (actor, target):
            sure *= found.directness if found is not None else 0.85
        return round(min(sure + 0.1, 0.95), 2)

    def _distinct(self, drafts: list[Draft]) -> list[Draft]:
        """One draft for each type, actor and target of a sentence, the surest; and no noun beside the verb that says it."""
        best: dict[tuple[object, ...], Draft] = {}
        for d in drafts:
            key = (d.type, d.actor, d.target, d.status)
            if key not in best or d.confidence > best[key].confidence:
                best[key] = d
        kept = list(best.values())
        return [
            d
            for d in kept
            if not (d.type == "wrongdoing" and d.status == "negated" and any(o.type == "commitment" and o.clause is d.clause for o in kept))
            and not any(
                o is not d
                and (o.type, o.actor, o.status) == (d.type, d.actor, d.status)
                and ((d.target is None and o.target is not None and not o.general) or (d.general and not o.general))
                for o in kept
            )
        ]

    # -- quotes ----------------------------------------------------------------------------------------------------------

    def _statements(self) -> tuple[Statement, ...]:
        page = self.analysis.page
        found: list[tuple[int, Statement]] = []
        for d in sorted(self.drafts, key=lambda d: (d.sentence, d.at, d.type, d.actor or "", d.target or "")):
            sentence = self.analysis.sentences[d.sentence]
            first, last = self._quoted(d, sentence)
            tokens = self.analysis.tokens
            start, end = page.original_span(tokens[first].start, tokens[last - 1].end)
            outer = page.original_span(tokens[sentence.first].start, tokens[sentence.last - 1].end)
            merged = next(
                (n for n, (index, s) in enumerate(found) if self._says_again(index, s, d)),
                None,
            )
            if merged is not None:
                index, s = found[merged]
                found[merged] = (d.sentence, replace(s, end=end, quote=page.original[s.start : end], sentence_end=outer[1]))
                continue
            statement = Statement(
                start, end, page.original[start:end], outer[0], outer[1], d.type, d.actor, d.target, d.status, d.topic,
                d.source, d.when, d.confidence, d.rule,
            )  # fmt: skip
            found.append((d.sentence, statement))
        return tuple(s for _, s in found)

    def _says_again(self, index: int, s: Statement, d: Draft) -> bool:
        """Whether the sentence right after says the same by the same source (one statement then, STATEMENTS.md)."""
        if d.sentence - index != 1 or self.analysis.sentences[index].block is not self.analysis.sentences[d.sentence].block:
            return False
        return (s.type, s.actor, s.target, s.status, s.topic, s.source[:1], s.when) == (
            d.type, d.actor, d.target, d.status, d.topic, d.source[:1], d.when,
        )  # fmt: skip

    def _quoted(self, d: Draft, sentence: Sentence) -> tuple[int, int]:
        """The tokens to quote: the sentence, or of a long one the main clause with all that hangs on it."""
        if sentence.last - sentence.first <= _LONG:
            return sentence.first, sentence.last
        top = d.clause
        seen: set[int] = set()
        while top.parent is not None and top.index not in seen:
            seen.add(top.index)
            top = self.view.clause_by_index(top.parent)
        family = {top.index}
        places = set(top.tokens) | set(d.clause.tokens)
        for clause in self.view.clauses[sentence.index]:
            if clause.parent in family:
                family.add(clause.index)
                places |= set(clause.tokens)
        first, last = min(places), max(places) + 1
        while last - first > 1 and self.analysis.tokens[first].pos in ("PUNCT", "CCONJ"):
            first += 1
        return first, last

    def _unread(self, read: set[int]) -> tuple[Unread, ...]:
        found = []
        kinds: tuple[EntityKind, ...] = ("company", "person", "body")
        for sentence in self.analysis.sentences:
            if sentence.index in read or sentence.block.kind == "crosshead":
                continue
            names = {
                k
                for m in self.view.resolution.mentions
                if sentence.first <= m.first < sentence.last and m.form in ("name", "part", "noun") and m.kind in kinds
                for k in m.keys
            }
            if names:
                tokens = self.analysis.tokens
                start, end = self.analysis.page.original_span(tokens[sentence.first].start, tokens[sentence.last - 1].end)
                found.append(Unread(start, end, tuple(sorted(names))))
        return tuple(found)


