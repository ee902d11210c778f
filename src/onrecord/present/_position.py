"""A position in words."""

from __future__ import annotations

from onrecord.present._catalogue import ENGLISH, catalogue


def position_told(code: str, scope: str, language: str = ENGLISH) -> str:
    """What a position's code and scope (`standing/data/positions.yaml`) are called in a language: "restricts,
    networks"; themselves where that has no name for them."""
    told = catalogue(language)
    label = told["positions"].get(code, {}).get("label", code)
    return f"{label}, {told['scopes'].get(scope, scope)}"
