"""Restriction lists: published files in, listed parties with since and until out; and names screened."""

from onrecord.lists._changes import changes_between, list_changes, was_listed
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
from onrecord.lists._store import add_list, current_lists, list_versions, parties_of, party_of, versions_of
from onrecord.lists._versions import (
    Answer,
    ListChanges,
    Listing,
    ListRefused,
    ListVersion,
    NoSuchList,
    PartyChange,
)

__all__ = [
    "Answer",
    "Format",
    "ListChanges",
    "ListError",
    "ListRefused",
    "ListVersion",
    "ListedName",
    "Listing",
    "NameQuality",
    "NoSuchList",
    "Party",
    "PartyChange",
    "PartyKind",
    "Problem",
    "ReadList",
    "add_list",
    "changes_between",
    "current_lists",
    "list_changes",
    "list_versions",
    "parties_of",
    "party_of",
    "versions_of",
    "was_listed",
]
