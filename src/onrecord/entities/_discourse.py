"""What a page has named so far, and what that makes of a word that names nothing itself."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from onrecord.entities._catalogue import catalogue
from onrecord.entities._data import adjectives, english_name, name_data, state_names
from onrecord.entities._gazetteer import Name, bare
from onrecord.entities._listed import noun_in
from onrecord.entities._model import Entity, EntityKind, Mention, Resolution
from onrecord.entities._names import NameFinder
from onrecord.language import Analysis, Sentence, Token, language_data

# The state that "the government" means where the page names none: that of the language's press.
HOME = {"da": "DK", "nl": "NL", "en": "GB", "de": "DE", "sv": "SE", "no": "NO", "fr": "FR"}

# Languages that write compounds as several words.
COMPOUNDS_APART = frozenset({"en"})


class Discourse:
    """A page as read up to some word: its mentions and entities, and the names that are still to come.

    `names` are all proper names of the page by the place of their first token; `mentions`, `entities` and
    `adjectives` are as in `Resolution` and grow as the page is read. `states_of` maps the language's demonym
    adjectives, lower case, to the codes of their states.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.language = analysis.language
        self.data = name_data(self.language)
        self.words = language_data(self.language)
        self.names = {n.first: n for n in NameFinder(analysis).find()}
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}
        self.adjectives: dict[int, str] = {}
        self.states_of = adjectives(self.language)
        self._surfaces: dict[str, dict[str, None]] = {}
        self.home = self._home()

    def resolution(self) -> Resolution:
        """All that was named, each entity with the forms under which the page names it."""
        entities = {
            key: Entity(
                e.key, e.kind, e.name, tuple(dict.fromkeys((*e.names, *self.surfaces(key)))), e.country
            )
            for key, e in self.entities.items()
        }
        return Resolution(tuple(self.mentions), entities, self.adjectives)

    @cached_property
    def named_states(self) -> Counter[str]:
        """How often the page names each state, by its names and adjectives."""
        states = Counter(n.key for n in self.names.values() if n.kind == "state")
        states.update(code for code in map(self.demonym, self.tokens) if code)
        return states

    def _home(self) -> str | None:
        """The state of the page's press: of those whose press writes in its language the one that it names
        most."""
        press = self.data.press or tuple(filter(None, (HOME.get(self.language),)))
        if len(press) < 2:
            return press[0] if press else None
        states = self.named_states
        return max(press, key=lambda code: states[code])

    # -- words of the page -----------------------------------------------------------------------------------

    def text(self, first: int, last: int) -> str:
        """The page's words from token `first` to `last` (exclusive), in one line."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return self.analysis.page.text[start:end].replace("\n", " ")

    def demonym(self, token: Token) -> str | None:
        """The code of the state whose adjective the word is ("Chinese"), genitive or not."""
        return next((self.states_of[f] for f in bare(token.lower) if f in self.states_of), None)

    def noun_lemma(self, i: int) -> str:
        """A noun's lemma; of a compound whose first part is a name ("US-Behörde") its second part's."""
        name, lemma = self.names.get(i), self.tokens[i].lemma
        return lemma.partition("-")[2] or lemma if name is not None and not name.whole else lemma

    def first_of_sentence_before(self, sentence: Sentence) -> int:
        """The first token of the sentence before, or of this one where none is before."""
        return self.analysis.sentences[max(sentence.index - 1, 0)].first

    # -- entities --------------------------------------------------------------------------------------------

    def entity(self, name: Name) -> Entity:
        """What a name names, added to the page's entities where it is new."""
        if name.key in self.entities:
            return self.entities[name.key]
        if name.kind == "state":
            names = {name.key, english_name(name.key), *state_names(self.language).get(name.key, ())}
            entity = Entity(name.key, "state", english_name(name.key), tuple(sorted(names)), name.key)
        else:
            listed = catalogue().get(name.key)
            entity = listed or Entity(name.key, name.kind, name.name, (name.name,))
        self.entities[entity.key] = entity
        return entity

    def state(self, code: str) -> str:
        """The key of the state of that code, added to the page's entities where it is new."""
        return self.entity(Name(0, 0, code, "state")).key

    def mention(self, name: Name) -> Mention:
        """The mention that a name is; its form on the page is noted."""
        entity = self.entity(name)
        if name.whole:
            text = self.text(name.first, name.last)
            known = {entity.key, *entity.names, *self.surfaces(entity.key)}
            self.note_surface(entity.key, next((f for f in bare(text) if f in known), text))
        return Mention(
            name.first,
            name.last,
            name.last - 1,
            (entity.key,),
            entity.kind,
            "name" if name.whole else "part",
        )

    def note_surface(self, key: str, text: str) -> None:
        """Note a form under which the page names an entity."""
        self._surfaces.setdefault(key, {})[text] = None

    def surfaces(self, key: str) -> tuple[str, ...]:
        """The forms under which the page has named an entity."""
        return tuple(self._surfaces.get(key, ()))

    def country(self, key: str) -> str | None:
        """The code of the state to which an entity belongs, where known."""
        entity = self.entities.get(key) or catalogue().get(key)
        return entity.country if entity else None

    def state_of(self, mention: Mention | None) -> str | None:
        """The code of the state that a mention means, None where it means no state."""
        entity = self.entities.get(mention.keys[0]) if mention is not None else None
        return entity.key if entity is not None and entity.kind == "state" else None

    # -- what has been named ---------------------------------------------------------------------------------

    def recent(self, *kinds: EntityKind) -> list[str]:
        """Keys of those kinds named so far, the last first."""
        seen: dict[str, None] = {}
        for mention in reversed(self.mentions):
            for key in mention.keys[: None if mention.all_of else 1]:
                if self.entities[key].kind in kinds:
                    seen.setdefault(key)
        return list(seen)

    def focus(self, kind: EntityKind, sentence: Sentence) -> list[str]:
        """Keys of that kind named so far, by how likely a definite noun in `sentence` stands for them: those
        named in it, the last first; then those of each sentence before, its first (mostly the subject)
        first."""
        seen: dict[str, None] = {}
        for other in reversed(self.analysis.sentences[: sentence.index + 1]):
            inside = [m for m in self.mentions if other.first <= m.first < other.last]
            for mention in reversed(inside) if other is sentence else inside:
                for key in mention.keys[: None if mention.all_of else 1]:
                    if self.entities[key].kind == kind:
                        seen.setdefault(key)
        return list(seen)

    def last_place(self, key: str) -> int:
        """The first token of the last mention that may mean the entity, -1 where none does."""
        return max((m.first for m in self.mentions if key in m.keys), default=-1)

    def state_meant(self, i: int, sentence: Sentence) -> str | None:
        """Which state "the authorities" at `i` are: the one named last in this sentence or the one before,
        else the one of which the same noun was said, else any meant there, else the one whose adjective
        stands there last before it, else the home of the language's press."""
        lemma = self.tokens[i].lemma
        if noun_in(lemma, self.data.home):
            return self.home
        near = self.first_of_sentence_before(sentence)
        states = [m for m in reversed(self.mentions) if m.kind == "state"]
        for mention in states:
            if mention.first >= near and mention.form == "name":
                return mention.keys[0]
        for mention in states:
            if mention.form == "noun" and self.tokens[mention.head].lemma == lemma:
                return mention.keys[0]
        for mention in states:
            if mention.first >= near and mention.form in ("name", "people", "noun"):
                return mention.keys[0]
        close = [k for k in self.adjectives if near <= k < i]
        return self.adjectives[max(close)] if close else self.home
