"""That a message was not taken, or cannot be sent as the settings are."""

from __future__ import annotations


class SettingsError(Exception):
    """Settings that cannot be used; the message says which, and what to write."""


class SendFailed(Exception):
    """A message that was not taken, and why, in a sentence. `final`: trying again would not help; `gone`: its
    receiver wants no more of them; `ours`: it waits until somebody has mended how things are sent here."""

    def __init__(self, message: str, *, final: bool = False, gone: bool = False, ours: bool = False) -> None:
        super().__init__(message)
        self.final, self.gone, self.ours = final, gone, ours
