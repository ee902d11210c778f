"""What those who review keep beside the record: what each put off, what needs a second person, and who judged
without knowing what the first had said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from onrecord.team._store import Base, Team


class SkipRow(Base):
    """A statement that somebody put off."""

    __tablename__ = "review_skip"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(index=True)
    statement: Mapped[str]
    __table_args__ = (UniqueConstraint("person", "statement"),)


class RuleRow(Base):
    """What needs a second person, as it was last said: the row with the highest id. `told` is JSON."""

    __tablename__ = "review_rule"
    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    at: Mapped[str]
    told: Mapped[str]


class BlindRow(Base):
    """Somebody is to judge a statement without having seen the judgement numbered `first`."""

    __tablename__ = "review_blind"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    statement: Mapped[str]
    first: Mapped[int]
    __table_args__ = (UniqueConstraint("person", "statement", "first"),)


@dataclass(frozen=True, slots=True)
class Blind:
    """Who judged a statement without having seen its judgement numbered `first`."""

    person: str
    statement: str
    first: int


@dataclass(frozen=True, slots=True)
class SecondRule:
    """What needs a second person: statements of these types, and those with which so much is at stake."""

    types: tuple[str, ...] = ()
    stakes: float | None = None


class Reviews:
    """What a team keeps of its review. Persons go by the names that their judgements are signed with."""

    def __init__(self, team: Team) -> None:
        self._team = team

    def skip(self, person: str, statement: str) -> None:
        """Put a statement off: behind all that this person put off before."""

        def work(connection: Connection) -> None:
            _unskip(connection, person, statement)
            connection.execute(insert(SkipRow).values(person=person, statement=statement))

        self._team.write(work)

    def unskip(self, person: str, statement: str) -> None:
        """Have a statement where it stood before this person put it off."""
        self._team.write(lambda connection: _unskip(connection, person, statement))

    def skipped(self, person: str) -> tuple[str, ...]:
        """The statements that a person put off, in the order in which they did."""
        query = select(SkipRow.statement).where(SkipRow.person == person).order_by(SkipRow.id)
        return self._team.read(lambda connection: tuple(connection.scalars(query)))

    def rule(self) -> SecondRule:
        """What needs a second person: nothing until an administrator says so."""
        query = select(RuleRow.told).order_by(RuleRow.id.desc()).limit(1)
        told = self._team.read(lambda connection: connection.scalar(query))
        if told is None:
            return SecondRule()
        found = json.loads(told)
        return SecondRule(tuple(found["types"]), found["stakes"])

    def set_rule(self, rule: SecondRule, *, who: str) -> None:
        """Say what needs a second person. What was said before stays, with who said it and when."""
        told = json.dumps({"types": sorted(rule.types), "stakes": rule.stakes})
        row = {"who": who, "at": datetime.now(UTC).isoformat(), "told": told}
        self._team.write(lambda connection: connection.execute(insert(RuleRow).values(row)))

    def note_blind(self, blind: Blind) -> None:
        """Note that somebody is about to judge so; noted twice it is once."""

        def work(connection: Connection) -> None:
            same = select(BlindRow.id).where(
                BlindRow.person == blind.person,
                BlindRow.statement == blind.statement,
                BlindRow.first == blind.first,
            )
            if connection.scalar(same) is None:
                row = {"person": blind.person, "statement": blind.statement, "first": blind.first}
                connection.execute(insert(BlindRow).values(row))

        self._team.write(work)

    def blind(self) -> tuple[Blind, ...]:
        """All who were to judge so, in the order in which they were."""
        query = select(BlindRow.person, BlindRow.statement, BlindRow.first).order_by(BlindRow.id)
        return self._team.read(lambda connection: tuple(Blind(*row) for row in connection.execute(query)))


def _unskip(connection: Connection, person: str, statement: str) -> None:
    connection.execute(delete(SkipRow).where(SkipRow.person == person, SkipRow.statement == statement))
