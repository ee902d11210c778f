"""Why a page cannot be read."""

from __future__ import annotations


class UnreadablePage(Exception):
    """A page that nothing can be read from. Its text says what is wrong and what to do.

    `reason_code` is one of: `empty`, `binary`, `too-large`, `truncated-gzip`, `corrupt-gzip`, `too-deep`,
    `language-not-installed`, `no-article`. The codes are stable; `sources` adds those of its own.
    """

    def __init__(self, reason_code: str, message: str) -> None:
        super().__init__(message)
        self.reason_code = reason_code
        self.message = message
