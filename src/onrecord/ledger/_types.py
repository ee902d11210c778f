"""Types of columns: what either database must be given otherwise than it is, and gives back as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from onrecord.ledger._errors import Damaged

_MARK = "\ufdd0"
_NUL = _MARK + "0"
_MARKED = re.compile(f"{_MARK}[{_MARK}0]")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite knows no time zones: the zone is taken off going in and put back coming out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        read = super().result_processor(dialect, coltype)
        if read is None or dialect.name != "sqlite":
            return read

        def moment(value: object) -> object:
            try:
                return read(value)
            except (ValueError, TypeError) as error:
                raise Damaged(f"{value!r} is no moment") from error

        return moment


class Words(TypeDecorator[str]):
    """Text, sorted by code points on either database.

    A page may hold a NUL, which PostgreSQL takes in no text: there it stands as a noncharacter of Unicode and
    a letter; the noncharacter itself as twice that.
    """

    impl = Text
    cache_ok = True

    @staticmethod
    def marks(dialect: Dialect) -> bool:
        """Whether a database must be given texts otherwise than they are."""
        return dialect.name == "postgresql"

    @staticmethod
    def plain(values: Iterable[str | None]) -> bool:
        """Whether all of these stand in either database as they are."""
        joined = "".join(value for value in values if value)
        return "\0" not in joined and _MARK not in joined

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(Text(collation=collation))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or not self.marks(dialect) or not ("\0" in value or _MARK in value):
            return value
        return value.replace(_MARK, 2 * _MARK).replace("\0", _NUL)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Nothing where texts stand as they are: a call for each would take longer than to fetch them."""
        if not self.marks(dialect):
            return self.impl_instance.result_processor(dialect, coltype)
        return super().result_processor(dialect, coltype)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name != "postgresql" or _MARK not in value:
            return value
        return _MARKED.sub(lambda found: "\0" if found.group() == _NUL else _MARK, value)
