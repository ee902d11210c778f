"""Registers in the ledger: each version is a deposit of kind "register" under the register's name.

A version is the file as it was given, with what was said of its columns, so that it can be read again as it
was. It is as confidential as the register is: whoever reads the ledger, or a copy of it, reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from onrecord.exposure._given import GivenFile
from onrecord.exposure._model import Register, RegisterError, Sort
from onrecord.exposure._register import read_register
from onrecord.ledger import Deposit, Ledger

KIND = "register"
"""The kind under which the ledger keeps versions of registers."""


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """A version of a register, as the ledger keeps it.

    `id` is the number of its deposit, `file` the name of its file, `columns` and `sort` what was said of its
    columns (see `read_register`), `lines` how many can be used, `bad` how many cannot. `learned_at` is when
    the ledger took it in (UTC), and `who` had it done.
    """

    id: int
    name: str
    file: str
    columns: Mapping[str, str]
    sort: Sort | None
    lines: int
    bad: int
    size: int
    digest: str
    learned_at: datetime
    who: str


class NoSuchRegister(RegisterError):
    """There is no register of that name, or no such version of it."""


def keep_register(
    ledger: Ledger,
    name: str,
    file: GivenFile,
    *,
    columns: Mapping[str, str] | None = None,
    sort: Sort | None = None,
    who: str,
    keep_good: bool = False,
) -> RegisterVersion:
    """Keep a register's file as the newest version of the register of that name. Where the newest one is the
    same file, read in the same way, it is given.

    `RegisterError` where it cannot be read, or has rows that cannot be used and `keep_good` does not say to
    take the others. Then nothing is kept.
    """
    read = read_register(file, columns=columns, sort=sort)
    if not read.lines:
        raise RegisterError(f"{file.name}: none of its {len(read.bad):,} lines can be used.")
    if read.bad and not keep_good:
        raise RegisterError(
            f"{file.name}: {len(read.bad):,} of its lines cannot be used. Mend them, or say that the other "
            f"{len(read.lines):,} are to be kept."
        )
    detail = {
        "file": file.name,
        "columns": dict(columns or {}),
        "sort": sort,
        "lines": len(read.lines),
        "bad": len(read.bad),
    }
    return _version(ledger.deposit(KIND, name, file.data, detail=detail, who=who))


def register_versions(ledger: Ledger, name: str | None = None) -> tuple[RegisterVersion, ...]:
    """The versions of the register of a name, or of all, by name and then as they were kept, the newest
    last."""
    held = sorted(map(_version, ledger.deposits(KIND, name)), key=attrgetter("name", "id"))
    return tuple(held)


def current_registers(ledger: Ledger) -> tuple[RegisterVersion, ...]:
    """Of each register its newest version."""
    return tuple(
        list(several)[-1] for _, several in groupby(register_versions(ledger), key=attrgetter("name"))
    )


def versions_of_register(ledger: Ledger, name: str) -> tuple[RegisterVersion, ...]:
    """The versions of a register, of which there is one at least; else `NoSuchRegister`."""
    if found := register_versions(ledger, name):
        return found
    names = sorted({one.name for one in register_versions(ledger)})
    there = f"There are: {', '.join(names)}." if names else "None is kept yet."
    raise NoSuchRegister(f"There is no register '{name}'. {there}")


def register_file(ledger: Ledger, version: RegisterVersion) -> GivenFile:
    """The file of a version, as it was given."""
    return GivenFile(version.file, ledger.deposited(version.id))


def kept_register(ledger: Ledger, version: RegisterVersion) -> Register:
    """A version's lines. `RegisterError` where this version of On Record does not read it any more."""
    return read_register(register_file(ledger, version), columns=version.columns, sort=version.sort)


def _version(deposit: Deposit) -> RegisterVersion:
    told = deposit.detail
    return RegisterVersion(
        id=deposit.id,
        name=deposit.name,
        file=told["file"],
        columns=told["columns"],
        sort=told["sort"],
        lines=told["lines"],
        bad=told["bad"],
        size=deposit.size,
        digest=deposit.digest,
        learned_at=deposit.learned_at,
        who=deposit.who,
    )
