"""What JSON gives of accounts and their tokens: the same fields on the command line and over HTTP."""

from __future__ import annotations

from typing import Any

from onrecord.team._accounts import Account
from onrecord.team._tokens import Token


def account_fields(one: Account) -> dict[str, Any]:
    """An account; `password` says whether it has one."""
    return {
        "name": one.name,
        "role": one.role,
        "email": one.email,
        "password": one.password,
        "made": one.made.isoformat(),
        "disabled": one.disabled.isoformat() if one.disabled else None,
    }


def token_fields(one: Token) -> dict[str, Any]:
    """A token, without what it is shown by."""
    return {
        "id": one.id,
        "account": one.account,
        "name": one.name,
        "role": one.role,
        "made": one.made.isoformat(),
        "expires": one.expires.isoformat() if one.expires else None,
        "used": one.used,
        "revoked": one.revoked.isoformat() if one.revoked else None,
        "holds": one.holds,
    }
