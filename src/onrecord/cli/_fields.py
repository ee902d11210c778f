"""What JSON gives of the ledger's records (`onrecord.present`), imported when it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord import shapes
    from onrecord.entities import Entity
    from onrecord.ledger import (
        Fault,
        Judgement,
        LogEnd,
        SearchHit,
        StoredEntity,
        StoredPage,
        StoredStatement,
    )
    from onrecord.pages import Published


def published_value(published: Published | None) -> str | None:
    """A date of publication as ISO 8601, cut to its precision."""
    return published.value if published else None


def page_fields(page: StoredPage) -> shapes.Page:
    """A page without its text."""
    from onrecord import present

    return present.page_fields(page)


def statement_fields(stored: StoredStatement, names: Mapping[str, Entity], language: str) -> shapes.Statement:
    """A statement with its page; `reads` is its sentence in `language`, for which `names` holds entities by
    key."""
    from onrecord import present

    return present.statement_fields(stored, names, language)


def judgement_fields(judgement: Judgement) -> shapes.Judgement:
    """What a person judged."""
    from onrecord import present

    return present.judgement_fields(judgement)


def entity_fields(stored: StoredEntity) -> shapes.Entity:
    """An entity and the names that pages give it."""
    from onrecord import present

    return present.entity_fields(stored)


def hit_fields(hit: SearchHit) -> dict[str, Any]:
    """A place that a search found; `marks` are the spans of `snippet` that match."""
    from onrecord import present

    return present.hit_fields(hit)


def audit_fields(end: LogEnd, faults: Iterable[Fault]) -> shapes.Audit:
    """How far the log goes, and what is not as it says."""
    from onrecord import present

    return present.audit_fields(end, faults)
