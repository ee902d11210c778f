"""Judging from the command line: what is told, what changes in a standing, and what an audit says."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Command = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("held")


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def statements(onrecord: Command) -> list[dict[str, Any]]:
    pages = told(onrecord("pages", "--format", "json"))
    return [
        statement
        for page in pages
        for statement in told(onrecord("show", page["id"], "--format", "json"))["statements"]
    ]


def restriction(onrecord: Command) -> dict[str, Any]:
    return next(s for s in statements(onrecord) if (s["type"], s["actor"]) == ("restriction", "Telenor"))


def actors(onrecord: Command, *options: str) -> set[str]:
    standing = told(onrecord("standing", "Huawei", "--format", "json", *options))
    return {position["actor"] for position in standing["positions"]}


def test_a_rejected_statement_leaves_the_standing_and_comes_back(onrecord: Command) -> None:
    statement = restriction(onrecord)["id"]
    assert "Telenor" in actors(onrecord)
    for one in [s["id"] for s in statements(onrecord) if s["actor"] == "Telenor"]:
        passed = told(onrecord("reject", one, "--who", "Anna", "--why", "a test", "--format", "json"))
        assert (passed["kind"], passed["who"], passed["why"]) == ("reject", "Anna", "a test")
    assert "Telenor" not in actors(onrecord)
    shown = onrecord("show", statement)
    assert "reject by Anna" in shown.stdout
    assert "a test" in shown.stdout
    listed = told(onrecord("judgements", "--format", "json"))
    number = next(j["id"] for j in listed if j["subject"] == statement)
    assert f"undo {number}" not in onrecord("judgements").stdout
    assert onrecord("undo", str(number)).exit_code == 0
    assert "Telenor" in actors(onrecord)
    moment = listed[0]["at"]
    assert "Telenor" in actors(onrecord, "--known-at", moment)
    assert "undone by" in onrecord("judgements").stdout


def test_as_known_before_it_was_read_there_is_nothing(onrecord: Command) -> None:
    known = onrecord("standing", "Huawei", "--known-at", "2001-01-01", "--format", "json")
    assert told(known)["positions"] == []
    assert told(known)["known_at"].startswith("2001-01-01T23:59:59")
    assert "as known at 2001-01-01" in onrecord("dossier", "Huawei", "--known-at", "2001-01-01").stdout
    wrong = onrecord("standing", "Huawei", "--known-at", "last week")
    assert wrong.exit_code == 2
    assert "is no moment" in wrong.stderr


def test_who_is_on_no_page_is_found_once_a_person_names_them(onrecord: Command) -> None:
    one = restriction(onrecord)
    wrong = onrecord("split", "Huawei", one["page"], "Huawey", "--who", "Anna")
    assert wrong.exit_code == 1
    assert "Did you mean Huawei" in wrong.stderr
    for told_wrong in (
        onrecord("split", "Huawei", one["page"], "", "--who", "Anna"),
        onrecord("correct", one["id"], "--set", "actor=Nobody at all", "--who", "Anna"),
        onrecord("merge", "Telenor", "Nobody at all", "--who", "Anna"),
    ):
        assert told_wrong.exit_code == 1, told_wrong.output
    assert told(onrecord("judgements", "--format", "json")) == []
    assert onrecord("split", "Huawei", one["page"], "nokia", "--who", "Anna").exit_code == 0
    assert onrecord("show", "Nokia").exit_code == 0
    assert one["id"] in onrecord("dossier", "Nokia", "--format", "json").stdout
    assert onrecord("correct", one["id"], "--set", "actor=Portugal", "--who", "Anna").exit_code == 0
    assert "Portugal" in onrecord("show", "PT").stdout
    done = onrecord("position", "Japan", "Huawei", "restricts", "--since", "2019", "--who", "Anna")
    assert done.exit_code == 0, done.output
    assert actors(onrecord) >= {"JP"}
    assert "Japan" in onrecord("show", "JP").stdout


def test_a_correction_is_shown_with_what_was_read(onrecord: Command) -> None:
    statement = restriction(onrecord)["id"]
    done = onrecord("correct", statement, "--set", "status=possible", "--set", "actor=NO", "--who", "Anna")
    assert done.exit_code == 0
    assert "To take it back: onrecord undo 1" in done.stdout
    shown = onrecord("show", statement).stdout
    assert "correct by Anna" in shown
    assert "status asserted, actor Telenor" in shown or "actor Telenor, status" in shown
    assert told(onrecord("show", statement, "--format", "json"))["actor"] == "NO"


def test_several_are_rejected_and_undone_as_one(onrecord: Command) -> None:
    some = [s["id"] for s in statements(onrecord) if s["actor"] == "Telenor"]
    assert len(some) > 1
    done = onrecord("reject", *some, "--who", "Anna", "--why", "a test")
    assert "To take it back: onrecord undo 1" in done.stdout
    assert "Telenor" not in actors(onrecord)
    assert len(told(onrecord("judgements", "--format", "json"))) == 1
    undone = onrecord("undo", "1")
    assert (undone.exit_code, "To take it back" in undone.stdout) == (0, False)  # an undo is not undone
    assert "Telenor" in actors(onrecord)


def test_who_were_merged_are_told_by_the_names_that_were_written(onrecord: Command) -> None:
    assert onrecord("merge", "Telenor", "Huawei", "--who", "Anna").exit_code == 0
    again = onrecord("merge", "Huawei", "Telenor", "--who", "Anna")
    assert (again.exit_code, "'Huawei' and 'Telenor' are one already" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("correct", "{id}", "--set", "status"), 2, "sets nothing"),
        (("correct", "{id}", "--set", "status=sure"), 2, "There is no status 'sure'"),
        (("correct", "{id}", "--set", "quote=other"), 2, "nothing to correct"),
        (("accept", "000000000000"), 1, "no statement"),
        (("withdraw", "000000000000", "--on", "2019"), 1, "no page"),
        (("merge", "Huawei", "Nobody Ltd of Nowhere"), 1, "nothing is on record"),
        (("merge", "Huawei", "Huawei"), 2, "one already"),
        (("undo", "99"), 1, "no judgement 99"),
        (("show", "000000000000", "--dropped"), 1, "no statement, page or entity"),
        (("position", "Telenor", "Huawei", "bans", "--since", "2019"), 2, "Name one of: restricts, refuses"),
        (
            ("position", "Telenor", "Huawei", "permits", "--since", "2019", "--scope", "space"),
            2,
            "Name one of: networks, core, radio, devices, apps, trade",
        ),
        (("position", "Telenor", "Huawei", "permits", "--since", "May"), 2, "is no date"),
        (("position", "Telenor", "Huawei", "permits", "--since", "3020"), 2, "3020 is a day to come"),
        (("position", "Huawei", "Huawei", "permits", "--since", "2019"), 2, "is the supplier itself"),
        (("position", "Nobody Ltd", "Huawei", "permits", "--since", "2019"), 1, "nothing is on record"),
        (("position", "Telenor", "Nobody Ltd", "permits", "--since", "2019"), 1, "nothing is on record"),
    ],
)
def test_what_cannot_be_judged_is_told(
    onrecord: Command, arguments: tuple[str, ...], code: int, message: str
) -> None:
    statement = restriction(onrecord)["id"]
    result = onrecord(*(a.replace("{id}", statement) for a in arguments))
    assert (result.exit_code, message in result.stderr) == (code, True), result.stderr


def test_an_audit_is_clean_until_somebody_changes_the_file(onrecord: Command, ledger: Path) -> None:
    assert onrecord("reject", restriction(onrecord)["id"]).exit_code == 0
    clean = onrecord("audit")
    assert clean.exit_code == 0
    assert "Clean" in clean.stdout
    assert told(onrecord("audit", "--format", "json"))["faults"] == []
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("UPDATE statement SET actor = 'SE' WHERE actor = 'Telenor'")
        connection.commit()
    changed = onrecord("audit")
    assert changed.exit_code == 7
    assert "was changed since it was taken in" in changed.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE entry SET learned_at = 'yesterday'", "entry 1 cannot be read: entry.learned_at is damaged"),
        ("UPDATE entry SET detail = '{'", "entry 1 cannot be read: entry.detail is damaged"),
        ("UPDATE rendering SET original = x'ff'", "cannot be read: rendering.original is damaged"),
        ("DELETE FROM rendering", "has lost the text of its page"),
        ("DELETE FROM mention", "was changed since it was taken in"),
    ],
)
def test_an_audit_names_what_cannot_be_read(onrecord: Command, ledger: Path, change: str, words: str) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute(change)
        connection.commit()
    changed = onrecord("audit")
    assert changed.exit_code == 7
    assert words in changed.stderr


def test_a_ledger_that_cannot_be_read_is_said_to_be_damaged(onrecord: Command, ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("UPDATE segment SET data = x'ff'")
        connection.commit()
    result = onrecord("standing", "Huawei")
    assert result.exit_code == 4
    assert "is damaged" in result.stderr
    assert onrecord("audit").exit_code == 7


def test_a_log_whose_end_was_cut_off_lacks_the_digest_that_was_noted(onrecord: Command, ledger: Path) -> None:
    assert onrecord("reject", restriction(onrecord)["id"]).exit_code == 0
    noted = told(onrecord("audit", "--format", "json"))
    assert noted["whole"]
    assert f"{noted['entries']} entries, the last with the digest {noted['last']}" in onrecord("audit").stdout
    assert onrecord("accept", restriction(onrecord)["id"]).exit_code == 0
    for digest in (noted["last"], noted["last"][:12]):
        assert onrecord("audit", "--expect", digest).exit_code == 0
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("DELETE FROM judgement")
        connection.execute("DELETE FROM entry WHERE id >= ?", (noted["entries"],))
        connection.commit()
    assert onrecord("audit").exit_code == 0  # which is why one notes the digest
    cut = onrecord("audit", "--expect", noted["last"])
    assert (cut.exit_code, "cut off" in cut.stderr) == (7, True)
    assert onrecord("audit", "--expect", "_%").exit_code == 2


def test_a_withdrawn_page_counts_before_its_day_only(onrecord: Command) -> None:
    page = next(p for p in told(onrecord("pages", "--format", "json")) if "harbour" in p["locators"][0])["id"]
    assert onrecord("withdraw", page, "--on", "2019-04-01", "--why", "retracted").exit_code == 0
    assert "Telenor" not in actors(onrecord)
    assert "Telenor" in actors(onrecord, "--as-of", "2019-03-31")


def test_a_position_is_set_by_hand_and_taken_back(onrecord: Command) -> None:
    asked = ("position", "Telenor", "Huawei", "permits", "--since", "2019-05", "--who", "Anna")
    passed = told(onrecord(*asked, "--why", "[bold]said[/bold] so", "--format", "json"))
    assert (passed["kind"], passed["subject"], passed["why"]) == (
        "position",
        "Telenor",
        "[bold]said[/bold] so",
    )
    assert passed["payload"] == {
        "supplier": "Huawei",
        "scope": "networks",
        "code": "permits",
        "since": "2019-05",
    }

    def telenor(*options: str) -> dict[str, Any]:
        standing = told(onrecord("standing", "Huawei", "--format", "json", *options))
        return next(p for p in standing["positions"] if p["actor"] == "Telenor")

    assert (telenor()["position"], telenor()["set_by"]["who"]) == ("permits", "Anna")
    assert telenor("--as-of", "2019-04")["position"] == telenor()["stances"][0]["as_read"]["position"]
    listed = onrecord("judgements").stdout
    assert "Anna: position Telenor [" in listed, "what was set stands in the list"
    assert "code permits" in listed
    assert "[bold]said[/bold] so" in listed, "a reason is shown as it was written"
    assert "set by Anna" in onrecord("standing", "Huawei").stdout
    assert onrecord("undo", str(passed["id"]), "--who", "Bo").exit_code == 0
    assert telenor()["set_by"] is None
    assert onrecord("audit").exit_code == 0


def test_positions_and_scopes_are_completed() -> None:
    from onrecord.cli._position import _codes, _scopes

    assert _codes("will") == ["will-restrict", "will-permit"]
    assert _scopes("") == ["networks", "core", "radio", "devices", "apps", "trade"]


def test_a_statement_is_said_of_words_on_a_page_and_told_where_they_are_not_clear(onrecord: Command) -> None:
    page = next(p["id"] for p in told(onrecord("pages", "--format", "json")) if p["language"] == "nl")
    said = ("--type", "risk", "--status", "alleged", "--actor", "Huawei", "--target", "United States")
    more = ("--source", "Ola Example", "--kind", "Ola Example=person", "--who", "Anna", "--why", "a test")
    words = "voor spionage worden gebruikt"
    passed = told(onrecord("state", page, words, *said, *more, "--format", "json"))
    assert (passed["kind"], passed["who"], passed["payload"]["quote"]) == ("add", "Anna", words)
    shown = onrecord("show", passed["subject"]).stdout
    assert "add by Anna" in shown
    assert "by-hand" in shown
    assert "Ola Example" in onrecord("mentions").stdout
    assert onrecord("audit").exit_code == 0
    several = onrecord("state", page, "Huawei", *said)
    assert several.exit_code == 2
    offset = re.findall(r"--at (\d+)", several.output)[1]
    assert onrecord("state", page, "Huawei", *said, "--at", offset).exit_code == 0
    assert onrecord("state", page, "no such words", *said).exit_code == 1
    assert onrecord("state", page, "Berlijn", "--type", "gossip", "--actor", "Huawei").exit_code == 2
    assert onrecord("state", page, "Berlijn", "--type", "risk").exit_code == 2


def test_a_clock_behind_the_ledger_is_told_and_nothing_is_dated_before_it(
    onrecord: Command, ledger: Path
) -> None:
    assert "clock" not in onrecord("pages").stderr
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute(
            "UPDATE entry SET learned_at = '2099-01-01 00:00:00.000000' "
            "WHERE id = (SELECT max(id) FROM entry)"
        )
        connection.commit()
    rejected = onrecord("reject", restriction(onrecord)["id"], "--format", "json")
    assert "behind the ledger, whose last entry is of 2099-01-01" in " ".join(rejected.stderr.split())
    assert told(rejected)["at"].startswith("2099-01-01")
