"""Whom persons name where no page does: whoever a correction, a split, a merge or a position brings is on
record by that."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.entities import Entity, listed
from onrecord.ledger._judgements import Judged


def brought(judged: Judged) -> dict[str, Entity]:
    """By their keys all whom judgements name, as the catalogue and the languages list them; who is listed
    nowhere is a company, or by a small letter a role, until a person says otherwise."""
    keys = {judged.key(key, "") or key for key in _named(judged)}
    return {key: listed(key) or Entity(key, "role" if key[:1].islower() else "company", key) for key in keys}


def _named(judged: Judged) -> Iterator[str]:
    for judgement in judged.statements.values():
        if judgement.kind == "correct":
            told = judgement.changes
            yield from (told[field] for field in ("actor", "target") if told.get(field) is not None)
            yield from told.get("source", ())
    yield from judged.merged.values()
    for page in judged.split.values():
        yield from page.values()
    for judgement in judged.positions:
        yield from (judgement.subject, judgement.payload["supplier"])
