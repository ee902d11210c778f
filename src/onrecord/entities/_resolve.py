"""What the names, epithets and pronouns of a page stand for: one pass from its first word to its last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onrecord.entities._data import (
    adjectives,
    catalogue,
    english_adjective,
    english_name,
    name_data,
    noun_in,
    people,
    state_names,
)
from onrecord.entities._model import Entity, EntityKind, Mention, Resolution
from onrecord.entities._names import Name, NameFinder, bare
from onrecord.language import Analysis, Sentence, Token, language_data

# The state that "the government" means where the page names none: that of the language's press.
_HOME = {"da": "DK", "nl": "NL", "en": "GB", "de": "DE", "sv": "SE", "nb": "NO", "fr": "FR"}
_ANAPHORIC: frozenset[str] = frozenset({"noun", "pronoun", "possessive"})


def resolve(analysis: Analysis) -> Resolution:
    """What the names, epithets and pronouns of a page stand for.

    In: an analysed page. Out: its mentions in order, the entities by key, and the places of demonym adjectives.
    """
    return _Resolver(analysis).run()


class _Resolver:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.language = analysis.language
        self.data = name_data(self.language)
        self.words = language_data(self.language)
        self.states_of = adjectives(self.language)
        self.people = people(self.language)
        self.names = {n.first: n for n in NameFinder(analysis).find()}
        self.count = Counter(n.key for n in self.names.values())
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}
        self.surfaces: dict[str, dict[str, None]] = {}
        self.adjectives: dict[int, str] = {}

    # -- the pass ------------------------------------------------------------------------------------------------

    def run(self) -> Resolution:
        for sentence in self.analysis.sentences:
            self._sentence(sentence)
        entities = {
            key: Entity(e.key, e.kind, e.name, tuple(dict.fromkeys((*e.names, *self.surfaces.get(key, ())))), e.country)
            for key, e in self.entities.items()
        }
        return Resolution(tuple(self.mentions), entities, self.adjectives)

    def _sentence(self, sentence: Sentence) -> None:
        i = sentence.first
        while i < sentence.last:
            mention = self._at(i, sentence)
            if mention is None:
                i += 1
                continue
            self.mentions.append(mention)
            i = max(mention.last, i + 1)

    def _at(self, i: int, sentence: Sentence) -> Mention | None:
        token = self.tokens[i]
        state = next((self.states_of[f] for f in bare(token.lower) if f in self.states_of), None)
        name = self.names.get(i)
        if name is not None:
            return self._name(name)
        if state is not None and not self._is_people(i, sentence):
            self.adjectives[i] = self._state(state)
            return None
        return (
            self._people(i)
            or self._noun(i, sentence)
            or self._pronoun(i, sentence)
        )

    def _name(self, name: Name) -> Mention:
        entity = self._entity_of_name(name)
        if name.whole:
            text = self._text(name.first, name.last)
            known = {entity.key, *entity.names, *self.surfaces.get(entity.key, ())}
            self._surface(entity.key, next((f for f in bare(text) if f in known), text))
        return Mention(
            name.first, name.last, name.last - 1, (entity.key,), entity.kind, "name" if name.whole else "part"
        )

    def _entity_of_name(self, name: Name) -> Entity:
        if name.key in self.entities:
            return self.entities[name.key]
        if name.kind == "state":
            names = {name.key, english_name(name.key), *state_names(self.language).get(name.key, ())}
            entity = Entity(name.key, "state", english_name(name.key), tuple(sorted(names)), name.key)
        else:
            listed = catalogue().get(name.key)
            entity = listed or Entity(name.key, name.kind, name.key, (name.key,))
        self.entities[entity.key] = entity
        return entity

    def _state(self, code: str) -> str:
        return self._entity_of_name(Name(0, 0, code, "state")).key

    def _surface(self, key: str, text: str) -> None:
        self.surfaces.setdefault(key, {})[text] = None

    def _text(self, first: int, last: int) -> str:
        return self.analysis.page.text[self.tokens[first].start : self.tokens[last - 1].end].replace("\n", " ")

    # -- people, nouns, pronouns ---------------------------------------------------------------------------------

    def _is_people(self, i: int, sentence: Sentence) -> bool:
        """Whether the word is a noun for a people here ("the British said") and not an adjective ("British firms")."""
        if not any(f in self.people for f in bare(self.tokens[i].lower)):
            return False
        after = self.tokens[i + 1] if i + 1 < sentence.last else None
        return after is None or after.pos not in ("NOUN", "PROPN", "ADJ", "NUM")

    def _people(self, i: int) -> Mention | None:
        code = next((self.people[f] for f in bare(self.tokens[i].lower) if f in self.people), None)
        if code is None:
            return None
        state = self._state(code)
        companies = [k for k in self._recent("company") if self._country(k) == code]
        first = i - 1 if i and self.tokens[i - 1].lower in self.data.definite else i
        self._surface(state, self._text(first, i + 1))
        return Mention(first, i + 1, i, (state, *companies[:1]), "state", "people")

    def _start(self, i: int, sentence: Sentence) -> int:
        """Where the noun phrase with its head at `i` begins: adjectives, numerals and a determiner before it."""
        first = i
        while first > sentence.first:
            before = self.tokens[first - 1]
            owned = any(m.last == first and m.form in ("name", "people") for m in self.mentions[-1:])
            if owned or before.pos not in ("ADJ", "NUM", "DET", "ADV") and before.lower not in self.data.definite:
                if not (before.index in self.adjectives or before.pos == "VERB" and "Part" in before.morph and first - 1 > sentence.first and self.tokens[first - 2].pos in ("DET", "ADJ")):
                    break
            if before.pos == "ADV" and not (first - 2 >= sentence.first and self.tokens[first - 2].pos in ("DET", "ADV")):
                break
            first -= 1
            if before.pos == "DET" or before.lower in self.data.definite:
                break
        return first

    def _noun(self, i: int, sentence: Sentence) -> Mention | None:
        token = self.tokens[i]
        if token.pos not in ("NOUN", "PROPN", "ADJ") or (token.pos == "ADJ" and i + 1 < sentence.last and self.tokens[i + 1].pos in ("NOUN", "ADJ")):
            return None
        lemma = token.lemma
        first = self._start(i, sentence)
        if self._is_apposed(i, sentence):
            return None
        state = next((self.adjectives[k] for k in range(first, i) if k in self.adjectives), None)
        owner = self._owner(first, i, sentence)
        role = None if token.lower.endswith("ing") and not lemma.endswith("ing") else noun_in(lemma, self.data.roles)
        plural = "Number=Plur" in token.morph
        body = noun_in(lemma, self.data.body)
        if body and self._definite(first, i) and any(self._about(k, body.lstrip("-")) for k in self._recent("body")):
            return self._body(first, i, sentence, body, state, owner)
        if noun_in(lemma, self.data.government) and not (role and (plural or not self._definite(first, i))):
            return self._government(first, i, sentence, state, owner)
        if noun_in(lemma, self.data.spokesmen):
            return self._spokesman(first, i, sentence)
        if body:
            found = self._body(first, i, sentence, body, state, owner)
            if found is not None or not role:
                return found
        if noun_in(lemma, self.data.company):
            if plural and not self._counted(first, i):
                return self._role(first, i, sentence, self.data.roles[role] if role else lemma, state, owner)
            if self._definite(first, i):
                return self._epithet(first, i, "company", state, sentence, owner)
        if noun_in(lemma, self.data.outlet):
            return self._outlet(first, i, state)
        if role:
            return self._role(first, i, sentence, self.data.roles[role], state, owner)
        if noun_in(lemma, self.data.titles):
            return self._office(first, i, sentence) or (self._epithet(first, i, "person", state, sentence, owner) if self._definite(first, i) else None)
        return None

    def _is_apposed(self, i: int, sentence: Sentence) -> bool:
        """Whether a name follows the noun and says whom it means ("det kinesiske selskab Huawei")."""
        j = i + 1
        if j in self.names and self.names[j].kind != "state" and j < sentence.last:
            if noun_in(self.tokens[i].lemma, self.data.body) and self.names[j].kind == "company" and self.names[j].key not in catalogue():
                return False  # "Region Syddanmark": the noun is half of the name
            titled = noun_in(self.tokens[i].lemma, self.data.titles) and not noun_in(self.tokens[i].lemma, self.data.company)
            return self.names[j].kind in ("person", "outlet", "body") or (self.names[j].kind == "company" and not titled)
        lemma = self.tokens[i].lemma
        titled = noun_in(lemma, self.data.titles)
        if titled and j + 1 < sentence.last and self.tokens[j].text == "," and j + 1 in self.names:
            return self.names[j + 1].kind == "person"
        if titled:  # "minister of Digital Affairs Oliver Dowden", "the CFO of the firm, Meng Wanzhou": the name a few words on
            for k in range(j, min(j + 8, sentence.last)):
                if self.tokens[k].text == "," and k + 1 in self.names:
                    return self.names[k + 1].kind == "person"
                if self.tokens[k].pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
                    return False
                if k in self.names and self.names[k].kind == "person":
                    return True
        return False

    def _owner(self, first: int, i: int, sentence: Sentence) -> Mention | None:
        """The entity whose genitive stands before the noun, or that an of-phrase after it names."""
        if self.mentions and self.mentions[-1].last == first and self.mentions[-1].first >= sentence.first:
            last = self.mentions[-1]
            word = self.tokens[last.last - 1].lower
            if last.form == "name" and (word.endswith(("s", "'", "’")) or word in ("'s", "’s")):
                return last
        if self.mentions and self.mentions[-1].form == "possessive" and self.mentions[-1].last >= first > sentence.first:
            return self.mentions[-1]
        j = i + 1
        if j + 1 < sentence.last and self.tokens[j].lower in (*self.words.genitive_of, *self.words.origin, "in", "i", "på", "uit"):
            k = j + 1
            while k < sentence.last and self.tokens[k].pos in ("DET", "ADJ") and k not in self.names:
                k += 1
            name = self.names.get(k)
            if name is not None and name.whole:
                entity = self._entity_of_name(name)
                return Mention(name.first, name.last, name.last - 1, (entity.key,), entity.kind, "name")
        return None

    def _definite(self, first: int, i: int) -> bool:
        head = self.tokens[i]
        return "Definite=Def" in head.morph or any(
            self.tokens[k].lower in self.data.definite or self.tokens[k].lower in self.data.pronouns.get("possessive", ())
            for k in range(max(first - 1, 0), i)
        )

    def _government(self, first: int, i: int, sentence: Sentence, state: str | None, owner: Mention | None) -> Mention | None:
        code = state
        last = i + 1
        if code is None and owner is not None:
            code = self._state_of(owner)
            if owner.first > i:
                last = owner.last
        if code is None:
            if not self._definite(first, i) and self.tokens[i].pos != "PROPN":
                return None
            code = self._state_meant(i, sentence)
        if code is None:
            return None
        key = self._state(code)
        if state or owner is not None:
            self._surface(key, self._text(first, last))
        return Mention(first, last, i, (key,), "state", "noun")

    def _state_meant(self, i: int, sentence: Sentence) -> str | None:
        """Which state "the authorities" are: the one of which the same noun was said, else the last one named in this
        sentence or the one before, else the home of the language's press."""
        lemma = self.tokens[i].lemma
        near = self.analysis.sentences[max(sentence.index - 1, 0)].first
        for mention in reversed(self.mentions):
            if mention.first >= near and mention.kind == "state" and mention.form == "name":
                return mention.keys[0]
        for mention in reversed(self.mentions):
            if mention.form == "noun" and mention.kind == "state" and self.tokens[mention.head].lemma == lemma:
                return mention.keys[0]
        for mention in reversed(self.mentions):
            if mention.first >= near and mention.kind == "state" and mention.form in ("name", "people", "noun"):
                return mention.keys[0]
        return _HOME.get(self.language)

    def _state_of(self, mention: Mention) -> str | None:
        entity = self.entities.get(mention.keys[0])
        return entity.key if entity is not None and entity.kind == "state" else None

    def _spokesman(self, first: int, i: int, sentence: Sentence) -> Mention | None:
        """A spokesman without a name speaks as the company or body for which he speaks."""
        for k in range(i + 1, min(i + 8, sentence.last)):
            if self.tokens[k].pos in ("VERB", "AUX", "PUNCT"):
                break
            if k in self.names and self.names[k].kind in ("company", "body", "state"):
                entity = self._entity_of_name(self.names[k])
                return Mention(first, self.names[k].last, i, (entity.key,), entity.kind, "noun")
            if noun_in(self.tokens[k].lemma, self.data.body):
                start = self._start(k, sentence)
                for a in range(start, k):
                    found = next((self.states_of[f] for f in bare(self.tokens[a].lower) if f in self.states_of), None)
                    if found:
                        self.adjectives[a] = found
                state = next((self.adjectives[a] for a in range(start, k) if a in self.adjectives), None)
                body = noun_in(self.tokens[k].lemma, self.data.body)
                assert body is not None
                inner = self._body(start, k, sentence, body, state, self._owner(start, k, sentence))
                if inner is not None:
                    return Mention(first, inner.last, i, inner.keys, inner.kind, "noun")
        head, hyphen, _ = self.tokens[i].text.partition("-")
        if hyphen:
            for name in self.names.values():
                if name.key == head:
                    return Mention(first, i + 1, i, (name.key,), name.kind, "noun")
        for mention in reversed(self.mentions):  # the same spokesman as before
            if mention.form == "noun" and noun_in(self.tokens[mention.head].lemma, self.data.spokesmen):
                return Mention(first, i + 1, i, mention.keys, mention.kind, "noun")
        for key in self._recent("company", "body"):
            return Mention(first, i + 1, i, (key,), self.entities[key].kind, "noun")
        return None

    def _body(self, first: int, i: int, sentence: Sentence, noun: str, state: str | None, owner: Mention | None) -> Mention | None:
        """A ministry, agency, court: a new one where the phrase names it, else the last one of that noun."""
        token = self.tokens[i]
        pattern = self.data.body[noun]
        stem = noun.lstrip("-")
        last, field, place = i + 1, None, None
        prefix = token.lemma[: -len(stem)].strip("-") if token.lemma.endswith(stem) else ""
        if prefix:
            field = self.data.fields.get(prefix) or self.data.fields.get(prefix.rstrip("s")) or prefix.capitalize()
        elif i + 1 in self.names and i + 1 < sentence.last:
            beside = self.names[i + 1]
            field, last = self._text(beside.first, beside.last), beside.last
        elif i + 2 < sentence.last and self.tokens[i + 1].lower in (*self.words.genitive_of, "for"):
            field, last = self._field(i + 2, sentence)
        if owner is not None and owner.first >= last - 1:
            place = owner
            last = max(last, owner.last)
        if last < sentence.last - 1 and self.tokens[last].lower in ("in", "i", "te") and last + 1 in self.names and self.names[last + 1].kind == "state":
            place = place or self._name(self.names[last + 1])
            last = self.names[last + 1].last
        code = state or (self._state_of(place) if place else None) or (self._state_of(owner) if owner else None)
        named = field is not None or code is not None or place is not None or owner is not None
        if not named:
            same = [k for k in self._recent("body") if self._about(k, stem)]
            if same and self._definite(first, i):
                return Mention(first, i + 1, i, (same[0],), "body", "noun")
            return None
        adjective_code = code or self._ministry_home(i)
        start = first
        while start < i and (self.tokens[start].pos == "DET" or self.tokens[start].lower in self.data.definite):
            start += 1
        surface = self._text(start, last)
        if pattern is None or ("{name}" in pattern and field is None and owner is None):
            key = surface
        else:
            if pattern.startswith("{state} Ministry") and code == "US":
                pattern = "US Department of {name}"
            owner_name = self.entities[owner.keys[0]].name if owner is not None and owner.keys[0] in self.entities else ""
            key = pattern.format(state=english_adjective(adjective_code), name=field or owner_name).strip()
        known = next((k for k, e in catalogue().items() if surface in e.names or key == k), None)
        key = known or key
        if key not in self.entities:
            self.entities[key] = catalogue().get(key) or Entity(key, "body", key, (key,), code or adjective_code or None)
        for text in (surface, self._text(first, last)):
            self._surface(key, text)
        return Mention(first, last, i, (key,), "body", "noun")

    def _ministry_home(self, i: int) -> str:
        """Whose ministry a page means that names no state beside it: home where the page speaks of home, else the state that
        it names most before and after."""
        home = _HOME.get(self.language, "")
        states = Counter(n.key for n in self.names.values() if n.kind == "state")
        states.update(next((self.states_of[f] for f in bare(t.lower) if f in self.states_of), "") for t in self.tokens)
        states.pop("", None)
        if states[home] or not states:
            return home
        return max(states, key=lambda code: states[code])

    def _field(self, j: int, sentence: Sentence) -> tuple[str | None, int]:
        """The field of a ministry after "of": the words of the page's language put into English where listed."""
        k = j
        while k < sentence.last and k < j + 4 and (self.tokens[k].pos in ("NOUN", "PROPN", "ADJ") or self.tokens[k].lower in ("og", "en", "and")):
            k += 1
        for end in range(k, j, -1):
            text = self._text(j, end).lower()
            if text in self.data.fields:
                return self.data.fields[text], end
        if k > j and self.tokens[j].text[:1].isupper() and j not in self.names:
            return self._text(j, k), k
        return None, j - 1

    def _about(self, key: str, stem: str) -> bool:
        entity = self.entities[key]
        forms = (*entity.names, *self.surfaces.get(key, ()), key)
        return any(stem in form.lower() for form in forms) or bool(
            catalogue().get(key) and self.data.body.get(stem, "") is not None and stem in str(self.data.body.get(stem)).lower()
        )

    def _epithet(
        self, first: int, i: int, kind: EntityKind, state: str | None, sentence: Sentence, owner: Mention | None
    ) -> Mention | None:
        """A definite noun that stands for something already named, the last that fits; of that country, where said."""
        lemma_plural = "Number=Plur" in self.tokens[i].morph
        candidates = [k for k in self._recent(kind) if state is None or self._country(k) in (state, None)]
        if state is not None:
            candidates.sort(key=lambda k: self._country(k) != state)
        if lemma_plural and kind == "company":
            pair = candidates[:2]
            if len(pair) == 2:
                order = sorted(pair, key=self._last_place)
                return Mention(first, i + 1, i, tuple(order), "company", "noun", all_of=True)
            return self._role(first, i, sentence, self.tokens[i].lemma, state, owner)
        if not candidates:
            later = [n.key for n in self.names.values() if n.first > i and n.kind == kind]
            candidates = later[:1] if kind == "company" else []
            if not candidates:
                return None
            self._entity_of_name(next(n for n in self.names.values() if n.key == candidates[0]))
        return Mention(first, i + 1, i, (candidates[0],), self.entities[candidates[0]].kind, "noun")

    def _counted(self, first: int, i: int) -> bool:
        """Whether the phrase says "both" or "two", and so means two that have been named."""
        return any(self.tokens[k].lower in self.words.both for k in range(max(first - 1, 0), i))

    def _office(self, first: int, i: int, sentence: Sentence) -> Mention | None:
        """The unnamed head or officer of a named body or company ("the head of MI6") speaks and acts as it."""
        j = i + 1
        beside = self.names.get(j)
        if beside is not None and beside.kind == "company" and j < sentence.last:
            officer = next((n for n in self.names.values() if n.kind == "person"), None)  # "Topvrouw Huawei opgepakt"
            if officer is not None:
                self._entity_of_name(officer)
                return Mention(first, beside.last, i, (officer.key,), "person", "noun")
        if j >= sentence.last or self.tokens[j].lower not in (*self.words.genitive_of, "for", "i", "hos", "bij", "at"):
            return None
        k = j + 1
        while k < sentence.last and (self.tokens[k].pos in ("DET", "ADJ") or self.tokens[k].lower in self.data.definite) and k not in self.names:
            k += 1
        name = self.names.get(k)
        if name is None or not name.whole or name.kind not in ("company", "body"):
            return None
        entity = self._entity_of_name(name)
        return Mention(first, name.last, i, (entity.key,), entity.kind, "noun")

    def _outlet(self, first: int, i: int, state: str | None) -> Mention | None:
        known = [k for k in self._recent("outlet") if state is None or self._country(k) in (state, None)]
        if not known:
            later = [n for n in self.names.values() if n.kind == "outlet" and n.first > i]
            fitting = [n for n in later if state is None or self._country(n.key) == state] or later
            if not fitting:
                return None
            known = [self._entity_of_name(fitting[0]).key]
        if state is not None:
            self._surface(known[0], self._text(first, i + 1))
        return Mention(first, i + 1, i, (known[0],), "outlet", "noun")

    def _role(self, first: int, i: int, sentence: Sentence, english: str, state: str | None, owner: Mention | None) -> Mention:
        code = state or (self._state_of(owner) if owner else None)
        last = i + 1
        if owner is not None and owner.first > i:
            last = owner.last
        if code:
            key = f"{english_adjective(code)} {english}"
        elif owner is not None and owner.keys[0] in self.entities:
            key = f"{english} of {self.entities[owner.keys[0]].name}"
        else:
            key = english
        if key not in self.entities:
            self.entities[key] = Entity(key, "role", key, (key,), code)
        for text in (self._text(first, last), self._text(i, i + 1), self._text(first, i + 1)):
            self._surface(key, text)
        return Mention(first, i + 1, i, (key,), "role", "role")

    def _pronoun(self, i: int, sentence: Sentence) -> Mention | None:
        token = self.tokens[i]
        pronouns = self.data.pronouns
        if token.lower in pronouns.get("possessive", ()) and token.pos in ("PRON", "DET", "ADJ") and i + 1 < sentence.last and self.tokens[i + 1].pos in ("NOUN", "ADJ", "PROPN", "NUM"):
            keys = list(self._antecedents(sentence, ("state", "company", "body", "person", "role")))
            return Mention(i, i + 1, i, tuple(keys[:1]), self.entities[keys[0]].kind, "possessive") if keys else None
        after = self.tokens[i + 1] if i + 1 < sentence.last else None
        nouns = ("NOUN", "PROPN") if token.pos == "PRON" else ("NOUN", "PROPN", "ADJ", "NUM")
        if token.pos not in ("PRON", "DET") or (after is not None and after.pos in nouns and token.lower in self.data.definite):
            return None
        if token.lower in pronouns.get("plural", ()):
            several = self._several(sentence, same=token.lower in pronouns.get("person", ()))
            if several is not None:
                return Mention(i, i + 1, i, several.keys, several.kind, "pronoun", all_of=several.all_of)
        if token.lower in pronouns.get("person", ()):
            keys = list(self._antecedents(sentence, ("person",)))
        elif token.lower in pronouns.get("thing", ()):
            keys = list(self._antecedents(sentence, ("company", "body", "state")))
        elif token.lower in pronouns.get("plural", ()):
            keys = list(self._antecedents(sentence, ("role", "state", "company")))
        else:
            return None
        if not keys:
            return None
        return Mention(i, i + 1, i, tuple(keys[:1]), self.entities[keys[0]].kind, "pronoun")

    def _several(self, sentence: Sentence, same: bool) -> Mention | None:
        """The group that a plural pronoun may stand for: named last in this sentence or (unless `same`) the one before."""
        near = sentence.first if same else self.analysis.sentences[max(sentence.index - 1, 0)].first
        for mention in reversed(self.mentions):
            if mention.first < near:
                return None
            if mention.all_of or mention.form in ("role", "people"):
                return mention
        return None

    def _antecedents(self, sentence: Sentence, kinds: tuple[EntityKind, ...]) -> Iterable[str]:
        """What a pronoun may stand for: named before in its sentence, the last first; then the subject of the
        sentence before (its first mention), then whatever was named last. Kinds in order of preference."""
        here = [m for m in self.mentions if m.first >= sentence.first and m.form != "possessive"]
        earlier = [m for m in self.mentions if m.first < sentence.first and m.form != "possessive"]
        previous = [m for m in earlier if sentence.index and m.first >= self.analysis.sentences[sentence.index - 1].first]
        order = [*reversed(here), *previous, *reversed(earlier)]
        rank = {kind: n for n, kind in enumerate(kinds)}
        fitting = [m for m in order if m.kind in rank and m.form != "part"]
        near = [m for m in fitting if m in here or m in previous]
        for group in (sorted(near, key=lambda m: (m not in here, rank[m.kind] > 0)), fitting):
            for m in group:
                yield m.keys[0]

    # -- what has been named ---------------------------------------------------------------------------------------

    def _recent(self, *kinds: EntityKind) -> list[str]:
        """Keys of those kinds named so far, the last first."""
        seen: dict[str, None] = {}
        for mention in reversed(self.mentions):
            for key in mention.keys[: None if mention.all_of else 1]:
                if self.entities[key].kind in kinds:
                    seen.setdefault(key)
        return list(seen)

    def _last_place(self, key: str) -> int:
        return max((m.first for m in self.mentions if key in m.keys), default=-1)

    def _country(self, key: str) -> str | None:
        entity = self.entities.get(key) or catalogue().get(key)
        return entity.country if entity else None
