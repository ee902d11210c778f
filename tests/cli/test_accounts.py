"""`onrecord accounts`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli import app
from onrecord.cli._failure import Code
from onrecord.ledger import Ledger
from onrecord.team import Accounts, Marks, SignIn, Team, Tokens

Command = Callable[..., Result]
ANNA = "a harbour at low tide"


@pytest.fixture
def ask(ledger: Path, onrecord: Command) -> Command:  # noqa: ARG001
    """Runs a command on a ledger that is there, with something on standard input."""
    with Ledger(ledger):
        pass

    def run(*arguments: str, told: str = "") -> Result:
        return CliRunner().invoke(app, ["accounts", *arguments], input=told)

    return run


def test_from_the_first_account_to_a_token_and_back(ask: Command, ledger: Path) -> None:
    assert "no accounts" in ask("list").stderr
    made = ask("add", "Anna", "--role", "administrator", "--stdin", told=f"{ANNA}\n")
    assert made.exit_code == Code.OK, made.output
    assert ask("add", "Bo", "--role", "reader", "--stdin", told="seven lamps on a pier").exit_code == Code.OK
    assert ask("role", "bo", "reviewer", "--who", "Anna").exit_code == Code.OK
    token = ask("token", "add", "Bo", "--for", "nightly export", "--role", "reader").stdout.strip()
    assert token.startswith("onrecord_")
    with Team(ledger) as team:
        assert SignIn(team, Marks(team)).by_password("anna", ANNA, "192.0.2.1") == Accounts(team).get("Anna")
        found = Tokens(team).find(token)
        assert found is not None
        assert (found.name, found.role) == ("Bo", "reader")
    assert ask("list").stdout.splitlines()[1:] == [
        line for line in ask("list").stdout.splitlines() if line.startswith(("Anna", "Bo"))
    ]
    assert [one["role"] for one in json.loads(ask("list", "--format", "json").stdout)] == [
        "administrator",
        "reviewer",
    ]
    (held,) = json.loads(ask("token", "list", "bo", "--format", "json").stdout)
    assert (held["name"], held["holds"]) == ("nightly export", True)
    assert token not in ask("token", "list").output
    assert ask("token", "revoke", str(held["id"])).exit_code == Code.OK
    assert ask("disable", "Bo").exit_code == Code.OK
    assert "disabled" in ask("list").stdout
    assert ask("enable", "Bo").exit_code == Code.OK
    assert ask("password", "Bo", "--stdin", told="nine lamps on a pier\n").exit_code == Code.OK
    log = json.loads(ask("list", "--log", "--format", "json").stdout)
    assert [one["what"] for one in reversed(log)] == [
        "made", "made", "role", "token", "revoked", "disabled", "enabled", "password",
    ]  # fmt: skip
    assert log[-3]["who"] == "Anna"


def test_what_is_not_done_is_said(ask: Command) -> None:
    for arguments, told, code, words in (
        (("add", "Bo", "--role", "reader", "--stdin"), ANNA, Code.REFUSED, "first account"),
        (("add", "Anna", "--role", "administrator", "--stdin"), "short", Code.REFUSED, "12 characters"),
        (("add", "Anna", "--role", "administrator"), "", Code.USAGE, "--stdin"),
        (("add", "Anna", "--role", "boss"), "", Code.USAGE, "boss"),
        (("role", "Anna", "reader"), "", Code.NOT_FOUND, "no account 'Anna'"),
        (("token", "revoke", "7"), "", Code.NOT_FOUND, "no token 7"),
    ):
        ended = ask(*arguments, told=told)
        assert ended.exit_code == code, arguments
        assert words in ended.output
    assert ask("add", "Anna", "--role", "administrator", "--stdin", told=ANNA).exit_code == Code.OK
    ended = ask("disable", "Anna")
    assert ended.exit_code == Code.REFUSED
    assert "last administrator" in ended.stderr


def test_there_must_be_a_ledger(onrecord: Command, ledger: Path) -> None:
    assert onrecord("accounts", "list").exit_code == Code.LEDGER
    assert not list(ledger.parent.glob("*.team.db"))
