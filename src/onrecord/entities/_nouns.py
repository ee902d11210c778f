"""What a noun stands for: a government, a spokesman's company, a ministry, "the company", an unnamed
group."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from onrecord.entities._bodies import ANY, Bodies
from onrecord.entities._data import english_adjective
from onrecord.entities._discourse import COMPOUNDS_APART, Discourse
from onrecord.entities._gazetteer import Name
from onrecord.entities._listed import NounList, NounTable, noun_in
from onrecord.entities._model import Entity, EntityKind, Mention
from onrecord.entities._noun_phrases import NounPhrase, NounPhrases
from onrecord.language import Sentence

# English names of groups that with a state's adjective are the state itself ("British officials").
_OFFICIALS = frozenset({"officials", "ministers", "prosecutors", "diplomats", "investigators", "services"})


class Nouns:
    """Reads the epithets and definite descriptions of a page."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tokens = discourse.tokens
        self.names = discourse.names
        self.data = discourse.data
        self.phrases = NounPhrases(discourse)
        self.bodies = Bodies(discourse)

    def at(self, i: int, sentence: Sentence) -> Mention | None:
        """The mention whose head noun stands at `i`; None for a noun that stands for nobody or beside its
        name."""
        if not self._is_noun(i, sentence):
            return None
        first = self.phrases.start(i, sentence)
        if self.phrases.is_apposed(i, sentence):
            return None
        return self._mention(self.phrases.read(first, i, sentence))

    def compound(self, i: int, sentence: Sentence, part: Name) -> Mention | None:
        """What a compound at `i` means whose first part is a name ("US-Behörden", "Huawei-Sprecher"); None
        where it names nobody by itself."""
        first = self.phrases.start(i, sentence)
        state = self.discourse.state(part.key) if part.kind == "state" else None
        if self.phrases.is_apposed(i, sentence):
            if state is not None:
                self.discourse.adjectives[i] = state
            return None
        phrase = self.phrases.read(first, i, sentence)
        if state is not None:
            found = self._mention(replace(phrase, state=state, definite=True))
            if found is None and noun_in(self.discourse.noun_lemma(i), self.data.products) is None:
                self.discourse.adjectives[i] = state  # "US-Sanktionen"
            return found
        entity = self.discourse.entity(part)
        owner = Mention(i, i + 1, i, (entity.key,), entity.kind, "part")
        return self._mention(replace(phrase, owner=phrase.owner or owner, definite=True))

    def _is_noun(self, i: int, sentence: Sentence) -> bool:
        """Whether the word is a noun, or an adjective or foreign word in a noun's place; of a compound
        written apart ("police departments") only the last noun counts."""
        pos, after = self.tokens[i].pos, self.tokens[i + 1].pos if i + 1 < sentence.last else None
        if after == "NOUN" and self.discourse.language in COMPOUNDS_APART:
            return False
        if pos == "ADJ":
            follows = i > sentence.first and self.tokens[i - 1].pos in ("NOUN", "PROPN", "ADJ")
            if follows and self.discourse.words.adjectives_follow:
                return False
            return after not in ("NOUN", "ADJ")
        return pos in ("NOUN", "PROPN", "X")

    def _mention(self, phrase: NounPhrase) -> Mention | None:
        token, data = self.tokens[phrase.head], self.data
        lemma = token.lemma
        plural = "Number=Plur" in token.morph
        activity = token.lower.endswith("ing") and not lemma.endswith("ing")
        role = None if activity else self._listed(phrase, data.roles)
        body = self._listed(phrase, data.body)
        if (
            body
            and phrase.definite
            and not (plural and data.body[body] == ANY)
            and self.bodies.named_before(body)
        ):
            return self.bodies.mention(phrase, body)
        if self._listed(phrase, data.government):
            pair = self.discourse.recent("state")[:2] if role and self._counted(phrase) else []
            if len(pair) == 2:
                return self._pair(phrase, pair, "state")
            officials = role is not None and data.roles[role].split()[-1] in _OFFICIALS
            owned = phrase.state is not None or self.discourse.state_of(phrase.owner) is not None
            if (owned and officials) or not (
                role and (plural or not phrase.definite)
            ):  # "British officials" are the state
                return self._government(phrase)
        if self._listed(phrase, data.spokesmen):
            return self._spokesman(phrase)
        if body and not (role and plural):  # "Dutch municipalities" are a group
            found = self.bodies.mention(phrase, body)
            if found is not None or not role:
                return found
        if self._listed(phrase, data.company):
            if plural and not self._counted(phrase):
                return self._role(phrase, data.roles[role] if role else lemma)
            if phrase.definite:
                return self._epithet(phrase, "company")
        if self._listed(phrase, data.outlet):
            return self._outlet(phrase)
        if role:
            return self._role(phrase, data.roles[role])
        if self._listed(phrase, data.titles):
            return self._office(phrase) or (self._epithet(phrase, "person") if phrase.definite else None)
        return None

    def _listed(self, phrase: NounPhrase, listed: NounList | NounTable[Any]) -> str | None:
        """The listed noun that the head is; where compounds are written apart, the longest that ends with it
        ("police department"), or begins ("service de renseignement")."""
        i = phrase.head
        if self.discourse.words.adjectives_follow:
            whole, parts = self.phrases.compound(i, phrase.sentence)
            if len(parts) > 1:
                return whole if whole in listed else None
        if self.discourse.language in COMPOUNDS_APART:
            for first in range(max(phrase.first, i - 2), i):
                words = " ".join([*(self.tokens[k].lower for k in range(first, i)), self.tokens[i].lemma])
                if words in listed:
                    return words
        return noun_in(self.discourse.noun_lemma(i), listed)

    def _counted(self, phrase: NounPhrase) -> int:
        """How many that have been named the phrase means together: two for "both" or "two", more for a
        definite phrase with their number ("the three companies"); none: 0."""
        words, before = self.discourse.words, range(max(phrase.first - 1, 0), phrase.head)
        if any(self.tokens[k].lower in words.both for k in before):
            return 2
        numbers = (words.numbers.get(self.tokens[k].lower, 0) for k in range(phrase.first, phrase.head))
        return next((n for n in numbers if 2 < n < 7), 0) if phrase.definite else 0

    def _pair(self, phrase: NounPhrase, keys: list[str], kind: EntityKind) -> Mention:
        """The entities that the phrase means together, in the order of their last mentions."""
        both = tuple(sorted(keys, key=self.discourse.last_place))
        return Mention(phrase.first, phrase.last, phrase.head, both, kind, "noun", all_of=True)

    def _government(self, phrase: NounPhrase) -> Mention | None:
        """A government is its state: by adjective or owner, else the state that the page means there."""
        i, owner, code, last = phrase.head, phrase.owner, phrase.state, phrase.last
        if code is None and owner is not None:
            code = self.discourse.state_of(owner)
            if owner.first > i:
                last = owner.last
        if code is None:
            if not phrase.definite and self.tokens[i].pos != "PROPN":
                return None
            code = self.discourse.state_meant(i, phrase.sentence)
            person = owner is not None and owner.kind == "person" and owner.first > i
            if person and code not in self.discourse.named_states:
                return None  # "le régime de Kadhafi": not the press's state, which the page does not name
        if code is None:
            return None
        key = self.discourse.state(code)
        if phrase.state or owner is not None:
            self.discourse.note_surface(key, self.discourse.text(phrase.first, last))
        return Mention(phrase.first, last, i, (key,), "state", "noun")

    def _spokesman(self, phrase: NounPhrase) -> Mention | None:
        """A spokesman without a name speaks as the company, body or state for which he speaks."""
        first, i, sentence = phrase.first, phrase.head, phrase.sentence
        for k in range(i + 1, min(i + 8, sentence.last)):
            if self.tokens[k].pos in ("VERB", "AUX", "PUNCT"):
                break
            if k in self.names and self.names[k].kind in ("company", "body", "state"):
                entity = self.discourse.entity(self.names[k])
                return Mention(first, self.names[k].last, i, (entity.key,), entity.kind, "noun")
            body = noun_in(self.tokens[k].lemma, self.data.body)
            if body:
                inner = self._body_of_spokesman(k, sentence, body)
                if inner is not None:
                    return Mention(first, inner.last, i, inner.keys, inner.kind, "noun")
        head, hyphen, _ = self.tokens[i].text.partition("-")
        if hyphen:
            for name in self.names.values():
                if name.name == head:
                    return Mention(first, i + 1, i, (name.key,), name.kind, "noun")
        for mention in reversed(self.discourse.mentions):  # the same spokesman as before
            if mention.form == "noun" and noun_in(self.tokens[mention.head].lemma, self.data.spokesmen):
                return Mention(first, phrase.last, i, mention.keys, mention.kind, "noun")
        for key in self.discourse.recent("company", "body"):
            return Mention(first, phrase.last, i, (key,), self.discourse.entities[key].kind, "noun")
        return None

    def _body_of_spokesman(self, k: int, sentence: Sentence, body: str) -> Mention | None:
        """The body whose noun stands at `k`, after the spokesman; the pass has not come to the adjectives
        there."""
        start = self.phrases.start(k, sentence)
        for place in range(start, k):
            code = self.discourse.demonym(self.tokens[place])
            if code:
                self.discourse.adjectives[place] = code
        return self.bodies.mention(self.phrases.read(start, k, sentence), body)

    def _epithet(self, phrase: NounPhrase, kind: EntityKind) -> Mention | None:
        """A definite noun that stands for something already named, the likeliest that fits; of that country,
        where said. A plural for companies stands for the two, or as many as it says, named last."""
        discourse, i, state = self.discourse, phrase.head, phrase.state
        plural = "Number=Plur" in self.tokens[i].morph
        known = discourse.recent(kind) if plural else discourse.focus(kind, phrase.sentence)
        fitting = [k for k in known if state is None or discourse.country(k) in (state, None)]
        if state is not None:
            fitting.sort(key=lambda k: discourse.country(k) != state)
        if not plural and kind == "company" and state is None:
            fitting = self._but_beside(fitting, i, phrase.sentence)
        if plural and kind == "company":
            count = self._counted(phrase) or 2
            if len(fitting) < count:
                role = self._listed(phrase, self.data.roles)
                return self._role(phrase, self.data.roles[role] if role else self.tokens[i].lemma)
            return self._pair(phrase, fitting[:count], "company")
        if not fitting:
            later = next((n for n in self.names.values() if n.first > i and n.kind == kind), None)
            if kind != "company" or later is None:
                return None
            discourse.entity(next(n for n in self.names.values() if n.key == later.key))
            fitting = [later.key]
        key = fitting[0]
        return Mention(phrase.first, phrase.last, i, (key,), discourse.entities[key].kind, "noun")

    def _but_beside(self, keys: list[str], i: int, sentence: Sentence) -> list[str]:
        """The same; but where the likeliest is named in the very clause, an epithet there means somebody
        else: whoever the page names most."""
        clauses = (c for c in self.discourse.analysis.clauses if c.sentence == sentence.index)
        clause = next((c for c in clauses if i in c.tokens), None)
        if clause is None:
            return keys
        mentions = (
            m for m in self.discourse.mentions if m.first >= sentence.first and m.head in clause.tokens
        )
        beside = {k for m in mentions if m.form in ("name", "pronoun") for k in m.keys}
        if not keys or keys[0] not in beside:
            return keys
        counts = Counter(name.key for name in self.names.values())
        return sorted(keys, key=lambda k: (k in beside, -counts[k]))

    def _office(self, phrase: NounPhrase) -> Mention | None:
        """The unnamed head or officer of a named body or company ("the head of MI6") speaks and acts as
        it."""
        i, end, sentence, words = phrase.head, phrase.last, phrase.sentence, self.discourse.words
        beside = self.names.get(end)
        if beside is not None and beside.kind == "company" and end < sentence.last:
            officer = next((n for n in self.names.values() if n.kind == "person"), None)
            if officer is not None:  # "Topvrouw Huawei opgepakt"
                self.discourse.entity(officer)
                return Mention(phrase.first, beside.last, i, (officer.key,), "person", "noun")
        openers = (*words.genitive_of, *words.located, "for", "i", "hos", "bij", "at")
        after = self.phrases.after_opener(end, sentence, openers)
        if after is None:
            return None
        k = after
        while k < sentence.last and k not in self.names:
            if self.tokens[k].pos not in ("DET", "ADJ") and self.tokens[k].lower not in self.data.definite:
                break
            k += 1
        name = self.names.get(k)
        if name is None or not name.whole or name.kind not in ("company", "body"):
            return None
        entity = self.discourse.entity(name)
        return Mention(phrase.first, name.last, i, (entity.key,), entity.kind, "noun")

    def _outlet(self, phrase: NounPhrase) -> Mention | None:
        """A noun for a paper or agency: the outlet named last, else the next one; of that country, where
        said."""
        discourse, i, state = self.discourse, phrase.head, phrase.state
        known = [
            k for k in discourse.recent("outlet") if state is None or discourse.country(k) in (state, None)
        ]
        if not known:
            later = [n for n in self.names.values() if n.kind == "outlet" and n.first > i]
            fitting = [n for n in later if state is None or discourse.country(n.key) == state] or later
            if not fitting:
                return None
            known = [discourse.entity(fitting[0]).key]
        if state is not None:
            discourse.note_surface(known[0], discourse.text(phrase.first, phrase.last))
        return Mention(phrase.first, phrase.last, i, (known[0],), "outlet", "noun")

    def _role(self, phrase: NounPhrase, english: str) -> Mention:
        """An unnamed person or group, `english` being its noun: an entity of its own, by state or owner where
        known."""
        discourse, first, i, owner = self.discourse, phrase.first, phrase.head, phrase.owner
        code = phrase.state or discourse.state_of(owner)
        end = phrase.last
        last = owner.last if owner is not None and owner.first > i else end
        if code:
            key = f"{english_adjective(code)} {english}"
        elif owner is not None and owner.keys[0] in discourse.entities:
            key = f"{english} of {discourse.entities[owner.keys[0]].name}"
        else:
            key = english
        if key not in discourse.entities:
            discourse.entities[key] = Entity(key, "role", key, (key,), code)
        for text in (discourse.text(first, last), discourse.text(i, end), discourse.text(first, end)):
            discourse.note_surface(key, text)
        return Mention(first, end, i, (key,), "role", "role")
