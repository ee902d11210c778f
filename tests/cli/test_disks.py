"""A disk that is full or read-only: told with an exit code, nothing lost, and all goes on once it is mended.

These tests mount small disks in memory, and are skipped where they may not.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.cli.conftest import program
from tests.postgres import Server, server
from typer.testing import Result

from onrecord.cli._failure import Code
from onrecord.ledger import Ledger

Command = Callable[..., Result]

ARTICLE = (
    "2019-03-04\n\nTelenor drops Huawei, edition {n}\n\n"
    "Telenor will not use equipment from Huawei in its network number {n}, the operator said on Monday. "
    "The company has chosen Ericsson as its supplier instead.\n"
)
PAGES = 24
ROOMY = "64m"


class Disk:
    """A small disk in memory, mounted at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def remount(self, *options: str) -> None:
        subprocess.run(["mount", "-o", ",".join(("remount", *options)), str(self.path)], check=True)

    def fill(self) -> None:
        """Take all the room that is left, to the last byte."""
        with (self.path / "ballast").open("wb", buffering=0) as file:
            for step in (4096, 1):
                try:
                    while file.write(b"x" * step):
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        (self.path / "ballast").unlink()


@pytest.fixture
def disk() -> Iterator[Disk]:
    """A disk that a test may fill and write-protect; where a server, which is not root, may go too."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-disk-"))
    folder.chmod(0o755)
    path = folder / "disk"
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOMY},mode=0777", "tmpfs", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("needs the program mount")
    if done.returncode:
        pytest.skip(f"needs the right to mount a small disk: {done.stderr.strip()}")
    yield Disk(path)
    subprocess.run(["umount", "--lazy", str(path)], check=True)
    shutil.rmtree(folder)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of pages, more than a small disk takes."""
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(PAGES):
        (folder / f"{n:02}.txt").write_text(ARTICLE.format(n=n), "utf-8")
    return folder


def told(result: Result, code: Code, words: str) -> None:
    assert (result.exit_code, result.exception) == (code, result.exception), result.output
    assert isinstance(result.exception, SystemExit)
    assert words in result.stderr
    assert result.stderr.startswith("onrecord: ")


def well(result: Result) -> str:
    assert result.exit_code == Code.OK, result.output
    return result.stdout


def held(place: Path | str) -> set[str]:
    with Ledger(place) as ledger:
        return {page.id for page in ledger.pages()}


def a_statement(place: Path | str) -> str:
    with Ledger(place) as ledger:
        return ledger.statements()[0].id


def clean(onrecord: Command, place: Path | str) -> None:
    assert "Clean" in well(onrecord("audit", "-l", place))


def test_reading_onto_a_disk_that_fills_up_keeps_what_was_read(
    onrecord: Command, disk: Disk, many: Path
) -> None:
    place = disk.path / "record.db"
    disk.remount("size=600k")
    told(onrecord("read", many, "-l", place), Code.LEDGER, "is full. Make room and run this again")
    clean(onrecord, place)
    kept = held(place)
    assert len(kept) < PAGES
    disk.remount(f"size={ROOMY}")
    done = json.loads(well(onrecord("read", many, "-l", place, "-f", "json")))
    assert (done["unchanged"], done["read"]) == (len(kept), PAGES - len(kept))
    assert kept < held(place)
    clean(onrecord, place)


def test_on_a_full_disk_each_command_says_so(
    onrecord: Command, disk: Disk, pages: Path, many: Path, tmp_path: Path
) -> None:
    place, new = disk.path / "record.db", disk.path / "folder" / "new.db"
    well(onrecord("read", pages, "-l", place))
    before, statement = held(place), a_statement(place)
    disk.fill()
    for command in (
        ("read", many, "-l", place),
        ("read", many, "-l", new),
        ("accept", statement, "-l", place),
        ("backup", tmp_path / "kept.db", "-l", place),
    ):
        told(onrecord(*command), Code.LEDGER, "is full. Make room and run this again")
    disk.make_room()
    assert held(place) == before
    well(onrecord("accept", statement, "-l", place))
    well(onrecord("read", many, "-l", place))
    well(onrecord("read", many, "-l", new))
    well(onrecord("backup", tmp_path / "kept.db", "-l", place))
    clean(onrecord, place)
    clean(onrecord, new)


@pytest.mark.parametrize("share", [0.3, 1.0, 1.5, 1.9])
def test_a_backup_onto_a_disk_without_room_leaves_nothing_behind(
    onrecord: Command, disk: Disk, ledger: Path, many: Path, share: float
) -> None:
    well(onrecord("read", many))
    disk.remount(f"size={int(ledger.stat().st_size * share) // 1024}k")
    kept = disk.path / "kept.db"
    told(onrecord("backup", kept), Code.OUTPUT, "is full. Make room")
    assert list(disk.path.iterdir()) == []
    disk.remount(f"size={ROOMY}")
    well(onrecord("backup", kept))
    assert list(disk.path.iterdir()) == [kept]
    assert held(kept) == held(ledger)


@pytest.mark.usefixtures("held")
def test_what_is_written_onto_a_full_disk_takes_nothing_of_what_was_there(
    onrecord: Command, disk: Disk
) -> None:
    kept, html = disk.path / "statements.csv", disk.path / "dossier.html"
    well(onrecord("export", kept))
    well(onrecord("dossier", "Huawei", "-f", "html", "-o", html))
    before = [file.read_bytes() for file in (kept, html)]
    disk.fill()
    told(onrecord("export", kept, "-f", "jsonl"), Code.OUTPUT, "is full. Make room")
    told(onrecord("dossier", "Huawei", "-f", "html", "-o", html), Code.OUTPUT, "is full. Make room")
    told(onrecord("export", disk.path / "new.csv"), Code.OUTPUT, "is full. Make room")
    assert [file.read_bytes() for file in (kept, html)] == before
    disk.make_room()
    assert set(disk.path.iterdir()) == {kept, html}
    well(onrecord("export", kept, "-f", "jsonl"))
    assert kept.read_bytes() != before[0]


def test_where_no_file_may_grow_further_that_is_told(
    onrecord: Command, ledger: Path, pages: Path, many: Path, tmp_path: Path
) -> None:
    def within(kib: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        limited = ["sh", "-c", f'ulimit -f {kib * 2}; exec "$@"', "sh", program(), *map(str, arguments)]
        environment = {**os.environ, "ONRECORD_LEDGER": str(ledger)}
        return subprocess.run(limited, capture_output=True, text=True, env=environment)

    well(onrecord("read", pages))
    before = held(ledger)
    for code, command in (
        (Code.LEDGER, ("read", many)),
        (Code.OUTPUT, ("backup", tmp_path / "kept.db")),
    ):
        done = within(200, *command)
        assert done.returncode == code
        assert done.stderr.startswith("onrecord: The disk that holds the ledger")
        assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("kept.db*")) == []
    assert before <= held(ledger)
    clean(onrecord, ledger)
    well(onrecord("read", many))
    well(onrecord("backup", tmp_path / "kept.db"))
    clean(onrecord, ledger)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.usefixtures("held")
def test_a_full_disk_under_the_output_is_told(ledger: Path) -> None:
    for command in (("pages",), ("audit",), ("standing", "Huawei", "-f", "json")):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [program(), "--ledger", str(ledger), *command], stdout=full, stderr=subprocess.PIPE, text=True
            )
        assert (done.returncode, done.stderr.count("\n")) == (Code.OUTPUT, 1)
        assert "the output cannot be written" in done.stderr


def test_on_a_read_only_disk_each_command_says_so(
    onrecord: Command, disk: Disk, pages: Path, many: Path, tmp_path: Path
) -> None:
    place, kept = disk.path / "record.db", disk.path / "kept.db"
    well(onrecord("read", pages, "-l", place))
    well(onrecord("backup", kept, "-l", place))
    before, statement = held(place), a_statement(place)
    disk.remount("ro")
    for command in (
        ("read", many, "-l", place),
        ("read", many, "-l", disk.path / "new.db"),
        ("read", many, "-l", disk.path / "folder" / "new.db"),
        ("accept", statement, "-l", place),
        ("accept", statement, "-l", kept),
    ):
        told(onrecord(*command), Code.LEDGER, "or name another")
    told(onrecord("backup", disk.path / "again.db", "-l", place), Code.OUTPUT, "cannot write")
    # A backup is one file, which needs nothing beside it.
    clean(onrecord, kept)
    well(onrecord("restore", kept, "-l", tmp_path / "restored.db"))
    assert held(tmp_path / "restored.db") == before
    disk.remount("rw")
    assert held(place) == before
    well(onrecord("accept", statement, "-l", place))
    clean(onrecord, place)


@pytest.mark.skipif(os.getuid() == 0, reason="needs a user whom rights bind, which root is not")
def test_a_folder_that_may_not_be_written_is_told(
    onrecord: Command, pages: Path, many: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "closed"
    place = folder / "record.db"
    well(onrecord("read", pages, "-l", place))
    before = held(place)
    folder.chmod(0o500)
    try:
        told(onrecord("read", many, "-l", place), Code.LEDGER, "or name another")
        told(onrecord("backup", folder / "kept.db", "-l", place), Code.OUTPUT, "Name")
    finally:
        folder.chmod(0o700)
    assert held(place) == before
    clean(onrecord, place)


def test_a_server_whose_disk_is_full_is_told(onrecord: Command, disk: Disk, pages: Path, many: Path) -> None:
    disk.remount("size=400m")
    with server(disk.path) as running:
        place = running.database()
        well(onrecord("read", pages, "-l", place))
        before, statement = held(place), a_statement(place)
        disk.fill()
        full = onrecord("read", many, "-l", place)
        told(full, Code.LEDGER, "Make room and run this again")
        during = held(place)
        disk.make_room()
        assert before <= during == held(place)
        clean(onrecord, place)
        well(onrecord("accept", statement, "-l", place))
        well(onrecord("read", many, "-l", place))
        assert len(held(place)) == PAGES + len(before)
        clean(onrecord, place)


def ask(server: Server, query: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(query.encode())


def test_a_server_that_takes_no_changes_is_told(
    onrecord: Command, postgresql: Server, pages: Path, many: Path, tmp_path: Path
) -> None:
    place, empty = postgresql.database(), postgresql.database()
    well(onrecord("read", pages, "-l", place))
    before, statement = held(place), a_statement(place)
    for url in (place, empty):
        ask(postgresql, f"ALTER DATABASE {url.rpartition('/')[2]} SET default_transaction_read_only = on")
    for command in (
        ("read", many, "-l", place),
        ("read", many, "-l", empty),
        ("accept", statement, "-l", place),
        ("copy", place, empty),
    ):
        told(onrecord(*command), Code.LEDGER, "takes no changes now")
    well(onrecord("backup", tmp_path / "kept.db", "-l", place))
    assert held(place) == before == held(tmp_path / "kept.db")
    ask(postgresql, f"ALTER DATABASE {place.rpartition('/')[2]} RESET default_transaction_read_only")
    well(onrecord("accept", statement, "-l", place))
    well(onrecord("read", many, "-l", place))
    clean(onrecord, place)
