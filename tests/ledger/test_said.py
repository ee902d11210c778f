"""Statements that persons say: they count as those that were read, outlive later readings, are undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.test_judging import tamper

from onrecord.entities import Entity, catalogue
from onrecord.ledger import BadDate, Judgement, Ledger, NotJudged, ReadingRefused, Snapshot, StoredStatement
from onrecord.pages import Page
from onrecord.standing import standing_of
from onrecord.statements import STATUSES, TYPES, Reading, Statement

Make = Callable[..., Page]
Read = Callable[..., Reading]
TEXT = "Huawei builds the network. Norway then told Huawei to leave. The rest is known"


@pytest.fixture
def page(ledger: Ledger, make_page: Make, make_reading: Read) -> Page:
    made = make_page(TEXT)
    ledger.add(made, make_reading(made))
    return made


def say(
    ledger: Ledger, page: Page, quote: str = "Norway then told Huawei to leave", **more: object
) -> Judgement:
    start = page.original.index(quote)
    told: dict[str, object] = {"type": "restriction", "actor": "NO", "target": "Huawei", "who": "Anna"}
    return ledger.add_statement(page.digest[:12], start, start + len(quote), **(told | more))  # type: ignore[arg-type]


def said(ledger: Ledger, **asked: object) -> list[StoredStatement]:
    return [s for s in ledger.statements(**asked) if s.statement.rule == "by-hand"]  # type: ignore[arg-type]


def test_it_stands_with_who_said_it_and_its_sentence_is_no_longer_unread(ledger: Ledger, page: Page) -> None:
    before = ledger.counts()
    told: dict[str, Any] = {"when": "2019-01", "source": ["Ritzau"], "topic": "network", "scope": "core"}
    passed = say(ledger, page, why="plain words", **told)
    (found,) = said(ledger)
    assert (found.id, found.said, found.reader, found.version) == (passed.subject, passed, "Anna", "")
    assert (found.statement.confidence, found.statement.when, found.statement.source) == (
        1.0,
        "2019-01",
        ("Ritzau",),
    )
    assert found.statement.scope == "core"
    assert found.statement.quote == page.original[found.statement.start : found.statement.end]
    assert found.sentence == "Norway then told Huawei to leave"
    assert [one.sentence for one in ledger.unread()] == ["The rest is known"]
    after = ledger.counts()
    assert (after.statements, after.unread) == (before.statements + 1, before.unread - 1)
    assert found in ledger.statements(entity="NO")
    assert found.id in {hit.statement_id for hit in ledger.search("leave")}
    assert ledger.statement(found.id) == found
    assert {s.version for s in ledger.statements() if s.said is None} == {"1"}
    assert (ledger.pages()[0].version, ledger.pages()[0].statements) == ("1", 2)
    ritzau = ledger.entity("ritzau")
    assert ritzau is not None
    assert (ritzau.statements, ritzau.pages) == (1, 1)
    assert ledger.audit() == ()
    assert say(ledger, page, why="plain words", **told) == passed
    assert said(ledger, reader_version="1") == [], "what that version read, and no more"


def test_it_is_undone_rejected_and_corrected_as_any_other(ledger: Ledger, page: Page) -> None:
    passed = say(ledger, page)
    ledger.judge("correct", passed.subject, who="Bo", changes={"status": "planned"})
    (found,) = said(ledger)
    assert found.statement.status == "planned"
    assert found.as_read is not None
    assert found.as_read.status == "asserted"
    rejected = ledger.judge("reject", passed.subject, who="Bo")
    assert not said(ledger)[0].counts
    ledger.undo(rejected.id, who="Bo")
    assert said(ledger)[0].counts
    ledger.undo(passed.id, who="Anna")
    assert said(ledger) == []
    assert len(ledger.unread()) == 2
    taken_back = ledger.statement(passed.subject)
    assert taken_back is not None
    assert not taken_back.counts
    again = say(ledger, page)
    assert again.id != passed.id
    assert said(ledger)[0].counts
    assert ledger.audit() == ()


def test_it_outlives_later_readings_and_tells_where_its_words_are_gone(
    ledger: Ledger, page: Page, make_reading: Read
) -> None:
    passed = say(ledger, page, target="Ekko Networks")
    ledger.add(page, make_reading(page, version="2"))
    assert [s.id for s in said(ledger)] == [passed.subject]
    assert ledger.holds(page.digest, "by-hand", "2")
    assert ledger.add(page, make_reading(page, version="2")) == "unchanged"
    assert [one.sentence for one in ledger.unread()] == ["The rest is known"]
    assert ledger.entity("Ekko Networks") is not None
    assert ledger.unplaced() == ()
    other = replace(page, original=page.original.replace("told Huawei", "asked Huawei"))
    ledger.add(other, make_reading(other, version="3"))
    assert said(ledger) == []
    assert ledger.unplaced() == (passed,)
    assert ledger.audit() == ()


def test_a_states_code_goes_before_whoever_else_is_called_so(
    ledger: Ledger, page: Page, make_reading: Read
) -> None:
    authority = catalogue()["Swedish Financial Supervisory Authority"]
    reading = make_reading(page)
    ledger.add(page, replace(reading, version="2", entities=(*reading.entities, authority)))
    assert "FI" in authority.also
    say(ledger, page, actor="FI", source=["Finansinspektionen"])
    (found,) = said(ledger)
    assert (found.statement.actor, found.statement.source) == ("FI", (authority.key,))
    finland = ledger.entity("FI")
    assert finland is not None
    assert (finland.entity.kind, finland.entity.name) == ("state", "Finland")


@pytest.mark.parametrize("source", ["Washington Post", "the washington post", "The Washington Post"])
def test_a_source_named_by_hand_is_the_outlet_of_its_own_pages(
    ledger: Ledger, page: Page, make_page: Make, make_reading: Read, source: str
) -> None:
    own = replace(make_page(f"{TEXT}. It is its own", locator="its-own.html"), outlet="Washington Post")
    ledger.add(own, make_reading(own, version="1"))
    for one in (page, own):
        say(ledger, one, source=[source] if one is page else ())
    lines = [line for line in standing_of(ledger, "Huawei").lines if line.type == "restriction"]
    assert {line.source for line in lines} == {(), ("The Washington Post",)}
    assert {origin for line in lines for origin in line.origins} == {"The Washington Post"}


def test_it_is_known_from_when_it_was_said_until_it_is_undone(ledger: Ledger, page: Page) -> None:
    passed = say(ledger, page)
    undone = ledger.undo(passed.id, who="Anna")
    assert said(ledger, known_at=passed.at - timedelta(microseconds=1)) == []
    if undone.at > passed.at:
        assert said(ledger, known_at=undone.at - timedelta(microseconds=1))[0].counts
    assert said(ledger, known_at=undone.at) == []
    say(ledger, page)
    assert said(ledger, as_of="2019-01-23") == []
    assert len(said(ledger, as_of="2019-01-24")) == 1


def test_names_are_looked_up_and_new_ones_wait_as_mentions(ledger: Ledger, page: Page) -> None:
    ledger.merge("NO", "GB", who="Bo")
    say(
        ledger,
        page,
        actor="the company",
        target="Norway",
        source=["Ola Example"],
        kinds={"Ola Example": "person"},
    )
    (found,) = said(ledger)
    assert (found.statement.actor, found.statement.target) == ("Huawei", "GB")
    waiting = {one.stored.entity.key: one.stored.entity.kind for one in ledger.mentions()}
    assert waiting["Ola Example"] == "person"
    statement, named = ledger.would_state(
        page.digest,
        found.statement.start,
        found.statement.end,
        {
            "type": "risk",
            "actor": "ericsson",
            "target": None,
            "status": "alleged",
            "topic": None,
            "source": (),
            "when": None,
        },
    )
    assert (statement.actor, [e.key for e in named]) == ("Ericsson", ["Ericsson"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "gossip"}, {"status": "sure"}, {"topic": "weather"}, {"scope": "kitchen"},
        {"actor": None, "target": None},
        {"actor": " "}, {"actor": "a\0b"}, {"actor": "x" * 201}, {"quote": "other words"}, {"who": " "},
        {"actor": "Somebody New", "kinds": {"Somebody New": "state"}},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(ledger: Ledger, page: Page, wrong: dict[str, object]) -> None:
    state = ledger.state()
    start = page.original.index("Norway")
    told: dict[str, object] = {"type": "risk", "actor": "NO", "target": None, "who": "Anna"}
    with pytest.raises(NotJudged):
        ledger.add_statement(page.digest, start, start + 6, **(told | wrong))  # type: ignore[arg-type]
    assert ledger.state() == state


def test_words_that_are_none_and_what_is_on_record_already_are_refused(ledger: Ledger, page: Page) -> None:
    length = len(page.original)
    for start, end in ((5, 5), (-1, 4), (0, length + 1), (length, length + 3)):
        with pytest.raises(NotJudged, match="hold no words"):
            ledger.add_statement(page.digest, start, end, type="risk", actor="NO", who="Anna")
    for when in ("soon", "2019-00", "2019-02-30", " 2019", "٢٠١٩", ""):
        with pytest.raises(BadDate):
            say(ledger, page, when=when)
    with pytest.raises(NotJudged, match="no page"):
        ledger.add_statement("ffffffffffff", 0, 3, type="risk", actor="NO", who="Anna")
    first = ledger.statements()[0].statement
    with pytest.raises(NotJudged, match="on record already"):
        ledger.add_statement(page.digest, first.start, first.end, type="supply", actor="Huawei", target="NO",
                             topic="network", who="Anna")  # fmt: skip
    say(ledger, page)
    with pytest.raises(NotJudged, match="on record already"):
        say(ledger, page, who="Bo")
    with pytest.raises(ReadingRefused):
        ledger.add(page, Reading("by-hand", "1+by-hand.3", (), (), ()))


def test_the_copy_holds_it_and_a_change_behind_the_log_is_found(
    ledger: Ledger, page: Page, place_maker: Callable[[], str]
) -> None:
    say(ledger, page)
    with Ledger(place_maker()) as other:
        ledger.copy_into(other)
        assert other.statements() == ledger.statements()
        assert other.audit() == ()
    tamper(ledger, "UPDATE statement SET actor = 'SE' WHERE rule = 'by-hand'")
    assert {fault.kind for fault in ledger.audit()} == {"reading"}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(TYPES), st.sampled_from(STATUSES), st.sampled_from(["NO", "DK", "Telenor"]),
            st.sampled_from(["Huawei", "ZTE", None]), st.sampled_from([(), ("GB",), ("Telenor", "DK")]),
            st.sampled_from(["Norway then told Huawei", "The rest is known", "Huawei builds"]),
        ),
        min_size=1, max_size=4, unique=True,
    ),
    later=st.booleans(),
)  # fmt: skip
def test_said_it_counts_as_if_it_had_been_read(
    make_page: Make, make_reading: Read, place_maker: Callable[[], str],
    told: list[tuple[str, str, str, str | None, tuple[str, ...], str]], later: bool,
) -> None:  # fmt: skip
    """Two ledgers, one in which persons say what in the other a reader reads, answer alike."""
    page = make_page(TEXT)
    reading = make_reading(page)
    with Ledger(place_maker()) as by_hand, Ledger(place_maker()) as read:
        by_hand.add(page, reading)
        for type_, status, actor, target, source, quote in told:
            say(by_hand, page, quote, type=type_, status=status, actor=actor, target=target, source=source)
        if later:
            by_hand.add(page, replace(reading, version="2"))
        own = said(by_hand)
        covered = [(s.statement.start, s.statement.end) for s in own]
        names = {
            key for s in own for key in (s.statement.actor, s.statement.target, *s.statement.source) if key
        }
        known = {entity.key for entity in reading.entities}
        more = tuple(
            Entity(e.key, e.kind, e.name, e.names, e.country)
            for e in (one.entity for one in by_hand.entities())
            if e.key in names - known
        )
        left = tuple(u for u in reading.unread if not any(a < u.end and u.start < b for a, b in covered))
        statements: tuple[Statement, ...] = (*reading.statements, *(s.statement for s in own))
        read.add(
            page, replace(reading, statements=statements, unread=left, entities=(*reading.entities, *more))
        )
        plain = [(s.id, s.statement, s.sentence, s.counts) for s in by_hand.statements()]
        assert plain == [(s.id, s.statement, s.sentence, s.counts) for s in read.statements()]
        assert by_hand.entities() == read.entities()
        assert [u.unread for u in by_hand.unread()] == [u.unread for u in read.unread()]
        assert [h.statement_id for h in by_hand.search("Huawei")] == [
            h.statement_id for h in read.search("Huawei")
        ]
        for one, other in zip(by_hand.entities(), read.entities(), strict=True):
            if one.entity.kind == "company":
                a, b = (standing_of(ledger, e.entity.key) for ledger, e in ((by_hand, one), (read, other)))
                assert (a.positions, a.disputes, a.unread) == (b.positions, b.disputes, b.unread)
        assert by_hand.audit() == read.audit() == ()


def test_who_still_reads_an_older_state_sees_nothing_of_a_name_that_is_new(
    ledger: Ledger, page: Page
) -> None:
    def meanwhile(snapshot: Snapshot) -> None:
        say(ledger, page, actor="Nordlys Cables", source=["Vestby Wire"])
        for name in ("Nordlys Cables", "Vestby Wire"):
            assert snapshot.entity(name) is None
            assert snapshot.entity(name, counted=False) is None
            assert not snapshot.named([name])
            assert not len(snapshot.naming(name))
        # Nor does a word that only this question knows take the new one's place, or its number.
        own = snapshot.numbers.of("key", "Sund Telecom")
        assert snapshot.numbers.texts("key", [own]) == {own: "Sund Telecom"}
        assert snapshot.entity("Nordlys Cables") is None

    ledger.snapshot(meanwhile)
    found = ledger.entity("Nordlys Cables")
    assert found is not None
    assert found.statements == 1
