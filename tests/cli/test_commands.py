"""What each command prints, and where."""

from __future__ import annotations

import json
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from onrecord.cli._failure import Code

Command = Callable[..., Result]
Program = Callable[..., subprocess.CompletedProcess[str]]


def data(result: Result) -> Any:
    assert result.exit_code == Code.OK, result.output
    return json.loads(result.stdout)


def test_read_counts_every_page_once(onrecord: Command, pages: Path, ledger: Path) -> None:
    first = data(onrecord("read", pages, "--format", "json"))
    assert (first["read"], first["unchanged"], first["seen"]) == (2, 0, 2)
    assert first["statements"] > 0
    assert first["ledger"] == str(ledger)
    again = data(onrecord("read", pages, "--format", "json"))
    assert (again["read"], again["unchanged"], again["seen"], again["statements"]) == (0, 2, 2, 0)
    assert "2 pages: 0 read, 2 unchanged, 0 superseded, 0 unreadable" in onrecord("read", pages).stdout


def test_ledger_may_be_named_before_or_behind_the_command(
    onrecord: Command, pages: Path, tmp_path: Path, ledger: Path
) -> None:
    other = tmp_path / "other.db"
    assert onrecord("--ledger", other, "read", pages).exit_code == Code.OK
    assert len(data(onrecord("pages", "--ledger", other, "-f", "json"))) == 2
    assert len(data(onrecord("pages", "--ledger", f"sqlite:///{other}", "-f", "json"))) == 2
    assert not ledger.exists()


def test_pages_lists_what_is_held(onrecord: Command, held: Path) -> None:
    listed = data(onrecord("pages", "--format", "json"))
    assert [page["published"] for page in listed] == ["2019-03-04", "2019-05-20"]
    assert {Path(page["locators"][0]) for page in listed} == set(held.iterdir())
    assert [page["language"] for page in data(onrecord("pages", "--language", "nl", "--format", "json"))] == [
        "nl"
    ]
    rows = [line.split("\t") for line in onrecord("pages").stdout.splitlines()]
    assert rows[0][:3] == ["id", "published", "language"]
    assert [row[0] for row in rows[1:]] == [page["id"] for page in listed]


def test_show_leads_from_page_to_statement_to_words(onrecord: Command, held: Path) -> None:
    page = data(onrecord("pages", "--format", "json"))[0]
    shown = data(onrecord("show", page["id"], "--format", "json"))
    text = (held / "harbour.txt").read_text("utf-8")
    assert shown["statements"]
    for statement in shown["statements"]:
        assert text[statement["start"] : statement["end"]] == statement["quote"]
        one = data(onrecord("show", statement["id"], "--format", "json"))
        assert one == statement
        assert one["quote"] in onrecord("show", statement["id"][:8]).stdout.replace("\n", " ")
    assert data(onrecord("show", page["id"][:8], "--format", "json")) == shown
    assert "Telenor will not use equipment" in onrecord("show", page["id"]).stdout


@pytest.mark.usefixtures("held")
def test_show_dropped_gives_each_run_with_its_reason(onrecord: Command) -> None:
    page = data(onrecord("pages", "--format", "json"))[0]
    dropped = data(onrecord("show", page["id"], "--dropped", "--format", "json"))
    assert [run["text"].strip() for run in dropped] == ["2019-03-04"]
    assert all(run["reason"] for run in dropped)
    assert "2019-03-04" in onrecord("show", page["id"], "--dropped").stdout


@pytest.mark.usefixtures("held")
def test_show_entity(onrecord: Command) -> None:
    shown = data(onrecord("show", "huawei", "--format", "json"))
    assert (shown["key"], shown["kind"], shown["pages"]) == ("Huawei", "company", 2)
    assert shown["statements"]


@pytest.mark.usefixtures("held")
def test_search_finds_other_forms_of_a_word(onrecord: Command) -> None:
    hits = data(onrecord("search", "customer", "--format", "json"))
    assert any("customers" in hit["snippet"] for hit in hits)
    assert data(onrecord("search", "netwerken", "--language", "nl", "--format", "json"))
    assert "netwerk" in onrecord("search", "netwerken").stdout


@pytest.mark.usefixtures("held")
def test_dossier_in_every_format(onrecord: Command, tmp_path: Path) -> None:
    assert data(onrecord("dossier", "Huawei", "--format", "json"))["supplier"]["key"] == "Huawei"
    assert onrecord("dossier", "Huawei", "--format", "markdown").stdout.startswith("#")
    assert "Huawei" in onrecord("dossier", "huawei").stdout
    file = tmp_path / "huawei.html"
    result = onrecord("dossier", "Huawei", "--format", "html", "-o", file)
    assert result.stdout == f"{file}\n"
    assert file.read_text("utf-8").lower().startswith("<!doctype html>")


@pytest.mark.usefixtures("held")
def test_as_of_leaves_out_what_came_later(onrecord: Command) -> None:
    then = data(onrecord("dossier", "Huawei", "--as-of", "2019-04", "--format", "json"))
    assert [source["published"] for source in then["sources"]] == ["2019-03-04"]
    now = data(onrecord("standing", "Huawei", "--format", "json"))
    assert now


@pytest.mark.usefixtures("held")
def test_standing_over_time_in_every_format(onrecord: Command, tmp_path: Path) -> None:
    asked = ("standing", "Huawei", "--over-time")
    now = data(onrecord(*asked, "--format", "json"))
    then = data(onrecord(*asked, "--format", "json", "--as-of", "2019-04"))
    before = data(onrecord(*asked, "--format", "json", "--known-at", "2019-01-01"))
    assert now["shape"] == "onrecord.over-time/1"
    assert before["changes"] == []
    assert "Telenor" in {change["actor"] for change in then["changes"]}
    assert len(then["changes"]) < len(now["changes"])
    assert "Changes in turn" in onrecord(*asked).stdout
    assert "## Ændringer i rækkefølge" in onrecord(*asked, "-f", "markdown", "-L", "da").stdout
    file = tmp_path / "moved.html"
    assert onrecord(*asked, "--format", "html", "-o", file).stdout == f"{file}\n"
    assert "<svg" in file.read_text("utf-8")
    assert onrecord("standing", "Nobody at all", "--over-time").exit_code == Code.NOT_FOUND


def test_annotate_writes_the_form_that_is_specified(
    onrecord: Command, pages: Path, tmp_path: Path, ledger: Path
) -> None:
    told = data(onrecord("annotate", pages, "--out", tmp_path / "out" / "deep", "--format", "json"))
    assert len(told["written"]) == 2
    assert not ledger.exists()
    page = json.loads((tmp_path / "out" / "deep" / "harbour.json").read_text("utf-8"))
    assert list(page) == ["page", "language", "title", "published", "text", "entities", "statements"]
    assert (page["page"], page["language"], page["published"]) == ("harbour.txt", "en", "2019-03-04")
    text = (pages / "harbour.txt").read_text("utf-8")
    keys = ["quote", "start", "type", "actor", "target", "status", "topic", "source", "when", "confidence"]
    assert page["statements"]
    for statement in page["statements"]:
        assert list(statement) == keys
        assert text[statement["start"] :].startswith(statement["quote"])
        named = [statement["actor"], statement["target"], *statement["source"]]
        assert {name for name in named if name} <= set(page["entities"])


def test_annotate_never_overwrites_a_page_of_the_same_name(
    onrecord: Command, pages: Path, tmp_path: Path
) -> None:
    (pages / "harbour.md").write_text((pages / "kantoor.txt").read_text("utf-8"), "utf-8")
    result = onrecord("annotate", pages, "--out", tmp_path / "out")
    assert result.exit_code == Code.SOME_UNREADABLE
    assert "harbour" in result.stderr


def test_text_of_a_page_cannot_steer_the_terminal(onrecord: Command, pages: Path) -> None:
    hostile = "2019-06-01\n\n[bold]Huawei[/bold] \x1b]0;owned\x07drops\x1b[31m Telenor\n\n"
    body = (pages / "harbour.txt").read_text("utf-8").partition("\n\n")[2]
    (pages / "hostile.txt").write_text(hostile + body, "utf-8")
    assert onrecord("read", pages).exit_code == Code.OK
    page = next(p for p in data(onrecord("pages", "-f", "json")) if "hostile" in p["locators"][0])
    for arguments in (["pages"], ["show", page["id"]], ["search", "Telenor"], ["show", "Telenor"]):
        assert "\x1b" not in onrecord(*arguments).stdout
    assert "[bold]Huawei[/bold]" in onrecord("show", page["id"]).stdout


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("command", [("dossier", "Huawei"), ("standing", "Huawei"), ("show", "Huawei")])
def test_sentences_are_told_in_the_language_asked_for(
    onrecord: Command, monkeypatch: pytest.MonkeyPatch, command: tuple[str, str]
) -> None:
    english = onrecord(*command).stdout
    danish = onrecord(*command, "--language", "da").stdout
    dutch = onrecord(*command, "-L", "nl").stdout
    assert len({english, danish, dutch}) == 3
    assert re.search("restriktioner|begrænser", danish)
    assert re.search("beperkingen|beperkt", dutch)
    monkeypatch.setenv("ONRECORD_LANGUAGE", "da")
    assert onrecord(*command).stdout == danish
    assert onrecord(*command, "-L", "en").stdout == english
    monkeypatch.setenv("ONRECORD_LANGUAGE", "")
    assert onrecord(*command).stdout == english


@pytest.mark.usefixtures("held")
def test_an_explanation_is_told_in_the_language_asked_for(onrecord: Command, pages: Path) -> None:
    told = onrecord("explain", pages / "harbour.txt", "-L", "nl").stdout
    assert "Telenor legt" in told
    assert "als onderwerp" in told


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("command", ["dossier", "standing", "show", "explain"])
def test_an_unknown_language_is_told_with_those_there_are(onrecord: Command, command: str) -> None:
    result = onrecord(command, "Huawei", "--language", "tlh")
    assert result.exit_code == Code.USAGE
    assert "no sentences in the language 'tlh'. Name one of: en, da, nl." in result.stderr
    assert result.stdout == ""


def test_version_and_completion(onrecord: Command) -> None:
    assert re.fullmatch(r"onrecord \d+\.\d+\.\d+\n", onrecord("--version").stdout)
    program = shlex.quote(str(Path(sys.executable).with_name("onrecord")))
    shell = ["bash", "-c", f"{program} --show-completion; exit $?"]  # the shell that is asked for
    assert "complete" in subprocess.run(shell, capture_output=True, text=True, timeout=120).stdout


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "onrecord", "--version"], capture_output=True, text=True)
    assert re.fullmatch(r"onrecord \d+\.\d+\.\d+\n", done.stdout), done.stderr


def test_help_loads_neither_models_nor_database() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from onrecord.cli import app; "
        "CliRunner().invoke(app, ['--help']); "
        "print({'fastapi', 'numpy', 'openpyxl', 'rigour', 'spacy', 'sqlalchemy', 'trafilatura'} "
        "& set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.usefixtures("held")
def test_a_closed_pipe_is_no_failure(ledger: Path) -> None:
    command = [str(Path(sys.executable).with_name("onrecord")), "--ledger", str(ledger), "show", "Huawei"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()
    assert (process.returncode, told) == (Code.OK, "")


def test_ctrl_c_keeps_what_was_read(pages: Path, ledger: Path, spawned: Program) -> None:
    article = (pages / "harbour.txt").read_text("utf-8").partition("\n\n")[2]
    for number in range(150):
        (pages / f"page-{number:03}.txt").write_text(f"2019-03-04\n\nEdition {number}\n\n{article}", "utf-8")
    command = [str(Path(sys.executable).with_name("onrecord")), "--ledger", str(ledger), "read", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not held_by(ledger):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == Code.INTERRUPTED
    assert "stopped" in told
    assert "Traceback" not in told
    kept = held_by(ledger)
    assert 0 < kept < 152
    done = json.loads(spawned("read", pages, "--format", "json").stdout)
    assert (done["unchanged"], done["read"]) == (kept, 152 - kept)


def held_by(ledger: Path) -> int:
    """How many pages the ledger file holds; 0 while it is being made."""
    if not ledger.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM reading").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.usefixtures("held")
def test_no_colour_where_it_is_not_wanted(spawned: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in spawned("pages").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in spawned("search", "Huawei").stdout


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("command", ["show", "origins"])
@pytest.mark.parametrize("digits", ["3", "0f", "abc"])
def test_of_an_id_at_least_four_digits_are_needed(onrecord: Command, command: str, digits: str) -> None:
    result = onrecord(command, digits)
    assert result.exit_code == Code.NOT_FOUND
    assert f"'{digits}'; of an id, give at least 4 digits" in result.stderr
    assert "at least 4" not in onrecord(command, "xyz").stderr
