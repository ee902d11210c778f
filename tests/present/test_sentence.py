"""Statements as sentences."""

from __future__ import annotations

import re
from itertools import product
from typing import get_args

import pytest

from onrecord.entities import Entity
from onrecord.present import sentence
from onrecord.statements import STATUSES, TOPICS, TYPES, Statement, StatementType, Status, Topic

NAMES = {
    entity.key: entity
    for entity in (
        Entity("Huawei", "company", "Huawei"),
        Entity("KP", "state", "KP"),
        Entity("US", "state", "US"),
        Entity("GB", "state", "GB"),
        Entity("Washington Post", "outlet", "Washington Post"),
        Entity("BBC", "outlet", "BBC"),
        Entity("Reuters", "outlet", "Reuters"),
        Entity("Ren Zhengfei", "person", "Ren Zhengfei"),
        Entity("US Department of Commerce", "body", "US Department of Commerce"),
        Entity("US companies", "role", "US companies"),
        Entity("insider", "role", "insider"),
    )
}


def said(
    type_: StatementType,
    actor: str | None,
    target: str | None,
    status: Status = "asserted",
    topic: Topic | None = None,
    source: tuple[str, ...] = (),
    when: str | None = None,
) -> str:
    """The sentence of a statement with these fields."""
    statement = Statement(0, 1, "x", 0, 1, type_, actor, target, status, topic, source, when, 1.0, "test")
    return sentence(statement, NAMES)


@pytest.mark.parametrize(
    ("fields", "reads"),
    [
        (
            ("supply", "Huawei", "KP", "asserted", "network", ("Washington Post",)),
            "According to the Washington Post, "
            "Huawei supplies or has supplied North Korea with network technology.",
        ),
        (
            ("supply", "Huawei", "KP", "negated", "market", ("Huawei", "Washington Post")),
            "By its own account, Huawei does not supply North Korea in matters of business, "
            "the Washington Post reports.",
        ),
        (
            ("wrongdoing", "Huawei", None, "negated", "espionage", ("Huawei", "BBC")),
            "Huawei denies having spied, the BBC reports.",
        ),
        (
            ("wrongdoing", "Huawei", "GB", "alleged", "sanctions", ("US",)),
            "The United States suspects or alleges that "
            "Huawei has broken the United Kingdom's sanctions or export rules.",
        ),
        (
            ("restriction", "GB", "Huawei", "planned", "network", (), "2027"),
            "The United Kingdom will restrict Huawei's part in networks in 2027.",
        ),
        (
            ("restriction", "US", "KP", "asserted", "sanctions", (), "2019-05-15"),
            "The United States restricted trade with North Korea on 15 May 2019.",
        ),
        (
            ("restriction", None, "KP", "asserted", "sanctions"),
            "North Korea is under restrictions over sanctions and export control.",
        ),
        (
            ("request", "US companies", "US Department of Commerce", "asserted", "law", ("insider",)),
            "According to an insider, "
            "US companies have made a request to the US Department of Commerce about the law.",
        ),
        (
            ("commitment", "Huawei", None, "asserted", "espionage", ("Ren Zhengfei", "BBC", "Reuters")),
            "According to Ren Zhengfei, Huawei has given a promise about espionage, "
            "the BBC (via Reuters) reports.",
        ),
        (
            ("evaluation", "GB", "Huawei", "negated", "security", (), "2018-07"),
            "The answer is no on an examination of Huawei's security by the United Kingdom in July 2018.",
        ),
        (
            ("evaluation", None, "Huawei", "negated", "espionage"),
            "The answer is no on an examination of Huawei in matters of espionage.",
        ),
    ],
)
def test_a_statement_reads_as_plain_english(fields: tuple[object, ...], reads: str) -> None:
    assert said(*fields) == reads  # type: ignore[arg-type]


def test_every_statement_there_can_be_has_a_sentence() -> None:
    """Whatever the fields, the sentence names the parties and sources, and is whole."""
    sources: tuple[tuple[str, ...], ...] = ((), ("Huawei",), ("insider", "BBC"), ("Reuters",))
    topics: tuple[Topic | None, ...] = (None, *TOPICS)
    for type_, status, topic, actor, target, source, when in product(
        TYPES, STATUSES, topics, (None, "Huawei", "US companies"), (None, "GB"), sources, (None, "2019-05")
    ):
        reads = said(type_, actor, target, status, topic, source, when)
        assert re.fullmatch(r"[A-Z][^{}<>\[\]|]*[^ ]\.", reads), reads
        assert "  " not in reads, reads
        assert " ," not in reads, reads
        assert actor is None or actor in reads, reads
        assert target is None or "United Kingdom" in reads, reads
        assert all(NAMES[key].name in reads for key in source), reads
        assert when is None or "May 2019" in reads, reads


def test_the_catalogue_knows_all_types_and_statuses() -> None:
    assert set(TYPES) == set(get_args(StatementType))
    assert len({said(t, "Huawei", "GB", s) for t in TYPES for s in STATUSES}) == len(TYPES) * len(STATUSES)


def test_a_name_is_never_taken_for_a_message() -> None:
    names = {"x": Entity("x", "company", "{target} <a|b> [has|have]")}
    statement = Statement(0, 1, "x", 0, 1, "supply", "x", None, "asserted", None, (), None, 1.0, "test")
    assert sentence(statement, names).startswith("{target} <a|b> [has|have] supplies")
