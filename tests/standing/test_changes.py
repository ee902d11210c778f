"""What moved between two dates: one move a change, with what moved it, and a feed that tells it once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest

from onrecord.ledger import BadDate, Ledger
from onrecord.present import languages, render_changes
from onrecord.standing import UnknownEntity, changes_known, changes_of

Make = Callable[..., Ledger]
ATOM = "{http://www.w3.org/2005/Atom}"


def page(number: int, day: str, *says: list[Any]) -> dict[str, Any]:
    sentences = [
        {"text": f"Sentence {number}.{n} of a page of ours.", "says": [row]} for n, row in enumerate(says)
    ]
    return {
        "locator": f"{number}.txt",
        "outlet": f"Paper {number}",
        "title": "Huawei",
        "published": day,
        "language": "en",
        "sentences": sentences,
    }


def moves(
    ledger: Ledger, since: str, until: str | None = None
) -> list[tuple[str, str | None, str | None, str | None]]:
    found = changes_of(ledger, "Huawei", since=since, until=until).moves
    return [(m.kind, m.actor, m.before, m.after) for m in found]


@pytest.fixture
def ledger(ledger_of: Make) -> Ledger:
    weighs: list[Any] = ["restriction", "DK", "Huawei", "possible", "network", [], None]
    bans: list[Any] = ["restriction", "DK", "Huawei", "asserted", "network", [], None]
    spied = ["wrongdoing", "Huawei", None, "alleged", "espionage", ["US"], None]
    denies = ["wrongdoing", "Huawei", None, "negated", "espionage", ["Huawei"], None]
    return ledger_of(
        [
            page(1, "2019-01-10", weighs, spied),
            page(2, "2019-02-10", weighs),
            page(3, "2019-03-10", bans, denies),
            page(4, "2019-03-11", bans),
        ]
    )


def test_each_change_is_one_move_however_many_pages_tell_it(ledger: Ledger) -> None:
    assert set(moves(ledger, "2018")) == {
        ("accused", "Huawei", None, None),
        ("position", "DK", None, "restricts"),
        ("denied", "Huawei", None, None),
    }
    assert set(moves(ledger, "2019-01-31", "2019-02")) == set()
    assert set(moves(ledger, "2019-02")) == {
        ("position", "DK", "weighs-restricting", "restricts"),
        ("denied", "Huawei", None, None),
    }
    assert moves(ledger, "2019-03-10") == []


def test_a_move_leads_to_what_moved_it(ledger: Ledger) -> None:
    found = changes_of(ledger, "Huawei", since="2019-02").moves
    (ban,) = [move for move in found if move.kind == "position"]
    (line,) = ban.lines
    assert (line.status, len(line.citations)) == ("asserted", 2)


def test_a_position_that_no_longer_stands_is_a_move(ledger: Ledger) -> None:
    for statement in ledger.statements(entity="DK"):
        if statement.statement.status == "asserted":
            ledger.judge("reject", statement.id, who="Anna")
    assert ("position", "DK", "weighs-restricting", "restricts") not in moves(ledger, "2019-02")


@pytest.fixture
def told_on_one_page(ledger_of: Make) -> Ledger:
    """Cases, an accusation, its denial and an examination, each on a page of its own."""
    rows: list[list[Any]] = [
        ["restriction", "US", "Huawei", "asserted", "sanctions", [], None],
        ["wrongdoing", "Huawei", None, "alleged", "espionage", ["US"], None],
        ["wrongdoing", "Huawei", None, "negated", "espionage", ["Huawei"], None],
        ["evaluation", "GB", "Huawei", "asserted", "espionage", [], None],
        ["restriction", "DK", "Huawei", "asserted", "network", [], None],
    ]
    return ledger_of([page(n, f"2019-01-{9 + n}", row) for n, row in enumerate(rows, 1)])


def stamp(moment: datetime) -> str:
    """A moment as a feed has it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def take_back(ledger: Ledger, kind: str, status: str, day: str) -> None:
    for stored in ledger.statements(entity="Huawei"):
        if (stored.statement.type, stored.statement.status) == (kind, status):
            ledger.withdraw(stored.page_id, day, who="Anna", why="retracted")


GONE = {
    ("restriction", "asserted"): {
        ("case", "Huawei", "needed", None),
        ("position", "US", "restricts", None),
        ("position", "DK", "restricts", None),
    },
    ("wrongdoing", "alleged"): {("no-longer-accused", "Huawei", None, None)},
    ("wrongdoing", "negated"): {("no-longer-denied", "Huawei", None, None)},
    ("evaluation", "asserted"): {
        ("no-longer-examined", "Huawei", None, None),
        ("case", "Huawei", "examined", None),
    },
}


@pytest.mark.parametrize(("said", "gone"), GONE.items(), ids=[" ".join(said) for said in GONE])
def test_what_a_withdrawn_page_told_alone_is_a_move(
    told_on_one_page: Ledger, said: tuple[str, str], gone: set[tuple[str, ...]]
) -> None:
    ledger = told_on_one_page
    take_back(ledger, *said, "2019-03-02")
    assert moves(ledger, "2019-02-15", "2019-03-01") == []
    assert set(moves(ledger, "2019-02-15", "2019-03-10")) == gone
    assert moves(ledger, "2019-03-02") == []
    found = changes_of(ledger, "Huawei", since="2019-02-15")
    assert all(move.gone and move.lines and move.days == ["2019-03-02"] for move in found.moves)
    feed = ElementTree.fromstring(render_changes([found], "atom"))
    assert feed.findtext(f"{ATOM}updated") == stamp(ledger.judgements()[-1].at), "when it was noted"
    for language in languages():
        text = render_changes([found], "terminal", language=language)
        assert text.count("→") == len(gone)
        assert "{" not in text
    assert render_changes([found], "terminal").count("no longer on record") == len(gone)
    told = json.loads(render_changes([found], "json"))[0]["moves"]
    assert {move["lost"] for move in told} == {"2019-03-02"}
    assert all(line["statements"] for move in told for line in move["lines"])


def test_what_holds_again_moved_on_the_day_on_which_the_other_was_withdrawn(ledger_of: Make) -> None:
    rows: list[list[Any]] = [
        ["restriction", "DK", "Huawei", "asserted", "network", [], None],
        ["permission", "US", "Huawei", "planned", "sanctions", [], None],
        ["restriction", "DK", "Huawei", "negated", "network", [], None],
        ["permission", "US", "Huawei", "asserted", "sanctions", [], None],
    ]
    ledger = ledger_of([page(n, f"2019-01-{9 + n}", row) for n, row in enumerate(rows, 1)])
    take_back(ledger, "restriction", "negated", "2019-06-01")
    take_back(ledger, "permission", "asserted", "2019-07-01")
    found = changes_of(ledger, "Huawei", since="2019-05-01")
    assert [(move.kind, move.before, move.after, move.days, move.lost) for move in found.moves] == [
        ("position", "does-not-restrict", "restricts", ["2019-06-01"], "2019-06-01"),
        ("case", "granted", "promised", ["2019-07-01"], "2019-07-01"),
        ("position", "permits", "will-permit", ["2019-07-01"], "2019-07-01"),
    ]
    assert "1 Jun 2019" in render_changes([found], "terminal")
    feed = ElementTree.fromstring(render_changes([found], "atom"))
    assert feed.findtext(f"{ATOM}updated") == stamp(ledger.judgements()[-1].at)


def test_a_statement_that_is_rejected_moves_by_what_the_ledger_knew(told_on_one_page: Ledger) -> None:
    ledger = told_on_one_page
    before = ledger.latest()
    assert before is not None
    for stored in ledger.statements(entity="Huawei"):
        if stored.statement.status == "alleged":
            judged = ledger.judge("reject", stored.id, who="Anna")
    (move,) = changes_known(ledger, "Huawei", since=before).moves
    assert (move.kind, move.days) == ("no-longer-accused", [f"{judged.at:%Y-%m-%d}"])


def test_what_another_page_tells_still_is_no_move(ledger: Ledger) -> None:
    (first,) = [one for one in ledger.pages() if one.published and one.published.value == "2019-01-10"]
    ledger.withdraw(first.id, "2019-04-01", who="Anna")
    assert moves(ledger, "2019-03-15", "2019-04-02") == [("no-longer-accused", "Huawei", None, None)]


def test_what_is_disputed_no_longer_is_on_record_still(ledger_of: Make) -> None:
    told: list[Any] = ["ties", "Huawei", "CN", "asserted", "ownership", [], None]
    denied: list[Any] = ["ties", "Huawei", "CN", "negated", "ownership", ["Huawei"], None]
    ledger = ledger_of([page(1, "2019-01-10", told), page(2, "2019-01-11", denied)])
    take_back(ledger, "ties", "negated", "2019-03-02")
    assert moves(ledger, "2019-02") == [("no-longer-denied", "Huawei", None, None)]


def test_of_very_much_what_is_not_laid_out_did_not_fall_away(ledger_of: Make) -> None:
    def accused(number: int, day: str, topic: str, target: str | None = None) -> dict[str, Any]:
        return page(number, day, ["wrongdoing", "Huawei", target, "alleged", topic, [], None])

    first = [accused(1, "2019-01-10", "theft"), accused(2, "2019-01-11", "corruption")]
    parties = [f"Firm {n % 199}" for n in range(420)]
    flood = [accused(n + 10, "2019-02-10", "espionage", party) for n, party in enumerate(parties)]
    ledger = ledger_of([*first, *flood])
    assert not [move for move in changes_of(ledger, "Huawei", since="2019-01-31").moves if move.gone]
    (gone,) = [one for one in ledger.pages() if one.published and one.published.value == "2019-01-11"]
    ledger.withdraw(gone.id, "2019-03-02", who="Anna")
    (move,) = [move for move in changes_of(ledger, "Huawei", since="2019-01-31").moves if move.gone]
    assert (move.kind, move.scope) == ("no-longer-accused", "wrongdoing: corruption")


@pytest.mark.parametrize(("since", "until"), [("2020", "2019"), ("2019-02-02", "2019-02-01"), ("x", "2019")])
def test_nothing_moves_backwards(ledger: Ledger, since: str, until: str) -> None:
    with pytest.raises(BadDate):
        changes_of(ledger, "Huawei", since=since, until=until)
    assert moves(ledger, "2019-02-10", "2019-02") == []


def test_an_unknown_supplier_is_told(ledger: Ledger) -> None:
    with pytest.raises(UnknownEntity):
        changes_of(ledger, "Nobody", since="2019")


@pytest.mark.parametrize("language", languages())
def test_moves_are_told_in_every_language(ledger: Ledger, language: str) -> None:
    found = [changes_of(ledger, "Huawei", since="2019-02")]
    text = render_changes(found, "terminal", language=language)
    assert "→" in text
    assert "{" not in text
    told = json.loads(render_changes(found, "json", language=language))
    assert {move["kind"] for move in told[0]["moves"]} == {"position", "denied"}


def test_a_feed_tells_a_move_once(ledger: Ledger) -> None:
    early = changes_of(ledger, "Huawei", since="2019-02")
    feed = ElementTree.fromstring(render_changes([early], "atom"))
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    again = ElementTree.fromstring(render_changes([changes_of(ledger, "Huawei", since="2019-02")], "atom"))
    assert ids == [entry.findtext(f"{ATOM}id") for entry in again.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 2
    assert feed.findtext(f"{ATOM}id") == again.findtext(f"{ATOM}id")
    (told,) = {page.learned_at for page in ledger.pages() if page.id == early.dossier.sources[-1].page_id}
    assert feed.findtext(f"{ATOM}updated") == stamp(told), "when the ledger learned of it"


def test_an_entry_of_a_feed_holds_the_move_its_quotes_and_where_it_is_told(ledger: Ledger) -> None:
    found = changes_of(ledger, "Huawei", since="2019-02")
    addresses = {"Huawei": "https://desk.example/suppliers/Huawei"}
    feed = ElementTree.fromstring(render_changes([found], "atom", at=addresses.__getitem__))
    entries = list(feed.iter(f"{ATOM}entry"))
    assert entries
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "text"
        told = (content.text or "").splitlines()
        title = entry.findtext(f"{ATOM}title") or ""
        assert title.removeprefix("Huawei: ") in told[0]
        assert "Huawei: Huawei" not in title
        assert any(line.startswith("“") for line in told), "the words of a page"
        (link,) = entry.iter(f"{ATOM}link")
        assert (link.get("rel"), link.get("href")) == ("alternate", addresses["Huawei"])
    alone = ElementTree.fromstring(render_changes([found], "atom"))
    assert not list(alone.iter(f"{ATOM}link"))
    assert len(list(alone.iter(f"{ATOM}content"))) == len(entries)


def test_ids_of_a_feed_are_valid_unique_and_stay(ledger_of: Make) -> None:
    tied: list[Any] = ["ties", "Huawei", "Huawei Marine Networks", "alleged", "ownership", [], None]
    ledger = ledger_of([page(1, "2019-01-10", tied)])

    def ids(*names: str, of: str = "") -> tuple[str | None, list[str | None]]:
        found = [changes_of(ledger, name, since="2018") for name in names]
        feed = ElementTree.fromstring(render_changes(found, "atom", of=of))
        return feed.findtext(f"{ATOM}id"), [e.findtext(f"{ATOM}id") for e in feed.iter(f"{ATOM}entry")]

    of_both, entries = ids("Huawei", "Huawei Marine Networks")
    assert len(entries) == len(set(entries)) == 2
    assert all(UUID(str(id)).urn == id for id in (of_both, *entries))
    assert ids("Huawei Marine Networks", "Huawei", "Huawei") == (of_both, entries[::-1])
    alone, (first,) = ids("Huawei")
    assert (first, alone != of_both) == (entries[0], True)
    assert ids("Huawei", of="all")[0] == ids("Huawei Marine Networks", of="all")[0] != alone
