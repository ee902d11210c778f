"""What JSON gives of the ledger's records: the same fields on the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.entities import Entity
from onrecord.ledger import (
    Fault,
    Judgement,
    LogEnd,
    SearchHit,
    StoredEntity,
    StoredPage,
    StoredStatement,
    Waiting,
)
from onrecord.pages import Published
from onrecord.present._sentence import sentence
from onrecord.shapes import Audit, Mention, Page, Statement, Supplier
from onrecord.shapes import Entity as EntityShape
from onrecord.shapes import Fault as FaultShape
from onrecord.shapes import Judgement as JudgementShape
from onrecord.shapes import LogEnd as LogEndShape


def published_value(published: Published | None) -> str | None:
    """A date of publication as ISO 8601, cut to its precision."""
    return published.value if published else None


def page_fields(page: StoredPage) -> Page:
    """A page without its text."""
    published = page.published
    return {
        "id": page.id,
        "digest": page.digest,
        "locators": list(page.locators),
        "outlet": page.outlet,
        "title": page.title,
        "published": published_value(published),
        "published_evidence": published.evidence if published else None,
        "published_confidence": published.confidence if published else None,
        "language": page.language,
        "language_confidence": page.language_confidence,
        "encoding": page.encoding,
        "reader": page.reader,
        "version": page.version,
        "learned_at": page.learned_at.isoformat(),
        "statements": page.statements,
        "unread": page.unread,
    }


def statement_fields(stored: StoredStatement, names: Mapping[str, Entity], language: str) -> Statement:
    """A statement with its page; `reads` is its sentence in `language`, for which `names` holds entities by
    key."""
    said = stored.statement
    return {
        "id": stored.id,
        "page": stored.page_id,
        "locator": stored.locator,
        "outlet": stored.outlet,
        "title": stored.title,
        "published": published_value(stored.published),
        "language": stored.language,
        "reads": sentence(said, names, language),
        "quote": said.quote,
        "start": said.start,
        "end": said.end,
        "sentence": stored.sentence,
        "type": said.type,
        "actor": said.actor,
        "target": said.target,
        "status": said.status,
        "topic": said.topic,
        "scope": said.scope,
        "source": list(said.source),
        "when": said.when,
        "confidence": said.confidence,
        "rule": said.rule,
        "reader": stored.reader,
        "version": stored.version,
        "judgement": judgement_fields(stored.judgement) if stored.judgement else None,
        "counts": stored.counts,
    }


def judgement_fields(judgement: Judgement) -> JudgementShape:
    """What a person judged."""
    return {
        "id": judgement.id,
        "kind": judgement.kind,
        "subject": judgement.subject,
        "payload": judgement.payload,
        "who": judgement.who,
        "why": judgement.why,
        "at": judgement.at.isoformat(),
        "undone_by": judgement.undone_by,
        "undoes": judgement.undoes,
    }


def audit_fields(end: LogEnd, faults: Iterable[Fault]) -> Audit:
    """How far the log goes, and what is not as it says."""
    told = [FaultShape(kind=fault.kind, subject=fault.subject, message=fault.message) for fault in faults]
    return {"whole": not told, **log_end_fields(end), "faults": told}


def log_end_fields(end: LogEnd) -> LogEndShape:
    """How far the log goes."""
    return {"entries": end.entries, "last": end.digest, "judgements": end.judgements}


def entity_fields(stored: StoredEntity) -> EntityShape:
    """An entity and the names that pages give it."""
    entity = stored.entity
    return {
        "key": entity.key,
        "kind": entity.kind,
        "name": entity.name,
        "names": list(entity.names),
        "country": entity.country,
        "pages": stored.pages,
    }


def supplier_fields(stored: StoredEntity) -> Supplier:
    """An entity with how much is told of it, and how far it is known to be one."""
    return {**entity_fields(stored), "statements": stored.statements, "recognition": stored.recognition}


def mention_fields(one: Waiting) -> Mention:
    """A name that waits to be recognised, and the known entity whose name comes nearest."""
    near = one.nearest
    return {
        **entity_fields(one.stored),
        "nearest": {
            "key": near.key,
            "name": near.name,
            "score": round(near.likeness.score, 3),
            "relation": near.likeness.relation,
            "rule": near.likeness.rule,
            "wanting": near.likeness.wanting,
        }
        if near
        else None,
    }


def hit_fields(hit: SearchHit) -> dict[str, Any]:
    """A place that a search found; `marks` are the spans of `snippet` that match."""
    return {
        "page": hit.page_id,
        "statement": hit.statement_id,
        "locator": hit.locator,
        "outlet": hit.outlet,
        "title": hit.title,
        "published": published_value(hit.published),
        "language": hit.language,
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
        "score": hit.score,
    }
