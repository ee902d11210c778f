"""In what a position holds: by the words of the statement, and what holds of a whole and of its part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

import pytest

from onrecord.ledger import Ledger
from onrecord.standing import (
    Evidence,
    Stance,
    Support,
    changes_of,
    held_in,
    is_narrow,
    over_time_of,
    position_scopes,
    standing_of,
    standings_of,
)
from onrecord.statements import SCOPES, Topic

Make = Callable[[Sequence[dict[str, Any]]], Ledger]
Said = tuple[str | None, str, str, str | None]
"""Published, type, status, scope."""

LIMITED: list[Said] = [
    ("2020-01-28", "restriction", "asserted", "core"),
    ("2020-01-28", "permission", "asserted", "radio"),
]
BAN: Said = ("2020-07-14", "restriction", "asserted", None)
LIFTED: Said = ("2022-03-01", "permission", "asserted", None)


def pages_of(*told: Said, topic: str | None = "network") -> list[dict[str, Any]]:
    return [
        {
            "locator": f"{number}.txt", "outlet": f"Paper {number}", "title": None, "published": published,
            "language": "en",
            "sentences": [
                {"text": f"Page {number}.", "says": [[type_, "GB", "Huawei", status, topic, [], None, scope]]}
            ],
        }
        for number, (published, type_, status, scope) in enumerate(told)
    ]  # fmt: skip


def stances_of(ledger: Ledger, as_of: str | None = None) -> dict[str, Stance]:
    (position,) = standing_of(ledger, "Huawei", as_of=as_of).positions
    return {stance.scope: stance for stance in position.stances}


def test_the_scopes_of_positions_are_those_of_statements() -> None:
    assert set(position_scopes()) == set(SCOPES)
    assert {scope for scope in position_scopes() if is_narrow(scope)} == {"core", "radio", "devices", "apps"}


@pytest.mark.parametrize("topic", [None, *get_args(Topic)])
def test_without_words_of_its_own_a_measure_has_the_scope_of_its_topic(
    ledger_of: Make, topic: str | None
) -> None:
    (scope,) = stances_of(ledger_of(pages_of(("2020-01-28", "restriction", "asserted", None), topic=topic)))
    assert scope == {
        "sanctions": "trade", "components": "trade", "market": "trade", "software": "apps",
    }.get(topic or "", "networks")  # fmt: skip


def test_a_core_may_be_closed_and_the_radio_open(ledger_of: Make) -> None:
    stances = stances_of(ledger_of(pages_of(*LIMITED)))
    assert {scope: stance.code for scope, stance in stances.items()} == {
        "core": "restricts",
        "radio": "permits",
    }
    assert not any(stance.dissent or stance.whole for stance in stances.values())


def test_what_says_the_same_of_another_part_is_another_line(ledger_of: Make) -> None:
    told = [("2020-01-28", "restriction", "asserted", scope) for scope in ("core", "radio", None)]
    ledger = ledger_of(pages_of(*told))
    (position,) = standing_of(ledger, "Huawei").positions
    assert [line.scope for stance in position.stances for line in stance.support] == [None, "core", "radio"]
    assert len({line.id for line in position.lines}) == 3


def test_a_later_ban_on_the_whole_holds_for_its_parts(ledger_of: Make) -> None:
    ledger = ledger_of(pages_of(*LIMITED, BAN))
    before, after = stances_of(ledger, "2020-06-30"), stances_of(ledger)
    assert (before["radio"].code, before["radio"].whole) == ("permits", None)
    radio = after["radio"]
    assert (radio.code, radio.whole, radio.support) == ("restricts", "networks", ())
    assert radio.since is not None
    assert radio.since.value == "2020-07-14"
    assert [line.type for line in radio.earlier] == ["permission"]
    assert [(change.code, change.moment.value if change.moment else None) for change in radio.changes] == [
        ("permits", "2020-01-28"),
        ("restricts", "2020-07-14"),
    ]
    core = after["core"]
    assert (core.code, core.whole) == ("restricts", None), "what was restricted already is so by its own word"
    assert core.since is not None
    assert core.since.value == "2020-01-28"
    (position,) = standing_of(ledger, "Huawei").positions
    assert [stance.scope for stance in position.stances] == ["networks", "core", "radio"]


def test_once_the_ban_is_lifted_what_is_told_of_the_part_stands_again(ledger_of: Make) -> None:
    stances = stances_of(ledger_of(pages_of(*LIMITED, BAN, LIFTED)))
    assert {scope: stance.code for scope, stance in stances.items()} == {
        "networks": "permits", "core": "restricts", "radio": "permits",
    }  # fmt: skip
    assert [change.code for change in stances["radio"].changes] == ["permits", "restricts", "permits"]


EARLY, LATE = "2020-01-28", "2020-08-01"


def ban(day: str, status: str = "asserted", scope: str | None = None) -> Said:
    return day, "restriction", status, scope


def leave(day: str, status: str = "asserted", scope: str | None = "radio") -> Said:
    return day, "permission", status, scope


@pytest.mark.parametrize(
    ("part", "whole", "code"),
    [
        pytest.param(leave("2020-07-14"), BAN, "permits", id="of the same day"),
        pytest.param(leave(LATE), BAN, "permits", id="later"),
        pytest.param(leave(LATE, "possible"), BAN, "restricts", id="weighed"),
        pytest.param(leave(LATE, "alleged"), BAN, "restricts", id="hearsay"),
        pytest.param(leave(EARLY), ban(LATE, "planned"), "will-restrict", id="announced"),
        pytest.param(ban(EARLY, scope="radio"), ban(LATE, "planned"), "restricts", id="in force already"),
        pytest.param(leave(EARLY), ban(LATE, "possible"), "permits", id="whole only weighed"),
        pytest.param(ban(EARLY, scope="radio"), LIFTED, "restricts", id="whole permitted"),
        pytest.param(leave(EARLY, scope="apps"), BAN, "permits", id="no part"),
    ],
)
def test_what_holds_of_a_part(ledger_of: Make, part: Said, whole: Said, code: str) -> None:
    for told in ([part, whole], [whole, part]):
        assert stances_of(ledger_of(pages_of(*told)))[str(part[3])].code == code


def test_what_a_person_set_of_a_part_holds_over_what_is_read_of_the_whole(ledger_of: Make) -> None:
    ledger = ledger_of(pages_of(*LIMITED, BAN))
    ledger.set_position("GB", "Huawei", scope="radio", code="permits", since="2020-02", who="Anna")
    assert stances_of(ledger)["radio"].code == "permits"
    ledger.set_position("GB", "Huawei", scope="networks", code="refuses", since="2021", who="Anna")
    radio = stances_of(ledger)["radio"]
    assert (radio.code, radio.whole) == ("refuses", "networks")
    assert radio.set_by is not None
    assert radio.as_read is not None, "what the statements alone give stands beside it"
    assert (radio.as_read.code, radio.as_read.whole) == ("restricts", "networks")
    held = {one.scope: one for one in standings_of(ledger, ["Huawei"]).held}
    assert (held["radio"].code, held["radio"].whole, held["radio"].set_by) == (
        "refuses", "networks", radio.set_by,
    )  # fmt: skip


def test_a_ban_on_the_whole_is_told_once(ledger_of: Make) -> None:
    ledger = ledger_of(pages_of(*LIMITED, BAN))
    moves = changes_of(ledger, "Huawei", since="2020-06-30").moves
    assert [(move.scope, move.before, move.after) for move in moves if move.kind == "position"] == [
        ("networks", None, "restricts")
    ]
    turns = over_time_of(standing_of(ledger, "Huawei")).turns
    assert [(turn.scope, turn.before, turn.after) for turn in turns if turn.scope == "radio"] == [
        ("radio", None, "permits"),
        ("radio", "permits", "restricts"),
    ]


def test_a_part_rests_on_the_statements_of_the_whole_that_holds_of_it(ledger_of: Make) -> None:
    ledger = ledger_of(pages_of(*LIMITED, BAN))

    def ask(snapshot: Any) -> Any:
        support = Support(Evidence(snapshot))
        return {held.scope: support.ground(held).rows for held in held_in(snapshot, ["Huawei"])}

    rows = ledger.snapshot(ask)
    assert rows["radio"] == rows["networks"] != rows["core"]


def test_a_person_corrects_the_scope(ledger_of: Make) -> None:
    ledger = ledger_of(pages_of(BAN))
    (statement,) = ledger.statements()
    ledger.judge("correct", statement.id, who="Anna", changes={"scope": "core"})
    (stance,) = stances_of(ledger).values()
    assert (stance.scope, stance.code) == ("core", "restricts")
    (corrected,) = ledger.statements()
    assert (corrected.id, corrected.statement.scope) == (statement.id, "core")
    assert corrected.as_read is not None
    assert corrected.as_read.scope is None
    ledger.judge("correct", statement.id, who="Anna", changes={"scope": None})
    assert set(stances_of(ledger)) == {"networks"}
