"""Two times against a naive model that keeps everything in a list and looks through it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ledger import CannotBe, Judgement, Ledger, NotJudged, _log
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]

PAGES = 4
START = datetime(2020, 1, 1, tzinfo=UTC)

_acts = st.one_of(
    st.tuples(st.just("read"), st.integers(0, PAGES - 1), st.integers(1, 3)),
    st.tuples(st.just("judge"), st.integers(0, PAGES - 1), st.sampled_from(["accept", "reject"])),
    st.tuples(st.just("correct"), st.integers(0, PAGES - 1), st.sampled_from(["GB", "DK"])),
    st.tuples(st.just("withdraw"), st.integers(0, PAGES - 1), st.sampled_from(["2019-02-20", "2019-06-01"])),
    st.tuples(st.just("merge"), st.just(0), st.sampled_from(["NO SE", "SE FI", "GB FI"])),
    st.tuples(st.just("position"), st.just(0), st.sampled_from(["2019-01", "2019-02-15", "2019-05"])),
    st.tuples(st.just("undo"), st.integers(0, 5), st.none()),
    st.tuples(st.just("clock"), st.integers(-90, 90), st.none()),
)
_published = st.lists(
    st.sampled_from(["2019", "2019-02", "2019-02-10", "2019-03-01", None]), min_size=PAGES, max_size=PAGES
)
_EARLY = "2019-02"
"""The day as of which is asked beside the present, and its end."""
_END = "2019-02-28"

Answer = tuple[dict[int, tuple[int, str, bool]], set[str]]


@dataclass
class Naive:
    """All that was done, each with its moment: readings by page and version, judgements by number, kind, page
    and what they say, and the numbers of those that were undone."""

    readings: list[tuple[datetime, int, int]] = field(default_factory=list)
    judgements: list[tuple[datetime, int, str, int, str]] = field(default_factory=list)
    undone: list[tuple[datetime, int]] = field(default_factory=list)

    def answer(self, known_at: datetime, end: str | None) -> Answer:
        """For each page that was read by then: the version that was current, whom its statement was about,
        and whether it counted; and since when positions were set."""
        undone = {number for at, number in self.undone if at <= known_at}
        held = [one for one in self.judgements if one[0] <= known_at and one[1] not in undone]
        version = {page: number for at, page, number in self.readings if at <= known_at}
        merged = dict(what.split() for _, _, kind, _, what in held if kind == "merge")
        found = {}
        for page, number in version.items():
            said = [(kind, what) for _, _, kind, at, what in held if at == page and kind in _OF_STATEMENTS]
            last, what = said[-1] if said else ("", "")
            about = what if last == "correct" else "NO"
            while about in merged:
                about = merged[about]
            gone = any(
                kind == "withdraw" and at == page and (end is None or what <= end)
                for _, _, kind, at, what in held
            )
            found[page] = (number, about, last != "reject" and not gone)
        since = {what for _, _, kind, _, what in held if kind == "position" and (not end or what <= end)}
        return found, since


_OF_STATEMENTS = ("accept", "reject", "correct")


def judge(ledger: Ledger, page: Page, kind: str, what: str, why: str) -> Judgement | None:
    """Pass a judgement; None where there is nothing to be judged, it would make a circle, or a page would be
    withdrawn before it appeared."""
    if kind == "position":
        return ledger.set_position(
            "NO", "Huawei", scope="networks", code="permits", since=what, who="Anna", why=why
        )
    if kind == "merge":
        with suppress(NotJudged):
            return ledger.merge(*what.split(), who="Anna", why=why)
        return None
    found = ledger.statements(page=page.digest)
    if not found:
        return None
    if kind == "withdraw":
        with suppress(CannotBe):
            return ledger.withdraw(found[0].page_id, what, who="Anna", why=why)
        return None
    if kind == "correct":
        return ledger.judge("correct", found[0].id, who="Anna", why=why, changes={"target": what})
    return ledger.judge(what, found[0].id, who="Anna", why=why)  # type: ignore[arg-type]


def answered(ledger: Ledger, known_at: datetime, as_of: str | None) -> Answer:
    """What the ledger answers, in the shape of the model's."""
    told = {
        int(s.locator.partition(".")[0]): (int(s.version), str(s.statement.target), s.counts)
        for s in ledger.statements(known_at=known_at, as_of=as_of)
    }
    positions = ledger.snapshot(lambda snapshot: snapshot.positions_by_hand(), as_of=as_of, known_at=known_at)
    return told, {one.since for one in positions}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_acts, min_size=1, max_size=18), published=_published)
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
            elif kind == "undo":
                open_ = [j for j in ledger.judgements() if j.kind != "undo" and j.undone_by is None]
                if number < len(open_):
                    undone = ledger.undo(open_[number].id, who="Anna")
                    naive.undone.append((undone.at, open_[number].id))
            else:
                passed = judge(ledger, pages[number], kind, str(what), str(len(naive.judgements)))
                if passed is not None:
                    told = (passed.at, passed.id, passed.kind, number, str(what))
                    naive.judgements.append(told)
        by_act = [
            [at for at, _, _ in naive.readings],
            [at for at, *_ in naive.judgements],
            [at for at, _ in naive.undone],
        ]
        assert all(times == sorted(times) for times in by_act)  # also where the clock was set back
        moments = [at for times in by_act for at in times]
        for known_at in sorted({START, *moments, *(at - timedelta(seconds=1) for at in moments)}):
            now, since = naive.answer(known_at, None)
            assert answered(ledger, known_at, None) == (now, since)
            early, since = naive.answer(known_at, _END)
            there = {n: told for n, told in early.items() if published[n] in (None, "2019-02", "2019-02-10")}
            assert answered(ledger, known_at, _EARLY) == (there, since)
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
