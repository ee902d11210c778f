"""Lists in parts: joined they are the whole list, whatever was judged and as of whatever time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.test_columns import ACTS, KEYS, act

from onrecord.ledger import JudgementFilter, Ledger, NotThere, Order, Part, StoredPage, StoredStatement
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
ORDERS: tuple[Order, ...] = ("published", "learned")


class Some(Protocol[T_co]):
    """A way to ask for a part."""

    def __call__(self, limit: int, after: str | None) -> Part[Any]: ...


def joined(some: Callable[[int, str | None], Part[T]], size: int) -> list[T]:
    """All parts of a list, one after the other; each must say where it begins and how many there are."""
    found: list[T] = []
    after: str | None = None
    total = some(0, None).total
    while True:
        part = some(size, after)
        assert (part.begin, part.total) == (len(found), total)
        assert len(part.items) == min(size, total - len(found))
        found += part.items
        if part.next is None:
            assert len(found) == total
            return found
        after = part.next


def by_learning(page: StoredPage) -> tuple[datetime, str]:
    return page.learned_at, page.digest


def fits(one: StoredStatement, **asked: Any) -> bool:
    """Whether a statement is among those that are asked for."""
    s = one.statement
    has: dict[str, Callable[[Any], bool]] = {
        "entity": lambda key: key in (s.actor, s.target, *s.source),
        "other": lambda key: key in (s.actor, s.target, *s.source),
        "page": one.page_id.startswith,
        "language": lambda code: one.language == code,
        "type": lambda word: s.type == word,
        "status": lambda word: s.status == word,
        "judged": lambda told: (one.judgement is not None) == told,
    }
    return all(has[name](value) for name, value in asked.items())


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=ACTS,
    size=st.integers(1, 4),
    order=st.sampled_from(ORDERS),
    newest=st.booleans(),
    as_of=st.sampled_from([None, "2019-03-10"]),
    known=st.integers(0, 14),
    key=st.sampled_from([*KEYS, "Nobody"]),
)
def test_parts_joined_are_the_whole(
    make_page: Make,
    make_reading: Read,
    place_maker: Callable[[], str],
    acts: list[tuple[str, int, str]],
    size: int,
    order: Order,
    newest: bool,
    as_of: str | None,
    known: int,
    key: str,
) -> None:
    def make(text: str, *, locator: str, **more: Any) -> Page:
        number = int(locator[0])
        outlet, language = ["The Daily", None, "The Daily"][number % 3], ["en", "da", None][number % 3]
        return make_page(text, locator=locator, outlet=outlet, language=language, **more)

    with Ledger(place_maker()) as ledger:
        for turn, (kind, number, what) in enumerate(acts):
            act(ledger, make, make_reading, kind, number, what, turn)
        moments = [page.learned_at for page in ledger.pages()] + [j.at for j in ledger.judgements()]
        moments.sort()
        times: dict[str, Any] = {"as_of": as_of, "known_at": None}
        if known < len(moments):
            times["known_at"] = moments[known]
        way: dict[str, Any] = {"order": order, "newest": newest, **times}

        pages = list(ledger.pages(**times))
        if order == "learned":
            pages.sort(key=by_learning)
        place = {page.id: number for number, page in enumerate(pages)}
        said = sorted(ledger.statements(**times), key=lambda one: place[one.page_id])  # stable on a page
        if newest:
            pages.reverse()
            said.reverse()
        for code in (None, "da"):
            held = [page for page in pages if code in (None, page.language)]
            assert joined(lambda n, a, c=code: ledger.some_pages(n, a, language=c, **way), size) == held  # type: ignore[misc]
        filters: Sequence[dict[str, Any]] = (
            {},
            {"entity": key},
            {"entity": "Huawei", "other": key},
            {"language": "en", "status": "asserted"},
            {"judged": False},
            {"judged": True, "entity": key, "type": "supply"},
            {"page": pages[0].id[:8] if pages else "0"},
            {"type": "no such type"},
        )
        for asked in filters:
            wanted = [one for one in said if fits(one, **asked)]
            found = joined(lambda n, a, f=asked: ledger.some_statements(n, a, **f, **way), size)  # type: ignore[misc]
            assert found == wanted, asked
            # Also behind one that is not among them, as where it was judged since.
            for at, anchor in enumerate(said if "judged" in asked else ()):
                behind = [one for one in said[at + 1 :] if fits(one, **asked)]
                part = ledger.some_statements(99, anchor.id, **asked, **way)
                assert (list(part.items), part.begin) == (behind, len(wanted) - len(behind)), asked


def test_what_stands_first_is_known_however_many_are_tied(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    pages = [make_page(f"Huawei builds network {n}", locator=f"{n % 7}-{n}.txt") for n in range(40)]
    ledger.add_all([(page, make_reading(page)) for page in pages])
    for order in ORDERS:
        whole = sorted(ledger.pages(), key=by_learning) if order == "learned" else list(ledger.pages())
        for size in (3, 39, 40):
            found = joined(lambda n, a, o=order: ledger.some_pages(n, a, order=o), size)  # type: ignore[misc]
            assert found == whole


def test_judgements_and_what_could_not_be_read_are_had_in_parts(
    ledger: Ledger, make_page: Make, make_reading: Read
) -> None:
    page = make_page("Huawei builds network one. Huawei builds network two")
    ledger.add(page, make_reading(page))
    one, other = ledger.statements()
    for kind, statement in (("accept", one), ("reject", other), ("accept", one)):
        ledger.judge(kind, statement.id, who="Anna", why=f"{kind} {len(ledger.judgements())}")  # type: ignore[arg-type]
    ledger.undo(2, who="Ben")
    whole = list(ledger.judgements())
    assert joined(ledger.some_judgements, 2) == whole
    assert joined(lambda n, a: ledger.some_judgements(n, a, newest=True), 3) == whole[::-1]
    of_one = list(ledger.judgements(subject=one.id))
    assert joined(lambda n, a: ledger.some_judgements(n, a, wanted=JudgementFilter(one.id)), 1) == of_one
    until = whole[1].at
    known = list(ledger.judgements(known_at=until))
    assert joined(lambda n, a: ledger.some_judgements(n, a, known_at=until), 1) == known
    assert (whole[1].undone_by, whole[3].undoes) == (4, 2)
    for wanted, fitting in (
        (JudgementFilter(who="Ben"), whole[3:]),
        (JudgementFilter(kind="accept"), [whole[0], whole[2]]),
        (JudgementFilter(one.id, who="Anna", kind="accept", since=until), whole[2:3]),
        (JudgementFilter(since=whole[1].at, until=whole[2].at), whole[1:3]),
        (JudgementFilter(who="anna"), []),
        (JudgementFilter(but=frozenset({1, 3})), [whole[1], whole[3]]),
        (JudgementFilter(kind="accept", but=frozenset(range(3, 70_000))), whole[:1]),
    ):
        assert joined(lambda n, a, w=wanted: ledger.some_judgements(n, a, wanted=w), 1) == fitting  # type: ignore[misc]

    for name in ("b", "a", "c", "d"):
        ledger.add_unreadable(f"{name}.html", None, "empty", "It holds no text.")
    ledger.add_locator(page.digest, "c.html")
    assert [u.locator for u in joined(ledger.some_unreadable, 2)] == ["a.html", "b.html", "d.html"]
    assert joined(ledger.some_unreadable, 3) == list(ledger.unreadable())


@pytest.mark.parametrize("after", ["", "nothing", "0000", "%", "\0", "é", "9" * 30, "2"])
def test_behind_what_is_not_there_is_nothing(ledger: Ledger, after: str) -> None:
    asking: tuple[Callable[[int, str], object], ...] = (
        ledger.some_pages,
        ledger.some_statements,
        ledger.some_judgements,
    )
    for ask in asking:
        with pytest.raises(NotThere):
            ask(5, after)


def test_counts_are_what_is_there(ledger: Ledger, make_page: Make, make_reading: Read) -> None:
    for number in range(3):
        page = make_page(f"Huawei builds network {number}. It rests {number}", locator=f"{number}.txt")
        ledger.add(page, make_reading(page))
        ledger.add(page, make_reading(page, about="rests", version="2", target="GB"))
    ledger.add_unreadable("x.html", None, "empty", "It holds no text.")
    told = ledger.counts()
    assert (told.pages, told.readings, told.unreadable) == (3, 6, 1)
    assert told.statements == len(ledger.statements())
    assert told.unread == len(ledger.unread())
    assert told.entities == len(ledger.entities())
    assert json.dumps(told.entities) == "2"
