"""Why each statement of a page was read, and why the rest was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.entities import Entity
from onrecord.language import Analysis, Sentence
from onrecord.statements._arguments import Found
from onrecord.statements._drafts import Draft
from onrecord.statements._match import Match
from onrecord.statements._model import Statement
from onrecord.statements._view import View


@dataclass(frozen=True, slots=True)
class Argument:
    """An actor or target: its entities' keys, the words that name it (None where they stand elsewhere), and
    how it was found: a place of the trigger's specification ("subject", "against") or an inference."""

    keys: tuple[str, ...]
    words: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of saying, denying, fearing … that cover a statement; `kind` as in `attribution.yaml` and
    `cues.yaml`, `sources` the entities that speak by them."""

    kind: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A statement with what it was read by: its trigger's words, its arguments, what gave its status, its
    cues."""

    statement: Statement
    trigger: str
    actor: Argument | None
    target: Argument | None
    why: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A trigger that stands in a sentence and gave no statement, and why not."""

    rule: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence of a page: where it stands in `Page.original`, its words, what it gave, and which triggers
    in it gave nothing. `names` holds the entities that it names."""

    start: int
    end: int
    text: str
    statements: tuple[Explained, ...]
    refused: tuple[Refused, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page's sentences explained, and every entity that they name."""

    sentences: tuple[ExplainedSentence, ...]
    entities: tuple[Entity, ...]


class Explainer:
    """Puts what was kept while a page was read into words of that page."""

    def __init__(self, analysis: Analysis, view: View) -> None:
        self.analysis = analysis
        self.view = view

    def words(self, places: tuple[int, ...]) -> str:
        """The words at some places, gaps between them marked."""
        text, last = "", None
        for i in sorted(places):
            gap = "" if last is None else " " if i == last + 1 else " … "
            text += gap + self.view.tokens[i].text
            last = i
        return text

    def _argument(self, found: Found | None, key: str | None) -> Argument | None:
        if found is None:
            return None if key is None else Argument((key,), None, "told before")
        span = None if found.span is None else tuple(range(*found.span))
        return Argument(found.keys, self.words(span) if span else None, found.how or "told before")

    def statement(self, draft: Draft, statement: Statement) -> Explained:
        """A statement with what it was read by."""
        evidence = draft.evidence
        if evidence is None:  # a denial or an echo: what it takes over was told before
            words = self.words((draft.at,))
            actor, target = self._argument(None, draft.actor), self._argument(None, draft.target)
            return Explained(statement, words, actor, target, "told before", ())
        cues = (Cue(o.kind, self.words(o.places), o.sources) for o in evidence.operators)
        return Explained(
            statement,
            self.words(evidence.trigger),
            self._argument(evidence.actor, draft.actor),
            self._argument(evidence.target, draft.target),
            evidence.why,
            tuple(cues),
        )

    def refused(self, match: Match, why: str) -> tuple[int, Refused]:
        """A match that gave nothing, with its sentence's index."""
        return match.clause.sentence, Refused(match.trigger.name, self.words(match.places), why)

    def unlikely(self, draft: Draft) -> tuple[int, Refused]:
        """What was read and is hardly likely to be right, with its sentence's index."""
        places = draft.evidence.trigger if draft.evidence is not None else (draft.at,)
        return draft.sentence, Refused(draft.rule, self.words(places), "unlikely")

    def sentence(
        self,
        sentence: Sentence,
        read: Sequence[tuple[int, Explained]],
        refused: Sequence[tuple[int, Refused]],
        names: Iterable[str],
    ) -> ExplainedSentence:
        """A sentence with what it gave, of all that was `read` (by sentence) and `refused` on the page."""
        page, tokens = self.analysis.page, self.view.tokens
        first, last = tokens[sentence.first], tokens[sentence.last - 1]
        start, end = page.original_span(first.start, last.end)
        idle = (one for index, one in refused if index == sentence.index)
        return ExplainedSentence(
            start,
            end,
            page.text[first.start : last.end],
            tuple(one for index, one in read if index == sentence.index),
            tuple(dict.fromkeys(idle)),
            tuple(sorted(names)),
        )
