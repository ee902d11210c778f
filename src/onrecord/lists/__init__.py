"""Restriction lists: published files in, listed parties with since and until out; and names screened."""

from onrecord.lists._model import (
    Format,
    ListedName,
    ListError,
    NameQuality,
    Party,
    PartyKind,
    Problem,
    ReadList,
)

__all__ = [
    "Format",
    "ListError",
    "ListedName",
    "NameQuality",
    "Party",
    "PartyKind",
    "Problem",
    "ReadList",
]
