"""What is asked of the ledger, found for a page and for the API alike; `Problem` where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from onrecord.entities import EntityKind, listed_alone
from onrecord.entities.matching import NameKind
from onrecord.exposure import Pack, packs
from onrecord.ledger import (
    Judgement,
    Part,
    Snapshot,
    StoredEntity,
    StoredPage,
    StoredStatement,
    StoredUnread,
)
from onrecord.lists import Hit, Mark, marks_of
from onrecord.pages import Page, Run
from onrecord.present import sentence
from onrecord.standing import Concerning, Dossier, Standings, concerning, standing_of, standings_of
from onrecord.web._asked import Extent, Times
from onrecord.web._bench import Bench
from onrecord.web._errors import Problem, not_found

_ID = re.compile(r"[0-9a-f]{4,64}")
"""What may be the beginning of an id."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page with its text and what was read from it."""

    page: StoredPage
    content: Page
    statements: tuple[StoredStatement, ...]
    unread: tuple[StoredUnread, ...]
    dropped: tuple[Run, ...]


def page_called(bench: Bench, id: str) -> StoredPage:
    """The page whose id begins so."""
    page = bench.ledger.page(id) if _ID.fullmatch(id) else None
    if page is None:
        raise not_found(f"The ledger has no page '{id}'.")
    return page


def page_of(bench: Bench, id: str) -> FoundPage:
    """The page whose id begins so, with its text."""
    page = page_called(bench, id)
    content = bench.ledger.content(page.id)
    if content is None:
        raise not_found(f"The ledger has no page '{id}'.")
    statements = sorted(bench.ledger.statements(page=page.id), key=lambda one: one.statement.start)
    dropped = tuple(run for run in content.runs if not run.kept)
    return FoundPage(page, content, tuple(statements), bench.ledger.unread(page=page.id), dropped)


def statement_of(bench: Bench, id: str) -> StoredStatement:
    """The statement whose id begins so."""
    found = bench.ledger.statement(id) if _ID.fullmatch(id) else None
    if found is None:
        raise not_found(f"The ledger has no statement '{id}'.")
    return found


def sentences_of(
    bench: Bench,
    statements: Collection[str],
    language: str,
    seen: Callable[[StoredStatement], StoredStatement],
) -> dict[str, tuple[str, str]]:
    """By the ids of those statements that are on record the quote of each, and its sentence in a language, as
    whoever asks has it `seen`."""

    def ask(snapshot: Snapshot) -> dict[str, StoredStatement]:
        rows = {id: int(snapshot.statements["id"][at]) for id, at in snapshot.places(statements).items()}
        stored = snapshot.said(list(rows.values()))
        return {id: stored[row] for id, row in rows.items()}

    if not statements:
        return {}
    names, found = bench.names(), bench.ledger.snapshot(ask)
    told: dict[str, tuple[str, str]] = {}
    for id in statements:
        # What was judged may stand in an older reading alone.
        one = found.get(id) or bench.ledger.statement(id)
        if one is not None:
            said = seen(one).statement
            told[id] = said.quote, sentence(said, names, language)
    return told


def judgement_of(bench: Bench, number: int) -> Judgement:
    """The judgement of that number."""
    found = numbered(bench).get(number)
    if found is None:
        raise not_found(f"There is no judgement {number}.")
    return found


def numbered(bench: Bench) -> Mapping[int, Judgement]:
    """All judgements by their numbers."""
    return bench.kept("judgements by number", lambda: {one.id: one for one in bench.ledger.judgements()})


@dataclass(frozen=True, slots=True)
class Which:
    """Which statements are asked for: `entity` and `other` are any of their names, `page` the beginning of an
    id; the rest is as `Ledger.some_statements` has it. `of` says which of an entity's: only those to which it
    is a party, all that its dossier counts, both without what a person rejected, or whose page was withdrawn;
    or just those, `discounted`."""

    entity: str | None = None
    other: str | None = None
    page: str | None = None
    language: str | None = None
    type: str | None = None
    status: str | None = None
    judged: bool | None = None
    of: Concerning | None = None


def statements_asked(
    bench: Bench, which: Which, some: Extent, when: Times, awaiting: Collection[str] = ()
) -> Part[StoredStatement]:
    """A part of the statements that fit. Of those `awaiting` whoever asks as the second who judges them it is
    not told which count no longer. `Problem` where there is no such entity or page."""
    key = entity_of(bench, which.entity).entity.key if which.entity else None
    other = entity_of(bench, which.other).entity.key if which.other else None
    page = page_called(bench, which.page).id if which.page else None
    but = awaiting if which.of == "discounted" else ()
    return bench.ledger.some_statements(
        some.limit,
        some.after,
        entity=None if which.of else key,
        other=other,
        page=page,
        language=which.language or None,
        type=which.type or None,
        status=which.status or None,
        judged=which.judged,
        among=concerning(key, which.of, but) if key and which.of else None,
        as_of=when.as_of,
        known_at=when.known_at,
    )


def entity_of(bench: Bench, name: str) -> StoredEntity:
    """The entity of that key or name."""
    found = bench.ledger.entity(name)
    if found is None:
        nearest = tuple(one.entity.key for one in bench.ledger.nearest_entities(name))
        raise not_found(f"Nothing is on record about '{name}'.", nearest)
    return found


def known_of(bench: Bench, name: str) -> StoredEntity:
    """The entity of that key or name, on record or else in the catalogue or a state alone."""
    if bench.ledger.entity(name) is None:
        entity = listed_alone(name)
        if entity is not None:
            return bench.ledger.entity(entity.key) or StoredEntity(entity, 0, 0)
    return entity_of(bench, name)


def dossier_of(bench: Bench, name: str, when: Times) -> tuple[Dossier, dict[str, tuple[Mark, ...]]]:
    """The dossier of a supplier, and the entries of lists that its entities have."""
    found = standing_of(bench.ledger, name, as_of=when.as_of, known_at=when.known_at)
    return found, marks_of(bench.ledger, found)


def pack_of(id: str) -> Pack:
    """The pack of rules of that id."""
    held = packs()
    found = next((one for one in held if one.id == id), None)
    if found is None:
        raise not_found(f"There is no pack of rules '{id}'.", [one.id for one in held][:5])
    return found


MOST = 20
"""Suppliers on which the page of standing shows where actors stand, where nobody says how many."""


def kinds_asked(kinds: Sequence[EntityKind] | None) -> tuple[EntityKind, ...]:
    """The kinds of actors that are asked for: states where none is named."""
    return tuple(kinds or ("state",))


def standings_asked(
    bench: Bench, suppliers: str | None, kinds: Sequence[EntityKind], most: int, when: Times
) -> Standings:
    """Where actors of some kinds stand on some suppliers, or on those told of most."""
    names = list(dict.fromkeys(name.strip() for name in (suppliers or "").split(",") if name.strip()))
    return standings_of(bench.ledger, names, kinds=kinds, most=most, as_of=when.as_of, known_at=when.known_at)


def screened(
    bench: Bench, name: str, kind: NameKind, when: Times, *, near: bool, limit: int
) -> tuple[Hit, ...]:
    """The listed parties that a name may mean. `Problem` where there are no lists: then nothing is known."""
    screener = bench.screener(when.as_of, when.known_at)
    if not len(screener):
        raise Problem(
            HTTPStatus.NOT_FOUND, "The ledger holds no restriction list. Add one: onrecord lists add FILE"
        )
    return screener.screen(name, kind=kind, limit=limit, near=near)
