"""Restriction lists: published files in, listed parties with since and until out; and names screened."""

from onrecord.lists._changes import changes_between, list_changes, was_listed
from onrecord.lists._given import Brought, brought_by, read_given
from onrecord.lists._marks import Mark, marks_of
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
from onrecord.lists._screen import Hit, Screener
from onrecord.lists._store import add_list, current_lists, list_versions, parties_of, party_of, versions_of
from onrecord.lists._together import together
from onrecord.lists._versions import (
    Answer,
    ListChanges,
    Listing,
    ListRefused,
    ListVersion,
    NoSuchList,
    PartyChange,
)
from onrecord.lists.readers import read_list, read_list_files

__all__ = [
    "Answer",
    "Brought",
    "Format",
    "Hit",
    "ListChanges",
    "ListError",
    "ListRefused",
    "ListVersion",
    "ListedName",
    "Listing",
    "Mark",
    "NameQuality",
    "NoSuchList",
    "Party",
    "PartyChange",
    "PartyKind",
    "Problem",
    "ReadList",
    "Screener",
    "add_list",
    "brought_by",
    "changes_between",
    "current_lists",
    "list_changes",
    "list_versions",
    "marks_of",
    "parties_of",
    "party_of",
    "read_given",
    "read_list",
    "read_list_files",
    "together",
    "versions_of",
    "was_listed",
]
