"""`onrecord explain`: a statement's grounds, and why a trigger gave none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Command = Callable[..., Result]

PAGE = """Norway shuts out Huawei

Norway has banned Huawei from its 5G network, said minister Torbjørn Røe Isaksen.

Huawei denied that it had ever spied for China. The weather was fine. They banned it.
"""


def page(folder: Path) -> str:
    path = folder / "page.txt"
    path.write_text(PAGE, "utf-8")
    return str(path)


def test_a_statement_is_told_with_its_grounds(onrecord: Command, tmp_path: Path) -> None:
    result = onrecord("explain", page(tmp_path), "--format", "json")
    assert result.exit_code == 0
    sentences = json.loads(result.stdout)["sentences"]
    ban = next(s for s in sentences if "has banned" in s["text"])
    [one] = ban["statements"]
    assert one["statement"]["type"] == "restriction"
    assert one["trigger"] == "banned … from"
    assert one["actor"] == {"keys": ["NO"], "words": "Norway", "how": "subject"}
    assert one["target"]["words"] == "Huawei"
    assert [cue["kind"] for cue in one["cues"]] == ["say"]
    denial = next(s for s in sentences if "denied" in s["text"])
    assert denial["statements"][0]["why"] == "above"


def test_what_gave_nothing_says_why(onrecord: Command, tmp_path: Path) -> None:
    result = onrecord("explain", page(tmp_path), "--unread")
    assert result.exit_code == 0
    assert "has banned" not in result.stdout
    assert "The weather was fine." in result.stdout
    assert "no trigger of the lexicon stands here" in result.stdout


def test_every_sentence_of_the_page_is_there(onrecord: Command, tmp_path: Path) -> None:
    result = onrecord("explain", page(tmp_path), "--format", "json")
    text = " ".join(s["text"] for s in json.loads(result.stdout)["sentences"])
    assert text.split() == PAGE.split()


def test_a_page_that_is_not_there_is_told(onrecord: Command, tmp_path: Path) -> None:
    result = onrecord("explain", str(tmp_path / "missing.txt"))
    assert result.exit_code == 5
    assert "missing.txt" in result.stderr
    assert "Traceback" not in result.stderr
