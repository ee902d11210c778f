"""Asking the ledger for entities: each under all the names that the current readings give it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils
from sqlalchemy import Connection, func, select, union_all

from onrecord.entities import Entity
from onrecord.ledger._current import current
from onrecord.ledger._judgements import Judged
from onrecord.ledger._records import StoredEntity
from onrecord.ledger._schema import MentionNameRow, MentionRow, ReadingRow, SourceRow, StatementRow

_NEAR = 60.0
"""rapidfuzz's `token_ratio` (0 to 100) below which names are no longer alike: a name with a letter missing or
two exchanged scores above 80, one of its words 100. `WRatio` would take any name that holds a short one."""


def entities(
    connection: Connection, judged: Judged, keys: Iterable[str] | None = None
) -> tuple[StoredEntity, ...]:
    """The entities that the current readings name, sorted by key, merged as judged; `keys` restricts them."""
    asked = None if keys is None else {judged.key(key, "") or key for key in keys}
    wanted = None if asked is None else sorted({old for key in asked for old in judged.meaning(key)})
    described: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    pages: Counter[str] = Counter()
    mentions = (
        select(MentionRow.key, MentionRow.kind, MentionRow.name, MentionRow.country, func.count())
        .join(ReadingRow, ReadingRow.id == MentionRow.reading_id)
        .where(current(ReadingRow))
        .group_by(MentionRow.key, MentionRow.kind, MentionRow.name, MentionRow.country)
    )
    names: dict[str, set[str]] = defaultdict(set)
    forms = (
        select(MentionNameRow.key, MentionNameRow.name)
        .join(ReadingRow, ReadingRow.id == MentionNameRow.reading_id)
        .where(current(ReadingRow))
        .distinct()
    )
    if wanted is not None:
        mentions = mentions.where(MentionRow.key.in_(wanted))
        forms = forms.where(MentionNameRow.key.in_(wanted))
    for old, kind, name, country, count in connection.execute(mentions):
        key = judged.key(old, "") or old
        if key == old:
            described[key][kind, name, country or ""] += count
        else:
            names[key] |= {old, name}
        pages[key] += count
    for old, name in connection.execute(forms):
        names[judged.key(old, "") or old].add(name)
    statements: Counter[str] = Counter()
    for old, count in _statement_counts(connection, wanted).items():
        statements[judged.key(old, "") or old] += count
    found = []
    for key, descriptions in sorted(described.items()):
        # Where pages differ, what most of them say; the alphabet settles a tie, never the order of reading.
        kind, name, country = min(descriptions, key=lambda d: (-descriptions[d], not d[2], d))
        entity = Entity(key, kind, name, tuple(sorted(names[key])), country or None)  # type: ignore[arg-type]
        found.append(StoredEntity(entity, statements[key], pages[key]))
    return tuple(found)


def _statement_counts(connection: Connection, keys: list[str] | None) -> Counter[str]:
    roles = union_all(
        select(StatementRow.id, StatementRow.reading_id, StatementRow.actor.label("key")),
        select(StatementRow.id, StatementRow.reading_id, StatementRow.target),
        select(StatementRow.id, StatementRow.reading_id, SourceRow.entity_key).join(
            SourceRow, SourceRow.statement_id == StatementRow.id
        ),
    ).subquery()
    query = (
        select(roles.c.key, func.count(roles.c.id.distinct()).label("statements"))
        .join(ReadingRow, ReadingRow.id == roles.c.reading_id)
        .where(current(ReadingRow), roles.c.key.is_not(None))
        .group_by(roles.c.key)
    )
    if keys is not None:
        query = query.where(roles.c.key.in_(keys))
    return Counter({row.key: row.statements for row in connection.execute(query)})


def entity(connection: Connection, asked: str, judged: Judged) -> StoredEntity | None:
    """The entity with that key, else of that name, else so called on a page; upper or lower case.

    Of several, the one that most pages name.
    """
    asked = asked.strip()
    exact = entities(connection, judged, [asked])
    if exact:
        return exact[0]
    small = asked.casefold()
    called = {key for key, name in _all_names(connection) if name.casefold() == small}
    found = entities(connection, judged, called)
    if not found:
        return None
    return min(found, key=lambda e: (_nearness(e.entity, small), -e.pages, e.entity.key))


def _nearness(entity: Entity, small: str) -> int:
    return next((i for i, name in enumerate((entity.key, entity.name)) if name.casefold() == small), 2)


def nearest(connection: Connection, asked: str, limit: int, judged: Judged) -> tuple[StoredEntity, ...]:
    """The entities whose key or one of whose names is most like what was asked for, the nearest first."""
    pairs = sorted(_all_names(connection))
    scored: dict[str, float] = {}
    for _, score, index in process.extract(
        asked,
        [name for _, name in pairs],
        scorer=fuzz.token_ratio,
        processor=utils.default_process,
        score_cutoff=_NEAR,
        limit=None,
    ):
        key = judged.key(pairs[index][0], "") or pairs[index][0]
        scored[key] = max(score, scored.get(key, 0.0))
    best = sorted(scored, key=lambda key: (-scored[key], key))[:limit]
    found = {stored.entity.key: stored for stored in entities(connection, judged, best)}
    return tuple(found[key] for key in best)


def _all_names(connection: Connection) -> set[tuple[str, str]]:
    """Every key with every name that a current reading gives it, itself among them."""
    pairs: set[tuple[str, str]] = set()
    for key, name in connection.execute(
        select(MentionRow.key, MentionRow.name)
        .join(ReadingRow, ReadingRow.id == MentionRow.reading_id)
        .where(current(ReadingRow))
        .distinct()
    ):
        pairs.update({(key, key), (key, name)})
    pairs.update(
        (key, name)
        for key, name in connection.execute(
            select(MentionNameRow.key, MentionNameRow.name)
            .join(ReadingRow, ReadingRow.id == MentionNameRow.reading_id)
            .where(current(ReadingRow))
            .distinct()
        )
    )
    return pairs
