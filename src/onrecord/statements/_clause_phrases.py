"""The noun phrases of a clause, and its finite verb."""

from __future__ import annotations

from onrecord.language import Clause, is_finite, is_past_participle, is_verb
from onrecord.statements._lexicon import Lexicon
from onrecord.statements._phrases import Phrase
from onrecord.statements._view import View

_BE = frozenset({"be", "være", "zijn", "sein", "vara", "être", "is"})


class ClausePhrases:
    """Finds the noun phrases of the clauses of a page."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self.view = view
        self.tokens = view.tokens
        self.lexicon = lexicon
        # "Be" is Norwegian for asking.
        self.be = _BE if view.analysis.language == "en" else _BE - {"be"}
        self.forget()

    def forget(self) -> None:
        """Forget what was found, since phrases have changed."""
        self._control: dict[int, bool] = {}
        self._phrases: dict[int, list[Phrase]] = {}
        self._subjects: dict[int, Phrase | None] = {}

    # -- phrases ---------------------------------------------------------------------------------------------

    def phrases(self, clause: Clause) -> list[Phrase]:
        """The noun phrases whose head stands in the clause, dates and a heading before it left out."""
        if clause.index not in self._phrases:
            self._phrases[clause.index] = self._find_phrases(clause)
        return self._phrases[clause.index]

    def _find_phrases(self, clause: Clause) -> list[Phrase]:
        start = self._heading_end(clause)
        return [
            p
            for p in self.view.phrases[clause.sentence]
            if self.view.clause_at.get(p.head) is clause
            and p.head not in self.view.in_time
            and p.first >= start
        ]

    def _heading_end(self, clause: Clause) -> int:
        """Where the clause proper begins after a heading that ends with a colon ("Minister: ban X")."""
        colon = next((i for i in clause.tokens[:6] if self.tokens[i].text == ":"), None)
        if colon is None or any(is_verb(self.tokens[i]) for i in clause.tokens if i < colon):
            return 0
        return colon + 1 if any(i > colon for i in clause.tokens) else 0

    def bare(self, clause: Clause, consumed: tuple[int, ...] = ()) -> list[Phrase]:
        """Phrases without preposition (or whose preposition belongs to the trigger, whose places are
        `consumed`); later members of a group left out."""
        return [
            p
            for p in self.phrases(clause)
            if (p.preposition is None or (p.first - 1 in consumed and not p.genitive))
            and (p.head not in consumed or p.keys)
            and self.view.group_of(p)[0] is p
            and not self._empty(p)
        ]

    def _empty(self, phrase: Phrase) -> bool:
        """Whether a single word without referent only fills a place ("there", "it"), or is no noun phrase at
        all."""
        if phrase.last - phrase.first > 1 or phrase.keys or phrase.we:
            return False
        token, words, names = self.tokens[phrase.head], self.view.words, self.view.names
        if token.pos in ("ADJ", "ADV", "NUM"):
            return True
        filler = (*words.expletives, *words.relatives, *names.pronouns.get("thing", ()), *names.definite)
        return token.pos in ("PRON", "DET") and token.lower in filler

    def finite(self, clause: Clause) -> int | None:
        """The place of the clause's first finite verb."""
        mentions = {i: self.view.mention_at.get(i) for i in clause.tokens}
        named = {i for i, m in mentions.items() if m is not None and m.form == "name"}
        return next((i for i in clause.tokens if is_finite(self.tokens[i]) and i not in named), None)

    def _is_participle_clause(self, clause: Clause) -> bool:
        """Whether a past participle opens the clause and describes a noun ("the firm, *accused* of …")."""
        return clause.kind == "rel" and is_past_participle(self.tokens[self._opener(clause)])

    def _opener(self, clause: Clause) -> int:
        return clause.opener if clause.opener is not None else clause.tokens[0]

    def _partitive(self, clause: Clause) -> Phrase | None:
        """Whom a word like "several" counts some of ("*several* of X's allies")."""
        words = self.view.words
        counted = (
            p
            for p in (self.phrases(clause) if words.partitives else ())
            if p.keys and p.preposition in words.genitive_of and p.first - 2 >= clause.tokens[0]
        )
        return next((p for p in counted if self.tokens[p.first - 2].lower in words.partitives), None)
