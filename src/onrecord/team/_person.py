"""Who is at work, and what they may do."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "reviewer", "administrator"]
"""What a person may do: read all that is there; also judge; also say who else may. Each includes the ones
before it."""
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the `name` that judgements are signed with, and the number of the account, which is None for
    who works alone on their own machine."""

    name: str
    role: Role
    account: int | None = None

    def may(self, role: Role) -> bool:
        """Whether this person has a role, or one that includes it."""
        return ROLES.index(self.role) >= ROLES.index(role)


def alone(name: str | None = None) -> Person:
    """Who works alone on their own machine: the user of the system, unless another name is given."""
    return Person(name or getpass.getuser(), "administrator")
