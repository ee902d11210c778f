"""That a message was not taken."""

from __future__ import annotations


class SendFailed(Exception):
    """A message that was not taken, and why, in a sentence. `final`: trying again would not help; `gone`: its
    receiver wants no more of them."""

    def __init__(self, message: str, *, final: bool = False, gone: bool = False) -> None:
        super().__init__(message)
        self.final, self.gone = final, gone
