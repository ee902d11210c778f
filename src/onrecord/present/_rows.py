"""Statements as rows of a table: what CSV, Parquet and JSON Lines hold. docs/exports.md tells the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.entities import Entity
from onrecord.ledger import StoredStatement
from onrecord.present._sentence import sentence

COLUMNS = (
    "id", "reads", "quote", "sentence", "type", "actor", "actor_kind", "actor_country", "target",
    "target_kind", "target_country", "status", "topic", "scope", "source", "when", "plover", "confidence",
    "rule", "reader", "version", "judgement", "judged_by", "counts", "discounted", "page", "outlet",
    "credit", "title", "published", "language", "locator", "start", "end",
)  # fmt: skip
"""The columns, in order."""


@cache
def _plover() -> dict[str, dict[str, str]]:
    text = (files("onrecord.present") / "data" / "plover.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded


def rows(
    statements: Iterable[StoredStatement], entities: Mapping[str, Entity], language: str
) -> Iterator[dict[str, Any]]:
    """A row for each statement, with its sentence in a language; `source` is a list, nearest first."""
    for stored in statements:
        said = stored.statement
        actor, target = entities.get(said.actor or ""), entities.get(said.target or "")
        row = {
            "id": stored.id,
            "reads": sentence(said, entities, language),
            "quote": said.quote,
            "sentence": stored.sentence,
            "type": said.type,
            "actor": said.actor,
            "actor_kind": actor.kind if actor else None,
            "actor_country": actor.country if actor else None,
            "target": said.target,
            "target_kind": target.kind if target else None,
            "target_country": target.country if target else None,
            "status": said.status,
            "topic": said.topic,
            "scope": said.scope,
            "source": list(said.source),
            "when": said.when,
            "plover": _plover().get(said.type, {}).get(said.status),
            "confidence": said.confidence,
            "rule": said.rule,
            "reader": stored.reader,
            "version": stored.version,
            "judgement": stored.judgement.kind if stored.judgement else None,
            "judged_by": stored.judgement.who if stored.judgement else None,
            "counts": stored.counts,
            "discounted": stored.discounted,
            "page": stored.page_id,
            "outlet": stored.outlet,
            "credit": stored.credit,
            "title": stored.title,
            "published": stored.published.value if stored.published else None,
            "language": stored.language,
            "locator": stored.locator,
            "start": said.start,
            "end": said.end,
        }
        yield {name: row[name] for name in COLUMNS}
