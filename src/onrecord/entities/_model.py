"""What an entity is: one thing under its many names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["state", "company", "person", "body", "outlet", "role"]
"""`body` is a ministry, agency, service, court, party or international body; `role` an unnamed person or group."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing under its many names.

    `key` is what statements carry: for a state its ISO 3166-1 alpha-2 code (the union of states is `EU`), for
    all else its common English name. `name` is what a reader is shown ("United Kingdom"); `names` are the
    forms under which pages call it. `country` is the code of the state it belongs to, where known.
    """

    key: str
    kind: EntityKind
    name: str
    names: tuple[str, ...] = ()
    country: str | None = None
