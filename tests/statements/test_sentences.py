"""Sentences of our own, a file a language, each with what a careful annotator reads in it, and the patterns
read in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.texts import page_of

from onrecord.entities import Entity
from onrecord.language import analyse
from onrecord.statements import PatternReader, Reading, Statement

FOLDER = Path(__file__).parent
CASES: dict[str, list[dict[str, Any]]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
READ = [
    pytest.param(language, case, id=f"{language}-{number}")
    for language, cases in CASES.items()
    for number, case in enumerate(cases, 1)
    if not case.get("gap")
]


def reading_of(language: str, case: dict[str, Any]) -> Reading:
    published = case.get("published")
    page = page_of(case["text"], language, str(published) if published else None)
    return PatternReader().read(analyse(page))


def _names(entities: tuple[Entity, ...], key: str | None) -> set[str | None]:
    entity = next((e for e in entities if e.key == key), None)
    return {key, *(n.casefold() for n in (*entity.names, entity.name))} if entity and key else {key}


def fits(wanted: dict[str, Any], read: Statement, entities: tuple[Entity, ...]) -> bool:
    """Whether a statement is the one that was wanted: by its type and all else that is given."""

    def same(want: str | None, got: str | None) -> bool:
        return want == got or (
            want is not None and got is not None and want.casefold() in _names(entities, got)
        )

    chain = wanted.get("chain")
    source = chain or wanted.get("source") or [None]
    return (
        read.type == wanted["type"]
        and same(wanted.get("actor"), read.actor)
        and same(wanted.get("target"), read.target)
        and read.status == wanted["status"]
        and same(source[0], read.source[0] if read.source else None)
        and (chain is None or (len(chain) == len(read.source) and all(map(same, chain, read.source))))
        and ("topic" not in wanted or wanted["topic"] == read.topic)
        and ("scope" not in wanted or wanted["scope"] == read.scope)
        and ("when" not in wanted or str(wanted["when"]) == read.when)
    )


@pytest.mark.parametrize(("language", "case"), READ)
def test_sentence_is_read(language: str, case: dict[str, Any]) -> None:
    reading = reading_of(language, case)
    missing = [
        w for w in case["statements"] if not any(fits(w, s, reading.entities) for s in reading.statements)
    ]
    extra = [
        s for s in reading.statements if not any(fits(w, s, reading.entities) for w in case["statements"])
    ]
    assert not missing, [
        (s.type, s.actor, s.target, s.status, s.topic, s.source, s.when) for s in reading.statements
    ]
    assert not extra, [
        (s.type, s.actor, s.target, s.status, s.topic, s.source, s.when, s.rule) for s in extra
    ]


@pytest.mark.parametrize("language", sorted(CASES))
def test_most_of_the_sentences_are_read(language: str) -> None:
    """Gaps are told, and stay the smaller part."""
    gaps = [case for case in CASES[language] if case.get("gap")]
    assert len(CASES[language]) >= 60
    assert len(gaps) <= 0.4 * len(CASES[language])
