"""Which entities of a dossier stand on a list: by which names, in which version, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from tests.conftest import fill_ledger
from tests.lists.conftest import party, read_list_of

from onrecord.ledger import Ledger
from onrecord.lists import ListedName, ListVersion, Party, add_list, marks_of
from onrecord.lists._same_name import same_as, words_of
from onrecord.standing import Dossier, standing_of

PAGES: list[dict[str, Any]] = [
    {
        "locator": "first.txt",
        "title": None,
        "outlet": "The Daily",
        "published": "2019-10-22",
        "language": "en",
        "sentences": [
            {
                "text": "Nordlys Data supplies Huawei.",
                "says": [["supply", "Nordlys Data", "Huawei", "asserted", "network", [], None]],
            },
            {
                "text": "Huawei supplies Fjord Kabel GmbH.",
                "says": [["supply", "Huawei", "Fjord Kabel GmbH", "asserted", "network", [], None]],
            },
        ],
    },
    {
        "locator": "second.txt",
        "title": None,
        "outlet": "The Weekly",
        "published": "2018-02",
        "language": "en",
        "sentences": [
            {
                "text": "Huawei supplies Fjord Kabel GmbH again.",
                "says": [["supply", "Huawei", "Fjord Kabel GmbH", "planned", "network", [], None]],
            }
        ],
    },
]


@pytest.fixture
def held(place_maker: Callable[[], str], huawei_record: dict[str, Any]) -> Iterator[Ledger]:
    with Ledger(place_maker()) as ledger:
        fill_ledger(ledger, huawei_record, PAGES)
        yield ledger


def about(ledger: Ledger, **given: Any) -> Dossier:
    return standing_of(ledger, "Huawei", **given)


def add(ledger: Ledger, *parties: Party, issued: str = "2023-01-01", list: str = "own") -> ListVersion:
    return add_list(ledger, read_list_of(*parties, list=list, issued=issued), who="Anna", shrunk=True)


def test_a_ledger_without_lists_marks_nobody(held: Ledger) -> None:
    assert marks_of(held, about(held)) == {}


def test_a_listed_party_is_marked_with_the_entry_and_the_page_that_first_names_it(held: Ledger) -> None:
    entry = party("7", "NORDLYS DATA Co., Ltd.", since="2014-08-01", programs=("EL",))
    version = add(held, entry, party("8", "Nordlys Databehandling"), party("9", "Fjord Kabel Limited"))
    marks = marks_of(held, about(held))
    assert list(marks) == ["Fjord Kabel GmbH", "Nordlys Data"]
    (mark,) = marks["Nordlys Data"]
    assert (mark.version, mark.party, mark.relation, mark.of) == (version, entry, "same", None)
    assert (mark.name, mark.since, mark.published) == ("NORDLYS DATA Co., Ltd.", "2014-08-01", "2019-10-22")
    (other,) = marks["Fjord Kabel GmbH"]
    assert (other.published, other.since) == ("2018-02", None)
    assert (mark.page, other.page) == tuple(
        next(s.number for s in about(held).sources if s.locator == name)
        for name in ("first.txt", "second.txt")
    )


def test_an_affiliate_is_told_from_the_listed_party(held: Ledger) -> None:
    add(held, party("7", "Storm Holding"), party("7a", "Nordlys Data", affiliate_of="7"))
    (mark,) = marks_of(held, about(held))["Nordlys Data"]
    assert (mark.relation, mark.of) == ("affiliate", "Storm Holding")


def test_persons_vessels_and_weak_aliases_of_a_word_are_not_companies(held: Ledger) -> None:
    add(
        held,
        replace(party("1", "Nordlys Data"), kind="person"),
        replace(party("2", "Nordlys Data"), kind="vessel"),
        party("3", "Storm", "Huawei"),  # a weak alias of one word
    )
    assert marks_of(held, about(held)) == {}
    add(held, party("4", "Storm", "Nordlys Data"), list="other")
    assert list(marks_of(held, about(held))) == ["Nordlys Data"]


def test_the_lists_are_those_of_the_day_that_the_dossier_is_as_of(held: Ledger) -> None:
    old = add(held, party("7", "Nordlys Data"), issued="2019-01-01")
    add(held, party("8", "Storm"), issued="2023-01-01")
    assert marks_of(held, about(held)) == {}
    (mark,) = marks_of(held, about(held, as_of="2019-12"))["Nordlys Data"]
    assert mark.version == old
    assert marks_of(held, about(held, as_of="2019-12", known_at=old.learned_at))
    before = held.pages()[0].learned_at
    assert marks_of(held, about(held, as_of="2019-12", known_at=before)) == {}


def test_of_a_list_from_after_that_day_only_what_it_dates_itself_counts(held: Ledger) -> None:
    add(
        held,
        party("1", "Nordlys Data", since="2014-08-01"),
        party("2", "Fjord Kabel GmbH"),
        party("3", "Huawei", since="2020-08-17"),
    )
    assert list(marks_of(held, about(held, as_of="2019-12"))) == ["Nordlys Data"]
    assert list(marks_of(held, about(held))) == ["Fjord Kabel GmbH", "Huawei", "Nordlys Data"]


def test_who_was_taken_off_by_the_lists_own_date_is_not_marked(held: Ledger) -> None:
    add(held, party("1", "Nordlys Data", since="2014", until="2015-06"))
    assert marks_of(held, about(held)) == {}


@dataclass(frozen=True)
class Near:
    """What a screener finds."""

    party: Party
    version: ListVersion
    name: ListedName
    relation: Any
    of: Party | None = None


class Screening:
    """Finds whoever has the first word of a name: stands for one that sees through spellings."""

    def __init__(self, lists: Iterable[tuple[ListVersion, Sequence[Party]]]) -> None:
        self.entries = [(version, party) for version, parties in lists for party in parties]

    def screen(self, name: str, *, kind: str = "company", limit: int = 5) -> list[Near]:
        assert kind == "company"
        word = name.split()[0]
        found = [Near(p, v, p.names[0], "affiliate") for v, p in self.entries if p.name.startswith(word)]
        return [*found, *(Near(p, v, p.names[0], "different") for v, p in self.entries)][:limit]


def test_a_screener_finds_more_and_says_who_belongs_to_whom(held: Ledger) -> None:
    add(held, party("1", "Nordlys Gruppe"), party("2", "Storm"))
    assert marks_of(held, about(held)) == {}
    (mark,) = marks_of(held, about(held), screener=Screening)["Nordlys Data"]
    assert (mark.relation, mark.of) == ("affiliate", "Nordlys Gruppe")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nord Technologies Co., Ltd.", "NORD TECHNOLOGIES COMPANY LIMITED"),
        ("Nord Technologies", "Nord Technologies GmbH"),
        ("OOO Nord", "Nord LLC"),
        ("Nord-Süd A/S", "nord süd"),
        ("Ｎｏｒｄ", "Nord"),
        ("中兴通讯股份有限公司", "中兴通讯"),
        ("株式会社北", "北"),
        ("Nord ASA", "Nord"),
        ("Nord Pte. Ltd.", "NORD"),
        ("Nord GmbH & Co. KG", "Nord"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert same_as(one) == same_as(other) != ""
    assert same_as(one).split()[0] in words_of(other)  # by which most entries are passed over
    assert same_as(other).split()[0] in words_of(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nord International", "Nord"),
        ("Nord UK Ltd", "Nord Ltd"),
        ("AG Nord", "Nord"),
        ("Nord Technologies", "Nord Technology"),
        ("Limited", "GmbH"),
        ("Nord 1", "Nord 2"),
    ],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert same_as(one) != same_as(other)


def test_a_name_without_letters_is_nobodys() -> None:
    assert same_as("--- ") == ""
