"""The keys of names that nobody is listed under."""

from __future__ import annotations

from onrecord.entities._catalogue import catalogue
from onrecord.entities._data import state_names

_MARK = " (name)"


def key_of_new(name: str) -> str:
    """The key of a name that is not listed: the name itself; marked as a name where it is the code of a state
    ("KP"), since that code is the state's key."""
    return f"{name}{_MARK}" if name in state_names("en") and name not in catalogue() else name


def name_of_new(key: str) -> str:
    """The name of which `key_of_new` made a key."""
    return key.removesuffix(_MARK)
