"""Who asks, and what a route asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import Depends, Request

from onrecord.team import Person, Role
from onrecord.web._errors import Problem


def person_of(request: Request) -> Person:
    """Who asks, as the guard found before anything else. `Problem` where nobody is signed in, which only the
    pages for signing in are asked by."""
    person = cast(Person | None, request.state.person)
    if person is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, "Sign in first.")
    return person


@dataclass(frozen=True, slots=True)
class Needs:
    """A dependency of routes that only a person with this role may ask; a `Problem` for others."""

    role: Role

    def __call__(self, request: Request) -> None:
        if not person_of(request).may(self.role):
            raise Problem(
                HTTPStatus.FORBIDDEN,
                f"This takes the role of {self.role}, which you have not. Ask an administrator for it.",
            )


def needs(role: Role) -> Needs:
    """What a route depends on that only a person with this role may ask."""
    return Needs(role)


Who = Annotated[Person, Depends(person_of)]
"""Who asks."""
