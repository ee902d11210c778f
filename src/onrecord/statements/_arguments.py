"""Who does it and to whom: the places that a trigger's specification names, and the entities that stand
there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.entities import EntityKind
from onrecord.language import plain
from onrecord.statements._complements import Complements
from onrecord.statements._match import FIXED_ORDER, Match
from onrecord.statements._model import StatementType
from onrecord.statements._phrases import Phrase

Kinds = tuple[EntityKind, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An argument: entity keys (all of them meant), and how directly they are named (0 to 1).

    `how` is the place of the trigger's specification where it was found ("subject", "against"), or what
    it was inferred by; `span` the tokens of the phrase that names it, where there is one.
    """

    keys: tuple[str, ...]
    directness: float
    how: str = ""
    span: tuple[int, int] | None = None

    def by(self, how: str) -> Found:
        """The same argument, told how it was found."""
        return replace(self, how=how)


# How directly each form of mention names its entity, and what stands for a thing's owner.
_DIRECT = {
    "name": 1.0,
    "part": 0.95,
    "people": 0.85,
    "role": 0.85,
    "noun": 0.8,
    "pronoun": 0.65,
    "possessive": 0.6,
}
_OWNER = 0.85
_GUESSED = 0.55
# How many tokens after a noun a phrase may begin that belongs to it.
_NEAR = 6
# How many tokens may stand between a noun and the name apposed to it: a comma and an article.
_APPOSED = 2
# Types whose verbs address somebody, who may stand before the infinitive that says what is to be done.
_LENDING: frozenset[StatementType] = frozenset(
    {"request", "commitment", "restriction", "permission", "threat"}
)


# Types whose nouns are said of somebody ("X is *a subsidiary* of Y") and no objects of what he does.
_PREDICATED: frozenset[StatementType] = frozenset({"ties", "supply"})
_COPULAS = frozenset({"be", "become", "remain", "være", "blive", "forblive", "zijn", "worden", "blijven"})


class Arguments(Complements):
    """Finds the arguments of triggers in the clauses of a page."""

    # -- entities --------------------------------------------------------------------------------------------

    def find(
        self,
        match: Match,
        spec: tuple[str, ...],
        prefer: Kinds,
        *,
        owners: bool = True,
        apart: tuple[str, ...] = (),
    ) -> Found | None:
        """The first alternative of `spec` that gives entities. `prefer` chooses between what a phrase may
        stand for; `owners`: whether a thing may stand for its owner ("X's role"); `apart`: what it cannot be
        (the other argument)."""
        for place in spec:
            for phrase in self.places(match, place):
                found = self.entities(phrase, prefer, owners)
                if found is not None and set(found.keys) & set(apart):
                    rest = tuple(key for key in found.keys if key not in apart)
                    found = replace(found, keys=rest) if rest else self._other_than(phrase, apart)
                if found is not None:
                    return found.by(place)
        return None

    def _other_than(self, phrase: Phrase, apart: tuple[str, ...]) -> Found | None:
        """For a pronoun or epithet that cannot be the subject itself: the company named last before it."""
        if phrase.mention is None or phrase.mention.form not in ("pronoun", "noun"):
            return None
        sentence = self.view.clause_at[phrase.head].sentence
        near = self.view.analysis.sentences[max(sentence - 1, 0)].first
        for mention in reversed(self.view.resolution.mentions):
            between = near <= mention.first < phrase.first
            if between and mention.kind == "company" and not set(mention.keys) & set(apart):
                return Found(mention.keys[:1], _GUESSED, span=(mention.first, mention.last))
        return None

    def find_beside(self, match: Match, spec: tuple[str, ...], prefer: Kinds) -> Found | None:
        """An argument that stands with the last of several verbs that share it ("built, ran and maintained
        X's net"), and has no object of its own."""
        if match.trigger.part != "verb":
            return None
        if self.view.analysis.language in FIXED_ORDER and self.parts.objects(match.clause, match.places):
            return None
        for clause in self.view.clauses[match.clause.sentence]:
            if clause.conjunct_of == match.clause.index:
                beside = replace(match, clause=clause)
                found = self.find(beside, tuple(p for p in spec if p != "subject"), prefer)
                return found or self.find_beside(beside, spec, prefer)
        return None

    def entities(self, phrase: Phrase, prefer: Kinds = (), owners: bool = True) -> Found | None:
        """The entities that a phrase, with all that "and" joins to it, stands for."""
        keys: dict[str, None] = {}
        directness = 1.0
        for p in self.view.group_of(phrase):
            if not p.keys or (p.via == "owner" and not owners):
                continue
            pronoun = p.mention is not None and p.mention.form == "pronoun"
            # A pronoun means what was named last; only where a company acts is it rather the company.
            kinds = prefer if not pronoun else prefer[:1] if prefer[:1] == ("company",) else ()
            keys.update(dict.fromkeys(p.keys if p.all_of else [self._choose(p.keys, kinds)]))
            form = (
                p.mention.form if p.mention is not None else "people" if p.first == p.last else "possessive"
            )
            directness = min(directness, _DIRECT[form] * (_OWNER if p.via == "owner" else 1.0))
        return Found(tuple(keys), directness, span=(phrase.first, phrase.last)) if keys else None

    def _choose(self, keys: tuple[str, ...], prefer: Kinds) -> str:
        return next((key for kind in prefer for key in keys if self.view.kind(key) == kind), keys[0])

    # -- places of a specification ---------------------------------------------------------------------------

    def places(self, match: Match, place: str) -> list[Phrase]:
        """The phrases at a place that a specification names: a part of the clause, or after a preposition."""
        if place == "subject":
            return self._subject(match)
        if place == "object":
            return self._objects(match)
        if place == "recipient":
            passive = self.parts.passive(match)
            objects = [] if passive else self._objects(match)
            return [p for p in objects if p.via == "head" or self._possessed(p)]
        if place == "second":
            return self.parts.objects(match.clause, match.places)[1:2]
        if place == "of":
            if match.trigger.part != "verb":
                return self._of(match)
            law = [] if match.trigger.type == "ties" else self._law(match)
            if match.trigger.type == "supply":
                return law
            governed = self._governed(match, "of")
            return [*law, *governed] if match.trigger.type == "wrongdoing" else [*governed, *law]
        if place == "host":
            return self._host(match)
        if place == "apposed":
            return self._apposed(match)
        if place == "content":
            return self.in_content(match)
        if place == "content-subject":
            return self.content_subject(match)
        return self._governed(match, place.replace("_", " "))

    def _subject(self, match: Match) -> list[Phrase]:
        """Who does it: the subject, in the passive the agent, for a noun the one of whom it is said."""
        if self.parts.passive(match):
            return _listed(self.parts.agent(match.clause))
        if match.trigger.part == "noun":
            return self._holder(match)
        token = self.tokens[match.at]
        if match.trigger.part == "adj" and self.view.words.nouns_capitalised and token.lower != token.lemma:
            return []  # inflected, it stands before a noun
        return _listed(self.parts.subject(match.clause))

    def _possessed(self, phrase: Phrase) -> bool:
        """Whether a genitive or possessive says whose a thing is ("*Optus's* core network")."""
        if phrase.mention is not None and phrase.mention.form == "possessive":
            return True
        return any(self.tokens[i].lower in ("'s", "’s", "'", "’") for i in range(phrase.first, phrase.head))

    def _objects(self, match: Match) -> list[Phrase]:
        """To whom it is done: the objects, in the passive the subject."""
        if self.parts.passive(match):
            return _listed(self.parts.subject(match.clause))
        objects = self.parts.objects(match.clause, match.places) or self._lent(match)
        if match.trigger.part != "verb":
            objects = [p for p in objects if match.at not in range(p.first, p.last)]
        return objects[:2]

    def _lent(self, match: Match) -> list[Phrase]:
        """The object that a language with its infinitives last puts before theirs ("vraagt *Canada* Huawei te
        weren"): the first of two before the marker, or the only one where it can hardly be what the
        infinitive acts on."""
        words = self.view.words
        if not words.infinitives_last or match.trigger.type not in _LENDING:
            return []
        for clause in self.content_clauses(match):
            if clause.kind != "inf" or clause.parent != match.clause.index:
                continue
            marker = next((i for i in clause.tokens if self.tokens[i].lower in words.infinitive), None)
            if marker is None or self.tokens[clause.tokens[0]].lower in words.infinitive_openers:
                return []
            bare = [p for p in self.parts.bare(clause) if p.last <= marker]
            if not bare or not bare[0].keys or bare[0].first - clause.tokens[0] > 1 or bare[0].via != "head":
                return []
            asked = bare[0].kind in ("state", "body", "person", "role")
            return bare[:1] if len(bare) > 1 or asked else []
        return []

    def _governed(self, match: Match, words: str) -> list[Phrase]:
        """The phrases after a preposition of one or more words: first those that name whom they mean, and
        those before the trigger last."""
        hits = [
            p
            for p in self.parts.phrases(match.clause)
            if (
                p.preposition == words
                and (not p.genitive or match.trigger.part == "noun" or p.first - 1 in match.places)
            )
            or (" " in words and self._stands_after(p, words))
        ]
        # "against the sanctions | against Iran": the second belongs to the first
        own = (*self.view.words.genitive_of, *self.view.words.origin)
        nested = {
            p.first for q in hits for p in hits if not q.keys and q.last == p.first - 1 and words not in own
        }
        if match.trigger.type == "wrongdoing":
            hits = [p for p in hits if p.first not in nested]
        if match.trigger.part == "noun":  # what belongs to a noun stands near it
            hits = [p for p in hits if 0 <= p.first - match.places[-1] <= _NEAR or p.last <= match.at]
        return sorted(hits, key=lambda p: (p.via != "head", p.first < match.at, p.first))

    def _stands_after(self, phrase: Phrase, words: str) -> bool:
        before = self.tokens[max(phrase.first - len(words.split()), 0) : phrase.first]
        return " ".join(plain(t, self.view.words) for t in before) == words

    def _holder(self, match: Match) -> list[Phrase]:
        """Of whom a noun is said: the object of calling ("calls Huawei *a threat*"), else the subject."""
        subject = self.parts.subject(match.clause)
        own = self.view.phrase_at.get(match.at)
        if own is not None and match.trigger.type in _PREDICATED and not self._predicated(match, own):
            return []
        if subject is None or own is None:
            return _listed(subject)
        for p in self.parts.objects(match.clause):
            if p.keys and p.first != own.first and p.kind == "company" and p.last <= match.at:
                if subject.keys != p.keys:
                    return [p]
                break
        if own.preposition is not None and own.preposition not in self.view.words.comparatives:
            return []  # "depends on *a supplier*": said of nobody here
        return [] if subject.first == own.first else [subject]

    def _predicated(self, match: Match, own: Phrase) -> bool:
        """Whether a noun is said of the subject: with "be", "become" or "as"."""
        if own.preposition is not None:
            return own.preposition in self.view.words.comparatives
        copulas = (*_COPULAS, *self.view.words.passive)
        return any(self.tokens[i].lemma in copulas for i in match.clause.tokens)

    def caller(self, match: Match) -> Phrase | None:
        """Who calls somebody else what the noun says, None where nobody is called so."""
        holder = self._holder(match)
        subject = self.parts.subject(match.clause)
        if holder and subject is not None and holder[0].first != subject.first and subject.keys:
            return subject
        return None

    def _host(self, match: Match) -> list[Phrase]:
        """The phrase in which the trigger stands as attribute ("the *state-owned* firm P")."""
        own = self.view.phrase_at.get(match.at)
        if own is None or not own.keys or (match.trigger.part == "noun" and own.via != "head"):
            return []
        return [own]

    def _apposed(self, match: Match) -> list[Phrase]:
        """The phrases set right beside the trigger's own, which name the same one ("its owner, *X*, …",
        "*X*, the owner of Y")."""
        own = self.view.phrase_at.get(match.at)
        if own is None:
            return []
        listed = self.view.phrases[match.clause.sentence]
        n = next(k for k, p in enumerate(listed) if p.first == own.first)
        beside = [(p, p.first - own.last, range(own.last, p.first)) for p in listed[n + 1 : n + 2]]
        beside += [(p, own.first - p.last, range(p.last, own.first)) for p in listed[max(n - 1, 0) : n]]
        return [
            p
            for p, apart, between in beside
            if p.keys
            and p.via == "head"
            and (p.preposition is None or p.last <= own.first)
            and apart <= _APPOSED
            and all(self.tokens[i].text == "," or self.tokens[i].pos == "DET" for i in between)
        ]

    def _law(self, match: Match) -> list[Phrase]:
        """The state whose law is broken ("broke American and Canadian *law*")."""
        things = [self.view.phrase_at[i] for i in match.places if i in self.view.phrase_at]
        things += self.parts.objects(match.clause, match.places)
        ruled = [state for thing in things for state in self.states_in(thing)]
        return ruled or [p for p in things if p.via == "owner" and p.kind in ("state", "company")]

    def _of(self, match: Match) -> list[Phrase]:
        """Whose what the noun or adjective says is: a genitive, an adjective of a state, an of-phrase after
        it."""
        own = self.view.phrase_at.get(match.at)
        found: list[Phrase] = []
        if own is not None and own.keys and own.via in ("owner", "maker"):
            found.append(own)
        part = self.view.mention_at.get(match.at)
        if part is not None and part.form == "part" and own is not None and part is not own.mention:
            at = match.at  # "the *Orange*-Tochter Bleu"
            found.append(Phrase(at, at, at, None, part.keys, part.kind, "head", part))
        if own is not None:
            found += self.states_in(own)
        end = match.places[-1]
        for p in self.view.phrases[match.clause.sentence]:
            if (
                p.first > match.at
                and p.preposition in self.view.words.genitive_of
                and p.first - end <= 3
                and p.keys
            ):
                found.append(p)
        return found

    def states_in(self, phrase: Phrase) -> list[Phrase]:
        """The states that demonym adjectives in a phrase, and in those that "and" joins to it, name; as one
        phrase."""
        adjectives = self.view.resolution.adjectives
        codes = {
            adjectives[i]: None
            for p in self.view.group_of(phrase)
            for i in range(p.first, p.last if self.view.words.adjectives_follow else p.head + 1)
            if i in adjectives
        }
        if not codes:
            return []
        first = phrase.first
        return [Phrase(first, first, first, None, tuple(codes), "state", "head", None, all_of=True)]


def _listed(phrase: Phrase | None) -> list[Phrase]:
    return [phrase] if phrase is not None else []
