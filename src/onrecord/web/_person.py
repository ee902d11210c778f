"""Who asks, and what a route asks of them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import Depends, Request

from onrecord.team import Person, Role
from onrecord.web._errors import Problem


def person_of(request: Request) -> Person:
    """Who asks, as the guard found before anything else."""
    return cast(Person, request.state.person)


def needs(role: Role) -> Callable[[Request], None]:
    """A dependency of routes that only a person with this role may ask; a `Problem` for others."""

    def check(request: Request) -> None:
        if not person_of(request).may(role):
            raise Problem(
                HTTPStatus.FORBIDDEN,
                f"This takes the role of {role}, which you have not. Ask an administrator for it.",
            )

    return check


Who = Annotated[Person, Depends(person_of)]
"""Who asks."""
