"""What an entity is: one thing under its many names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["state", "company", "person", "body", "outlet", "role"]
"""`body` is a ministry, agency, service, court, party or international body; `role` an unnamed person or
group."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing under its many names.

    `key` is what statements carry: for a state its ISO 3166-1 alpha-2 code (the union of states is `EU`), for
    all else its common English name, marked where that is a state's code (`key_of_new`). `name` is what a
    reader is shown ("United Kingdom"); `names` are the forms under which pages call it. `country` is the code
    of the state it belongs to, where known. `also` are names that are looked for in lists and registers only:
    former ones, abbreviations, those in other scripts.
    `part_of` is the key of the entity that it belongs to, and `source` the address or document that shows
    what is said of it; both come from the catalogue, and are empty for what it does not list.
    """

    key: str
    kind: EntityKind
    name: str
    names: tuple[str, ...] = ()
    country: str | None = None
    also: tuple[str, ...] = ()
    part_of: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place on a page where something is named or stood for: tokens `first` to `last` (exclusive) of the
    analysis.

    `keys` are entity keys: for `all_of` everything that is meant ("both companies"), else what may be meant,
    best first ("kineserne": the state or the company). `head` is the place of the head word. `form`: `name`;
    `part` (a name as first part of a compound, "Huawei-udstyr"); `noun` (an epithet or definite description);
    `people` ("the British"); `role` (an unnamed group); `pronoun`; `possessive`.
    """

    first: int
    last: int
    head: int
    keys: tuple[str, ...]
    kind: EntityKind
    form: Literal["name", "part", "noun", "people", "role", "pronoun", "possessive"]
    all_of: bool = False


@dataclass(frozen=True)
class Resolution:
    """What the names, epithets and pronouns of one page stand for.

    `mentions` are in order and do not overlap; `entities` holds every entity by key; `adjectives` maps the
    place of a demonym adjective ("Chinese") to the state's code.
    """

    mentions: tuple[Mention, ...]
    entities: dict[str, Entity]
    adjectives: dict[int, str]
