"""Trees: who had it first, who took it over from whom, who added what; asked of a real ledger."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.entities import Entity
from onrecord.ledger import Ledger
from onrecord.pages import read_page
from onrecord.standing import Branch, Dossier, Group, Line, Tree, Trees, standing_of
from onrecord.standing._tree import DEEPEST
from onrecord.statements import Reading, Statement

BUILT = "Huawei built the mobile network of Norway, two people who took part in the work said."
NAMED = "Huawei built the mobile network of Norway, the Washington Post writes."
DROPPED = "Telenor threw Huawei out of its network last spring."
ASKED = "Denmark asked Huawei for its plans."
REST = (
    "The papers that they showed tell of antennas, switches and a contract that ran for nine years. Nobody "
    "at the ministry wanted to talk about it, and the operator pointed to its partners. Experts call the "
    "story likely, since hardly any other firm sold such switches then. What became of it all is not known."
)
MORE = (
    "Snow lay on the masts when the last of the old boxes came down from the hills above the fjord in March. "
    "A foreman from the north recalls how the crews slept in huts and drank their coffee black and cold."
)
OTHER = (
    "Bills, customs forms and letters lie in the archive of the harbour town, where a clerk copied them for "
    "three days by hand because the machine was out of order and nobody would pay for having it mended."
)

WORDS = (
    ("supply", "Huawei", "NO", ("Washington Post",), NAMED),
    ("supply", "Huawei", "NO", (), BUILT),
    ("restriction", "Telenor", "Huawei", (), DROPPED),
    ("request", "DK", "Huawei", (), ASKED),
)
ENTITIES = (
    Entity("Huawei", "company", "Huawei"),
    Entity("Telenor", "company", "Telenor"),
    Entity("Washington Post", "outlet", "Washington Post", ("The Washington Post",), "US"),
    Entity("Avisen", "outlet", "Avisen"),
    Entity("NO", "state", "NO"),
    Entity("DK", "state", "DK"),
)

Add = Callable[..., str]


def take(ledger: Ledger, outlet: str | None, day: str | None, text: str) -> str:
    """Take in a page of an outlet, of which the sentences above are read; gives its id."""
    head = f"date: {day}\n" if day else ""
    data = f"---\ntitle: A network\n{head}---\n{text}\n".encode()
    page = read_page(data, f"{outlet}-{day}.md", outlet=outlet)
    statements = []
    for kind, actor, target, source, words in WORDS:
        start = page.original.find(words)
        if start >= 0:
            end = start + len(words)
            said = (kind, actor, target, "asserted", "network", source, None, 0.9, "by hand")
            statements.append(Statement(start, end, words, start, end, *said))  # type: ignore[arg-type]
    ledger.add(page, Reading("by-hand", "1", tuple(statements), (), ENTITIES))
    return page.digest[:12]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "record.db") as opened:
        yield opened


@pytest.fixture
def add(ledger: Ledger) -> Add:
    def added(outlet: str | None, day: str | None, text: str) -> str:
        return take(ledger, outlet, day, text)

    return added


def line(dossier: Dossier, kind: str = "supply", source: tuple[str, ...] = ()) -> Line:
    (found,) = [one for one in dossier.lines if (one.type, one.source) == (kind, source)]
    return found


def tree(ledger: Ledger, source: tuple[str, ...] = (), as_of: str | None = None) -> Tree:
    dossier = standing_of(ledger, "Huawei", as_of=as_of)
    found = Trees(dossier).of(line(dossier, source=source))
    assert found is not None
    return found


def shape(pages: tuple[Branch, ...]) -> list[object]:
    """Outlets below each other, with their grounds: ["Avisen outlet", ["Bladet copy"]]."""
    told: list[object] = []
    for page in pages:
        told.append(f"{page.outlet} {page.ground}")
        if page.taken_by:
            told.append(shape(page.taken_by))
    return told


def shapes(found: Tree) -> dict[str, list[object]]:
    return {root.origin: shape(root.pages) for root in found.roots}


def outlet(ledger: Ledger, number: int | None) -> str | None:
    return next((s.outlet for s in standing_of(ledger, "Huawei").sources if s.number == number), None)


def test_a_line_on_one_page_has_no_tree(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", BUILT)
    dossier = standing_of(ledger, "Huawei")
    assert Trees(dossier).of(line(dossier)) is None


def test_a_copy_stands_under_the_page_it_copies(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST}")
    found = tree(ledger)
    assert shapes(found) == {"Avisen": ["Avisen outlet", ["Bladet copy"]]}
    assert (found.origins, found.outlets, found.pages, found.more) == (1, 2, 2, 0)
    assert outlet(ledger, found.first) == "Avisen"
    (first,) = found.roots[0].pages
    assert first.own
    assert first.taken_by[0].copy_of == first.source


def test_a_copy_of_a_copy_stands_under_the_copy(ledger: Ledger, add: Add) -> None:
    """Each paper changes the text a little, until the last is hardly like the first any more."""
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST} {MORE}")
    add("Posten", "2019-01-26", f"{BUILT}\n\n{MORE} {REST[:120]}")
    found = tree(ledger)
    assert shapes(found) == {"Avisen": ["Avisen outlet", ["Bladet copy", ["Posten copy"]]]}
    assert (found.origins, found.outlets) == (1, 3)


def test_copies_about_as_like_stand_under_the_first(ledger: Ledger, add: Add) -> None:
    for number, name in enumerate(("Avisen", "Bladet", "Posten", "Tidende")):
        add(name, f"2019-01-2{number}", f"{BUILT}\n\n{REST}")
    assert shapes(tree(ledger)) == {
        "Avisen": ["Avisen outlet", ["Bladet copy", "Posten copy", "Tidende copy"]]
    }


def test_who_added_what(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT} {ASKED}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT} {DROPPED}\n\n{REST}")
    dossier = standing_of(ledger, "Huawei")
    (first,) = tree(ledger).roots[0].pages
    (copy,) = first.taken_by
    assert copy.beside == first.source
    assert copy.added == (line(dossier, "restriction").id,)
    assert copy.left_out == (line(dossier, "request").id,)
    assert (first.beside, first.added, first.left_out) == (None, (), ())


def test_pages_that_credit_an_agency_stand_beside_each_other(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}\n\n/ritzau/")
    add("Bladet", "2019-01-25", f"{BUILT} {DROPPED}\n\n{REST}\n\n/ritzau/")
    add("Posten", "2019-01-26", f"{BUILT}\n\n{REST}")
    found = tree(ledger)
    assert shapes(found) == {"Ritzau": ["Avisen credit", ["Posten copy"], "Bladet credit"]}
    assert not found.roots[0].held
    first, second = found.roots[0].pages
    assert (second.copy_of, second.beside) == (None, first.source)
    assert len(second.added) == 1


def test_pages_that_name_a_paper_stand_under_it(ledger: Ledger, add: Add) -> None:
    own = add("The Washington Post", "2019-01-23", f"{BUILT}\n\n{OTHER}")
    add("Avisen", "2019-01-24", f"{NAMED}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{NAMED}\n\n{REST}")
    add("Posten", "2019-01-26", f"{NAMED}\n\n{MORE}")
    found = tree(ledger, ("Washington Post",))
    assert shapes(found) == {"Washington Post": ["Avisen chain", ["Bladet chain"], "Posten chain"]}
    assert (found.origins, found.outlets) == (1, 3)
    (root,) = found.roots
    assert root.held
    assert [outlet(ledger, n) for n in root.elsewhere] == ["The Washington Post"]
    assert outlet(ledger, found.first) == "The Washington Post"
    ledger.withdraw(own, "2019-02-01", who="Anna", why="retracted")
    found = tree(ledger, ("Washington Post",))
    assert not found.roots[0].held, "its page is gone, its name remains"
    assert outlet(ledger, found.first) == "Avisen"


def test_a_withdrawn_first_page_leaves_the_next_as_the_first(ledger: Ledger, add: Add) -> None:
    first = add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST}")
    add("Posten", "2019-01-26", f"{BUILT}\n\n{REST}")
    ledger.withdraw(first, "2019-02-01", who="Anna", why="retracted")
    assert shapes(tree(ledger)) == {"Bladet": ["Bladet outlet", ["Posten copy"]]}
    assert outlet(ledger, tree(ledger).first) == "Bladet"
    assert set(shapes(tree(ledger, as_of="2019-01"))) == {"Avisen"}


def test_a_later_confirmation_is_a_second_root(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST}")
    add("Posten", "2019-06-01", f"{BUILT}\n\n{OTHER}")
    found = tree(ledger)
    assert [root.origin for root in found.roots] == ["Avisen", "Posten"], "the earliest first"
    assert (found.origins, found.outlets) == (2, 3)
    assert tree(ledger, as_of="2019-05").origins == 1


def test_grounds_of_all_kinds_in_one_line(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST}")
    add("Tidende", "2019-01-26", f"{BUILT}\n\n{MORE}\n\n/ritzau/")
    add(None, "2019-01-27", f"{BUILT}\n\n{OTHER}")
    found = tree(ledger)
    grounds = {page.ground for root in found.roots for page in root.pages}
    assert grounds == {"outlet", "credit", "page"}
    assert (found.origins, found.outlets) == (3, 4), "a page of which no outlet is known counts for itself"


def test_an_outlet_is_one_by_whichever_of_its_names(ledger: Ledger, add: Add) -> None:
    add("The Washington Post", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Washington Post", "2019-01-25", f"{BUILT}\n\n{OTHER}")
    found = tree(ledger)
    assert (found.origins, found.outlets, found.pages) == (1, 1, 2)
    assert all(page.own for page in found.roots[0].pages)


def test_undated_pages_come_last_and_had_nothing_first(ledger: Ledger, add: Add) -> None:
    add("Avisen", None, f"{BUILT}\n\n{REST}")
    add("Bladet", None, f"{BUILT}\n\n{OTHER}")
    assert tree(ledger).first is None
    add("Posten", "2019-01-26", f"{BUILT}\n\n{MORE}")
    found = tree(ledger)
    assert found.roots[0].origin == "Posten"
    assert outlet(ledger, found.first) == "Posten"


def test_of_one_day_nobody_had_it_first(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-24", f"{BUILT}\n\n{OTHER}")
    assert tree(ledger).first is None
    add("Posten", "2019", f"{BUILT}\n\n{MORE}")
    assert tree(ledger).first is None, "a year holds every one of its days"


def test_of_one_day_a_paper_had_it_before_those_that_name_it(ledger: Ledger, add: Add) -> None:
    add("The Washington Post", "2019-01-24", f"{NAMED}\n\n{OTHER}")
    add("Avisen", "2019-01-24", f"{NAMED}\n\n{REST}")
    found = tree(ledger, ("Washington Post",))
    assert [page.outlet for page in found.roots[0].pages] == ["The Washington Post", "Avisen"]
    assert outlet(ledger, found.first) == "The Washington Post"


def test_pages_that_are_not_laid_out_are_counted_and_tell_no_difference(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT} {DROPPED}\n\n{REST}")
    dossier = standing_of(ledger, "Huawei")
    said = replace(line(dossier), pages=2 + 7)
    dropped = replace(line(dossier, "restriction"), pages=1 + 2)
    groups = [Group(one.actor, one.target, one.nearness, (one,)) for one in (said, dropped)]
    found = Trees(replace(dossier, positions=(), supplies=tuple(groups))).of(said)
    assert found is not None
    assert (found.pages, found.more) == (2, 7)
    assert found.roots[0].pages[0].taken_by[0].added == (), "Avisen may be among the pages not laid out"


def test_a_tree_is_no_deeper_than_it_can_be_shown(ledger: Ledger, add: Add) -> None:
    words = [f"word{number}" for number in range(400)]
    for number in range(12):
        text = " ".join(words[number * 20 : number * 20 + 60])
        add(f"Avis {number}", f"2019-01-{number + 10}", f"{BUILT}\n\n{text}.")

    def depth(pages: tuple[Branch, ...]) -> int:
        return max((1 + depth(page.taken_by) for page in pages), default=0)

    found = tree(ledger)
    assert found.pages == 12
    assert max(depth(root.pages) for root in found.roots) == DEEPEST


PAGES = [
    ("Avisen", "2019-01-24", f"{BUILT} {ASKED}\n\n{REST}"),
    ("Bladet", "2019-01-24", f"{BUILT}\n\n{REST}\n\n/ritzau/"),
    ("Posten", "2019-01-26", f"{BUILT} {DROPPED}\n\n{REST} {MORE}"),
    ("Tidende", "2019-01-27", f"{BUILT}\n\n{MORE} {REST[:120]}"),
    ("The Washington Post", "2019-01-23", f"{BUILT}\n\n{OTHER}"),
    ("Nyt", None, f"{NAMED}\n\n{REST}"),
    ("Dagbladet", "2019-02", f"{NAMED}\n\n{REST}"),
    (None, "2019-03-01", f"{BUILT}\n\n{OTHER} {DROPPED}"),
]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(2, len(PAGES)))
def test_the_order_of_reading_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int
) -> None:
    chosen = random.Random(seed).sample(PAGES, size)
    forests = []
    for pages in (sorted(chosen, key=str), chosen):
        with Ledger(tmp_path_factory.mktemp("order") / "record.db") as ledger:
            for page in pages:
                take(ledger, *page)
            dossier = standing_of(ledger, "Huawei")
        trees = Trees(dossier)
        forests.append([trees.of(one) for one in dossier.lines])
        for one, made in zip(dossier.lines, forests[-1], strict=True):
            if made is not None:
                assert made.pages == len(one.numbers), "each page stands in the tree once"
                assert made.origins == len(made.roots)
    assert forests[0] == forests[1]
