"""The API as methods, one for each of its operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Literal, Self, cast

from onrecord.client._desk import Desk
from onrecord.client._people import People
from onrecord.client._transport import Transport, within
from onrecord.client._work import Work
from onrecord.shapes import (
    Audit,
    Changes,
    Dossier,
    EntityRead,
    Judgement,
    ListedParty,
    ListEntry,
    ListVersion,
    LogEnd,
    Marked,
    Mention,
    OverTime,
    Page,
    PageRead,
    Screened,
    Searched,
    SideBySide,
    Standings,
    Statement,
    Supplier,
    SupplierChanges,
    Totals,
)


class Client(Work, Desk, People):
    """A workbench at an address. Use it in a `with`.

    `token` is an API token, where the workbench has accounts; `language` is that of sentences (en, da, nl).
    Lists come as iterators, and are asked for in parts as they are taken. `as_of` and `known_at` are the two
    times of every question (ISO 8601). Every method may raise `ApiProblem`, which says what is wrong, or
    `Unreachable`.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8321",
        *,
        token: str | None = None,
        language: str | None = None,
        timeout: float = 60.0,
    ) -> None:
        self._api = Transport(url, token, language, timeout)

    def close(self) -> None:
        """Give up the connections. A `with` does it."""
        self._api.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def counts(self) -> Totals:
        """How much is on record."""
        return cast(Totals, self._api.get("counts"))

    def suppliers(self) -> Iterator[Supplier]:
        """The companies that statements are about, those told of most first."""
        return self._api.all("suppliers")

    def dossier(self, name: str, *, as_of: str | None = None, known_at: str | None = None) -> Dossier:
        """Everything on record about a supplier: the shape `onrecord.dossier/1` (docs/dossier.md)."""
        found = self._api.get(f"suppliers/{within(name)}/dossier", as_of=as_of, known_at=known_at)
        return cast(Dossier, found)

    def over_time(self, name: str, *, as_of: str | None = None, known_at: str | None = None) -> OverTime:
        """How many actors stood where on a supplier in each period, and who turned when: the shape
        `onrecord.over-time/1`."""
        found = self._api.get(f"suppliers/{within(name)}/over-time", as_of=as_of, known_at=known_at)
        return cast(OverTime, found)

    def moves(
        self, name: str, *, since: str, until: str | None = None, known_at: str | None = None
    ) -> SupplierChanges:
        """What moved about a supplier between two dates: the shape `onrecord.changes/1`."""
        place = f"suppliers/{within(name)}/changes"
        return cast(SupplierChanges, self._api.get(place, since=since, until=until, known_at=known_at))

    def standing(
        self,
        suppliers: Sequence[str] = (),
        *,
        kinds: Sequence[str] = ("state",),
        most: int = 100,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Standings:
        """Where all actors of some kinds stand on suppliers: the shape `onrecord.standings/1`."""
        return cast(
            Standings,
            self._api.get(
                "standing",
                suppliers=",".join(suppliers) or None,
                kind=list(kinds),
                most=most,
                as_of=as_of,
                known_at=known_at,
            ),
        )

    def pages(
        self, *, language: str | None = None, as_of: str | None = None, known_at: str | None = None
    ) -> Iterator[Page]:
        """The pages, oldest first, without their text."""
        return self._api.all("pages", in_language=language, as_of=as_of, known_at=known_at)

    def page(self, id: str) -> PageRead:
        """A page with its text and what was read from it."""
        return cast(PageRead, self._api.get(f"pages/{within(id)}"))

    def marked(self, id: str) -> Marked:
        """A page's text in pieces with its statements marked, and what was dropped of its original."""
        return cast(Marked, self._api.get(f"pages/{within(id)}/marked"))

    def statements(
        self,
        *,
        entity: str | None = None,
        other: str | None = None,
        page: str | None = None,
        type: str | None = None,
        status: str | None = None,
        language: str | None = None,
        judged: bool | None = None,
        of: Literal["party", "dossier", "discounted"] | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Iterator[Statement]:
        """Statements: of one entity, or those that another one has too; of one page, or all; of a type or
        status, in a language, judged or not; `of` its `entity` those that count and to which it is a party,
        all that its dossier counts, or those of it that were rejected or withdrawn."""
        return self._api.all(
            "statements",
            entity=entity,
            other=other,
            page=page,
            type=type,
            status=status,
            in_language=language,
            judged=judged,
            of=of,
            as_of=as_of,
            known_at=known_at,
        )

    def statement(self, id: str) -> Statement:
        """A statement."""
        return cast(Statement, self._api.get(f"statements/{within(id)}"))

    def search(
        self,
        words: str,
        *,
        language: str | None = None,
        kind: str | None = None,
        outlet: str | None = None,
        year: str | None = None,
        type: str | None = None,
        limit: int = 50,
        after: int = 0,
    ) -> Searched:
        """The places that hold all the words, the best first; the first things (entities, entries of lists,
        parties of registers, judgements) that hold them; and to what the search can be narrowed. Narrowed
        to a `kind` of things, `limit` and `after` are of these."""
        found = self._api.get(
            "search",
            q=words,
            in_language=language,
            kind=kind,
            outlet=outlet,
            year=year,
            type=type,
            limit=limit,
            after=after,
        )
        return cast(Searched, found)

    def entities(self, kind: str | None = None) -> Iterator[Supplier]:
        """The entities that are named, those told of most first."""
        return self._api.all("entities", kind=kind)

    def entity(self, name: str) -> EntityRead:
        """An entity by its key or any of its names, with what it is called and what it is part of."""
        return cast(EntityRead, self._api.get(f"entities/{within(name)}"))

    def compare(self, a: str, b: str) -> SideBySide:
        """Two entities side by side, to say whether they are one."""
        return cast(SideBySide, self._api.get("compare", a=a, b=b))

    def mentions(self, kind: str | None = None) -> Iterator[Mention]:
        """The names that wait to be recognised."""
        return self._api.all("mentions", kind=kind)

    def merge(self, entity: str, into: str, why: str = "") -> Judgement:
        """Say that two entities are one."""
        return self._judged("entities/merge", entity=entity, into=into, why=why)

    def split(self, entity: str, page: str, into: str, why: str = "") -> Judgement:
        """Say that on one page an entity's name means another."""
        return self._judged("entities/split", entity=entity, page=page, into=into, why=why)

    def recognise(
        self,
        entity: str,
        *,
        kind: str = "",
        name: str = "",
        also: Sequence[str] = (),
        country: str = "",
        part_of: str = "",
        why: str = "",
    ) -> Judgement:
        """Say that a mention is an entity, and what it is; what is empty stays as it was read."""
        told = {"kind": kind, "name": name, "also": list(also), "country": country, "part_of": part_of}
        return self._judged("entities/recognise", entity=entity, **told, why=why)

    def dismiss(self, entity: str, why: str = "") -> Judgement:
        """Say that a mention is nobody's name."""
        return self._judged("entities/dismiss", entity=entity, why=why)

    def judgements(
        self,
        *,
        subject: str | None = None,
        kind: str | None = None,
        who: str | None = None,
        since: str | None = None,
        until: str | None = None,
        known_at: str | None = None,
    ) -> Iterator[Judgement]:
        """What persons judged, in the order in which they did: of a subject, of a kind, by a person, from the
        day `since` until the day `until` (UTC)."""
        return self._api.all(
            "judgements", subject=subject, kind=kind, who=who, since=since, until=until, known_at=known_at
        )

    def judgement(self, number: int) -> Judgement:
        """A judgement by its number."""
        return cast(Judgement, self._api.get(f"judgements/{number}"))

    def audit(self, expect: str | None = None) -> Audit:
        """Whether the ledger is as its log says: `whole`, and the `faults`; and how far the log goes.
        `expect` is a digest from before: that it is gone is a fault."""
        return cast(Audit, self._api.get("audit", expect=expect))

    def log_end(self) -> LogEnd:
        """How far the log goes: how many `entries` it has, the digest of the `last`, and the `judgements`.
        Keep the digest elsewhere, to give it to `audit` later."""
        return cast(LogEnd, self._api.get("audit/end"))

    def lists(self, *, as_of: str | None = None, known_at: str | None = None) -> Iterator[ListVersion]:
        """Of each restriction list the version that holds, or held on a day."""
        return self._api.all("lists", as_of=as_of, known_at=known_at)

    def versions(self, list: str) -> Iterator[ListVersion]:
        """The versions of a list that are kept, the newest last."""
        return self._api.all(f"lists/{within(list)}/versions")

    def changes(
        self, list: str, *, since: str | None = None, start: int | None = None, end: int | None = None
    ) -> Changes:
        """What the newest version of a list, or the one numbered `end`, brought against another one."""
        place = f"lists/{within(list)}/changes"
        return cast(Changes, self._api.get(place, since=since, start=start, end=end))

    def entries(self, list: str, words: str = "", *, version: int | None = None) -> Iterator[ListedParty]:
        """The entries of a list's newest version or of another one, or those of them with some words."""
        return self._api.all(f"lists/{within(list)}/entries", q=words or None, version=version)

    def entry(self, list: str, id: str, *, on: str | None = None) -> ListEntry:
        """An entry of a list through its versions; and whether it stood on the list on a day."""
        return cast(ListEntry, self._api.get(f"lists/{within(list)}/entries/{within(id)}", on=on))

    def screen(
        self,
        name: str,
        *,
        kind: str = "company",
        near: bool = False,
        limit: int = 5,
        as_of: str | None = None,
    ) -> Screened:
        """Whom a name may mean on the restriction lists."""
        found = self._api.get("screen", name=name, kind=kind, near=near, limit=limit, as_of=as_of)
        return cast(Screened, found)

    def _judged(self, path: str, **told: Any) -> Judgement:
        return cast(Judgement, self._api.send("POST", path, told))
