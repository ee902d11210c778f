"""The works that are broken off: each says what it does, and what must hold after it was killed.

Every work is done in a process of its own, which tells over a pipe what a call has returned from, so has been
committed. `check` looks at what is left, `again` does the work anew; both raise `Broken` where it is not as
promised.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from alembic.command import downgrade
from alembic.config import Config
from alembic.script import ScriptDirectory
from bench.endure._made import STATEMENTS, page, reading
from bench.endure._stores import Store
from sqlalchemy import create_engine, inspect, text
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.ledger import Judgement, Ledger, StoredStatement

Tell = Callable[[str], None]
WHO = "Anna"


class Broken(Exception):
    """A promise that was not kept."""


def see(kept: bool, promise: str) -> None:
    """Raise `Broken` with the promise where it was not kept."""
    if not kept:
        raise Broken(promise)


def onrecord(*arguments: str, expect: int = 0) -> None:
    """Run a command; `Broken` where it ends with another exit code than the one expected."""
    done = CliRunner().invoke(app, arguments)
    see(
        done.exit_code == expect,
        f"`onrecord {' '.join(arguments)}` ended with {done.exit_code}: {done.output} {done.exception or ''}",
    )


@dataclass
class Work:
    """A work on a store, with `size` pages. `prepare` is called before each try."""

    store: Store
    folder: Path
    size: int
    place: str = ""
    held: tuple[StoredStatement, ...] = ()
    judged: tuple[Judgement, ...] = ()
    template: str = ""

    def prepare(self, rng: random.Random) -> None:  # noqa: ARG002
        """Make what the work needs."""
        self.place = self.store.new()

    def do(self, tell: Tell) -> None:
        """The work."""
        raise NotImplementedError

    def check(self, told: Sequence[str]) -> bool:
        """Look at what is left; whether more is there than was told, which was in flight."""
        raise NotImplementedError

    def again(self) -> None:
        """Do the work to its end."""
        raise NotImplementedError

    def clear(self) -> None:
        """Be rid of what the try has left."""
        self.store.drop(self.place)

    def _settled(self) -> None:
        faults = self.store.settle(self.place)
        see(not faults, f"the database is damaged: {faults}")

    def _filled(self) -> str:
        """A ledger with pages and judgements, made once; nobody has it open."""
        if not self.template:
            self.template = self.store.new()
            with Ledger(self.template) as ledger:
                _fill(ledger, self.size)
                for step in steps(ledger)[: self.size]:
                    step.passed(ledger)
                self.held, self.judged = ledger.statements(), ledger.judgements()
            self.store.settle(self.template)
        return self.template

    def _same(self, place: str) -> None:
        """See that a ledger holds what the template held, once, and that its audit is clean."""
        with Ledger(place, create=False) as ledger:
            see(ledger.audit() == (), "the audit is clean")
            see(len(ledger.pages()) == self.size, "every page is there once")
            see(ledger.statements() == self.held, "every statement is there once")
            see(ledger.judgements() == self.judged, "every judgement is there once")


class Reading(Work):
    """Pages into a ledger that is not there yet."""

    def do(self, tell: Tell) -> None:
        with Ledger(self.place) as ledger:
            for number in range(self.size):
                made = page(number)
                ledger.add(made, reading(made))
                tell(made.digest)

    def check(self, told: Sequence[str]) -> bool:
        self._settled()
        with Ledger(self.place) as ledger:
            held = _whole_pages(ledger)
            see(set(told) <= held, "every page that was told as committed is there")
            see(held <= {page(number).digest for number in range(len(told) + 1)}, "nothing else is there")
            return len(held) > len(told)

    def again(self) -> None:
        with Ledger(self.place) as ledger:
            before = len(ledger.pages())
            outcomes = [ledger.add(made, reading(made)) for made in map(page, range(self.size))]
            see(outcomes.count("unchanged") == before, "a page that was there is unchanged")
            see(outcomes.count("added") == self.size - before, "a page that was not there is added")
            see(len(_whole_pages(ledger)) == self.size, "every page is there")


class Judging(Work):
    """Judgements of each kind, one after the other."""

    def prepare(self, rng: random.Random) -> None:  # noqa: ARG002
        if not self.template:
            self.template = self.store.new()
            with Ledger(self.template) as ledger:
                _fill(ledger, max(self.size // STATEMENTS, 2))
            self.store.settle(self.template)
        self.place = self.store.clone(self.template)
        with Ledger(self.place) as ledger:
            self.steps = steps(ledger)
        self.store.settle(self.place)

    def do(self, tell: Tell) -> None:
        with Ledger(self.place) as ledger:
            for step in self.steps:
                tell(str(step.passed(ledger).id))

    def check(self, told: Sequence[str]) -> bool:
        self._settled()
        with Ledger(self.place) as ledger:
            found = ledger.judgements()
            see(len(told) <= len(found) <= len(told) + 1, "every judgement that was told is there, once")
            see(
                [(j.kind, j.subject, j.why) for j in found]
                == [(step.kind, step.subject, step.why) for step in self.steps[: len(found)]],
                "the judgements are those that were passed, in their order",
            )
            see([str(j.id) for j in found[: len(told)]] == list(told), "a judgement keeps its number")
            see(ledger.audit() == (), "the audit is clean")
            return len(found) > len(told)

    def again(self) -> None:
        with Ledger(self.place) as ledger:
            found = ledger.judgements()
            last = self.steps[len(found) - 1] if found else None
            if last is not None and last.kind != "undo":
                see(last.passed(ledger).id == found[-1].id, "what was judged is not judged twice")
            for step in self.steps[len(found) :]:
                step.passed(ledger)
            see(len(ledger.judgements()) == len(self.steps), "every judgement is there once")
            see(ledger.audit() == (), "the audit is clean")


class Migrating(Work):
    """A ledger of an older revision that is opened."""

    def prepare(self, rng: random.Random) -> None:
        older = self._revisions()
        self.revision = rng.choice(sorted(older))
        self.place = self.store.clone(older[self.revision])

    def _revisions(self) -> dict[str, str]:
        """A ledger of each revision but the newest."""
        if not hasattr(self, "older"):
            config = Config()
            config.set_main_option("script_location", "onrecord.ledger:migrations")
            known = ScriptDirectory.from_config(config)
            self.head = str(known.get_current_head())
            self.older: dict[str, str] = {}
            self.tables: dict[str, set[str]] = {}
            filled = self._filled()
            for script in known.walk_revisions():
                place = self.store.clone(filled)
                engine = create_engine(_driver(place))
                with engine.begin() as connection:
                    config.attributes["connection"] = connection
                    downgrade(config, script.revision)
                engine.dispose()
                self.store.settle(place)
                self.tables[script.revision] = _state(place)[1]
                if script.revision != self.head:
                    self.older[script.revision] = place
        return self.older

    def do(self, tell: Tell) -> None:
        Ledger(self.place).close()
        tell("open")

    def check(self, told: Sequence[str]) -> bool:
        self._settled()
        revision, tables = _state(self.place)
        see(tables == self.tables[revision], f"the tables are those of revision {revision}")
        see(revision in (self.revision, self.head), "the revision is the old one or the newest")
        see(not told or revision == self.head, "a ledger that was told as open is up to date")
        return not told and revision == self.head

    def again(self) -> None:
        judged = "judgement.id" in self.tables[self.revision]
        with Ledger(self.place) as ledger:
            held = self.held if judged else tuple(map(_unjudged, self.held))
            see(ledger.statements() == held, "every statement is there once")
            see(ledger.judgements() == (self.judged if judged else ()), "every judgement is there once")
            see(ledger.audit() == (), "the audit is clean")
            made = page(self.size)
            see(ledger.add(made, reading(made)) == "added", "the ledger can be written")
            see(ledger.audit() == (), "the audit is clean")
        see(_state(self.place)[0] == self.head, "the ledger is up to date")


class BackingUp(Work):
    """`onrecord backup`."""

    file: Path

    def prepare(self, rng: random.Random) -> None:  # noqa: ARG002
        self.place = self.store.clone(self._filled())
        self.file = self.folder / "backup" / "kept.db"
        shutil.rmtree(self.file.parent, ignore_errors=True)
        self.file.parent.mkdir()

    def do(self, tell: Tell) -> None:
        onrecord("backup", str(self.file), "--ledger", self.place)
        tell("kept")

    def check(self, told: Sequence[str]) -> bool:
        self._settled()
        see(not told or self.file.exists(), "a backup that was told as written is there")
        if self.file.exists():
            self._restores()
        return self.file.exists() and not told

    def again(self) -> None:
        onrecord("backup", str(self.file), "--ledger", self.place, expect=6 if self.file.exists() else 0)
        self._restores()
        left = sorted(path.name for path in self.file.parent.iterdir())
        see(left == [self.file.name], f"nothing is left beside the backup: {left}")
        self._same(self.place)

    def _restores(self) -> None:
        restored = self.file.with_name("restored.db")
        onrecord("restore", str(self.file), "--ledger", str(restored))
        self._same(str(restored))
        self._same(str(self.file))
        restored.unlink()


class Restoring(Work):
    """`onrecord restore`, or `onrecord copy` from a ledger of the same store."""

    command: tuple[str, ...] = ()
    kept: str = ""

    def prepare(self, rng: random.Random) -> None:
        filled = self._filled()
        if not self.kept:
            self.kept = str(self.folder / f"restored-from-{self.store.name}.db")
            Path(self.kept).unlink(missing_ok=True)
            onrecord("backup", self.kept, "--ledger", filled)
        self.place = self.store.new()
        self.command = rng.choice(
            [("restore", self.kept, "--ledger", self.place), ("copy", filled, self.place)]
        )

    def do(self, tell: Tell) -> None:
        onrecord(*self.command)
        tell("restored")

    def check(self, told: Sequence[str]) -> bool:
        self._settled()
        with Ledger(self.place) as ledger:
            empty = ledger.counts().readings == 0 and not ledger.judgements()
        see(not told or not empty, "what was told as restored is there")
        if not empty:
            self._same(self.place)
        return not told and not empty

    def again(self) -> None:
        onrecord(*self.command)
        self._same(self.place)
        self._same(self.kept)


WORKS: dict[str, type[Work]] = {
    "reading": Reading,
    "judging": Judging,
    "migrating": Migrating,
    "backing up": BackingUp,
    "restoring": Restoring,
}


@dataclass
class Step:
    """A judgement to be passed; an undo is of the one before it."""

    kind: str
    subject: str
    why: str
    changes: dict[str, object] = field(default_factory=dict)

    def passed(self, ledger: Ledger) -> Judgement:
        """Pass it."""
        if self.kind == "undo":
            return ledger.undo(ledger.judgements()[-1].id, who=WHO, why=self.why)
        if self.kind == "withdraw":
            return ledger.withdraw(self.subject, "2019-05-01", who=WHO, why=self.why)
        if self.kind == "merge":
            return ledger.merge(self.subject, "Huawei", who=WHO, why=self.why)
        return ledger.judge(self.kind, self.subject, who=WHO, why=self.why, changes=self.changes or None)  # type: ignore[arg-type]


def steps(ledger: Ledger) -> list[Step]:
    """Judgements of each kind, of all that a ledger holds."""
    made: list[Step] = []
    for number, found in enumerate(ledger.statements()):
        kind = ("accept", "reject", "correct", "accept", "merge", "withdraw")[number % 6]
        subject = {"merge": f"Firm {number}", "withdraw": found.page_id}.get(kind, found.id)
        changes: dict[str, object] = {"status": "possible"} if kind == "correct" else {}
        made.append(Step(kind, subject, f"step {len(made)}", changes))
        if number % 4 == 1:
            made.append(Step("undo", subject, f"step {len(made)}"))
    return made


def _fill(ledger: Ledger, size: int) -> None:
    for made in map(page, range(size)):
        ledger.add(made, reading(made))


def _whole_pages(ledger: Ledger) -> set[str]:
    """The digests of the pages, each there once with all that was read from it, and a clean audit."""
    held = ledger.pages()
    digests = {one.digest for one in held}
    see(len(digests) == len(held), "no page is doubled")
    see({(one.statements, one.unread) for one in held} <= {(STATEMENTS, 1)}, "every page is there as a whole")
    statements = ledger.statements()
    see(
        len({one.id for one in statements}) == STATEMENTS * len(held) == len(statements), "no statement twice"
    )
    see(ledger.audit() == (), "the audit is clean")
    return digests


def _unjudged(held: StoredStatement) -> StoredStatement:
    said = held.as_read or held.statement
    return replace(held, statement=said, as_read=None, judgement=None, withdrawn=None)


def _driver(place: str) -> str:
    return place.replace("postgresql:", "postgresql+psycopg:") if "://" in place else f"sqlite:///{place}"


def _state(place: str) -> tuple[str, set[str]]:
    """A ledger's revision and its tables with their columns, without opening it as a ledger."""
    engine = create_engine(_driver(place))
    with engine.connect() as connection:
        revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        seen = inspect(connection)
        tables = {
            f"{table}.{column['name']}"
            for table in seen.get_table_names()
            if not table.startswith("full_text_")
            for column in (seen.get_columns(table) if table != "full_text" else [{"name": "id"}])
        }
    engine.dispose()
    return revision, tables
