"""What can be wrong with what is asked of accounts; each message says what to do."""

from __future__ import annotations


class AccountError(Exception):
    """Something that is not done with accounts; `field` is what was told that is at fault, "" where it is
    nothing of that."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class UnknownAccount(AccountError):
    """There is no account, session or token of that name or number."""


class PasswordRefused(AccountError):
    """A password that is not taken."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "password")
