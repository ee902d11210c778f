"""Comparing names: two names in, how alike they are and why out; and an index to find them by."""

from onrecord.entities.matching._across import match_across, search_across
from onrecord.entities.matching._fitting import latin_form_like
from onrecord.entities.matching._model import (
    Candidate,
    How,
    Likeness,
    MatchedPart,
    NameKind,
    Relation,
)
from onrecord.entities.matching._scripts import Script, latin_forms, script_of
from onrecord.entities.matching._skeleton import skeleton

__all__ = [
    "Candidate",
    "How",
    "Likeness",
    "MatchedPart",
    "NameKind",
    "Relation",
    "Script",
    "latin_form_like",
    "latin_forms",
    "match_across",
    "script_of",
    "search_across",
    "skeleton",
]
