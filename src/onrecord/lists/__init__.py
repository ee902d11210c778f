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
from onrecord.lists.readers import read_list, read_list_files

__all__ = [
    "Format",
    "ListError",
    "ListedName",
    "NameQuality",
    "Party",
    "PartyKind",
    "Problem",
    "ReadList",
    "read_list",
    "read_list_files",
]
