"""Teams on both stores, and a clock that the tests set."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher
from tests.ledger.conftest import place, place_maker

from onrecord.ledger import Ledger
from onrecord.team import Account, Accounts, Marks, Sessions, SignIn, Team, Tokens, _passwords

__all__ = ["place", "place_maker"]

ANNA = "a harbour at low tide"
BO = "seven lamps on a pier"


class Desk:
    """A team and all that is asked of its accounts, at the time that `at` says."""

    def __init__(self, team: Team) -> None:
        self.at = 1_800_000_000.0
        self.team = team
        self.accounts = Accounts(team, now=self.now)
        self.sessions = Sessions(team, now=self.now)
        self.tokens = Tokens(team, now=self.now)
        self.door = SignIn(team, Marks(team), now=self.now)

    def now(self) -> float:
        return self.at

    def anna(self) -> Account:
        """An administrator, the first account."""
        return self.accounts.add("Anna", "administrator", password=ANNA, by="root")

    def bo(self) -> Account:
        """A reviewer."""
        return self.accounts.add("Bo", "reviewer", password=BO, by="Anna", email="bo@example.org")


@pytest.fixture
def opened(place: str) -> Iterator[Callable[[], Desk]]:
    """Opens the team anew, as a program does that was started again."""
    with Ledger(place):
        pass
    teams: list[Team] = []

    def again() -> Desk:
        teams.append(Team(place))
        return Desk(teams[-1])

    yield again
    for team in teams:
        team.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords are hashed with less pains than they are, of which many tests would take their time."""
    monkeypatch.setattr(_passwords, "_hasher", PasswordHasher(1, 64, 1))
    _passwords._dummy.cache_clear()
    yield
    _passwords._dummy.cache_clear()


@pytest.fixture
def desk(opened: Callable[[], Desk], quick: None) -> Desk:  # noqa: ARG001
    return opened()
