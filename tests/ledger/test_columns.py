"""The columns say what the rows say, whatever was read anew and judged; the audit tells where they do not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from onrecord.ledger import CannotBe, Ledger, Snapshot
from onrecord.ledger import _segments as segments
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]
KEYS = ["Huawei", "NO", "GB", "DK", "Reuters", "BBC"]
PAGES = 5

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(0, PAGES - 1), st.sampled_from(KEYS)),
        st.tuples(st.just("reject"), st.integers(0, 9), st.just("")),
        st.tuples(
            st.just("correct"), st.integers(0, 9), st.sampled_from(["actor", "source", "when", "scope"])
        ),
        st.tuples(st.just("merge"), st.integers(0, 4), st.sampled_from(KEYS)),
        st.tuples(st.just("split"), st.integers(0, PAGES - 1), st.sampled_from(KEYS)),
        st.tuples(
            st.just("withdraw"), st.integers(0, PAGES - 1), st.sampled_from(["2019-06-01", "2020-01-02"])
        ),
        st.tuples(st.just("undo"), st.integers(0, 5), st.just("")),
    ),
    min_size=1,
    max_size=14,
)


def act(ledger: Ledger, make: Make, read: Read, kind: str, number: int, what: str, turn: int) -> None:
    """Do one thing to a ledger, where it can be done."""
    said = ledger.statements()
    if kind == "read":
        page = make(
            f"Huawei builds network {number}. It rests {number}",
            locator=f"{number}.txt",
            published=["2019", "2019-02", None, "2019-03-01", "2020-01-02"][number],
            title=f"{what} and more",
        )
        source = ("Reuters", "BBC") if turn % 3 else ()
        ledger.add(page, read(page, version=str(turn), target=what, source=source))
    elif not said:
        return
    elif kind == "reject":
        ledger.judge("reject", said[number % len(said)].id, who="Anna")
    elif kind == "correct":
        value: Any = {
            "actor": "Nobody", "source": ["Reuters", "Somebody"], "when": "1999-05", "scope": "radio",
        }[what]  # fmt: skip
        ledger.judge("correct", said[number % len(said)].id, who="Anna", changes={what: value})
    elif kind == "merge" and KEYS[number] != what:
        held = {j.subject: j.payload["into"] for j in ledger.judgements() if j.kind == "merge"}
        if KEYS[number] not in held.values() and what not in held:
            ledger.merge(KEYS[number], what, who="Anna")
    elif kind == "split":
        ledger.split("Huawei", said[number % len(said)].page_id, what, who="Anna")
    elif kind == "withdraw":
        with suppress(CannotBe):  # withdrawn before it appeared
            ledger.withdraw(said[number % len(said)].page_id, what, who="Anna")
    elif kind == "undo":
        held_now = [j for j in ledger.judgements() if j.kind != "undo" and j.undone_by is None]
        if number < len(held_now):
            ledger.undo(held_now[number].id, who="Anna")


Row = tuple[str | None, ...]


def by_columns(snapshot: Snapshot) -> dict[str, tuple[Row, bool]]:
    """Every statement's fields and whether it counts, as the columns have them."""
    numbers, said = snapshot.numbers, snapshot.statements
    keys = numbers.texts("key", [*said["actor"], *said["target"], *snapshot.links["key"]])
    chains: dict[int, list[str]] = {}
    for chain, key in zip(snapshot.links["chain"].tolist(), snapshot.links["key"].tolist(), strict=True):
        chains.setdefault(chain, []).append(keys[key])
    words = {
        name: numbers.texts(name, said[name].tolist())
        for name in ("type", "status", "topic", "scope", "when")
    }
    stored = snapshot.said(said["id"].tolist())
    return {
        stored[row].id: (
            (
                keys.get(int(said["actor"][i])),
                keys.get(int(said["target"][i])),
                json.dumps(chains.get(int(said["chain"][i]), [])),
                *(words[name].get(int(said[name][i])) for name in words),
            ),
            bool(said["counts"][i]),
        )
        for i, row in enumerate(said["id"].tolist())
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, as_of=st.sampled_from([None, "2019-02", "2019", "2020"]))
def test_the_columns_say_what_the_rows_say(
    place_maker: Callable[[], str],
    make_page: Make,
    make_reading: Read,
    acts: list[tuple[str, int, str]],
    as_of: str | None,
) -> None:
    with Ledger(place_maker()) as ledger:
        for turn, (kind, number, what) in enumerate(acts):
            act(ledger, make_page, make_reading, kind, number, what, turn)
        by_rows = {
            s.id: (
                (
                    s.statement.actor,
                    s.statement.target,
                    json.dumps(list(s.statement.source)),
                    s.statement.type,
                    s.statement.status,
                    s.statement.topic,
                    s.statement.scope,
                    s.statement.when,
                ),
                s.counts,
            )
            for s in ledger.statements(as_of=as_of)
        }
        assert ledger.snapshot(by_columns, as_of=as_of) == by_rows
        for stored in ledger.entities():
            naming = ledger.statements(entity=stored.entity.key)
            assert stored.statements == len(naming)
        assert ledger.audit() == ()


def test_segments_are_merged_as_they_grow(
    place: str, make_page: Make, make_reading: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "_SMALL", 4)
    monkeypatch.setattr(segments, "_LARGE", 6)
    chance = random.Random(1)
    pages = [make_page(f"Huawei builds network {n}", locator=f"{n}.txt") for n in range(40)]
    with Ledger(place) as ledger, Ledger(place) as other:
        left = list(pages)
        while left:
            some = [left.pop() for _ in range(min(chance.choice([1, 1, 2, 7]), len(left)))]
            ledger.add_all([(page, make_reading(page)) for page in some])
            told = other.snapshot(by_columns)
            assert set(told) == {s.id for s in ledger.statements()}
        assert ledger.audit() == ()
        with Ledger(place) as fresh:
            assert fresh.snapshot(by_columns) == told


def test_the_audit_tells_where_the_columns_are_not_what_the_rows_say(
    place: str, make_page: Make, make_reading: Read
) -> None:
    with Ledger(place) as ledger:
        first, second = (make_page(f"Huawei builds network {n}", locator=f"{n}.txt") for n in range(2))
        ledger.add(first, make_reading(first))
        ledger.add(second, make_reading(second, target="GB"))
        assert ledger.audit() == ()
    url = place if "://" in place else f"sqlite:///{place}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM segment WHERE last = 2"))
    engine.dispose()
    with Ledger(place) as ledger:
        (fault,) = ledger.audit()
        assert (fault.kind, fault.subject) == ("reading", second.digest)
        assert "columns" in fault.message


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ("DELETE FROM called", "name", "looked up"),
        ("UPDATE called SET folded = 'another' WHERE key = 'Huawei'", "name", "looked up"),
        ("INSERT INTO called (key, name, folded) VALUES ('Huawei', 'Nokia', 'nokia')", "name", "looked up"),
        ("DELETE FROM search_entry WHERE statement_id IS NULL", "page", "by its words"),
        ("DELETE FROM search_entry WHERE statement_id IS NOT NULL", "statement", "by its words"),
        ("UPDATE sketch SET sketch = substr(sketch, 1, 4)", "page", "sketched"),
    ],
)
def test_the_audit_tells_where_what_is_looked_up_is_not_what_the_rows_say(
    place: str, make_page: Make, make_reading: Read, change: str, kind: str, words: str
) -> None:
    with Ledger(place) as ledger:
        page = make_page("Huawei builds a network. " + " ".join(f"Mast {n} stands." for n in range(20)))
        ledger.add(page, make_reading(page))
        assert ledger.audit() == ()
    url = place if "://" in place else f"sqlite:///{place}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    with Ledger(place) as ledger:
        faults = ledger.audit()
    assert {fault.kind for fault in faults} == {kind}
    assert all(words in fault.message for fault in faults)
