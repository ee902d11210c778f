"""Waits between failed sign-ins, which grow. They are kept in the store: a restart forgets none."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from onrecord.team._account_tables import AttemptRow, take_turn
from onrecord.team._secret import Marks


@dataclass(frozen=True, slots=True)
class Rule:
    """`free` failures cost no wait; each further one doubles it, from `first` to `longest` seconds. What was
    failed is forgotten `memory` seconds after the last of it."""

    free: int
    first: int
    longest: int
    memory: int

    def wait(self, failures: int) -> int:
        if failures < self.free:
            return 0
        return int(min(self.longest, self.first * 2 ** min(failures - self.free, 20)))


_NAME = Rule(free=5, first=30, longest=3600, memory=86_400)
"""For one name: at most 5 guesses at once and some 28 a day, far below the 100 in a row that NIST SP 800-63B
(rev. 4, 3.2.2) allows."""
_ADDRESS = Rule(free=30, first=30, longest=3600, memory=3600)
"""For one address, behind which a whole office may sit."""


def name_key(marks: Marks, folded: str) -> tuple[str, Rule]:
    """Under which a name's failures are counted; also of names that no account has."""
    return marks.of("attempt-name", folded), _NAME


def address_key(marks: Marks, address: str) -> tuple[str, Rule]:
    """Under which an address' failures are counted. Of IPv6 the first 64 bits, which are one household's."""
    try:
        found = ipaddress.ip_address(address)
        if isinstance(found, ipaddress.IPv6Address):
            address = str(found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False))
    except ValueError:
        pass
    return marks.of("attempt-address", address), _ADDRESS


def begin(connection: Connection, keys: Sequence[tuple[str, Rule]], now: int) -> int:
    """Count an attempt as failed before it is tried, so that many at once don't slip through. The seconds
    still to wait where it may not be tried, which is then not counted; else 0."""
    take_turn(connection)
    connection.execute(delete(AttemptRow).where(AttemptRow.last < now - _NAME.memory))
    failed: dict[str, int] = {}
    wait = 0
    for key, rule in keys:
        asked = select(AttemptRow.failures, AttemptRow.last, AttemptRow.until).where(AttemptRow.key == key)
        for failures, last, until in connection.execute(asked):
            wait = max(wait, until - now)
            failed[key] = failures if last >= now - rule.memory else 0
    if wait > 0:
        return wait
    for key, rule in keys:
        failures = failed.get(key, 0) + 1
        told = {"failures": failures, "last": now, "until": now + rule.wait(failures)}
        if key in failed:
            connection.execute(update(AttemptRow).where(AttemptRow.key == key).values(**told))
        else:
            connection.execute(insert(AttemptRow).values(key=key, **told))
    return 0


def succeeded(connection: Connection, keys: Sequence[tuple[str, Rule]]) -> None:
    """That an attempt which was counted (`begin`) was none: the name's count begins anew, the address' is as
    it was before, else whoever has an account could guess at others without an end."""
    for key, rule in keys:
        if rule is _NAME:
            connection.execute(delete(AttemptRow).where(AttemptRow.key == key))
        else:
            failures = AttemptRow.failures - 1
            connection.execute(
                update(AttemptRow).where(AttemptRow.key == key).values(failures=failures, until=0)
            )
