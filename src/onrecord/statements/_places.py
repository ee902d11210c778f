"""A page's analysis and its resolution, by place: what is asked of each word when statements are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.entities import EntityKind, Mention, NameData, Resolution, name_data
from onrecord.language import Analysis, Clause, language_data, parted, plain

# How many clauses above each other are followed.
_DEEPEST = 8


class Places:
    """What stands where on a page.

    `mention_at` and `clause_at` lead from the place of a token to what covers it, `clauses` from a sentence's
    index to its clauses; `in_time` holds the places of the words of dates.
    """

    def __init__(self, analysis: Analysis, resolution: Resolution) -> None:
        self.analysis = analysis
        self.resolution = resolution
        self.tokens = analysis.tokens
        self.words = language_data(analysis.language)
        self.names: NameData = name_data(analysis.language)
        self.mention_at: dict[int, Mention] = {
            i: m for m in resolution.mentions for i in range(m.first, m.last)
        }
        self.clause_at: dict[int, Clause] = {i: c for c in analysis.clauses for i in c.tokens}
        self.clauses: dict[int, list[Clause]] = {}
        for clause in analysis.clauses:
            self.clauses.setdefault(clause.sentence, []).append(clause)
        self.in_time = {i for t in analysis.times for i in range(t.first, t.last)}
        self._words: dict[int, frozenset[str]] = {}
        self.compounds = dict(self._compound_prepositions())
        self.in_compound = {k for end, (first, _) in self.compounds.items() for k in range(first, end)}

    def _compound_prepositions(self) -> Iterator[tuple[int, tuple[int, str]]]:
        """Each preposition of several words ("auprès de"): the place behind it → its first, and its words."""
        listed: dict[str, list[list[str]]] = {}
        for words in self.words.compound_prepositions:
            parts = parted(words, self.words).split()
            listed.setdefault(parts[0], []).append(parts)
        for i, token in enumerate(self.tokens) if listed else ():
            for parts in listed.get(plain(token, self.words), ()):
                span = self.tokens[i : i + len(parts)]
                pairs = zip(span, parts, strict=False)
                alike = all(word in (plain(t, self.words), t.lemma) for t, word in pairs)
                if alike and len(span) == len(parts):
                    yield i + len(parts), (i, " ".join(parts))

    def words_in(self, clause: Clause) -> frozenset[str]:
        """The forms and lemmas of a clause's words."""
        found = self._words.get(clause.index)
        if found is None:
            found = self._words[clause.index] = self.words_at(clause.tokens)
        return found

    def words_at(self, places: Iterable[int]) -> frozenset[str]:
        """The forms and lemmas of the words at some places."""
        return frozenset(word for i in places for word in (self.tokens[i].lower, self.tokens[i].lemma))

    def kind(self, key: str) -> EntityKind:
        """The kind of the entity with that key."""
        return self.resolution.entities[key].kind

    def clause_by_index(self, index: int) -> Clause:
        """The clause of that index."""
        return self.analysis.clauses[index]

    def line(self, clause: Clause) -> list[Clause]:
        """The clause and those in which it stands, the innermost first."""
        line = [clause]
        while line[-1].parent is not None and len(line) < _DEEPEST:
            line.append(self.clause_by_index(line[-1].parent))
        return line

    def family_places(self, clause: Clause) -> set[int]:
        """The places of a clause's tokens and of those of all clauses that hang on it."""
        family, places = {clause.index}, set(clause.tokens)
        for other in self.clauses[clause.sentence]:
            if other.parent in family:
                family.add(other.index)
                places.update(other.tokens)
        return places
