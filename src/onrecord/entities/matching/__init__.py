"""Comparing names: two names in, how alike they are and why out; and an index to find them by."""

from onrecord.entities.matching._across import match_across, search_across
from onrecord.entities.matching._compare import match_names
from onrecord.entities.matching._fitting import latin_form_like
from onrecord.entities.matching._fold import fold
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
from onrecord.entities.matching._scripts import Script, latin_forms, script_of
from onrecord.entities.matching._skeleton import skeleton

__all__ = [
    "THRESHOLD",
    "Candidate",
    "How",
    "Likeness",
    "MatchedPart",
    "NameIndex",
    "NameKind",
    "Relation",
    "Script",
    "fold",
    "latin_form_like",
    "latin_forms",
    "match_across",
    "match_names",
    "script_of",
    "search_across",
    "skeleton",
]
