"""Arguments that a sentence leaves out because the sentences before it have told them."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.statements._arguments import Found
from onrecord.statements._drafts import Draft
from onrecord.statements._match import Match
from onrecord.statements._model import StatementType
from onrecord.statements._view import View

# For how many sentences what was told is still in mind.
_ACTS = 3
_FINDINGS = 2


class Recall:
    """Finds arguments in the statements read so far; `drafts` is the page's list of them, which grows."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts

    def suspect(self, match: Match) -> Found | None:
        """Who was said just before to have done it, for a passive without agent ("denies that customers were
        tapped")."""
        told = [d for d in self._near(match, ("wrongdoing",), _ACTS) if d.sentence < match.clause.sentence]
        return _last([d.actor for d in told], 0.7)

    def examined(self, match: Match) -> Found | None:
        """What was examined just before, for a finding that does not name it again."""
        return _last([d.target for d in self._near(match, ("evaluation",), _FINDINGS)], 0.65)

    def asked(self, match: Match, actor: Found | None) -> Found | None:
        """Whom the same actor asked or threatened just before ("… or else")."""
        if actor is None:
            return None
        near = self._near(match, ("request", "threat"), _FINDINGS)
        return _last([d.target for d in near if d.actor in actor.keys], 0.7)

    def restricting(self, match: Match, target: Found | None) -> Found | None:
        """Who was said to restrict, permit or try the same target, for a passive without agent in the same
        affair."""
        if target is None or match.trigger.type not in ("restriction", "permission", "legal"):
            return None
        alike: tuple[StatementType, ...] = ("restriction", "permission")
        if match.trigger.type == "legal":
            alike = ("legal",)
        return _last([d.actor for d in self._near(match, alike, _ACTS) if d.target in target.keys], 0.7)

    def ruling(self, match: Match, view: View) -> Found | None:
        """The state or body that asked, allowed or forbade something just before."""
        told = self._near(match, ("restriction", "permission", "request"), _ACTS)
        return _last([d.actor for d in told if d.actor and view.kind(d.actor) in ("state", "body")], 0.6)

    def _near(self, match: Match, types: tuple[StatementType, ...], sentences: int) -> list[Draft]:
        """What was read of those types in at most so many sentences before the match's."""
        here = match.clause.sentence
        return [d for d in self.drafts if d.type in types and here - d.sentence <= sentences]


def _last(keys: Sequence[str | None], directness: float) -> Found | None:
    named = [key for key in keys if key]
    return Found((named[-1],), directness, "told before") if named else None
