"""Team: who works with a ledger, and what each of them keeps beside it, which is no part of the record."""

from onrecord.team._account_errors import AccountError, PasswordRefused, UnknownAccount
from onrecord.team._accounts import Account, Accounts, Deed
from onrecord.team._channels import CHANNEL_KINDS, PACES, Channel, ChannelKind, Channels, Pace, Wish
from onrecord.team._fields import account_fields, channel_fields, deed_fields, session_fields, token_fields
from onrecord.team._outbox import Message, News, Outbox
from onrecord.team._passwords import SHORTEST
from onrecord.team._person import ROLES, Person, Role, alone
from onrecord.team._review import Blind, Reviews, SecondRule
from onrecord.team._secret import Marks
from onrecord.team._sessions import LONGEST as LONGEST_SESSION
from onrecord.team._sessions import Session, Sessions
from onrecord.team._sign_in import SignIn, Wait
from onrecord.team._store import Team
from onrecord.team._tokens import Token, Tokens
from onrecord.team._watching import Follow, Watching

__all__ = [
    "CHANNEL_KINDS",
    "LONGEST_SESSION",
    "PACES",
    "ROLES",
    "SHORTEST",
    "Account",
    "AccountError",
    "Accounts",
    "Blind",
    "Channel",
    "ChannelKind",
    "Channels",
    "Deed",
    "Follow",
    "Marks",
    "Message",
    "News",
    "Outbox",
    "Pace",
    "PasswordRefused",
    "Person",
    "Reviews",
    "Role",
    "SecondRule",
    "Session",
    "Sessions",
    "SignIn",
    "Team",
    "Token",
    "Tokens",
    "UnknownAccount",
    "Wait",
    "Watching",
    "Wish",
    "account_fields",
    "alone",
    "channel_fields",
    "deed_fields",
    "session_fields",
    "token_fields",
]
