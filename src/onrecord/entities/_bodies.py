"""Ministries, agencies, courts: what a noun for a body means, by the field, place or state that its phrase
names."""

from __future__ import annotations

from onrecord.entities._catalogue import catalogue
from onrecord.entities._data import english_adjective
from onrecord.entities._discourse import Discourse
from onrecord.entities._model import Entity, Mention
from onrecord.entities._noun_phrases import NounPhrase
from onrecord.language import Sentence, plain

# The pattern of a noun that stands for whatever body was named last ("the agency").
ANY = "any"


class Bodies:
    """Reads the nouns for bodies on a page; `noun` is each time the noun as listed in the language's data."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tokens = discourse.tokens
        self.names = discourse.names
        self.data = discourse.data

    def named_before(self, noun: str) -> list[str]:
        """Keys of the bodies named so far that the noun may mean, the last first."""
        recent = self.discourse.recent("body")
        if self.data.body[noun] == ANY:
            return recent
        return [key for key in recent if self._about(key, noun.lstrip("-"))]

    def _pattern(self, noun: str) -> str | None:
        """The English pattern of the noun's names, None where they keep the page's words."""
        pattern = self.data.body[noun]
        return None if pattern == ANY else pattern

    def mention(self, phrase: NounPhrase, noun: str) -> Mention | None:
        """A new body where the phrase or its noun alone ("the police") names it, else the last one of that
        noun; None where neither is so."""
        field, last = self._field(phrase, noun)
        pattern = self._pattern(noun)
        if field is None and pattern is not None:
            field = self._field_before(phrase)
        owner, place = phrase.owner, None
        if owner is not None and owner.first >= last - 1:
            place, last = owner, max(last, owner.last)
        located = self._state_after(last, phrase.sentence)
        if located is not None:
            place = place or self.discourse.mention(self.names[located])
            last = self.names[located].last
        after = self._adjective_after(last, phrase)
        if after is not None:
            last += 1
        code = phrase.state or after or self.discourse.state_of(place) or self.discourse.state_of(owner)
        whole = pattern is not None and "{name}" not in pattern and phrase.definite
        if not whole and field is None and code is None and place is None and owner is None:
            before = self.named_before(noun)
            if before and phrase.definite:
                return Mention(phrase.first, phrase.last, phrase.head, (before[0],), "body", "noun")
            return None
        key = self._key(phrase, noun, field, code, last)
        return Mention(phrase.first, last, phrase.head, (key,), "body", "noun")

    def _field(self, phrase: NounPhrase, noun: str) -> tuple[str | None, int]:
        """What the body is for or called, from its compound, the name beside it or an of-phrase, and where
        that ends."""
        i, lemma, stem = phrase.last - 1, self.discourse.noun_lemma(phrase.head), noun.lstrip("-")
        fields = self.data.fields
        prefix = lemma[: -len(stem)].strip("-") if lemma.endswith(stem) else ""
        if prefix:
            return fields.get(prefix) or fields.get(prefix.rstrip("se")) or prefix.capitalize(), i + 1
        if i + 1 in self.names and i + 1 < phrase.sentence.last:
            beside = self.names[i + 1]
            return self.discourse.text(beside.first, beside.last), beside.last
        words = self.discourse.words
        openers = (*words.genitive_of, "for", *words.body_openers, *words.genitive_words)
        if i + 2 < phrase.sentence.last and plain(self.tokens[i + 1], words) in openers:
            article = words.adjectives_follow and self.tokens[i + 2].pos == "DET"
            field, end = self._field_of(i + 3 if article else i + 2, phrase.sentence)
            return field, end if field is not None else i + 1
        return None, i + 1

    def _field_before(self, phrase: NounPhrase) -> str | None:
        """The field that the words before the noun say, where listed ("foreign ministry", "Justice
        Department")."""
        if phrase.first == phrase.head:
            return None
        words = self.discourse.text(phrase.first, phrase.head).lower().split()
        known = (*self.data.definite, *self.discourse.states_of)
        return self.data.fields.get(" ".join(w for w in words if w not in known))

    def _field_of(self, start: int, sentence: Sentence) -> tuple[str | None, int]:
        """The field after "of", put into English where listed, and where it ends; none: where the "of"
        stands."""
        end = start
        while end < min(sentence.last, start + 4) and (
            self.tokens[end].pos in ("NOUN", "PROPN", "ADJ")
            or self.tokens[end].lower in self.discourse.words.coordinators[:1]
        ):
            end += 1
        for last in range(end, start, -1):
            text = self.discourse.text(start, last).lower()
            if text in self.data.fields:
                return self.data.fields[text], last
        if end > start and self.tokens[start].text[:1].isupper() and start not in self.names:
            return self.discourse.text(start, end), end
        return None, start - 1

    def _adjective_after(self, last: int, phrase: NounPhrase) -> str | None:
        """The state whose adjective stands right behind what the body is for ("ministère du Commerce
        *chinois*"), in languages whose adjectives follow."""
        if not self.discourse.words.adjectives_follow or last >= phrase.sentence.last:
            return None
        token = self.tokens[last]
        code = self.discourse.demonym(token) if token.text[:1].islower() else None
        if code is not None:
            self.discourse.adjectives[last] = self.discourse.state(code)
        return code

    def _state_after(self, last: int, sentence: Sentence) -> int | None:
        """The place of a state's name that "in" puts right after a phrase that ends at `last`."""
        if last >= sentence.last - 1 or self.tokens[last].lower not in (
            "in", "i", "te", *self.discourse.words.located
        ):  # fmt: skip
            return None
        name = self.names.get(last + 1)
        return name.first if name is not None and name.kind == "state" else None

    def _key(self, phrase: NounPhrase, noun: str, field: str | None, code: str | None, last: int) -> str:
        """The key of the body that the phrase, ending at `last`, names: a known one's, else made by its
        noun's pattern. The body is added to the page's entities, with its forms."""
        discourse, owner, pattern = self.discourse, phrase.owner, self._pattern(noun)
        home = code or self._home()
        start = phrase.first
        while start < phrase.head and (
            self.tokens[start].pos == "DET" or self.tokens[start].lower in self.data.definite
        ):
            start += 1
        surface = discourse.text(start, last)
        if pattern is None or ("{name}" in pattern and field is None and owner is None):
            key = surface
        else:
            if pattern.startswith("{state} Ministry") and home == "US":
                pattern = "US Department of {name}"
            owned = discourse.entities.get(owner.keys[0]) if owner is not None else None
            name = field or (owned.name if owned is not None else "")
            key = pattern.format(state=english_adjective(home), name=name).strip()
        key = next((k for k, e in catalogue().items() if surface in e.names or key == k), key)
        if key not in discourse.entities:
            discourse.entities[key] = catalogue().get(key) or Entity(key, "body", key, (key,), home or None)
        for text in (surface, discourse.text(phrase.first, last)):
            discourse.note_surface(key, text)
        return key

    def _home(self) -> str:
        """Whose ministry a page means that names no state beside it: home where the page speaks of home, else
        the state that it names most before and after."""
        home = self.discourse.home or ""
        states = self.discourse.named_states
        if states[home] or not states:
            return home
        return max(states, key=lambda code: states[code])

    def _about(self, key: str, stem: str) -> bool:
        """Whether a body's names, or the pattern of the noun's own names, hold the noun."""
        entity = self.discourse.entities[key]
        if any(stem in form.lower() for form in (*entity.names, *self.discourse.surfaces(key), key)):
            return True
        pattern = self.data.body.get(stem)
        return key in catalogue() and pattern is not None and stem in pattern.lower()
