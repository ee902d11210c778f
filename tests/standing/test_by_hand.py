"""Positions that a person sets: they hold over what was read, which is never lost beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.standing.test_dossier import gb, page

from onrecord import Ledger as Face
from onrecord.ledger import Judgement, Ledger
from onrecord.present import FORMATS, Format, languages, render, render_changes, render_standing
from onrecord.standing import (
    NoSuchPosition,
    Position,
    Stance,
    changes_of,
    check_position,
    position_codes,
    position_scopes,
    standing_of,
)

Make = Callable[[Sequence[dict[str, Any]]], Ledger]
BAN, LEAVE = "restriction", "permission"


def set_(
    ledger: Ledger, code: str, since: str, *, actor: str = "GB", scope: str = "networks", why: str = "seen so"
) -> Judgement:
    return ledger.set_position(actor, "Huawei", scope=scope, code=code, since=since, who="Anna", why=why)


def position(ledger: Ledger, actor: str = "GB", **asked: Any) -> Position | None:
    found = standing_of(ledger, "Huawei", **asked).positions
    return next((one for one in found if one.actor == actor), None)


def stance(ledger: Ledger, actor: str = "GB", **asked: Any) -> Stance:
    found = position(ledger, actor, **asked)
    assert found is not None
    return found.present


@pytest.fixture
def ledger(ledger_of: Make) -> Ledger:
    return ledger_of(
        [
            page(1, "2019-01-10", gb(BAN, "possible")),
            page(2, "2019-03-10", gb(BAN, "asserted")),
            page(3, "2020-01-28", gb(LEAVE, "asserted")),
            page(
                4,
                "2020-06-01",
                gb(LEAVE, "possible"),
                ["supply", "Huawei", "TDC", "asserted", None, [], None],
            ),
        ]
    )


def test_what_a_person_set_holds_over_what_is_told_later_and_is_not_silent(ledger: Ledger) -> None:
    assert stance(ledger).code == "permits"
    passed = set_(ledger, "restricts", "2019-05")
    now = stance(ledger)
    assert (now.code, now.set_by) == ("restricts", passed)
    assert now.since is not None
    assert (now.since.value, now.since.basis) == ("2019-05", "judged")
    assert [(line.type, line.status) for line in now.support] == [(BAN, "asserted")]
    assert [(line.type, line.status) for line in now.dissent] == [(LEAVE, "asserted")]
    assert [(line.type, line.status) for line in now.weighing] == [(LEAVE, "possible")]
    assert [(line.type, line.status) for line in now.earlier] == [(BAN, "possible")]
    assert now.as_read is not None
    assert (now.as_read.code, now.as_read.set_by) == ("permits", None)
    ledger.undo(passed.id, who="Bo")
    assert stance(ledger) == now.as_read


def test_before_its_day_the_statements_decide(ledger: Ledger) -> None:
    set_(ledger, "does-not-restrict", "2019-05")
    assert stance(ledger, as_of="2019-02").code == "weighs-restricting"
    assert stance(ledger, as_of="2019-04").code == "restricts"
    assert stance(ledger, as_of="2019-04").set_by is None
    assert stance(ledger, as_of="2019-05-01").code == "does-not-restrict"


def test_several_make_a_course(ledger: Ledger) -> None:
    set_(ledger, "permits", "2020-03")
    set_(ledger, "will-restrict", "2019-05")
    found = position(ledger)
    assert found is not None
    assert [(change.code, change.set_by is not None) for change in found.present.changes] == [
        ("restricts", False),
        ("will-restrict", True),
        ("permits", True),
    ]
    calendar = standing_of(ledger, "Huawei").calendar
    assert calendar is not None
    course = dict(zip((period.end for period in calendar.periods), found.course, strict=True))
    assert course["2019-03-31"] == "restricts"
    assert course["2019-06-30"] == course["2019-12-31"] == "will-restrict"
    assert course["2020-03-31"] == "permits"


def test_of_two_for_one_first_day_the_last_that_was_passed_holds(ledger: Ledger) -> None:
    set_(ledger, "permits", "2020-01-01")
    set_(ledger, "restricts", "2020")
    set_(ledger, "weighs-restricting", "2020-01")
    assert stance(ledger).code == "weighs-restricting"


def test_as_known_before_it_was_set_it_does_not_hold(ledger: Ledger) -> None:
    last = max(p.learned_at for p in ledger.pages())
    passed = set_(ledger, "restricts", "2019-05")
    assert stance(ledger, known_at=last).code == "permits"
    undone = ledger.undo(passed.id, who="Bo")
    assert stance(ledger, known_at=undone.at).code == "permits"


def test_it_holds_in_its_scope_alone(ledger: Ledger) -> None:
    passed = set_(ledger, "restricts", "2019-05", scope="trade")
    found = position(ledger)
    assert found is not None
    assert [(s.scope, s.code, s.set_by) for s in found.stances] == [
        ("trade", "restricts", passed),
        ("networks", "permits", None),
    ]


def test_an_actor_of_whom_nothing_was_read_gets_a_row(ledger: Ledger) -> None:
    assert position(ledger, "TDC") is None
    passed = set_(ledger, "restricts", "2021-05", actor="TDC")
    found = position(ledger, "TDC")
    assert found is not None
    assert (found.kind, found.present.code, found.present.set_by) == ("company", "restricts", passed)
    assert (found.lines, found.present.as_read, found.course[-1]) == ((), None, "restricts")
    set_(ledger, "restricts", "2021", actor="SE")
    dossier = standing_of(ledger, "Huawei")
    for form in FORMATS:
        assert "Sweden" in render(dossier, form) or form == "json"


def test_a_move_that_a_person_made_is_told_with_who_and_why(ledger: Ledger) -> None:
    passed = set_(ledger, "restricts", "2020-03")
    moved = changes_of(ledger, "Huawei", since="2020-02")
    move = next(move for move in moved.moves if move.kind == "position")
    assert (move.actor, move.before, move.after, move.set_by) == ("GB", "permits", "restricts", passed)
    text = render_changes([moved], "terminal")
    assert re.search(r"Mar 2020 +United Kingdom: permits → restricts", text)
    assert "Set by Anna" in text
    assert "“seen so”" in text
    told = json.loads(render_changes([moved], "json"))[0]["moves"]
    assert [one["set_by"]["why"] for one in told if one["set_by"]] == ["seen so"]
    feed = ElementTree.fromstring(render_changes([moved], "atom"))
    assert f"{passed.at:%Y-%m-%dT%H:%M:%SZ}" in [
        e.text for e in feed.iter("{http://www.w3.org/2005/Atom}updated")
    ]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("form", FORMATS)
def test_every_rendering_says_who_set_it_and_why(ledger: Ledger, form: Format, language: str) -> None:
    set_(ledger, "restricts", "2019-05", why="<b>*seen*</b> \x1b[31mso")
    dossier = standing_of(ledger, "Huawei")
    for text in (render(dossier, form, language=language), render_standing(dossier, form, language=language)):
        assert "\x1b" not in text
        assert "Anna" in text
        bare = re.sub(r"\s+", " ", text.replace("\\", "").replace("&lt;", "<").replace("&gt;", ">"))
        assert "<b>*seen*</b>" in bare
        if form == "html":
            assert "<b>*seen" not in text
        if form == "terminal":
            assert max(map(len, text.splitlines())) <= 80
        if form == "json":
            (one,) = json.loads(text)["positions"]
            assert one["set_by"]["who"] == "Anna"
            assert one["stances"][0]["as_read"]["position"] == "permits"


def test_a_position_that_there_is_not_is_refused_with_those_that_there_are(ledger: Ledger) -> None:
    for code in position_codes():
        for scope in position_scopes():
            check_position(scope, code)
    with pytest.raises(NoSuchPosition, match=r"no position 'bans'.* restricts, refuses, .* permits"):
        check_position("networks", "bans")
    with pytest.raises(NoSuchPosition, match=r"no scope 'space'.* networks, core, .* trade"):
        check_position("space", "restricts")
    with Face(ledger.place) as face:
        with pytest.raises(NoSuchPosition, match="Name one of"):
            face.set_position("GB", "Huawei", scope="networks", code="bans", since="2019", who="Anna")
        assert face.judgements() == ()
    passed = set_(ledger, "of-a-newer-version", "2019")
    with pytest.raises(NoSuchPosition, match=f"onrecord undo {passed.id}"):
        standing_of(ledger, "Huawei")
