"""What JSON gives of accounts, their tokens, sessions and channels: the same fields on the command line and
over HTTP."""

from __future__ import annotations

from onrecord import shapes
from onrecord.team._accounts import Account, Deed
from onrecord.team._channels import Channel
from onrecord.team._sessions import Session
from onrecord.team._tokens import Token


def account_fields(one: Account) -> shapes.Account:
    """An account; `password` says whether it has one."""
    return {
        "name": one.name,
        "role": one.role,
        "email": one.email,
        "password": one.password,
        "made": one.made.isoformat(),
        "disabled": one.disabled.isoformat() if one.disabled else None,
    }


def token_fields(one: Token) -> shapes.Token:
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


def session_fields(one: Session) -> shapes.Session:
    """A browser that is signed in, without its token."""
    return {"id": one.id, "agent": one.agent, "begun": one.begun.isoformat(), "used": one.used.isoformat()}


def deed_fields(one: Deed) -> shapes.Deed:
    """What was done with an account."""
    return {
        "id": one.id,
        "at": one.at.isoformat(),
        "who": one.who,
        "account": one.account,
        "what": one.what,
        "detail": one.detail,
    }


def channel_fields(one: Channel) -> shapes.Channel:
    """A channel, without the secret that signs what is sent by it."""
    wish = one.wish
    return {
        "id": one.id,
        "kind": wish.kind,
        "address": wish.address,
        "language": wish.language,
        "pace": wish.pace,
        "hour": wish.hour,
        "weekday": wish.weekday,
        "zone": wish.zone,
        "quiet": f"{wish.quiet_from}-{wish.quiet_to}" if wish.quiet_from else "",
        "stopped": one.stopped,
        "failing": one.failing.isoformat(timespec="seconds") if one.failing else None,
        "error": one.error,
    }
