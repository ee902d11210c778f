"""Whatever date a command is given, from the first year to the last: it answers, or says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from onrecord.cli._failure import Failure

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


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("since", ["9999", "9999-12-31"])
def test_a_position_is_not_set_for_a_day_to_come(onrecord: Command, since: str) -> None:
    refused = onrecord("position", "Telenor", "Huawei", "restricts", "--since", since, "--why", "a law")
    assert refused.exit_code == 2
    assert "to come" in refused.output


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("since", ["0001", "0001-01-01"])
def test_a_position_may_be_set_for_the_first_day(onrecord: Command, since: str, tmp_path: Path) -> None:
    stated = onrecord("position", "Telenor", "Huawei", "restricts", "--since", since, "--why", "a law")
    assert stated.exit_code == 0, stated.output
    for form in ("html", "markdown", "json"):
        result = onrecord("dossier", "Huawei", "--format", form, "-o", tmp_path / "told")
        assert result.exit_code == 0, (form, result.output, result.exception)
