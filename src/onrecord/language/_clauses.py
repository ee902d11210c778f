"""From a sentence's segments to its clauses, by parts of speech, marks and the language's clause openers.

A clause may be in two pieces ("Hikvision, *which is partly owned by the state*, denied …"): it is a tuple of
token places. The method needs only parts of speech, of which a compact model gets 19 in 20 right; its guesses
at whole trees, right in 3 arcs of 4 for Danish and Dutch, would misplace most long clauses (figures in
docs/reader.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.language._data import LanguageData
from onrecord.language._model import Clause, ClauseKind, Token
from onrecord.language._segments import Segment, segments_of
from onrecord.language._words import is_finite, is_nominal, is_past_participle, is_verb


def clauses_of(
    tokens: Sequence[Token], data: LanguageData, language: str, sentence: int, first_clause: int
) -> list[Clause]:
    """The clauses of one sentence, in the order of their first tokens.

    In: the sentence's tokens, the language's data and code, the sentence's index and the index the first
    clause is to have.
    """
    base = tokens[0].index
    return [
        Clause(
            index=first_clause + k,
            sentence=sentence,
            tokens=tuple(base + i for i in sorted(d.tokens)),
            kind=d.kind,
            opener=None if d.opener is None else base + d.opener,
            parent=None if d.parent is None else first_clause + d.parent,
            conjunct_of=None if d.conjunct_of is None else first_clause + d.conjunct_of,
        )
        for k, d in enumerate(_Builder(tokens, data, language).build())
    ]


@dataclass(slots=True)
class _Draft:
    """A clause in the making; places and clauses counted from the sentence's first."""

    tokens: list[int]
    kind: ClauseKind
    opener: int | None = None
    parent: int | None = None
    conjunct_of: int | None = None
    has_finite: bool = False
    has_verb: bool = False


class _Builder:
    """Puts the segments of one sentence together to clauses, from the first to the last."""

    def __init__(self, tokens: Sequence[Token], data: LanguageData, language: str) -> None:
        self.tokens = tokens
        self.data = data
        self.segments = segments_of(tokens, data, language)
        self.drafts: list[_Draft] = []
        self.open: list[int] = []  # the clauses that may still go on, each standing in the one before it

    def build(self) -> list[_Draft]:
        """The sentence's clauses."""
        for place, segment in enumerate(self.segments):
            span = range(segment.first, segment.last)
            self._add(segment, span, self.segments[place + 1 :])
            draft = self.drafts[self.open[-1]]
            draft.has_finite = draft.has_finite or any(is_finite(self.tokens[i]) for i in span)
            draft.has_verb = draft.has_verb or any(is_verb(self.tokens[i]) for i in span)
        self._adopt()
        return self.drafts

    def _new(
        self,
        kind: ClauseKind,
        span: range,
        *,
        opener: int | None = None,
        parent: int | None = None,
        conjunct_of: int | None = None,
    ) -> None:
        self.drafts.append(_Draft(list(span), kind, opener, parent, conjunct_of))
        self.open.append(len(self.drafts) - 1)

    def _add(self, segment: Segment, span: range, later: list[Segment]) -> None:
        """Make a segment a clause of its own or part of one that is open; that clause is the last open one
        then."""
        first, how = segment.first, segment.opening
        verbal = any(is_verb(self.tokens[i]) for i in span)
        if how == "sub" or how == "rel" or how == "inf":
            self._subordinate(how, span, opener=first)
        elif how == "part" or (how == "first" and self._describes_subject(span, later)):
            self._subordinate("rel", span, opener=first)
            self.drafts[self.open[-1]].has_finite = True  # it waits for no other verb
        elif how == "bare":
            self._subordinate("sub", span, opener=None)
        elif how == "first" and self.tokens[first].pos == "SCONJ" and verbal:
            self._subordinate("sub", span, opener=first)
        elif how == "first" and is_finite(self.tokens[first]) and self._answered(later):
            self._new("sub", span, opener=first)
        elif how == "first":
            self._new("main", span)
        elif how == "and":
            self._coordinate(span)
        elif not verbal:
            self._go_on(span, later)
        elif self._trails(first):
            main = self.open[0]
            del self.open[1:]
            self._new("main", span, conjunct_of=main)
        elif self._conditions(span):
            self._new("sub", span, opener=first, parent=self.open[0] if self.open else None)
        elif not self._resume(span):
            self.drafts[self.open[-1]].tokens.extend(span)

    def _subordinate(self, kind: ClauseKind, span: range, opener: int | None) -> None:
        """A clause in the last open one; or, after "and", beside the last open one of its kind."""
        first = span.start
        if first and self.tokens[first - 1].lower in self.data.coordinators:
            alike = next((d for d in reversed(self.open) if self.drafts[d].kind == kind), None)
            if alike is not None:
                del self.open[self.open.index(alike) :]
                self._new(kind, span, opener=first, parent=self.drafts[alike].parent, conjunct_of=alike)
                return
        self._new(kind, span, opener=opener, parent=self.open[-1] if self.open else None)

    def _trails(self, first: int) -> bool:
        """Whether a gerund after a comma goes on about the main clause's subject ("…, *arguing* that it
        must")."""
        token = self.tokens[first]
        gerund = token.pos == "VERB" and token.lower.endswith("ing") and token.lower != "according"
        if self.data.participle_clauses:
            gerund = token.pos == "VERB" and "VerbForm=Part" in token.morph and "Tense=Pres" in token.morph
        main = self.drafts[self.open[0]] if self.open else None
        after_comma = first > 0 and self.tokens[first - 1].text == ","
        return (
            (self.data.bare_complements or self.data.participle_clauses)
            and gerund
            and after_comma
            and main is not None
            and main.kind == "main"
            and main.has_finite
        )

    def _describes_subject(self, span: range, later: list[Segment]) -> bool:
        """Whether the sentence opens with a participle that describes the subject of the clause after it
        ("*Accused* of spying, the firm denies it")."""
        first = self.tokens[span.start]
        finite = any(is_finite(self.tokens[i]) for i in span)
        return self.data.participle_clauses and is_past_participle(first) and not finite and bool(later)

    def _conditions(self, span: range) -> bool:
        """Whether a stretch after a comma is a condition without "if" ("…, *sollte* sie nachgeben")."""
        first, after_comma = self.tokens[span.start], self.tokens[span.start - 1].text == ","
        told = after_comma and first.lower in self.data.inverted_conditions and is_finite(first)
        main = self.drafts[self.open[0]] if self.open else None
        return told and main is not None and main.kind == "main" and main.has_finite

    def _answered(self, later: list[Segment]) -> bool:
        """Whether a stretch after a comma begins with a finite verb, or with "then" and one: the main clause
        to a condition without "if"."""
        return any(
            how == "mark"
            and self.tokens[first - 1].text == ","
            and is_finite(self.tokens[self._after_then(first)])
            for first, _, how in later[:2]
        )

    def _after_then(self, i: int) -> int:
        """The place itself, or the one behind a "then" there ("Doet hij dat niet, *dan* …")."""
        return i + 1 if self.tokens[i].lower in self.data.then and i + 1 < len(self.tokens) else i

    def _go_on(self, span: range, later: list[Segment]) -> None:
        """A stretch without verb after a mark: part of the last clause, or a main clause that waits for its
        verb."""
        relative_follows = bool(later) and later[0].opening == "rel"
        after_comma = self.tokens[span.start - 1].text == ","
        if relative_follows and after_comma and all(self.drafts[k].has_finite for k in self.open):
            self.open.clear()  # "…, the board that …, said"
            self._new("main", span)
        else:
            self.drafts[self.open[-1]].tokens.extend(span)

    def _coordinate(self, span: range) -> None:
        """A clause after "and": beside the nearest clause that has a verb of the same sort."""
        tokens, drafts = self.tokens, self.drafts
        j = self._skip(span.start + 1, span.stop, ("ADV", "PART"))
        beside = self.open[-1]
        if j == span.stop or not is_verb(tokens[j]) or is_finite(tokens[j]):
            finite = (d for d in reversed(self.open) if drafts[d].has_finite and drafts[d].kind != "rel")
            beside = next(finite, self.open[0])
        del self.open[self.open.index(beside) :]
        self._new(drafts[beside].kind, span, parent=drafts[beside].parent, conjunct_of=beside)

    def _resume(self, span: range) -> bool:
        """A stretch with a verb after a mark: a clause taken up again, or a new main clause. False: part of
        the last."""
        tokens, drafts = self.tokens, self.drafts
        if not any(is_finite(tokens[i]) for i in span) and not self._past_after_name(span):
            return False
        j = self._skip(span.start, span.stop, ("ADV", "PUNCT", "PART"), self.data.clitics)
        verb_first = j < span.stop and is_finite(tokens[j])
        if verb_first:
            unfinished = (
                d for d in reversed(self.open) if not drafts[d].has_finite and drafts[d].kind != "inf"
            )
            waiting = next(unfinished, None)
            if waiting is not None:
                del self.open[self.open.index(waiting) + 1 :]
                drafts[waiting].tokens.extend(span)
                return True
        elif not any(drafts[k].has_verb for k in self.open):
            return False
        elif self._awaits_verb(drafts[self.open[-1]], span):
            drafts[self.open[-1]].tokens.extend(span)  # "that buses with camera, *gps and radio can* be …"
            return True
        last = drafts[self.open[-1]]
        self.open.clear()
        self._new("main", span)
        ends_here = last.kind == "sub" and last.tokens[-1] == span.start - 1
        if verb_first and ends_here and self._may_come_first(last):
            # "that he spied, the company has always denied": the complement first
            last.parent = self.open[-1]
        return True

    def _awaits_verb(self, draft: _Draft, span: range) -> bool:
        """Whether a clause with a subordinator still lacks its finite verb, and a stretch goes on with what
        it lists."""
        listed = self.data.verb_endings[:1] in (["e"], ["a"]) and self.tokens[span.start - 1].text == ","
        return listed and draft.kind == "sub" and not draft.has_finite and draft.tokens[-1] == span.start - 1

    def _may_come_first(self, draft: _Draft) -> bool:
        """Whether a clause may be the complement of a main clause after it: none holds it yet, or it begins
        the sentence or follows a semicolon or coordinator."""
        if draft.parent is None or not draft.tokens[0]:
            return True
        before = self.tokens[draft.tokens[0] - 1]
        return before.text == ";" or before.pos == "CCONJ"

    def _skip(self, start: int, stop: int, parts: tuple[str, ...], words: Sequence[str] = ()) -> int:
        """The first place from `start` on (at most `stop`) whose word is none of those parts of speech, nor a
        pronoun among `words` and what stands with them before a verb."""
        small = (*words, *self.data.reflexives) if words else ()
        return next(
            (
                j
                for j in range(start, stop)
                if self.tokens[j].pos not in parts
                and not (self.tokens[j].pos == "PRON" and self.tokens[j].lower in small)
            ),
            max(start, stop),
        )

    def _past_after_name(self, span: range) -> bool:
        """Whether the stretch is a name or noun right before a past form: "…, minister N told parliament"."""
        verb = next((i for i in span if is_verb(self.tokens[i])), None)
        if verb is None or verb == span.start:
            return False
        return "Tense=Past" in self.tokens[verb].morph and is_nominal(self.tokens[verb - 1])

    def _adopt(self) -> None:
        """A subordinate clause that opens the sentence hangs on the main clause after it."""
        main = next((i for i, d in enumerate(self.drafts) if d.kind == "main"), None)
        for draft in self.drafts[: main or 0]:
            if draft.parent is None:
                draft.parent = main
