"""Opening a ledger: where it is, and what is said of one that is locked, damaged, foreign or too new."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade, upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from onrecord.ledger import (
    Ledger,
    LedgerCorrupt,
    LedgerError,
    LedgerLocked,
    LedgerNotFound,
    LedgerTooNew,
    LedgerUnwritable,
)
from onrecord.ledger._columns import LAYOUT, Columns
from onrecord.ledger._schema import HEAD, Base
from onrecord.pages import Page
from onrecord.statements import Reading

Make = Callable[..., Page]
Read = Callable[..., Reading]


def test_the_place_may_be_a_path_or_a_url(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "one.db")) as ledger:
        assert ledger.place == tmp_path / "one.db"
    with Ledger(f"sqlite:///{tmp_path}/new folder/two.db") as ledger:
        assert ledger.place == tmp_path / "new folder" / "two.db"
        assert Path(ledger.place).exists()


def test_without_a_place_the_environment_says_it_else_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "named.db"))
    with Ledger() as ledger:
        assert ledger.place == tmp_path / "named.db"
    monkeypatch.delenv("ONRECORD_LEDGER")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Ledger() as ledger:
        assert Path(ledger.place).is_relative_to(tmp_path)
        assert Path(ledger.place).name == "record.db"


def test_a_ledger_that_is_not_there_is_made_only_where_that_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound, match="Read pages into one first"):
        Ledger(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_a_foreign_url_and_a_place_under_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(LedgerUnwritable, match="is a folder"):
        Ledger(tmp_path)
    with pytest.raises(LedgerUnwritable, match="not in mysql"):
        Ledger("mysql://host/record")
    with pytest.raises(LedgerUnwritable, match="cannot be opened"):
        Ledger(tmp_path / "file" / "record.db")
    with pytest.raises(LedgerUnwritable, match="names no file"):
        Ledger("sqlite:///")


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="needs a folder that nobody may write, root included"
)
def test_a_folder_without_rights_is_refused() -> None:
    with pytest.raises(LedgerUnwritable, match="or name another"):
        Ledger("/proc/record.db")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "record.db"
    place.write_text("This is a shopping list, and a long one. " * 50)
    before = place.read_bytes()
    with pytest.raises(LedgerCorrupt, match="Name another file"):
        Ledger(place)
    assert place.read_bytes() == before


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()
    before = place.read_bytes()
    with pytest.raises(LedgerCorrupt, match="another program"):
        Ledger(place)
    assert place.read_bytes() == before


def filled(place: Path, make_page: Make, make_reading: Read, pages: int = 40) -> None:
    with Ledger(place) as ledger:
        for number in range(pages):
            page = make_page(
                f"Huawei builds network {number}. " + "Snow fell on the town. " * 50 + "It melted"
            )
            ledger.add(page, make_reading(page))


@pytest.mark.parametrize("kept", [100, 5000, 0.5])
def test_a_ledger_that_was_cut_off_is_said_to_be_damaged(
    tmp_path: Path, make_page: Make, make_reading: Read, kept: float
) -> None:
    place = tmp_path / "record.db"
    filled(place, make_page, make_reading)
    data = place.read_bytes()
    place.write_bytes(data[: kept if isinstance(kept, int) else int(len(data) * kept)])

    def read_all() -> None:
        with Ledger(place) as ledger:
            ledger.pages()
            ledger.statements()

    with pytest.raises(LedgerCorrupt, match=r"Put back a copy|Name another file"):
        read_all()


def test_a_ledger_with_a_damaged_middle_never_ends_in_a_foreign_error(
    tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    place = tmp_path / "record.db"
    filled(place, make_page, make_reading)
    sound = place.read_bytes()
    seen = 0
    for begin in range(4096, len(sound) - 4096, len(sound) // 25):
        place.write_bytes(sound[:begin] + b"\xa5" * 4096 + sound[begin + 4096 :])
        try:
            with Ledger(place) as ledger:
                for page in ledger.pages():
                    ledger.content(page.id)
                ledger.statements()
                ledger.unread()
                ledger.entities()
                ledger.search("huawei")
                ledger.counts()
        except LedgerCorrupt:
            seen += 1
    assert seen > 5


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "record.db"
    Ledger(place).close()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(LedgerTooNew, match=r"newer On Record.*9999.*Install the newer version"):
        Ledger(place)


def test_a_ledger_that_another_program_writes_can_be_read_but_not_written(
    tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    place = tmp_path / "record.db"
    filled(place, make_page, make_reading, pages=1)
    page = make_page("Huawei builds a second network")
    with (
        closing(sqlite3.connect(place, isolation_level=None)) as other,
        Ledger(place, busy_timeout=0.1) as ledger,
    ):
        other.execute("BEGIN IMMEDIATE")
        assert len(ledger.statements()) == 1
        with pytest.raises(LedgerLocked, match="Wait until it is done"):
            ledger.add(page, make_reading(page))
        other.execute("ROLLBACK")
        assert ledger.add(page, make_reading(page)) == "added"


def test_who_waits_in_a_row_of_writers_is_not_told_that_it_is_locked(
    tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    place = tmp_path / "record.db"
    Ledger(place).close()
    page = make_page("Huawei builds a network")

    def others() -> None:
        with closing(sqlite3.connect(place, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            begun.set()
            for number in range(8):  # each time for less than the patience, but far beyond it in all
                time.sleep(0.3)
                other.execute(f"INSERT INTO sighting (locator, learned_at) VALUES ('{number}', '2020-01-01')")
                other.execute("COMMIT")
                other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")

    begun = threading.Event()
    row = threading.Thread(target=others)
    row.start()
    begun.wait()
    with Ledger(place, busy_timeout=1.0) as ledger:
        assert ledger.add(page, make_reading(page)) == "added"
    row.join()


NOTE = (
    "import sys; from onrecord.ledger import Ledger\n"
    "with Ledger(sys.argv[1]) as ledger:\n"
    "    ledger.add_unreadable(sys.argv[2], None, 'empty', '')\n"
    "    print(len(ledger.pages()))"
)


def noted(place: Path, locator: str) -> int:
    """How many pages another program sees, that notes something too."""
    command = [sys.executable, "-c", NOTE, str(place), locator]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_two_ledgers_on_one_file_do_not_lose_each_other_what_they_write(
    tmp_path: Path, make_page: Make, make_reading: Read
) -> None:
    place = tmp_path / "record.db"
    pages = [make_page(f"Huawei builds network {n}", locator=f"{n}.txt") for n in range(2)]
    with Ledger(place) as first:
        first.add(pages[0], make_reading(pages[0]))
        with Ledger(place) as second:
            assert len(second.pages()) == 1
            # Another program comes and goes. The last to go takes the log away, so it must not think it is.
            assert noted(place, "a.txt") == 1
            first.add(pages[1], make_reading(pages[1]))
            assert noted(place, "b.txt") == 2
    with Ledger(place) as ledger:
        assert len(ledger.pages()) == len(ledger.unreadable()) == 2
        assert ledger.audit() == ()


def test_a_ledger_that_another_program_keeps_to_itself_is_said_to_be_locked(tmp_path: Path) -> None:
    place = tmp_path / "record.db"
    Ledger(place).close()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerLocked, match=r"record\.db is locked"):
            Ledger(place, busy_timeout=0.1)


OPEN_AND_CLOSE = "import sys; from onrecord.ledger import Ledger; Ledger(sys.argv[1]).close()"


def test_several_programs_may_make_one_ledger_at_once(tmp_path: Path) -> None:
    place = tmp_path / "record.db"
    programs = [subprocess.Popen([sys.executable, "-c", OPEN_AND_CLOSE, str(place)]) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0, 0, 0, 0]
    with Ledger(place) as ledger:
        assert ledger.counts().pages == 0


def test_every_error_is_a_ledger_error() -> None:
    for kind in (LedgerCorrupt, LedgerLocked, LedgerNotFound, LedgerTooNew, LedgerUnwritable):
        assert issubclass(kind, LedgerError)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_old_ledger_is_brought_up_to_date_and_back_with_all_it_holds(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, make_page: Make, make_reading: Read
) -> None:
    place = str(tmp_path / "record.db")
    if kind == "postgresql":
        place = request.getfixturevalue("postgresql").database()
    page, later = make_page("Huawei builds a network"), make_page("Huawei mends the network", locator="b.txt")
    with Ledger(place) as ledger:
        ledger.add(page, make_reading(page))
        ledger.deposit("list", "own", b"words", detail={}, who="Anna")
        before = ledger.statements()
    config = Config()
    config.set_main_option("script_location", "onrecord.ledger:migrations")
    url = place.replace("postgresql:", "postgresql+psycopg:") if "://" in place else f"sqlite:///{place}"
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        downgrade(config, "0001")
    engine.dispose()
    with Ledger(place) as ledger:
        assert ledger.statements() == before
        assert ledger.audit() == ()
        ledger.add(later, make_reading(later))
        ledger.judge("reject", before[0].id, who="Anna")
        ledger.deposit("list", "own", b"words", detail={}, who="Anna")
        assert len(ledger.statements()) == 2
        assert ledger.audit() == ()


@pytest.mark.parametrize(
    ("revision", "new"),
    [
        ("0007", {("statements", "scope")}),
        ("0006", {("statements", "scope"), ("statements", "public"), ("mentions", "names")}),
    ],
)
def test_an_older_program_finds_the_columns_as_it_knows_them(
    tmp_path: Path, make_page: Make, make_reading: Read, revision: str, new: set[tuple[str, str]]
) -> None:
    place = tmp_path / "record.db"
    filled(place, make_page, make_reading, pages=3)
    config = Config()
    config.set_main_option("script_location", "onrecord.ledger:migrations")
    engine = create_engine(f"sqlite:///{place}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        held: dict[int, bytes] = dict(connection.exec_driver_sql("SELECT last, data FROM segment").all())
        downgrade(config, revision)
        older = connection.exec_driver_sql("SELECT last, readings, data FROM segment").all()
    engine.dispose()
    assert older
    for last, readings, data in older:
        tables = Columns.decoded(readings, held[last]).tables
        assert all(len(tables[name][column]) for name, column in new)
        assert data == b"".join(
            tables[name][column].tobytes()
            for name, columns in LAYOUT.items()
            for column in columns
            if (name, column) not in new
        )


def test_the_migrations_make_the_schema_that_the_code_uses_and_undo_it() -> None:
    engine = create_engine("sqlite://")
    config = Config()
    config.set_main_option("script_location", "onrecord.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "head")
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table" or not str(name).startswith("full_text")
                ),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
        downgrade(config, "base")
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        assert tables == ["alembic_version"]
    engine.dispose()
