"""Links of ownership: who is part of whom, by the catalogue and by what persons recognised.

They stand beside the links that pages tell of, and chains run over both. How large a share is owned is not
known, and nothing is computed from it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from onrecord.entities import catalogue
from onrecord.ledger import Parent, Snapshot
from onrecord.standing import Links

PART_OF = "part of"
"""By what a step leads from a part to the whole."""


class Owned:
    """The links of a snapshot with those of ownership on a day behind them. `texts` has the keys by the
    numbers of all parties, those that nothing is on record about among them, and `kinds` the kinds of
    entities by their keys."""

    def __init__(
        self, links: Links, texts: dict[int, str], kinds: dict[str, str], snapshot: Snapshot, day: str
    ) -> None:
        parents = snapshot.parents(on=day)
        parts = sorted(parents)
        keys = sorted({*parts, *(parents[key].key for key in parts)})
        numbers = snapshot.numbers.find("key", keys)
        # Who is not in the ledger has no number there, and gets one behind all that are.
        free = snapshot.numbers.last("key") + 1
        numbers = {**{key: free + at for at, key in enumerate(keys)}, **numbers}
        stored = {one.entity.key: one.entity.kind for one in snapshot.entities(keys, counted=False)}
        self.parents: list[Parent] = [parents[key] for key in parts]
        self.first = len(links)
        self.texts = {**texts, **{numbers[key]: key for key in keys}}
        listed = {key: catalogue()[key].kind for key in keys if key in catalogue()}
        self.kinds = {**listed, **stored, **kinds}
        count = len(parts)
        self.links = replace(
            links,
            types=(*links.types, PART_OF),  # type: ignore[arg-type]
            actor=_behind(links.actor, [numbers[key] for key in parts]),
            target=_behind(links.target, [numbers[parents[key].key] for key in parts]),
            of=_behind(links.of, [len(links.types)] * count),
            origins=_behind(links.origins, [0] * count),
            firm=np.concatenate((links.firm, np.ones(count, dtype=bool))),
            denied=np.concatenate((links.denied, np.zeros(count, dtype=bool))),
        )

    def parent(self, link: int) -> Parent | None:
        """The tie that a link is; None for one that pages tell of."""
        return self.parents[link - self.first] if link >= self.first else None


def _behind(column: np.typing.NDArray[np.int64], values: list[int]) -> np.typing.NDArray[np.int64]:
    return np.concatenate((column, np.array(values, dtype=np.int64)))
