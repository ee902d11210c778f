"""What the names, epithets and pronouns of a page stand for: one pass from its first word to its last."""

from __future__ import annotations

from onrecord.entities._data import capital_people, people
from onrecord.entities._discourse import Discourse
from onrecord.entities._gazetteer import Name, bare
from onrecord.entities._model import Mention, Resolution
from onrecord.entities._nouns import Nouns
from onrecord.entities._pronouns import Pronouns
from onrecord.language import Analysis, Sentence, Token


def resolve(analysis: Analysis) -> Resolution:
    """What the names, epithets and pronouns of a page stand for.

    In: an analysed page. Out: its mentions in order, the entities by key, and the places of demonym
    adjectives.
    """
    return _Resolver(analysis).run()


class _Resolver:
    """The pass over one page: each word is asked what it names, then what it stands for."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.discourse = Discourse(analysis)
        self.nouns = Nouns(self.discourse)
        self.pronouns = Pronouns(self.discourse)
        self.people = people(analysis.language)
        self.capitals = capital_people(analysis.language)

    def run(self) -> Resolution:
        """All mentions, entities and adjectives of the page."""
        for sentence in self.analysis.sentences:
            i = sentence.first
            while i < sentence.last:
                mention = self._at(i, sentence)
                if mention is not None:
                    self.discourse.mentions.append(mention)
                i = max(mention.last, i + 1) if mention is not None else i + 1
        return self.discourse.resolution()

    def _at(self, i: int, sentence: Sentence) -> Mention | None:
        """The mention of which the word at `i` is the name or the head; notes the adjective that it is
        instead."""
        if self._note_adjective(i, sentence):
            return None
        name = self.discourse.names.get(i)
        if name is not None and not name.whole and self.discourse.words.nouns_capitalised:
            compound = self.nouns.compound(i, sentence, name)
            if compound is not None or i in self.discourse.adjectives:
                return compound
        if name is not None:
            return self.discourse.mention(name)
        return self._people(i) or self.nouns.at(i, sentence) or self.pronouns.at(i, sentence)

    def _note_adjective(self, i: int, sentence: Sentence) -> bool:
        """Whether the word is a demonym adjective, or a part of one of two words; if so it is noted."""
        discourse, token, name = self.discourse, self.tokens[i], self.discourse.names.get(i)
        after = self.tokens[i + 1] if i + 1 < sentence.last else None
        if after is not None and name is None:
            code = discourse.states_of.get(f"{token.lower} {after.lower}")
            if code is not None:  # "North Korean"
                discourse.adjectives[i] = discourse.adjectives[i + 1] = discourse.state(code)
        if i in discourse.adjectives:
            return True
        state = discourse.demonym(token)
        if state is None:
            return False
        if self._is_people(i, sentence) if name is None else not self._is_short(name, after):
            return False
        discourse.adjectives[i] = discourse.state(state)
        return True

    def _is_short(self, name: Name, after: Token | None) -> bool:
        """Whether a state's name of one word, which is an adjective's form too, stands as one: before a noun
        or adjective ("US senators", "UK ministers")."""
        if name.kind != "state" or name.last != name.first + 1 or after is None:
            return False
        return after.pos in ("NOUN", "ADJ") and after.text[:1].islower() and after.lower not in ("'s", "’s")

    def _is_people(self, i: int, sentence: Sentence) -> bool:
        """Whether the word is a noun for a people here ("the British said") and not an adjective ("British
        firms")."""
        if self._people_of(i) is None:
            return False
        return i + 1 >= sentence.last or self.tokens[i + 1].pos not in ("NOUN", "PROPN", "ADJ", "NUM")

    def _people_of(self, i: int) -> str | None:
        """The code of the state whose people the word may mean; where peoples are listed with a capital, only
        a word with one."""
        small = self.tokens[i].text[:1].islower()
        found = (f for f in bare(self.tokens[i].lower) if f in self.people)
        return next((self.people[f] for f in found if not (small and f in self.capitals)), None)

    def _people(self, i: int) -> Mention | None:
        """A people is its state, or else the company of that state named last ("kineserne")."""
        code = self._people_of(i)
        if code is None:
            return None
        state = self.discourse.state(code)
        companies = [k for k in self.discourse.recent("company") if self.discourse.country(k) == code]
        first = i - 1 if i and self.tokens[i - 1].lower in self.discourse.data.definite else i
        self.discourse.note_surface(state, self.discourse.text(first, i + 1))
        return Mention(first, i + 1, i, (state, *companies[:1]), "state", "people")
