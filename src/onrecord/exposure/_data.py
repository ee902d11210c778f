"""What a check goes by, as data: read once and typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.ledger import first_day


@cache
def load(name: str) -> dict[str, Any]:
    """A file of the folder `data`."""
    text = (files("onrecord.exposure") / "data" / f"{name}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@dataclass(frozen=True, slots=True)
class Sanctioned:
    """A state under sanctions: its code, since when, and by which text."""

    state: str
    since: str
    citation: str


def sanctioned_on(day: str) -> dict[str, Sanctioned]:
    """The states that are under sanctions on a day (data/sanctioned.yaml), by code."""
    return {
        state: Sanctioned(state, str(row["since"]), row["citation"])
        for state, row in load("sanctioned")["states"].items()
        if str(row["since"]) <= day <= str(row.get("until", day))
    }


def unions_of(state: str, day: str) -> tuple[str, ...]:
    """The unions that act for a state on a day (data/unions.yaml)."""
    return tuple(
        union
        for union, row in load("unions").items()
        if state in row["members"] or day <= str(row["left"].get(state, ""))
    )


def holds_on(day: str, since: str | None, until: str | None) -> bool:
    """Whether what holds from one date to another, each cut to its precision, may hold on a day."""
    return (since is None or first_day(since) <= day) and (until is None or until >= day[: len(until)])
