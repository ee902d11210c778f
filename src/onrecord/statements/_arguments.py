"""Who does it and to whom: the arguments of a trigger, found by the order of words and by prepositions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.entities import EntityKind, noun_in
from onrecord.language import Clause, is_finite, is_verb
from onrecord.statements._lexicon import Lexicon
from onrecord.statements._match import FIXED_ORDER, Match, matches
from onrecord.statements._model import StatementType
from onrecord.statements._phrases import Phrase, View

# Types whose verbs hand the infinitive's subject to their object ("asks Canada *to ban*"); with others it stays with the
# subject ("helped the state *to build*").
_OBJECT_CONTROL: frozenset[StatementType] = frozenset({"request", "permission", "wrongdoing", "restriction"})
_BE = frozenset({"be", "være", "zijn", "sein", "vara", "være", "être", "is"})


@dataclass(frozen=True, slots=True)
class Found:
    """An argument: entity keys (all of them meant), the kinds they have, how directly they are named (0 to 1)."""

    keys: tuple[str, ...]
    directness: float


_DIRECT = {"name": 1.0, "part": 0.95, "people": 0.85, "role": 0.85, "noun": 0.8, "pronoun": 0.65, "possessive": 0.6}


class Arguments:
    """Finds the arguments of triggers in the clauses of a page."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self.view = view
        self.tokens = view.tokens
        self.lexicon = lexicon
        self._control: dict[int, bool] = {}

    # -- phrases by their part in the clause -------------------------------------------------------------------------

    def phrases(self, clause: Clause) -> list[Phrase]:
        """The noun phrases whose head stands in the clause, dates left out."""
        return [
            p
            for p in self.view.phrases[clause.sentence]
            if self.view.clause_at.get(p.head) is clause and p.head not in self.view.in_time
        ]

    def bare(self, clause: Clause, consumed: tuple[int, ...] = ()) -> list[Phrase]:
        """Phrases without preposition (or whose preposition belongs to the trigger), later members of a group left out."""
        found = []
        for p in self.phrases(clause):
            governed = p.preposition is not None and (p.first - 1) not in consumed
            later = self.view.group_of(p)[0] is not p
            empty = p.last - p.first == 1 and not p.keys and not p.we and self._empty(p.head)
            if not governed and not later and not empty and p.head not in consumed:
                found.append(p)
        return found

    def _empty(self, i: int) -> bool:
        """Whether a single word without referent only fills a place ("there", "it"), or is no noun phrase at all."""
        token, words = self.tokens[i], self.view.words
        if token.pos in ("ADJ", "ADV", "NUM"):
            return True
        filler = (*words.expletives, *words.relatives, *self.view.names.pronouns.get("thing", ()), *self.view.names.definite)
        return token.pos in ("PRON", "DET") and token.lower in filler

    def finite(self, clause: Clause) -> int | None:
        """The place of the clause's first finite verb."""
        return next((i for i in clause.tokens if is_finite(self.tokens[i])), None)

    def subject(self, clause: Clause, depth: int = 0) -> Phrase | None:
        """The subject's phrase: by position, from the antecedent, the controller or the clause that "and" joins."""
        if depth > 6:
            return None
        bare = self.bare(clause)
        verb = self.finite(clause)
        if clause.kind == "inf":
            return self._controller(clause, depth)
        if clause.kind == "rel":
            return self._relative(clause)[0]
        if verb is not None:
            before = [p for p in bare if p.last <= verb]
            if before and clause.kind == "sub" and clause.conjunct_of is not None and before[0].via != "head":
                return self.subject(self.view.clause_by_index(clause.conjunct_of), depth + 1)
            if before and self._fronted(before[0], verb, bare):
                return next(p for p in bare if p.first > verb)
            if len(before) > 1 and not before[0].keys and before[1].first == before[0].last:
                return before[1]  # "dozens of Dutch municipalities", without "of"
            if before:
                return self._named(before)
            if clause.conjunct_of is not None and not self._inverted(clause, verb):
                return self.subject(self.view.clause_by_index(clause.conjunct_of), depth + 1)
            after = [p for p in bare if p.first > verb]
            if after and self.view.analysis.language != "en":
                return self._named(after)
            if after and clause.kind == "main" and not any(is_verb(self.tokens[i]) for i in clause.tokens if i > verb):
                return after[0]  # "…, said the board"
            return None
        if clause.conjunct_of is not None and not any(p.last <= min((i for i in clause.tokens if is_verb(self.tokens[i])), default=10**9) for p in bare):
            return self.subject(self.view.clause_by_index(clause.conjunct_of), depth + 1)
        return bare[0] if bare else None

    def _fronted(self, phrase: Phrase, verb: int, bare: list[Phrase]) -> bool:
        """Whether a pronoun before the verb is its object ("Det siger X"): a name or noun follows right after the verb."""
        if self.view.analysis.language in FIXED_ORDER or phrase.last - phrase.first > 1:
            return False
        after = next((p for p in bare if p.first > verb), None)
        pronoun = self.tokens[phrase.first].lower in self.view.words.sum_up
        return pronoun and after is not None and after.first - verb <= 2 and bool(after.keys) and self.tokens[verb].lemma not in _BE

    def _inverted(self, clause: Clause, verb: int) -> bool:
        """Whether something other than the coordinator stands before the verb, as when an adverb pushes the subject behind."""
        return any(
            i < verb and self.tokens[i].pos not in ("CCONJ", "PUNCT", "SCONJ", "PART") for i in clause.tokens
        )

    def _named(self, before: list[Phrase]) -> Phrase:
        """The first phrase; or the name that stands beside it ("Ericsson's chief executive, Börje Ekholm,")."""
        first = before[0]
        titled = noun_in(self.tokens[first.head].lemma, self.view.names.titles) is not None
        person = next((p for p in self.view.group_of(first) if p.kind == "person" and p.via == "head"), None)
        if titled and not first.keys and person is not None:
            return person  # "founder and chief executive Ren Zhengfei"
        if len(before) > 1 and noun_in(self.tokens[first.head].lemma, self.view.names.titles):
            other = before[1]
            if other.kind == "person" and other.via == "head":
                return other
        return first

    def _relative(self, clause: Clause) -> tuple[Phrase | None, Phrase | None]:
        """Subject and object of a relative clause: its antecedent is one of them."""
        opener = clause.opener if clause.opener is not None else clause.tokens[0]
        antecedent = self.antecedent(clause)
        verb = next((i for i in clause.tokens if is_verb(self.tokens[i])), None)
        bare = [p for p in self.bare(clause) if p.first > opener]
        before_verb = [p for p in bare if verb is not None and p.last <= verb]
        by_preposition = self.tokens[opener].pos == "ADP" or len(self.tokens[opener].lower) > 4 and self.tokens[opener].lower.startswith("waar")
        if by_preposition:
            return (before_verb[0] if before_verb else (bare[0] if bare else None)), None
        if before_verb and self.view.analysis.language != "nl":
            return before_verb[0], antecedent
        if before_verb and antecedent is not None and not antecedent.keys:
            return before_verb[0], antecedent
        return antecedent, (bare[0] if bare else None)

    def antecedent(self, clause: Clause) -> Phrase | None:
        """The phrase that a relative clause describes: the last one before its opener."""
        opener = clause.opener if clause.opener is not None else clause.tokens[0]
        before = [p for p in self.view.phrases[clause.sentence] if p.last <= opener]
        if not before or opener - before[-1].last > 2:
            return None
        last = before[-1]
        if last.kind == "state" and last.preposition is not None and len(before) > 1 and before[-2].last == last.first - 1 and before[-2].keys:
            last = before[-2]  # "the authority in Sweden, which …"
        return self.view.group_of(last)[0]

    def _controller(self, clause: Clause, depth: int) -> Phrase | None:
        """The subject that an infinitive understands: what is asked or let, else the subject of the clause above."""
        if clause.parent is None:
            return None
        parent = self.view.clause_by_index(clause.parent)
        objects = [p for p in self.objects(parent) if p.keys and p.first < clause.tokens[0]]
        lead = [p for p in self.phrases(parent) if p.keys and p.preposition in ("op", "på", "on") and p.first < clause.tokens[0]]
        if self._hands_over(parent):
            if objects and clause.tokens[0] - objects[-1].last <= 6:
                return objects[0]
            if lead:
                return lead[0]
        return self.subject(parent, depth + 1)

    def _hands_over(self, clause: Clause) -> bool:
        """Whether a verb of the clause gives its object to the infinitive as subject."""
        if clause.index not in self._control:
            self._control[clause.index] = any(
                m.trigger.type in _OBJECT_CONTROL and m.trigger.part == "verb" for m in matches(self.view, clause, self.lexicon)
            )
        return self._control[clause.index]

    def objects(self, clause: Clause, consumed: tuple[int, ...] = ()) -> list[Phrase]:
        """The bare phrases that are not the subject, in order."""
        subject = self.subject(clause)
        found = [p for p in self.bare(clause, consumed) if subject is None or p.first != subject.first]
        verb = self.finite(clause)
        verb_second = clause.kind == "main" or self.view.analysis.language != "nl"
        if subject is not None and verb is not None and verb_second and subject.last <= verb:
            found = [p for p in found if p.first > verb]  # what else stands before the verb is apposed to the subject
        if clause.kind == "rel":
            other = self._relative(clause)[1]
            if other is not None and all(p.first != other.first for p in found):
                found.append(other)
        return found

    # -- voice ---------------------------------------------------------------------------------------------------------

    def passive(self, match: Match) -> bool:
        """Whether the trigger's verb is in the passive."""
        if match.trigger.part != "verb":
            return False
        verbs = [self.tokens[i] for i in match.places if is_verb(self.tokens[i])]
        token = next((t for t in verbs if "Voice=Pass" in t.morph or "Part" in t.morph), self.tokens[match.at])
        if "Voice=Pass" in token.morph:
            return True
        participle = "Part" in token.morph and "Tense=Pres" not in token.morph
        if not participle:
            return False
        clause = match.clause
        auxiliaries = [self.tokens[i].lemma for i in clause.tokens if self.tokens[i].pos == "AUX" or self.tokens[i].lemma in self.view.words.passive]
        if any(a in self.view.words.passive and a not in _BE for a in auxiliaries):
            return True
        if any(a in _BE for a in auxiliaries):
            have = any(a in ("have", "hebben", "haben", "ha") for a in auxiliaries)
            return not have or any(self.tokens[i].lower in ("been",) for i in clause.tokens)
        if clause.kind in ("sub", "rel"):
            return False  # at the end of a subordinate clause it is the finite verb, mistaken for a participle
        return not any(is_finite(self.tokens[i]) or self.tokens[i].pos == "AUX" for i in clause.tokens)

    def agent(self, match: Match) -> Phrase | None:
        """Who does it in a passive: the phrase after "by"."""
        for p in self.phrases(match.clause):
            if p.preposition in self.view.words.agent and p.keys:
                return p
        return None

    # -- specifications ------------------------------------------------------------------------------------------------

    def find(
        self,
        match: Match,
        spec: tuple[str, ...],
        prefer: tuple[EntityKind, ...],
        *,
        owners: bool = True,
        apart: tuple[str, ...] = (),
    ) -> Found | None:
        """The first alternative of `spec` that gives entities. `prefer` chooses between what a phrase may stand for;
        `owners`: whether a thing may stand for its owner ("X's role"); `apart`: what it cannot be (the other argument)."""
        for place in spec:
            for phrase in self._place(match, place):
                found = self.entities(phrase, prefer, owners)
                if found is not None and set(found.keys) & set(apart):
                    found = self._other(phrase, apart)
                if found is not None:
                    return found
        return None

    def _other(self, phrase: Phrase, apart: tuple[str, ...]) -> Found | None:
        """For a pronoun that cannot be the subject itself: the company named last before it."""
        if phrase.mention is None or phrase.mention.form != "pronoun":
            return None
        sentence = self.view.clause_at[phrase.head].sentence
        near = self.view.analysis.sentences[max(sentence - 1, 0)].first
        for mention in reversed(self.view.resolution.mentions):
            if near <= mention.first < phrase.first and mention.kind == "company" and not set(mention.keys) & set(apart):
                return Found(mention.keys[:1], 0.55)
        return None

    def find_beside(self, match: Match, spec: tuple[str, ...], prefer: tuple[EntityKind, ...]) -> Found | None:
        """An argument that stands with the last of several verbs that share it ("built, ran and maintained X's net")."""
        for clause in self.view.clauses[match.clause.sentence]:
            if clause.conjunct_of == match.clause.index and match.trigger.part == "verb":
                found = self.find(replace(match, clause=clause), tuple(p for p in spec if p != "subject"), prefer)
                return found or self.find_beside(replace(match, clause=clause), spec, prefer)
        return None

    def secured(self, match: Match, spec: tuple[str, ...]) -> Found | None:
        """The state whose security is in danger, where an adjective names it ("a threat to *British* security")."""
        for phrase in self.phrases(match.clause):
            if phrase.preposition in spec and not phrase.keys and phrase.first > match.at:
                states = self._adjectives(phrase)
                if states:
                    return self.entities(states[0])
        return None

    def unnamed(self, match: Match, spec: tuple[str, ...]) -> Phrase | None:
        """A group that no list knows, where the place of the argument tells that persons are meant: whom one asks or
        promises something that follows, or any with a state's adjective ("US universities")."""
        turned = self.passive(match)
        for place in spec:
            if place not in ("subject", "object"):
                continue
            for phrase in self._place(match, place)[:1]:
                noun = self.tokens[phrase.head]
                if phrase.keys or noun.pos != "NOUN" or "Number=Plur" not in noun.morph or noun_in(noun.lemma, self.view.names.products):
                    continue
                asked = place == "object" and match.trigger.type != "supply" and bool(self.content_clauses(match))
                if asked or (self._adjectives(phrase) and not turned):
                    return phrase
        return None

    def ruler(self, match: Match) -> Found | None:
        """The state whose ban, law or order is the subject ("the *American* trade ban cuts X off")."""
        subject = self.subject(match.clause)
        if subject is None or subject.keys:
            return None
        states = self._adjectives(subject)
        return self.entities(states[0]) if states else None

    def decider(self, match: Match, kinds: tuple[EntityKind, ...], planned: bool) -> Found | None:
        """Who decides what is told in the passive below ("BT decides that X is not let in"), or, where the clause above
        tells of a plan, in a relative clause ("prepares a law that is to shut X out")."""
        clause = match.clause
        if clause.parent is None or clause.kind == "main":
            return None
        if clause.kind == "rel":
            described = self.antecedent(clause)
            if described is None or described.keys or not planned:
                return None
        subject = self.subject(self.view.clause_by_index(clause.parent))
        if subject is None or subject.via != "head":
            return None
        found = self.entities(subject, kinds)
        return found if found is not None and all(self.view.kind(k) in kinds for k in found.keys) else None

    def _place(self, match: Match, place: str) -> list[Phrase]:
        clause = match.clause
        turned = self.passive(match)
        if place == "subject":
            if turned:
                agent = self.agent(match)
                return [agent] if agent is not None else []
            if match.trigger.part == "noun":
                return self._holder(match)
            subject = self.subject(clause)
            return [subject] if subject is not None else []
        if place == "object":
            if turned:
                subject = self.subject(clause)
                return [subject] if subject is not None else []
            objects = self.objects(clause, match.places)
            if match.trigger.part != "verb":
                objects = [p for p in objects if match.at not in range(p.first, p.last)]
            return objects[:2]
        if place == "second":
            return self.objects(clause, match.places)[1:2]
        if place in ("of", "host"):
            return self._host(match) if place == "host" else self._of(match)
        if place in ("content", "content-subject"):
            return self._content(match, place)
        wanted = place.replace("_", " ")
        hits = [p for p in self.phrases(clause) if p.preposition == wanted or (" " in wanted and self._before(p, wanted))]
        hits.sort(key=lambda p: (p.via != "head", p.first < match.at, p.first))
        return hits

    def _before(self, phrase: Phrase, words: str) -> bool:
        n = len(words.split())
        return " ".join(t.lower for t in self.tokens[max(phrase.first - n, 0) : phrase.first]) == words

    def _holder(self, match: Match) -> list[Phrase]:
        """Of whom a noun is said: the object of calling ("calls Huawei *a threat*"), else the subject."""
        clause = match.clause
        subject = self.subject(clause)
        own = self.view.phrase_at.get(match.at)
        called = [
            p
            for p in self.objects(clause)
            if p.keys and own is not None and p.first != own.first and p.kind == "company" and p.last <= match.at
        ]
        if subject is not None and called and subject.keys != called[0].keys:
            return [called[0]]
        if subject is not None and own is not None and subject.first == own.first:
            return []
        return [subject] if subject is not None else []

    def caller(self, match: Match) -> Phrase | None:
        """Who calls somebody else what the noun says, None where nobody is called so."""
        holder = self._holder(match)
        subject = self.subject(match.clause)
        if holder and subject is not None and holder[0].first != subject.first and subject.keys:
            return subject
        return None

    def _host(self, match: Match) -> list[Phrase]:
        """The phrase in which the trigger stands as attribute ("the *state-owned* firm P")."""
        own = self.view.phrase_at.get(match.at)
        return [own] if own is not None and own.keys else []

    def _of(self, match: Match) -> list[Phrase]:
        own = self.view.phrase_at.get(match.at)
        found: list[Phrase] = []
        if match.trigger.part == "verb":  # "broke American and Canadian *law*": the state whose law it is
            things = [self.view.phrase_at[i] for i in match.places if i in self.view.phrase_at] + self.objects(match.clause, match.places)
            ruled = [a for p in things for a in self._adjectives(p)]
            return ruled or [p for p in things if p.via == "owner" and p.kind == "state"]
        if own is not None:
            found += self._adjectives(own)
            if own.keys and own.via in ("owner", "maker"):
                found.insert(0, own)
        for p in self.view.phrases[match.clause.sentence]:
            if p.first > match.at and p.preposition in self.view.words.genitive_of and p.first - match.places[-1] <= 3 and p.keys:
                found.append(p)
        return found

    def _adjectives(self, phrase: Phrase) -> list[Phrase]:
        """The states that demonym adjectives in a phrase, and in those that "and" joins to it, name; as one phrase."""
        codes = [
            self.view.resolution.adjectives[i]
            for p in self.view.group_of(phrase)
            for i in range(p.first, p.head + 1)
            if i in self.view.resolution.adjectives
        ]
        if not codes:
            return []
        keys = tuple(dict.fromkeys(codes))
        return [Phrase(phrase.first, phrase.first, phrase.first, None, keys, "state", "head", None, all_of=True)]

    def content_clauses(self, match: Match) -> list[Clause]:
        """The clauses that are the complement of the trigger: infinitives and that-clauses under its own, after it."""
        found: list[Clause] = []
        for clause in self.view.clauses[match.clause.sentence]:
            if clause.parent == match.clause.index and clause.kind in ("inf", "sub") and clause.tokens[0] > match.at:
                found.append(clause)
            elif clause.parent is not None and any(c.index == clause.parent for c in found):
                found.append(clause)
        return found

    def _content(self, match: Match, place: str) -> list[Phrase]:
        found: list[Phrase] = []
        for clause in self.content_clauses(match):
            if place == "content-subject":
                subject = self.subject(clause)
                return [subject] if subject is not None and subject.keys else []
            wide = match.trigger.type in ("ties", "dependency", "commitment")
            victims = match.trigger.type == "wrongdoing"
            found += [
                p
                for p in self.phrases(clause)
                if p.keys
                and (
                    p.kind == "company"
                    or self._company_among(p)
                    or (wide and p.kind == "state")
                    or (victims and p.via == "head" and p.kind in ("state", "role", "person", "body"))
                )
            ]
        return found

    def _company_among(self, phrase: Phrase) -> bool:
        return any(self.view.kind(k) == "company" for k in phrase.keys)

    # -- entities ------------------------------------------------------------------------------------------------------

    def entities(self, phrase: Phrase, prefer: tuple[EntityKind, ...] = (), owners: bool = True) -> Found | None:
        """The entities that a phrase, with all that "and" joins to it, stands for."""
        keys: list[str] = []
        directness = 1.0
        for p in self.view.group_of(phrase):
            if not p.keys or (p.via == "owner" and not owners):
                continue
            chosen = list(p.keys) if p.all_of else [self._choose(p.keys, prefer)]
            keys += [k for k in chosen if k not in keys]
            form = p.mention.form if p.mention is not None else "people" if p.first == p.last else "possessive"
            directness = min(directness, _DIRECT[form] * (0.85 if p.via == "owner" else 1.0))
        return Found(tuple(keys), directness) if keys else None

    def _choose(self, keys: tuple[str, ...], prefer: tuple[EntityKind, ...]) -> str:
        for kind in prefer:
            for key in keys:
                if self.view.kind(key) == kind:
                    return key
        return keys[0]
