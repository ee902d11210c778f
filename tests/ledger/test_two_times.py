"""Two times against a naive model that keeps everything in a list and looks through it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ledger import Ledger, _log
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]

PAGES = 4
START = datetime(2020, 1, 1, tzinfo=UTC)

_acts = st.one_of(
    st.tuples(st.just("read"), st.integers(0, PAGES - 1), st.integers(1, 3)),
    st.tuples(st.just("judge"), st.integers(0, PAGES - 1), st.sampled_from(["accept", "reject"])),
    st.tuples(st.just("undo"), st.integers(0, 5), st.none()),
    st.tuples(st.just("clock"), st.integers(-90, 90), st.none()),
)
_published = st.lists(
    st.sampled_from(["2019", "2019-02", "2019-02-10", "2019-03-01", None]), min_size=PAGES, max_size=PAGES
)


@dataclass
class Naive:
    """All that was done, each with its moment."""

    readings: list[tuple[datetime, int, int]] = field(default_factory=list)
    judgements: list[tuple[datetime, int, int, str]] = field(default_factory=list)
    undone: list[tuple[datetime, int]] = field(default_factory=list)

    def answer(self, known_at: datetime) -> dict[int, tuple[int, bool]]:
        """For each page that was read by then: the version that was current, and whether it counted."""
        found: dict[int, tuple[int, bool]] = {}
        undone = {number for at, number in self.undone if at <= known_at}
        for at, page, version in self.readings:
            if at <= known_at:
                found[page] = (version, True)
        for at, number, page, kind in self.judgements:
            if at <= known_at and number not in undone and page in found:
                found[page] = (found[page][0], kind != "reject")
        return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_acts, min_size=1, max_size=14), published=_published)
def test_the_ledger_answers_as_a_naive_model(
    make_page: Make,
    make_reading: Read,
    monkeypatch: pytest.MonkeyPatch,
    acts: list[tuple[str, int, object]],
    published: list[str | None],
    place_maker: Callable[[], str],
) -> None:
    clock = itertools.count(1)
    shift = [0]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return START + timedelta(minutes=next(clock) + shift[0])

    monkeypatch.setattr(_log, "datetime", Clock)
    pages = [
        make_page(f"Huawei builds network {n}", locator=f"{n}.txt", published=day)
        for n, day in enumerate(published)
    ]
    naive = Naive()
    with Ledger(place_maker()) as ledger:
        for kind, number, what in acts:
            if kind == "clock":
                shift[0] += number
            elif kind == "read":
                page = pages[number]
                if ledger.add(page, make_reading(page, version=str(what))) != "unchanged":
                    learned = max(p.learned_at for p in ledger.pages())
                    naive.readings.append((learned, number, int(str(what))))
            elif kind == "judge":
                found = ledger.statements(page=pages[number].digest)
                if found:
                    passed = ledger.judge(what, found[0].id, who="Anna", why=str(len(naive.judgements)))  # type: ignore[arg-type]
                    naive.judgements.append((passed.at, passed.id, number, passed.kind))
            else:
                open_ = [j for j in ledger.judgements() if j.kind != "undo" and j.undone_by is None]
                if number < len(open_):
                    undone = ledger.undo(open_[number].id, who="Anna")
                    naive.undone.append((undone.at, open_[number].id))
        by_act = [
            [at for at, _, _ in naive.readings],
            [at for at, *_ in naive.judgements],
            [at for at, _ in naive.undone],
        ]
        assert all(times == sorted(times) for times in by_act)  # also where the clock was set back
        moments = [at for times in by_act for at in times]
        asked = sorted({START, *moments, *(at - timedelta(seconds=1) for at in moments)})
        for known_at in asked:
            told = {
                int(s.locator.partition(".")[0]): (int(s.version), s.counts)
                for s in ledger.statements(known_at=known_at)
            }
            assert told == naive.answer(known_at)
            early = {
                int(s.locator.partition(".")[0])
                for s in ledger.statements(known_at=known_at, as_of="2019-02", undated=False)
            }
            assert early == {n for n in told if published[n] in ("2019-02", "2019-02-10")}
        assert ledger.audit() == ()


def test_a_clock_that_is_set_back_while_writing_makes_nothing_older(
    ledger: Ledger, make_page: Make, make_reading: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = START

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return moment

    monkeypatch.setattr(_log, "datetime", Clock)
    pages = [make_page(f"Huawei builds network {n}", locator=f"{n}.txt") for n in range(3)]
    ledger.add(pages[0], make_reading(pages[0]))
    moment = START + timedelta(days=1)
    ledger.add_unreadable("bad.txt", None, "empty", "It holds no text.")  # noted, though not in the log
    moment = START - timedelta(days=400)
    for page in pages[1:]:
        ledger.add(page, make_reading(page))
    passed = ledger.judge("reject", ledger.statements()[0].id, who="Anna")
    assert passed.at == START + timedelta(days=1)
    assert [p.learned_at for p in ledger.pages()] == [START] + 2 * [START + timedelta(days=1)]
    assert len(ledger.pages(known_at=START)) == 1
    assert ledger.audit() == ()
    moment = START + timedelta(days=2)
    assert ledger.undo(passed.id, who="Anna").at == moment
