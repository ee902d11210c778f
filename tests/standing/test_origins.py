"""Origins: copies and credited agencies are one, what a copy adds is its own; time and retractions count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.entities import Entity
from onrecord.ledger import Ledger
from onrecord.pages import read_page
from onrecord.present import render
from onrecord.standing import Citation, Line, standing_of
from onrecord.statements import Reading, Statement

BUILT = "Huawei built the mobile network of Norway, two people who took part in the work said."
REST = (
    "The papers that they showed tell of antennas, switches and a contract that ran for nine years. Nobody "
    "at the ministry wanted to talk about it, and the operator pointed to its partners. Experts call the "
    "story likely, since hardly any other firm sold such switches then. What became of it all is not known."
)
ADDED = "Telenor threw Huawei out of its network last spring."
OWN = (
    "An inquiry of the parliament's own found the same thing this week: Huawei built the mobile network of "
    "Norway. Its report rests on bills, on customs forms and on letters that the members had to ask for "
    "three times before anybody sent them. It is eighty pages long and names more than thirty persons."
)

Add = Callable[..., str]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "record.db") as opened:
        yield opened


@pytest.fixture
def add(ledger: Ledger) -> Add:
    """Takes a page of an outlet in, of which "Huawei built …" and what Telenor did are read; its id."""

    def take(outlet: str, day: str, text: str, version: str = "1") -> str:
        data = f"---\ndate: {day}\nsource: {outlet}\n---\n{text}\n".encode()
        page = read_page(data, f"{outlet}.md", outlet=outlet)
        statements = []
        for kind, actor, target, words in (
            ("supply", "Huawei", "NO", "Huawei built the mobile network of Norway"),
            ("restriction", "Telenor", "Huawei", ADDED),
        ):
            start = page.original.find(words)
            if start >= 0:
                end = start + len(words)
                said = (kind, actor, target, "asserted", "network", (), None, 0.9, "by hand")
                statements.append(Statement(start, end, words, start, end, *said))  # type: ignore[arg-type]
        entities = (
            Entity("Huawei", "company", "Huawei"),
            Entity("NO", "state", "NO"),
            Entity("Telenor", "company", "Telenor"),
        )
        ledger.add(page, Reading("by-hand", version, tuple(statements), (), entities))
        return page.digest[:12]

    return take


def line(ledger: Ledger, kind: str = "supply", as_of: str | None = None) -> Line:
    (found,) = [one for one in standing_of(ledger, "Huawei", as_of=as_of).lines if one.type == kind]
    return found


def by_outlet(ledger: Ledger, found: Line) -> dict[str | None, Citation]:
    sources = {s.number: s.outlet for s in standing_of(ledger, "Huawei").sources}
    return {sources[c.source]: c for c in found.citations}


def test_five_papers_that_print_one_wire_story_are_one_origin(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}\n\n/ritzau/")
    for number, outlet in enumerate(("Bladet", "Posten", "Tidende", "Nyt")):
        add(outlet, f"2019-01-{25 + number}", f"{BUILT}\n\n{REST}")
    found = line(ledger)
    assert found.origins == ("Ritzau",)
    citations = by_outlet(ledger, found)
    assert (citations["Avisen"].ground, citations["Avisen"].copy_of) == ("credit", None)
    assert {citations[o].ground for o in ("Bladet", "Posten", "Tidende", "Nyt")} == {"copy"}
    assert {citations[o].copy_of for o in ("Bladet", "Posten")} == {citations["Avisen"].source}
    told = render(standing_of(ledger, "Huawei"), "html")
    assert "5 pages, one origin: Ritzau" in told
    assert "copy of page 1" in told
    assert "text by Ritzau" in told


@pytest.mark.parametrize("on_record", [False, True])
@pytest.mark.parametrize(
    ("outlet", "origin", "credit"),
    [("VG", "Verdens Gang", ""), ("Avisen", "TT News Agency", "/TT/"), ("PT", "PT", "")],
)
def test_an_outlet_or_agency_is_never_the_state_whose_code_it_goes_by(
    ledger: Ledger, add: Add, outlet: str, origin: str, credit: str, on_record: bool
) -> None:
    page = add(outlet, "2019-01-24", f"{BUILT}\n\n{REST}\n\n{credit}")
    add(outlet, "2019-01-26", OWN)
    if on_record:
        content = ledger.content(page)
        assert content is not None
        start = content.original.index("Nobody")
        for code in ("VG", "TT", "PT"):
            ledger.add_statement(
                page, start, start + 6, type="supply", actor="Huawei", target=code, who="Anna"
            )
    supplies = [
        one for one in standing_of(ledger, "Huawei").lines if one.type == "supply" and one.target == "NO"
    ]
    assert origin in {name for one in supplies for name in one.origins}
    told = render(standing_of(ledger, "Huawei"), "html", language="en")
    names = ("Trinidad", "Virgin Islands", "Portugal")
    if not on_record:
        assert not any(name in told for name in names)
    assert origin in told


def test_what_others_have_from_a_paper_that_goes_by_a_states_code_descends_from_its_own_page(
    ledger: Ledger, add: Add
) -> None:
    add("PT", "2019-01-24", f"{BUILT}\n\n{REST}")
    named = "Huawei built the mobile network of Norway, PT writes."
    data = f"---\ndate: 2019-01-25\nsource: Avisen\n---\n{named} Telenor says nothing of it.\n".encode()
    page = read_page(data, "avisen.md", outlet="Avisen")
    start = page.original.index(named)
    end = start + len(named)
    said = ("supply", "Huawei", "NO", "asserted", "network", ("PT (name)",), None, 0.9, "by hand")
    paper = Entity("PT (name)", "outlet", "PT", ("PT",))
    entities = (Entity("Huawei", "company", "Huawei"), Entity("NO", "state", "NO"), paper)
    statement = Statement(start, end, named, start, end, *said)  # type: ignore[arg-type]
    ledger.add(page, Reading("by-hand", "1", (statement,), (), entities))
    ledger.add_statement(page.digest[:12], start, end, type="supply", actor="Huawei", target="PT", who="Anna")
    found = [one for one in standing_of(ledger, "Huawei").lines if one.target == "NO"]
    assert [one.origins for one in found] == [("PT (name)",)] * 2


def test_a_page_that_is_read_anew_stays_a_copy(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST}")
    for outlet, day in (("Bladet", "2019-01-25"), ("Avisen", "2019-01-24")):
        add(outlet, day, f"{BUILT}\n\n{REST}", "2")
        assert line(ledger).origins == ("Avisen",)
    assert ledger.audit() == ()


def test_what_a_copy_adds_is_its_own(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST} {ADDED}")
    assert line(ledger).origins == ("Avisen",)
    assert line(ledger, "restriction").origins == ("Bladet",)


def test_a_retraction_of_what_nobody_copied_lowers_the_count(ledger: Ledger, add: Add) -> None:
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    own = add("Posten", "2019-06-01", OWN)
    ledger.withdraw(own, "2019-07-01", who="Anna", why="retracted")
    assert line(ledger, as_of="2019-06").origins == ("Avisen", "Posten")
    assert line(ledger).origins == ("Avisen",)


def test_an_independent_confirmation_raises_the_count_and_of_a_retracted_page_a_copy_takes_the_place(
    ledger: Ledger, add: Add
) -> None:
    first = add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST}")
    add("Posten", "2019-06-01", OWN)
    assert line(ledger, as_of="2019-05").origins == ("Avisen",)
    assert line(ledger).origins == ("Avisen", "Posten")
    ledger.withdraw(first, "2019-07-01", who="Anna", why="retracted")
    assert line(ledger, as_of="2019-06").origins == ("Avisen", "Posten")
    assert line(ledger).origins == ("Bladet", "Posten"), "what still stands has the copy as its first"


def test_as_of_a_date_a_copy_counts_for_the_first_that_was_out(ledger: Ledger, add: Add) -> None:
    add("Bladet", "2019-01-25", f"{BUILT}\n\n{REST}")
    add("Avisen", "2019-01-24", f"{BUILT}\n\n{REST}")
    assert line(ledger).origins == ("Avisen",)
