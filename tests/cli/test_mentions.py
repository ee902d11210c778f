"""Mentions from the command line: listed, recognised, dismissed, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Command = Callable[..., Result]

PAGE = (
    "2019-03-04\n\nNordfiber chooses Huawei\n\n"
    "The Danish operator Nordfiber A/S has chosen Huawei as the supplier of its new mobile network, "
    "Nordfiber A/S said on Monday. Huawei will supply Nordfiber A/S with antennas.\n"
)


@pytest.fixture(autouse=True)
def told_of(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    assert onrecord("read", tmp_path / "page.txt").exit_code == 0


def waiting(onrecord: Command) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(onrecord("mentions", "--format", "json").stdout)
    return found


def test_a_mention_is_recognised_and_taken_back(onrecord: Command) -> None:
    (key,) = [one["key"] for one in waiting(onrecord) if "Nordfiber" in one["key"]]
    assert key in onrecord("mentions").stdout
    done = onrecord("recognise", key, "--kind", "company", "--country", "DK", "--part-of", "Huawei")
    assert done.exit_code == 0, done.output
    assert f"recognise {key}" in done.stdout
    assert key not in [one["key"] for one in waiting(onrecord)]
    assert onrecord("undo", "1").exit_code == 0
    assert key in [one["key"] for one in waiting(onrecord)]


def test_a_mention_is_dismissed(onrecord: Command) -> None:
    (key,) = [one["key"] for one in waiting(onrecord) if "Nordfiber" in one["key"]]
    assert onrecord("dismiss", key, "--why", "a test").exit_code == 0
    assert key not in [one["key"] for one in waiting(onrecord)]
    assert onrecord("audit").exit_code == 0


def test_what_is_wrong_is_said(onrecord: Command) -> None:
    unknown = onrecord("recognise", "Nobody at all")
    assert unknown.exit_code == 1
    assert "nothing is on record" in unknown.output
    (key,) = [one["key"] for one in waiting(onrecord) if "Nordfiber" in one["key"]]
    wrong = onrecord("recognise", key, "--country", "Denmark")
    assert wrong.exit_code == 2
    assert "two capital letters" in wrong.output
