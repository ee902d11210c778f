"""What can be wrong with what is asked of accounts; each message says what to do."""

from __future__ import annotations


class AccountError(Exception):
    """Something that is not done with accounts."""


class UnknownAccount(AccountError):
    """There is no account, session or token of that name or number."""


class PasswordRefused(AccountError):
    """A password that is not taken."""
