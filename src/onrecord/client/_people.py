"""The part of the API for who asks, their tokens and sessions, and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from onrecord.client._transport import Transport, within
from onrecord.shapes import Account, Deed, MadeToken, Me, Session, Token


class People:
    """Methods of `Client`."""

    _api: Transport

    def me(self) -> Me:
        """Who asks: the name that judgements are signed with, and the role."""
        return cast(Me, self._api.get("me"))

    def change_password(self, current: str, new: str) -> None:
        """Change your password. It takes a session: with a token it is refused."""
        self._api.send("PUT", "me/password", {"current": current, "new": new})

    def tokens(self) -> Iterator[Token]:
        """Your API tokens."""
        return self._api.all("tokens")

    def make_token(self, name: str, *, role: str | None = None, days: int | None = None) -> MadeToken:
        """Make an API token, which is told this once."""
        told = {"name": name, "role": role, "days": days}
        return cast(MadeToken, self._api.send("POST", "tokens", told))

    def revoke_token(self, id: int) -> None:
        """Revoke an API token."""
        self._api.send("DELETE", f"tokens/{id}")

    def sessions(self) -> Iterator[Session]:
        """Where you are signed in."""
        return self._api.all("sessions")

    def end_session(self, id: int) -> None:
        """Sign out somewhere."""
        self._api.send("DELETE", f"sessions/{id}")

    def accounts(self) -> Iterator[Account]:
        """The accounts, for administrators."""
        return self._api.all("accounts")

    def make_account(self, name: str, *, role: str, password: str, email: str | None = None) -> Account:
        """Make an account, for administrators."""
        told = {"name": name, "role": role, "password": password, "email": email}
        return cast(Account, self._api.send("POST", "accounts", told))

    def account(self, name: str) -> Account:
        """An account, for administrators."""
        return cast(Account, self._api.get(f"accounts/{within(name)}"))

    def tokens_of(self, account: str) -> Iterator[Token]:
        """The tokens of an account, for administrators."""
        return self._api.all(f"accounts/{within(account)}/tokens")

    def revoke_token_of(self, account: str, id: int) -> None:
        """Revoke a token of an account, for administrators."""
        self._api.send("DELETE", f"accounts/{within(account)}/tokens/{id}")

    def change_account(self, name: str, **changes: Any) -> Account:
        """Change an account's `role`, `email`, `password`, or whether it is `disabled`."""
        return cast(Account, self._api.send("PATCH", f"accounts/{within(name)}", changes))

    def account_log(self) -> Iterator[Deed]:
        """What was done with accounts, the newest first."""
        return self._api.all("account-log")
