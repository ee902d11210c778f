"""A part of a name in another script, with all that may stand for it in a Latin one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand for a part of a name: its English words, none where it is not known, and its spellings
    by sound, the most usual first; and whether it is a legal form."""

    says: tuple[str, ...]
    spelled: tuple[str, ...]
    form: bool = False
