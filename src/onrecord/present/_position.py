"""A position in words, and in the fields of JSON."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord import shapes
from onrecord.present._catalogue import ENGLISH, catalogue
from onrecord.present._json import set_by_data
from onrecord.present._wording import Wording
from onrecord.standing import Held


def code_told(code: str, language: str = ENGLISH) -> str:
    """What a position's code (`standing/data/positions.yaml`) is called in a language; itself where that has
    no name for it."""
    return str(catalogue(language)["positions"].get(code, {}).get("label", code))


def scope_told(scope: str, language: str = ENGLISH) -> str:
    """The same of the scope in which one is held."""
    return str(catalogue(language)["scopes"].get(scope, scope))


def position_told(code: str, scope: str, language: str = ENGLISH) -> str:
    """Both: "restricts, networks"."""
    return f"{code_told(code, language)}, {scope_told(scope, language)}"


@dataclass(frozen=True, slots=True)
class HeldTold:
    """A position that is held, in words: which, since when, and who set it, when and why; "" where it was
    read. `whole` tells of which field it is held as part, "" of none."""

    position: str
    since: str
    set_by: str
    whole: str


def held_told(held: Held, language: str = ENGLISH) -> HeldTold:
    """A position that is held, in words of a language: plain text, to be escaped."""
    told = Wording((), language)
    return HeldTold(
        told.position_label(held.code),
        told.since(held),
        told.judged(held.set_by) if held.set_by is not None else "",
        told.in_scope(held.scope, held.whole) if held.whole is not None else "",
    )


def held_fields(held: Held, language: str = ENGLISH, *, present: bool) -> shapes.Held:
    """The fields of a position that is held; it is `present` where it stands for all that the actor holds."""
    return {
        "actor": held.actor,
        "supplier": held.supplier,
        "scope": held.scope,
        "whole": held.whole,
        "position": held.code,
        "label": code_told(held.code, language),
        "side": held.side,
        "force": held.force,
        "since": {"value": held.since.value, "basis": held.since.basis} if held.since else None,
        "set_by": set_by_data(held.set_by),
        "present": present,
    }
