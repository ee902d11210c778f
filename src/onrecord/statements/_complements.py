"""What a trigger's complement holds: the clauses that are asked, promised, banned …, and who is in them."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.entities import EntityKind, noun_in
from onrecord.language import Clause
from onrecord.statements._match import FIXED_ORDER, Match
from onrecord.statements._parts import Parts
from onrecord.statements._phrases import Phrase

_Kinds = tuple[EntityKind, ...]


class Complements:
    """Finds the complements of triggers in the clauses of a page."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.view = parts.view
        self.tokens = parts.tokens

    def content_clauses(self, match: Match) -> list[Clause]:
        """The clauses that are the complement of the trigger: infinitives and that-clauses under its own,
        after it; and all that hangs on them."""
        found: list[Clause] = []
        family: set[int] = set()
        for clause in self.view.clauses[match.clause.sentence]:
            completes = clause.tokens[0] > match.at and self._complements(clause)
            if clause.parent in family or (clause.parent == match.clause.index and completes):
                family.add(clause.index)
                found.append(clause)
        return found

    def _complements(self, clause: Clause) -> bool:
        """Whether a clause is what its verb is about, and no adverbial one ("*after* …", "*while* …")."""
        if clause.kind != "sub" or clause.opener is None:
            return clause.kind in ("inf", "sub")
        words, opener = self.view.words, clause.opener
        word = self.tokens[opener].lower
        if self.view.analysis.language in FIXED_ORDER:
            return word in (*words.complementizers, *words.interrogatives)
        attribution, before = self.parts.lexicon.attribution, self.tokens[max(opener - 1, 0)]
        if any(noun_in(before.lemma, nouns) for nouns in (attribution.evidence, attribution.accusation)):
            return True  # Swedish "inga bevis *för att*": what the noun holds
        pair = f"{word} {self.tokens[opener + 1].lower}" if opener + 1 < len(self.tokens) else word
        return word not in words.adverbial and pair not in words.adverbial

    def content_subject(self, match: Match) -> list[Phrase]:
        """The subject of the first clause of the complement."""
        for clause in self.content_clauses(match)[:1]:
            subject = self.parts.subject(clause)
            return [subject] if subject is not None and subject.keys else []
        return []

    def in_content(self, match: Match) -> list[Phrase]:
        """The companies in the complement; and what else the trigger's type can take from there."""
        kinds: _Kinds = ("state",) if match.trigger.type in ("ties", "dependency", "commitment") else ()
        victims: _Kinds = ("state", "role", "person", "body") if match.trigger.type == "wrongdoing" else ()
        return list(self._among(self.content_clauses(match), kinds, victims))

    def _among(self, clauses: list[Clause], kinds: _Kinds, themselves: _Kinds) -> Iterator[Phrase]:
        """Phrases in the clauses for companies or `kinds`, or that name one of the kinds `themselves`."""
        for clause in clauses:
            for p in self.parts.phrases(clause):
                company = any(self.view.kind(k) == "company" for k in p.keys)
                named = p.via == "head" and p.kind in themselves
                if p.keys and (company or p.kind in ("company", *kinds) or named):
                    yield p
