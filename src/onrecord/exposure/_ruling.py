"""The packs of rules that come with the program, as far as it has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from onrecord.exposure._model import Finding, Looked, RegisterLine


@dataclass(frozen=True)
class Ruling:
    """What applies rules to lines as of a day (None: there are none), and the packs as what was looked at."""

    day: str
    looked: tuple[Looked, ...]
    _apply: Callable[..., list[Finding]] | None

    def findings(
        self,
        lines: Sequence[RegisterLine],
        key_of: Callable[[str], str | None],
        listed: Callable[[str], tuple[str, ...]],
    ) -> list[Finding]:
        """What the rules say of the lines. `key_of` gives the key of the entity that a party's name means,
        `listed` the lists on which it stands."""
        if self._apply is None:
            return []
        return self._apply(lines, as_of=self.day, key_of=key_of, listed=listed)


def installed_rules(day: str) -> Ruling:
    """The packs of this version; none where it has none."""
    room = import_module("onrecord.exposure")
    packs: Sequence[Any] = room.packs() if hasattr(room, "packs") else ()
    looked = tuple(
        Looked(
            pack.id,
            "rules",
            pack.checked,
            (date.fromisoformat(day) - date.fromisoformat(pack.checked)).days,
            len(pack.rules),
        )
        for pack in packs
    )
    return Ruling(day, looked, getattr(room, "rule_findings", None))
