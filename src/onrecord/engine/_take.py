"""One item through all rooms: bytes, page, analysis, reading; or why not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from onrecord.language import analyse, installed_languages
from onrecord.ledger import LedgerError, ReadingRefused
from onrecord.pages import Page, UnreadablePage, read_page
from onrecord.statements import Explanation, LearnedReader, Reader, Reading, read_statements

INTERNAL = "internal"
"""The reason code of a page on which On Record itself failed."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """A page and what was read from it."""

    locator: str
    digest: str
    page: Page
    reading: Reading


@dataclass(frozen=True, slots=True)
class Told:
    """A page and why each of its sentences was read as it was."""

    locator: str
    page: Page
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Failed:
    """What could not be read, and why; `digest` is None where there were no bytes to be had."""

    locator: str
    digest: str | None
    code: str
    message: str


def digest_of(data: bytes) -> str:
    """The SHA-256 by which a page is known, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def take(locator: str, data: bytes, digest: str, reader: Reader) -> Taken:
    """Read a page's bytes with a reader; `UnreadablePage` where they hold no page that can be read."""
    page = read_page(data, locator, languages=installed_languages())
    return Taken(locator, digest, page, read_statements(analyse(page), reader))


def tell(locator: str, data: bytes) -> Told:
    """Explain how the learned reader reads a page's bytes; `UnreadablePage` as `take`."""
    page = read_page(data, locator, languages=installed_languages())
    return Told(locator, page, LearnedReader().explain(analyse(page)))


def guarded(locator: str, digest: str, step: Callable[[], T]) -> T | Failed:
    """Do one step for one page, and let whatever goes wrong with that page cost that page alone.

    The one place where any exception is caught: a mistake of ours that one page in ten thousand brings to
    light must not cost the user the others. It is not hidden but noted with the page and told.
    What is wrong with the ledger itself concerns all pages, and passes.
    """
    try:
        return step()
    except UnreadablePage as error:
        return Failed(locator, digest, error.reason_code, error.message)
    except LedgerError as error:
        if not isinstance(error, ReadingRefused):
            raise
        return _internal(locator, digest, error)
    except Exception as error:
        return _internal(locator, digest, error)


def _internal(locator: str, digest: str, error: Exception) -> Failed:
    told = f"On Record failed on {locator} ({type(error).__name__}: {error}); please report it with the page."
    return Failed(locator, digest, INTERNAL, told)
