"""The curated catalogue: companies, bodies, outlets and peoples with their names, owners and sources.

The files are `entities/data/catalogue/*.yaml`; what an entry holds is told in `entities/data/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Literal, get_args

from onrecord.entities._model import Entity, EntityKind
from onrecord.language import LanguageDataError, load_yaml

FOLDER = Path(__file__).parent / "data" / "catalogue"

Sort = Literal[
    "supplier", "operator", "company", "authority", "body", "place", "outlet", "officer", "person", "role"
]
"""What an entry is listed as: a `supplier` sells technology that others run, an `operator` runs a network for
others, a `company` is any other firm; an `authority` acts for a state or the union of states, a `body` is any
other; a `place` is a region or city, which is a body where it acts; an `officer` speaks for a state, a
`person` is any other."""

_KINDS: dict[Sort, EntityKind] = {
    "supplier": "company", "operator": "company", "company": "company",
    "authority": "body", "body": "body", "place": "body",
    "outlet": "outlet", "officer": "person", "person": "person", "role": "role",
}  # fmt: skip
_FIELDS = {
    "name", "country", "names", "local", "abbreviations", "former", "scripts", "also", "part_of", "source"
}  # fmt: skip
# An address as the files write it: a host, with a path where one page shows the fact.
_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")
# A date as far as it is known, and an interval of two of them as ISO 8601-2 writes it: `..` is an open end.
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Former:
    """A name that an entity bore, and the date (as far as it is known) from which it bore it no more."""

    name: str
    until: str | None


@dataclass(frozen=True, slots=True)
class PartOf:
    """An owner, by its key, and from when until when; None where the date is not known or still to come.

    `now` is False where the tie has ended.
    """

    key: str
    since: str | None = None
    until: str | None = None
    now: bool = True


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A line of the catalogue.

    `name` is what a reader is shown: the key, but where that name is a state's code. `names` (`name` among
    them) are read on pages of every language, `local` on pages of one; `abbreviations`, `former`, `scripts`
    (by the language's ISO 639-1 code) and `also` serve to match lists and registers, and are read on pages
    only where `names` holds them too. `part_of` are the owners that it has or had, in order of time.
    `sources` are addresses or documents that show what the line says, that of the entity itself first.
    """

    key: str
    name: str
    sort: Sort
    country: str | None
    names: tuple[str, ...]
    local: Mapping[str, tuple[str, ...]]
    abbreviations: tuple[str, ...]
    former: tuple[Former, ...]
    scripts: Mapping[str, tuple[str, ...]]
    also: tuple[str, ...]
    part_of: tuple[PartOf, ...]
    sources: tuple[str, ...]

    @property
    def entity(self) -> Entity:
        """The entity that the line lists."""
        read = tuple(dict.fromkeys((*self.names, *chain(*self.local.values()))))
        apart = (
            *self.abbreviations, *(f.name for f in self.former), *chain(*self.scripts.values()), *self.also,
        )  # fmt: skip
        return Entity(
            self.key,
            _KINDS[self.sort],
            self.name,
            read,
            self.country,
            also=tuple(name for name in dict.fromkeys(apart) if name not in (self.key, *read)),
            part_of=next((owner.key for owner in self.part_of if owner.now), None),
            source=self.sources[0],
        )


def _wrong(path: Path, key: str, what: str) -> LanguageDataError:
    return LanguageDataError(f"{path}: {key}: {what}")


def _words(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value or ()))


def _table(value: Any) -> dict[str, tuple[str, ...]]:
    return {str(key): _words(names) for key, names in (value or {}).items()}


def _source(text: str) -> str:
    """An address with its scheme, which the files leave out; a document as it is."""
    return f"https://{text}" if _ADDRESS.fullmatch(text) else text


def _sources(path: Path, key: str, value: Any) -> tuple[str, ...]:
    listed = _words(value if isinstance(value, list) else [value] if value else [])
    if not listed:
        raise _wrong(path, key, "no source: every entry says which address or document shows it")
    for source in listed:
        if not _ADDRESS.fullmatch(source) and " " not in source:
            raise _wrong(path, key, f"source {source!r} is neither an address without https:// nor a title")
    return tuple(map(_source, listed))


def _owner(path: Path, key: str, parent: str, period: Any) -> PartOf:
    if period is None:
        return PartOf(parent)
    since, slash, until = str(period).partition("/")
    if not slash or any(end not in ("", "..") and not _DATE.fullmatch(end) for end in (since, until)):
        raise _wrong(path, key, f"part_of {parent}: {period!r} is no interval as 2019/.. or 2009-03/2020 is")
    dates = [end if end not in ("", "..") else None for end in (since, until)]
    return PartOf(parent, dates[0], dates[1], now=until == "..")


def _entry(path: Path, sort: Sort, key: str, raw: Mapping[str, Any]) -> CatalogueEntry:
    """A line as the files hold it. Raises `LanguageDataError` where it lacks its source or is misspelt."""
    unknown = sorted(set(raw) - _FIELDS)
    if unknown:
        raise _wrong(path, key, f"unknown fields: {', '.join(unknown)}")
    parents = raw.get("part_of") or {}
    parents = parents if isinstance(parents, dict) else {parents: None}
    former = {str(name): until for name, until in (raw.get("former") or {}).items()}
    for name, until in former.items():
        if until is not None and not _DATE.fullmatch(str(until)):
            raise _wrong(path, key, f"former {name}: {until!r} is no date")
    name = str(raw.get("name") or key)
    return CatalogueEntry(
        key=key,
        name=name,
        sort=sort,
        country=raw.get("country"),
        names=(*(() if name == key else (name,)), *_words(raw.get("names"))),
        local=_table(raw.get("local")),
        abbreviations=_words(raw.get("abbreviations")),
        former=tuple(Former(name, None if until is None else str(until)) for name, until in former.items()),
        scripts=_table(raw.get("scripts")),
        also=_words(raw.get("also")),
        part_of=tuple(_owner(path, key, str(parent), period) for parent, period in parents.items()),
        sources=_sources(path, key, raw.get("source")),
    )


def read_catalogue(paths: Iterable[Path]) -> dict[str, CatalogueEntry]:
    """Key → line, for all that the files list, in their order.

    Raises `LanguageDataError`, naming file and key, where a line has no source, an unknown field, an owner
    that is not listed or more than one at a time, or is listed twice.
    """
    found: dict[str, CatalogueEntry] = {}
    places: dict[str, Path] = {}
    for path in paths:
        for sort, entries in load_yaml(path).items():
            if sort not in get_args(Sort):
                raise LanguageDataError(f"{path}: {sort} is none of {', '.join(get_args(Sort))}")
            for key, raw in ((str(key), raw) for key, raw in entries.items()):
                if key in found:
                    raise _wrong(path, key, f"listed in {places[key].name} already")
                found[key], places[key] = _entry(path, sort, key, raw or {}), path
    for key, entry in found.items():
        missing = [owner.key for owner in entry.part_of if owner.key not in found]
        if missing:
            raise _wrong(places[key], key, f"part_of leads to what is not listed: {', '.join(missing)}")
        if sum(owner.now for owner in entry.part_of) > 1:
            raise _wrong(places[key], key, "part of two at a time: what several own is part of none")
    return found


@cache
def entries() -> dict[str, CatalogueEntry]:
    """Key → line of the catalogue."""
    return read_catalogue(sorted(FOLDER.glob("*.yaml")))


@cache
def catalogue() -> dict[str, Entity]:
    """Key → entity, for all that the catalogue's files list."""
    return {key: entry.entity for key, entry in entries().items()}


def catalogue_entry(key: str) -> CatalogueEntry | None:
    """The line of the catalogue under a key, with its sources; None where the catalogue lists none."""
    return entries().get(key)


def speaks_for(key: str) -> str | None:
    """The state whose authority or officer the catalogue lists under a key; None where it lists none."""
    entry = entries().get(key)
    return entry.country if entry is not None and entry.sort in ("authority", "officer") else None


def parent_of(key: str, *, on: str | None = None) -> str | None:
    """The key of what the entity is part of: now, or on an ISO day; None where it is part of nothing listed.

    Where only a year is known, the tie holds on all its days.
    """
    entry = entries().get(key)
    if entry is None:
        return None
    if on is None:
        return next((owner.key for owner in entry.part_of if owner.now), None)
    return next((owner.key for owner in reversed(entry.part_of) if _held(owner, on)), None)


def _held(owner: PartOf, day: str) -> bool:
    """Whether the tie held on the day; a date is a year, a month or a day, and a longer one sorts behind."""
    begun = owner.since is None or owner.since <= day
    return begun and (owner.until is None or day[: len(owner.until)] <= owner.until)


@cache
def _children() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, entry in entries().items():
        parent = entry.entity.part_of
        if parent is not None:
            found.setdefault(parent, []).append(key)
    return {parent: tuple(sorted(keys)) for parent, keys in found.items()}


def children_of(key: str) -> tuple[str, ...]:
    """The keys of what is part of the entity now, by the alphabet; not what is part of those in turn."""
    return _children().get(key, ())


@cache
def _keys_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for key, entity in catalogue().items():
        for name in (key, *entity.names, *entity.also):
            for form in forms(name):
                found.setdefault(folded(form), {})[key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def forms(name: str) -> tuple[str, ...]:
    """A name as it may be written: with its article, and where more than a word is left, without."""
    return (name, name.removeprefix("The ")) if name.startswith("The ") and name.count(" ") > 1 else (name,)


def folded(name: str) -> str:
    """A name as names are compared: letters great or small and runs of blanks make no difference."""
    return " ".join(name.casefold().split())


def keys_named(name: str) -> tuple[str, ...]:
    """The keys of what the catalogue lists under a name, in any language or script, former or now.

    Letters great or small and runs of blanks make no difference. Several where the name is ambiguous
    ("Forsvaret": the Danish or the Norwegian forces), none where it is not listed.
    """
    return _keys_by_name().get(folded(name), ())


def outlet_named(name: str) -> str | None:
    """The key of the paper, agency or station that the catalogue lists under a name; None where it lists
    none, or several ("DN"). What is listed in capitals is so written: "Nyt" is not NYT."""
    keys = [
        key
        for key in keys_named(name)
        if entries()[key].sort == "outlet"
        and any(
            form == name or not form.isupper()
            for one in (key, *catalogue()[key].names, *catalogue()[key].also)
            for form in forms(one)
            if folded(form) == folded(name)
        )
    ]
    return keys[0] if len(keys) == 1 else None


@cache
def foreign_names(language: str) -> frozenset[tuple[str, str]]:
    """Key and name for the names of the catalogue that mean the entity in other languages only."""
    return frozenset(
        (key, name)
        for key, entry in entries().items()
        for name in chain(*entry.local.values())
        if name not in entry.local.get(language, ()) and name not in entry.names
    )


@cache
def places() -> frozenset[str]:
    """Keys of the catalogue's regions and cities, which are bodies where they act."""
    return frozenset(key for key, entry in entries().items() if entry.sort == "place")
