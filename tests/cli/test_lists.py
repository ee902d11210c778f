"""`onrecord lists` on real files and a real ledger.

The lists have a small form of their own here: a line with the day, then a line for each party.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import Result

from onrecord.cli._failure import Code
from onrecord.lists import ListedName, ListError, Party, Problem, ReadList, _given

Command = Callable[..., Result]


def read_small(data: bytes, *, name: str, list: str | None = None) -> ReadList:
    """Reads `issued` and then `id;name;since;program` lines."""
    first, *lines = data.decode(errors="replace").splitlines()
    if not first.startswith("small "):
        raise ListError(f"{name} is in no format that is known.")
    parties, problems = [], []
    for number, line in enumerate(lines, 2):
        id, called, since, program = [*line.split(";"), "", "", ""][:4]
        if not called:
            problems.append(Problem(number, id, "it has no name"))
            continue
        of = program.removeprefix("of ") if program.startswith("of ") else None
        names = (ListedName(called, "primary"),)
        programs = (program,) if program and of is None else ()
        parties.append(
            Party(id, "company", names, programs=programs, since=since or None, affiliate_of=of, line=number)
        )
    issued = first.removeprefix("small ") or None
    return ReadList(list or "small", "A small list", "Us", "own-csv", issued, tuple(parties), tuple(problems))


def read_parts(files: Mapping[str, bytes]) -> ReadList:
    joined = b"small 2023-01-01\n" + b"\n".join(data for _, data in sorted(files.items()))
    return read_small(joined, name="parts", list="us-sdn")


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_given, "read_list", read_small)
    monkeypatch.setattr(_given, "read_list_files", read_parts)


def small(path: Path, issued: str, *lines: str) -> Path:
    path.write_text("\n".join((f"small {issued}", *lines)), "utf-8")
    return path


@pytest.fixture
def two(onrecord: Command, tmp_path: Path) -> None:
    """Two versions of one list."""
    first = small(tmp_path / "1.csv", "2014-08-01", "1;Nord Ltd;2014-08-01;EL", "2;Sued Ltd;;EL", "3;Ost;;")
    second = small(
        tmp_path / "2.csv", "2023-01-01", "1;Nord Limited;2014-08-01;EL", "2;Sued Ltd;;EL", "4;West;;of 1"
    )
    for file in (first, second):
        assert onrecord("lists", "add", file, "--who", "Anna").exit_code == 0


def test_a_list_is_added_and_shown_with_its_age(onrecord: Command, tmp_path: Path) -> None:
    file = small(tmp_path / "small.csv", "2023-01-01", "1;Nord Ltd;2014;EL", "2;Sued Ltd;;EL")
    result = onrecord("lists", "add", file)
    assert result.exit_code == 0
    assert "small: 2 entries, issued 2023-01-01, kept as version 1 (A small list)." in result.stdout
    assert "was kept already (version 1)" in onrecord("lists", "add", file).stdout
    (shown,) = json.loads(onrecord("lists", "--format", "json").stdout)
    assert (shown["list"], shown["issued"], shown["entries"], shown["problems"]) == (
        "small",
        "2023-01-01",
        2,
        0,
    )
    assert shown["age_days"] > 1000
    assert "small\t1\t2023-01-01" in onrecord("lists").stdout


@pytest.mark.usefixtures("two")
def test_versions_and_what_the_newest_brought(onrecord: Command) -> None:
    held = json.loads(onrecord("lists", "versions", "small", "-f", "json").stdout)
    assert [(one["version"], one["issued"], one["who"]) for one in held] == [
        (1, "2014-08-01", "Anna"),
        (2, "2023-01-01", "Anna"),
    ]
    result = onrecord("lists", "changes", "small")
    assert [line.split("\t")[:3] for line in result.stdout.splitlines()[1:]] == [
        ["added", "4", "West"],
        ["removed", "3", "Ost"],
        ["changed", "1", "Nord Limited"],
    ]
    assert "1 added, 1 removed, 1 changed" in result.stderr
    told = json.loads(onrecord("lists", "changes", "small", "--from", "1", "-f", "json").stdout)
    assert told["changed"][0]["fields"]["names"] == {
        "before": [{"text": "Nord Ltd", "quality": "primary"}],
        "after": [{"text": "Nord Limited", "quality": "primary"}],
    }
    told = json.loads(onrecord("lists", "changes", "small", "--since", "2024", "-f", "json").stdout)
    assert told["added"] == told["removed"] == told["changed"] == []
    assert "first one" in onrecord("lists", "changes", "small", "--since", "2001").stderr


@pytest.mark.usefixtures("two")
def test_the_version_that_held_on_a_day(onrecord: Command) -> None:
    (held,) = json.loads(onrecord("lists", "--as-of", "2019", "-f", "json").stdout)
    assert (held["version"], held["early"]) == (1, False)
    result = onrecord("lists", "--as-of", "2001")
    assert "No version of small from before 2001 is held" in result.stderr


@pytest.mark.usefixtures("two")
def test_an_entry_is_shown_with_its_affiliates_and_whether_it_was_listed(onrecord: Command) -> None:
    text = onrecord("lists", "show", "small", "1", "--on", "2019-05-01").stdout
    assert "name\tNord Limited" in text
    assert "affiliate\tWest (4)" in text
    assert "listed on 2019-05-01\tyes: it stands on the version of 2014-08-01" in text
    gone = json.loads(onrecord("lists", "show", "small", "3", "--on", "2019-05-01", "-f", "json").stdout)
    assert (gone["current"], gone["listed"]) == (False, "unknown")
    assert "no longer listed" in onrecord("lists", "show", "small", "3").stdout


@pytest.mark.usefixtures("two")
def test_what_is_not_there_is_said(onrecord: Command) -> None:
    for arguments, told in (
        (("versions", "smal"), "There are: small"),
        (("changes", "small", "--from", "9"), "no version 9"),
        (("show", "small", "9"), "no version of small has an entry '9'"),
    ):
        result = onrecord("lists", *arguments)
        assert (result.exit_code, told in result.stderr) == (Code.NOT_FOUND, True), result.output
    for wrong in (["changes", "small", "--from", "1", "--since", "2014"], ["--as-of", "May"], ["fetch"]):
        assert onrecord("lists", *wrong).exit_code == Code.USAGE


def test_entries_that_cannot_be_used_are_named_and_nothing_is_taken(
    onrecord: Command, tmp_path: Path
) -> None:
    file = small(tmp_path / "bad.csv", "2023-01-01", "1;Nord", *(f"x{n}" for n in range(25)))
    result = onrecord("lists", "add", file)
    assert result.exit_code == Code.REFUSED
    assert f"{file}, line 3 (x0): it has no name" in result.stderr
    assert "5 more cannot be used" in result.stderr
    assert "--keep-good" in result.stderr
    assert onrecord("lists").stdout.count("\n") == 1  # the headings
    told = json.loads(onrecord("lists", "add", file, "--format", "json").stdout)
    assert [len(told[0]["problems"]), told[0]["outcome"]] == [25, "refused"]
    assert onrecord("lists", "add", file, "--keep-good").exit_code == 0
    assert json.loads(onrecord("lists", "-f", "json").stdout)[0]["problems"] == 25


@pytest.mark.usefixtures("two")
def test_a_list_that_shrank_is_not_taken_without_a_word(onrecord: Command, tmp_path: Path) -> None:
    file = small(tmp_path / "3.csv", "2023-02-01", "1;Nord;;")
    result = onrecord("lists", "add", file)
    assert (result.exit_code, "--accept-shrunk" in result.stderr) == (Code.REFUSED, True)
    assert onrecord("lists", "add", file, "--accept-shrunk").exit_code == 0


@pytest.mark.usefixtures("two")
def test_an_older_version_takes_its_place_and_that_is_said(onrecord: Command, tmp_path: Path) -> None:
    file = small(tmp_path / "3.csv", "2019-02-01", *(f"{n};Nord {n};;" for n in range(5)))
    assert "Newer versions are held" in onrecord("lists", "add", file).stdout
    held = json.loads(onrecord("lists", "versions", "small", "-f", "json").stdout)
    assert [one["version"] for one in held] == [1, 3, 2]


def test_the_day_of_a_list_that_does_not_say_it(onrecord: Command, tmp_path: Path) -> None:
    file = small(tmp_path / "undated.csv", "", "1;Nord")
    assert "It counts from today" in onrecord("lists", "add", file).stdout
    assert onrecord("lists", "add", file, "--issued", "2019-01-05").exit_code == 0
    held = json.loads(onrecord("lists", "versions", "small", "-f", "json").stdout)
    assert [one["issued"] for one in held] == ["2019-01-05", None]
    dated = small(tmp_path / "dated.csv", "2023-01-01", "1;Nord")
    result = onrecord("lists", "add", dated, "--issued", "2019-01-05")
    assert (result.exit_code, "Leave out --issued" in result.stderr) == (Code.NOTHING_READ, True)
    assert onrecord("lists", "add", file, "--issued", "May").exit_code == Code.USAGE
    assert onrecord("lists", "add", file, dated, "--issued", "2019").exit_code == Code.USAGE


@pytest.mark.usefixtures("held")
def test_the_dossier_marks_who_is_listed(onrecord: Command, tmp_path: Path) -> None:
    before = onrecord("dossier", "Huawei", "--format", "markdown").stdout
    assert "restriction lists" not in before
    file = small(
        tmp_path / "l.csv", "2018-01-01", "1;Telenor ASA;2014-03-01;EL", "2;Storm", "3;Ericsson;;of 2"
    )
    assert onrecord("lists", "add", file).exit_code == 0
    text = " ".join(onrecord("dossier", "Huawei").stdout.split())
    assert (
        "Telenor ⚑ On A small list (of 1 Jan 2018) as “Telenor ASA”, since 1 Mar 2014, 5 years before" in text
    )
    found = json.loads(onrecord("dossier", "Huawei", "--format", "json").stdout)["entities"]
    assert [entity["key"] for entity in found if entity["listed"]] == ["Ericsson", "Telenor"]
    assert "Ericsson ⚐ Affiliate of “Storm” on A small list" in text
    assert "⚑" not in onrecord("standing", "Huawei").stdout


def test_several_lists_a_folder_and_the_parts_of_one(onrecord: Command, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    (folder / "below").mkdir(parents=True)
    for name in ("sdn.csv", "alt.csv", "add.csv", ".hidden"):
        (folder / name).write_text(f"{name};Firm {name}")
    small(folder / "own.csv", "2023-01-01", "1;Nord")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    result = onrecord("lists", "add", folder, "--format", "json")
    assert result.exit_code == Code.SOME_UNREADABLE
    told = {
        tuple(Path(place).name for place in one["from"]): one["outcome"] for one in json.loads(result.stdout)
    }
    assert told == {
        ("add.csv", "alt.csv", "sdn.csv"): "added",
        ("own.csv",): "added",
        ("picture.png",): "unreadable",
    }
    assert [one["list"] for one in json.loads(onrecord("lists", "-f", "json").stdout)] == ["small", "us-sdn"]
    assert onrecord("lists", "add", folder, "--as", "mine").exit_code == Code.USAGE
    assert onrecord("lists", "add", folder / "own.csv", "--as", "mine").exit_code == 0
    assert json.loads(onrecord("lists", "versions", "mine", "-f", "json").stdout)[0]["entries"] == 1


def test_what_cannot_be_read_is_said(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "prose.txt").write_text("words")
    for place, told in (
        (tmp_path / "none.csv", "cannot be read"),
        (tmp_path / "empty", "is a folder without files"),
        (tmp_path / "prose.txt", "no format that is known"),
    ):
        result = onrecord("lists", "add", place)
        assert (result.exit_code, told in result.stderr) == (Code.NOTHING_READ, True), result.output
        assert "Traceback" not in result.output


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A web server on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    folder = tmp_path / "site"
    folder.mkdir()
    small(folder / "small.csv", "2023-01-01", "1;Nord")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_list_is_fetched_from_where_the_user_says(
    onrecord: Command, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = onrecord("lists", "add", f"{site}/small.csv")
    assert (result.exit_code, "private address" in result.stderr) == (Code.NOTHING_READ, True)
    monkeypatch.setenv("ONRECORD_ALLOW_PRIVATE", "1")
    assert onrecord("lists", "add", f"{site}/small.csv").exit_code == 0
    result = onrecord("lists", "add", f"{site}/none.csv")
    assert (result.exit_code, "answers 404" in result.stderr) == (Code.NOTHING_READ, True)


def test_before_a_list_is_added(onrecord: Command, held: Path) -> None:  # noqa: ARG001
    result = onrecord("lists")
    assert result.exit_code == 0
    assert "No list was added yet" in result.stderr
