"""Comparing names: two names in, how alike they are and why out; and an index to find them by."""

from onrecord.entities.matching._model import (
    Candidate,
    How,
    Likeness,
    MatchedPart,
    NameKind,
    Relation,
)

__all__ = ["Candidate", "How", "Likeness", "MatchedPart", "NameKind", "Relation"]
