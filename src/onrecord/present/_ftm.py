"""Entities and statements as FollowTheMoney entities (https://followthemoney.tech): one JSON object a line.

The schemata have no claim with a force, so a statement is a link between its two parties that tells type and
status in its role, and a restriction that is or was in force a Sanction beside it; a Documentation joins each
page to those whom its statements name. They are written as the schemata lay down, without the library; the
tests hold them to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babel import Locale

from onrecord.entities import Entity
from onrecord.ledger import StoredStatement
from onrecord.present._plain import plain
from onrecord.present._sentence import sentence

_SCHEMATA = {
    "company": "Company",
    "person": "Person",
    "body": "PublicBody",
    "state": "PublicBody",
    "outlet": "Organization",
    "role": "LegalEntity",
}


def ftm_entities(
    statements: Sequence[StoredStatement],
    entities: Mapping[str, Entity],
    language: str,
    ends: Mapping[str, str | None],
) -> Iterator[dict[str, Any]]:
    """Entities, pages and statements, each once, those that are pointed to first. What is left out
    (`why_left_out`) leaves no trace: whoever loads it would take it for a fact. `ends` are those of
    restrictions, as `ends_of` gives them."""
    statements = [stored for stored in statements if stored.counts]
    named = {key for s in statements for key in (s.statement.actor, s.statement.target, *s.statement.source)}
    for key in sorted(key for key in named if key):
        yield _entity(key, entities.get(key))
    pages: dict[str, StoredStatement] = {}
    for stored in statements:
        pages.setdefault(stored.page_id, stored)
    for stored in pages.values():
        yield _page(stored)
    yield from _documentation(statements)
    for stored in statements:
        yield from _statement(stored, entities, language, ends)


def why_left_out(stored: StoredStatement) -> str | None:
    """Why a statement is neither a link nor a sanction; None where it is one."""
    if stored.discounted is not None:
        return stored.discounted
    said = stored.statement
    return None if (said.actor and said.target) or _is_sanction(stored) else "of one party only"


def _is_sanction(stored: StoredStatement) -> bool:
    said = stored.statement
    return said.type == "restriction" and said.status == "asserted" and bool(said.target)


def _made(schema: str, made_of: str, **properties: str | Sequence[str] | None) -> dict[str, Any]:
    """An entity; its id is made from what it is made of, the same on any machine."""
    listed = {
        name: [plain(v) for v in ([value] if isinstance(value, str) else value)]
        for name, value in properties.items()
        if value
    }
    return {"id": _id(made_of), "schema": schema, "properties": listed}


def _id(made_of: str) -> str:
    return "onrecord-" + hashlib.sha1(made_of.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _entity(key: str, entity: Entity | None) -> dict[str, Any]:
    if entity is None:
        return _made("LegalEntity", f"entity {key}", name=key)
    name = entity.name
    if entity.kind == "state":
        name = Locale("en").territories.get(entity.key, entity.name)
    country = entity.country or (entity.key if entity.kind == "state" else None)
    return _made(
        _SCHEMATA[entity.kind],
        f"entity {key}",
        name=name,
        alias=sorted({n for n in (key, *entity.names) if n != name}),
        country=country.lower() if country else None,
    )


def _page(stored: StoredStatement) -> dict[str, Any]:
    return _made(
        "Article",
        f"page {stored.page_id}",
        title=stored.title or stored.page_id,
        publisher=stored.outlet,
        publishedAt=stored.published.value if stored.published else None,
        language=_alpha3(stored.language),
        sourceUrl=stored.locator if stored.locator.startswith(("http://", "https://")) else None,
    )


def _documentation(statements: Sequence[StoredStatement]) -> Iterator[dict[str, Any]]:
    """Each page with each party and source of its statements."""
    pairs = {
        (stored.page_id, key)
        for stored in statements
        for key in (stored.statement.actor, stored.statement.target, *stored.statement.source)
        if key
    }
    for page, key in sorted(pairs):
        document, entity = _id(f"page {page}"), _id(f"entity {key}")
        yield _made("Documentation", f"named {page} {key}", document=document, entity=entity, role="names")


def _alpha3(language: str | None) -> str | None:
    """A language's ISO 639-2 code, by which FollowTheMoney knows it."""
    codes = {"da": "dan", "de": "deu", "en": "eng", "fr": "fra", "nl": "nld", "no": "nor", "sv": "swe"}
    return codes.get(language or "")


def _statement(
    stored: StoredStatement,
    entities: Mapping[str, Entity],
    language: str,
    ends: Mapping[str, str | None],
) -> Iterator[dict[str, Any]]:
    said = stored.statement
    shared = {
        "summary": sentence(said, entities, language),
        "description": said.quote,
        "publisher": stored.outlet,
        "recordId": stored.id,
        "date": said.when or (stored.published.value if stored.published else None),
    }
    judged = stored.judgement.kind if stored.judgement else "read by a machine"
    if said.actor and said.target:
        yield _made(
            "UnknownLink",
            f"statement {stored.id}",
            subject=_id(f"entity {said.actor}"),
            object=_id(f"entity {said.target}"),
            role=f"{said.type}, {said.status}" + (f" ({said.topic})" if said.topic else ""),
            status=judged,
            **shared,
        )
    # One that is denied is a link alone: whoever loads a sanction takes it for a fact.
    if _is_sanction(stored) and ends.get(stored.id, "") is not None:
        yield _made(
            "Sanction",
            f"sanction {stored.id}",
            entity=_id(f"entity {said.target}"),
            authority=said.actor,
            program=said.topic,
            startDate=said.when,
            endDate=ends.get(stored.id),
            status=judged,
            **shared,
        )
