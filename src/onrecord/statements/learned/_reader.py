"""The learned reader: what words in their context say, by networks that were fitted to annotated pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.language import Analysis
from onrecord.statements._confidence import likelihood
from onrecord.statements._drafts import Draft, cut_statements, distinct
from onrecord.statements._explaining import Explainer, Explanation
from onrecord.statements._model import Reading, Statement
from onrecord.statements._pattern import PageReading
from onrecord.statements.learned._candidates import candidates
from onrecord.statements.learned._model_files import FOLDER

WEIGHTS = FOLDER / "confidence.yaml"

LEAST = 0.2
"""What is less likely right is not read: its sentence is listed as unread instead (docs/reader.md)."""


class LearnedReader:
    """Reads statements by networks over words in context, with what the lexicon's patterns tell of them.

    Holds no state between pages.
    """

    name = "learned"
    version = "7"

    def read(self, analysis: Analysis) -> Reading:
        """All statements of an analysed page, with the sentences that name somebody and gave none."""
        patterns = PageReading(analysis)
        patterns.read_all()
        drafts = _likely(_weighed(patterns))
        statements = tuple(statement for _, statement in cut_statements(drafts, patterns.force))
        return patterns.reading_of(self.name, self.version, statements, drafts)

    def features(self, analysis: Analysis) -> list[tuple[Statement, dict[str, float]]]:
        """Whatever an analysed page may say, each with the features that its confidence is told by (for
        `training/confidence.py`)."""
        patterns = PageReading(analysis)
        patterns.read_all()
        found = {id(c.draft): c for c in candidates(patterns)}
        cut = (cut_statements([c.draft], patterns.force)[0] for c in found.values())
        return [(statement, found[id(draft)].features) for draft, statement in cut]

    def explain(self, analysis: Analysis) -> Explanation:
        """Every sentence of an analysed page, with why it gave the statements that it gave and no others."""
        patterns = PageReading(analysis)
        patterns.read_all()
        drafts = list(_weighed(patterns))
        explainer = Explainer(analysis, patterns.view)
        read = [
            (d.sentence, explainer.statement(d, statement))
            for d, statement in cut_statements(_likely(drafts), patterns.force)
        ]
        refused = [explainer.refused(match, why) for match, why in patterns.refused]
        unlikely = [explainer.unlikely(d) for d in drafts if d.confidence < LEAST]
        return patterns.explanation(explainer, read, [*refused, *unlikely])


def _likely(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts that are likely enough, of each sentence one for each thing said."""
    by_sentence: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.confidence >= LEAST:
            by_sentence[draft.sentence].append(draft)
    return [draft for index in sorted(by_sentence) for draft in distinct(by_sentence[index])]


def _weighed(patterns: PageReading) -> Iterator[Draft]:
    """Whatever the page may say, each with how likely it does."""
    for draft, features in candidates(patterns):
        yield replace(draft, confidence=likelihood(features, WEIGHTS))
