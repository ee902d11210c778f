"""Team: who works with a ledger, and what each of them keeps beside it, which is no part of the record."""

from onrecord.team._channels import CHANNEL_KINDS, PACES, Channel, ChannelKind, Channels, Pace, Wish
from onrecord.team._outbox import Message, News, Outbox
from onrecord.team._person import ROLES, Person, Role, alone
from onrecord.team._store import Team
from onrecord.team._watching import Follow, Watching

__all__ = [
    "CHANNEL_KINDS",
    "PACES",
    "ROLES",
    "Channel",
    "ChannelKind",
    "Channels",
    "Follow",
    "Message",
    "News",
    "Outbox",
    "Pace",
    "Person",
    "Role",
    "Team",
    "Watching",
    "Wish",
    "alone",
]
