"""Whatever date a command is given, from the first year to the last: it answers, or says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import Result

from onrecord.cli._failure import Code, Failure

Command = Callable[..., Result]

ODD = ("0001", "0001-01-01", "9999", "9999-12-31", "0000", "99999", "2019-02-30", "x", "٢٠١٩", "9" * 4000)
MOMENTS = (*ODD, "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00")

AS_OF = (
    ("dossier", "Huawei", "--format", "html"),
    ("dossier", "Huawei"),
    ("standing", "Huawei"),
    ("standing",),
    ("standings",),
    ("origins", "Huawei"),
    ("lists",),
    ("screen", "Huawei"),
)


OF_ALL_DAYS = AS_OF[:1]
"""What is asked for every odd day; the others, which read days in the same way, for those that there are."""


def check_told(result: Result, told: object) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit | Failure), (
        told,
        result.exception,
    )
    assert "Traceback" not in result.output, told


@pytest.mark.usefixtures("held")
def test_commands_answer_for_any_day(onrecord: Command) -> None:
    for command in AS_OF:
        for day in ODD if command in OF_ALL_DAYS else ODD[:4]:
            check_told(onrecord(*command, "--as-of", day), (command, day))
    for command in OF_ALL_DAYS:
        for moment in MOMENTS:
            check_told(onrecord(*command, "--known-at", moment), (command, moment))
    for day in ODD:
        check_told(onrecord("changes", "Huawei", "--since", day), day)
        check_told(onrecord("changes", "Huawei", "--since", "2019", "--until", day), day)
        check_told(onrecord("lists", "changes", "ours", "--since", day), day)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Files by the words that stand for them: a register, a list."""
    register, listed = tmp_path / "register.csv", tmp_path / "ours.csv"
    register.write_text("kind,party,country\nsupplier,Huawei,DK\n", "utf-8")
    listed.write_text("name,since\nHuawei,2019-05-21\n", "utf-8")
    return {"REGISTER": str(register), "LIST": str(listed)}


NOTED = (
    ("position", "Telenor", "Huawei", "restricts", "--why", "a law", "--since"),
    ("withdraw", "PAGE", "--why", "retracted", "--on"),
    ("check", "REGISTER", "--as-of"),
    ("lists", "add", "LIST", "--issued"),
)
"""What is noted of a day."""


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("command", NOTED, ids=lambda command: str(command[0]))
@pytest.mark.parametrize(
    ("day", "told"),
    [("9999", "to come"), ("9999-12-31", "to come"), ("2019-02-30", "is no date"), ("May", "is no date")],
)
def test_nothing_is_noted_of_a_day_to_come_or_of_none(
    onrecord: Command, files: dict[str, str], command: tuple[str, ...], day: str, told: str
) -> None:
    (page, *_) = json.loads(onrecord("pages", "--format", "json").stdout)
    refused = onrecord(*((files | {"PAGE": page["id"]}).get(word, word) for word in command), day)
    assert (refused.exit_code, told in refused.output) == (Code.USAGE, True), refused.output
    assert day in refused.output
    assert json.loads(onrecord("judgements", "--format", "json").stdout) == []


@pytest.mark.usefixtures("held")
def test_a_check_as_of_the_year_that_runs_is_as_of_today(onrecord: Command, files: dict[str, str]) -> None:
    today = datetime.now(UTC).date().isoformat()
    checked = onrecord("check", files["REGISTER"], "--as-of", today[:4], "--format", "json")
    assert checked.exit_code == Code.OK, checked.output
    assert today <= json.loads(checked.stdout)["as_of"] <= datetime.now(UTC).date().isoformat()


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("since", ["0001", "0001-01-01"])
def test_a_position_may_be_set_for_the_first_day(onrecord: Command, since: str, tmp_path: Path) -> None:
    stated = onrecord("position", "Telenor", "Huawei", "restricts", "--since", since, "--why", "a law")
    assert stated.exit_code == 0, stated.output
    for form in ("html", "markdown", "json"):
        result = onrecord("dossier", "Huawei", "--format", form, "-o", tmp_path / "told")
        assert result.exit_code == 0, (form, result.output, result.exception)
