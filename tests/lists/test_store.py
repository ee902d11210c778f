"""Versions of lists: what is taken, what is refused and why, which one holds on a day, and what moved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.lists.conftest import party, read_list_of

from onrecord.ledger import BadDate, Ledger
from onrecord.lists import (
    ListError,
    ListRefused,
    NoSuchList,
    Party,
    Problem,
    add_list,
    current_lists,
    list_changes,
    list_versions,
    parties_of,
    party_of,
)

PROBLEM = Problem(17, "q", "no name")


def several(count: int, **fields: object) -> tuple[Party, ...]:
    return tuple(party(str(n), **fields) for n in range(count))


def test_a_list_is_kept_with_what_it_says_of_itself(ledger: Ledger) -> None:
    read = read_list_of(*several(3), issued="2023-11-08")
    made = add_list(ledger, read, who="Anna")
    assert (made.list, made.title, made.publisher, made.format) == ("own", "Our list", "Ourselves", "own-csv")
    assert (made.issued, made.size, made.problems, made.who) == ("2023-11-08", 3, 0, "Anna")
    assert made.age(date(2023, 11, 18)) == 10
    assert list_versions(ledger) == list_versions(ledger, "own") == (made,)
    assert parties_of(ledger, made) == read.parties
    assert party_of(ledger, made, "1") == read.parties[1]
    assert party_of(ledger, made, "7") is None
    assert ledger.audit() == ()


def test_the_same_again_is_no_new_version(ledger: Ledger) -> None:
    first = add_list(ledger, read_list_of(*several(3), issued="2023-01"), who="Anna")
    newer = add_list(ledger, read_list_of(*several(4), issued="2023-02"), who="Anna")
    assert add_list(ledger, read_list_of(*several(3), issued="2023-01"), who="Bo") == first
    assert add_list(ledger, read_list_of(*several(4), issued="2023-02"), who="Bo") == newer
    assert len(list_versions(ledger)) == 2


def test_an_undated_list_that_goes_back_to_what_it_was_is_a_new_version(ledger: Ledger) -> None:
    one, two = read_list_of(*several(20)), read_list_of(*several(21))
    made = [add_list(ledger, read, who="Anna") for read in (one, two, one, one)]
    assert made[3] == made[2] != made[0]
    assert list_versions(ledger) == tuple(made[:3])


def test_entries_that_cannot_be_used_are_refused_until_the_user_says_so(ledger: Ledger) -> None:
    read = read_list_of(*several(3), problems=(PROBLEM,))
    with pytest.raises(
        ListRefused, match=r"an entry of own .* cannot be used, 3 can.*--keep-good"
    ) as refused:
        add_list(ledger, read, who="Anna")
    assert refused.value.problems == (PROBLEM,)
    assert list_versions(ledger) == ()
    assert add_list(ledger, read, who="Anna", keep_good=True).problems == 1


def test_a_list_that_was_cut_off_and_one_with_nothing_in_it_are_refused(ledger: Ledger) -> None:
    cut = read_list_of(party("1", line=40), whole=False)
    with pytest.raises(ListRefused) as refused:
        add_list(ledger, cut, who="Anna")
    assert [
        (problem.line, "ends in the middle" in problem.message) for problem in refused.value.problems
    ] == [(40, True)]
    with pytest.raises(ListRefused, match="no entry"):
        add_list(ledger, read_list_of(problems=(PROBLEM,)), who="Anna", keep_good=True)
    with pytest.raises(ListError, match="several entries with the id 'x'"):
        add_list(ledger, read_list_of(party("x"), party("x")), who="Anna")
    with pytest.raises(BadDate):
        add_list(ledger, read_list_of(party("x"), issued="last May"), who="Anna")
    assert list_versions(ledger) == ()


def test_a_list_that_lost_more_than_a_tenth_is_refused_until_the_user_says_so(ledger: Ledger) -> None:
    add_list(ledger, read_list_of(*several(100), issued="2023-01-01"), who="Anna")
    with pytest.raises(ListRefused, match="has 89 entries, where the version of 2023-01-01 has 100"):
        add_list(ledger, read_list_of(*several(89), issued="2023-02-01"), who="Anna")
    add_list(ledger, read_list_of(*several(90), issued="2023-02-01"), who="Anna")
    add_list(ledger, read_list_of(*several(50), issued="2023-03-01"), who="Anna", shrunk=True)
    assert [version.size for version in list_versions(ledger)] == [100, 90, 50]


def test_an_older_version_takes_its_place_by_its_day(ledger: Ledger) -> None:
    newest = add_list(ledger, read_list_of(*several(50), issued="2023-06-01"), who="Anna")
    oldest = add_list(ledger, read_list_of(*several(10), issued="2019-01-05"), who="Anna")
    between = add_list(ledger, read_list_of(*several(30), issued="2021"), who="Anna")
    assert list_versions(ledger) == (oldest, between, newest)
    assert current_lists(ledger) == (newest,)
    assert current_lists(ledger, as_of="2023-05-31") == (between,)
    assert current_lists(ledger, as_of="2020") == (oldest,)
    assert current_lists(ledger, as_of="2021-06") == (oldest,)  # "2021" is surely out only when it is over
    (early,) = current_lists(ledger, as_of="2018")
    assert (early.id, early.early, oldest.early) == (oldest.id, True, False)


def test_of_each_list_the_version_that_held_is_given_and_known(ledger: Ledger) -> None:
    own = add_list(ledger, read_list_of(party("1"), issued="2020-01-01"), who="Anna")
    un = add_list(ledger, read_list_of(party("1"), list="un", issued="2020-02-01"), who="Anna")
    assert current_lists(ledger) == (own, un)
    assert current_lists(ledger, known_at=own.learned_at - timedelta(seconds=1)) == ()
    assert list_versions(ledger, "un") == (un,)
    undated = add_list(ledger, read_list_of(party("1"), list="mine"), who="Anna")
    assert undated.day == undated.learned_at.date().isoformat()


def test_what_a_new_version_brought(ledger: Ledger) -> None:
    first = add_list(
        ledger,
        read_list_of(party("1"), party("2", line=2), party("3", programs=("A",)), issued="2023-01-01"),
        who="Anna",
    )
    with pytest.raises(ListError, match="nothing to compare with"):
        list_changes(ledger, "own")
    changed = party("3", "Firm 3", "Third", programs=("A", "B"))
    second = add_list(
        ledger,
        read_list_of(party("2", line=9), changed, party("4"), issued="2023-02-01"),
        who="Anna",
    )
    third = add_list(
        ledger, read_list_of(party("2"), changed, party("4"), party("5"), issued="2023-03-01"), who="Anna"
    )
    found = list_changes(ledger, "own", end=second.id)
    assert (found.before, found.after) == (first, second)
    assert [p.id for p in found.added] == ["4"]
    assert [p.id for p in found.removed] == ["1"]
    assert [(c.after.id, c.fields) for c in found.changed] == [("3", ("names", "programs"))]
    assert [p.id for p in list_changes(ledger, "own").added] == ["5"]
    assert [p.id for p in list_changes(ledger, "own", since="2023-01-15").added] == ["4", "5"]
    assert [p.id for p in list_changes(ledger, "own", start=first.id).added] == ["4", "5"]
    same = list_changes(ledger, "own", since="2023-03-02")
    assert (same.before, same.added, same.removed, same.changed) == (third, (), (), ())


def test_what_is_not_there_is_said_with_what_is(ledger: Ledger) -> None:
    with pytest.raises(NoSuchList, match="None was added yet"):
        list_changes(ledger, "own")
    made = add_list(ledger, read_list_of(party("1"), issued="2023-01-01"), who="Anna")
    with pytest.raises(NoSuchList, match="There are: own"):
        list_changes(ledger, "onw")
    with pytest.raises(NoSuchList, match=rf"no version 99. There are: {made.id} \(2023-01-01\)"):
        list_changes(ledger, "own", start=99)
