"""Alerts: what moved for the suppliers that somebody follows, told once, where and when they want it."""

from onrecord.alerts._compose import Composed, compose, compose_test, in_words
from onrecord.alerts._failed import SendFailed, SettingsError
from onrecord.alerts._figures import WEEKS, Weeks, weeks_of
from onrecord.alerts._moved import moved, own_changes, touched
from onrecord.alerts._run import LONG, Pass, Sent, run, send_test
from onrecord.alerts._schedule import MENDING, RETRIES, due_at, is_quiet, retry_at
from onrecord.alerts._settings import Settings, Smtp, settings_of
from onrecord.alerts._smime import Signer
from onrecord.alerts._webhook import signature
from onrecord.alerts._wishes import WishRefused, check_wish

__all__ = [
    "LONG",
    "MENDING",
    "RETRIES",
    "WEEKS",
    "Composed",
    "Pass",
    "SendFailed",
    "Sent",
    "Settings",
    "SettingsError",
    "Signer",
    "Smtp",
    "Weeks",
    "WishRefused",
    "check_wish",
    "compose",
    "compose_test",
    "due_at",
    "in_words",
    "is_quiet",
    "moved",
    "own_changes",
    "retry_at",
    "run",
    "send_test",
    "settings_of",
    "signature",
    "touched",
    "weeks_of",
]
