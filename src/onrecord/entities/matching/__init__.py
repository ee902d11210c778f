"""Comparing names: two names in, how alike they are and why out; and an index to find them by."""

from onrecord.entities.matching._compare import match_names
from onrecord.entities.matching._index import NameIndex
from onrecord.entities.matching._model import (
    Candidate,
    How,
    Likeness,
    MatchedPart,
    NameKind,
    Relation,
)
from onrecord.entities.matching._score import THRESHOLD

__all__ = [
    "THRESHOLD",
    "Candidate",
    "How",
    "Likeness",
    "MatchedPart",
    "NameIndex",
    "NameKind",
    "Relation",
    "match_names",
]
