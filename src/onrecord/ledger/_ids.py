"""Ids that are the same on any machine, and the fingerprint by which a rendering is known again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from itertools import product
from json.encoder import encode_basestring_ascii
from typing import Any

from onrecord.pages import Page
from onrecord.statements import Statement

_encode = json.JSONEncoder(separators=(",", ":")).encode

ID_LENGTH = 12
"""Hexadecimal digits of an id: 48 bits, two alike in one of 500 ledgers of a million statements."""

_ID = re.compile(f"[0-9a-f]{{{ID_LENGTH}}}")
_BEGINNING = re.compile(f"[0-9a-f]{{1,{ID_LENGTH}}}")

BESIDE = "+by-hand."
"""What stands in the version of a reading between the reader's own and the number of the last judgement that
is counted in, where persons said statements beside it (see `_said`)."""


def beside(version: str, number: int) -> str:
    """The version of a reading with what persons said beside it, up to that judgement."""
    return f"{version}{BESIDE}{number}"


def as_given(version: str) -> str:
    """A version as the reader gave it."""
    return version.partition(BESIDE)[0]


def number_of(statement: str) -> int | None:
    """The whole id of a statement as a number, as the columns hold it; None where it can be no id."""
    return int(statement, 16) if _ID.fullmatch(statement) else None


def id_of(number: int) -> str:
    """The id of the statement that has this number."""
    return f"{number:0{ID_LENGTH}x}"


def numbers_beginning(prefix: str) -> range:
    """The numbers of the statements whose ids begin so; none where no id could."""
    digits = prefix.lower()
    if not _BEGINNING.fullmatch(digits):
        return range(0)
    size: int = 16 ** (ID_LENGTH - len(digits))
    return range(int(digits, 16) * size, (int(digits, 16) + 1) * size)


def page_id(digest: str) -> str:
    """The id of the page whose bytes have this SHA-256."""
    return digest[:ID_LENGTH]


def statement_id(digest: str, statement: Statement) -> str:
    """The id of a statement on the page with this digest, from what it says and where it says it.

    Confidence and rule are left out, so that a better reader that reads the same gives the same id.
    """
    s = statement
    said = ",".join(map(_quoted, (s.type, s.actor, s.target, s.status)))
    chain = ",".join(map(_quoted, s.source))
    # As JSON, put together here: an encoder for each of a page's statements takes four times as long.
    told = f"[{_quoted(digest)},{s.start},{s.end},{said},[{chain}],{_quoted(s.topic)},{_quoted(s.when)}]"
    return hashlib.sha256(told.encode()).hexdigest()[:ID_LENGTH]


def _quoted(text: str | None) -> str:
    return "null" if text is None else encode_basestring_ascii(text)


def fingerprint(page: Page, offsets: str) -> str:
    """What tells one rendering of a page's bytes from another; the place where they were found does not.
    `offsets` are the page's, packed."""
    published = page.published
    return _mark(
        [page.encoding, page.original, page.text, offsets],
        [(b.start, b.end, b.kind) for b in page.blocks],
        [(r.start, r.end, r.kept, r.reason) for r in page.runs],
        [page.title, page.outlet, page.language, page.language_confidence],
        published and [published.value, published.precision, published.evidence, published.confidence],
    )


_WORDS = ("encoding", "original", "text", "offsets")
_ABOUT = ("title", "outlet", "language", "language_confidence")
_PUBLISHED = ("published_value", "published_precision", "published_evidence", "published_confidence")


def has_fingerprint(
    row: Mapping[str, Any], blocks: Sequence[tuple[object, ...]], runs: Sequence[tuple[object, ...]]
) -> bool:
    """Whether a rendering, by its columns' names, is as it was when its fingerprint was made."""
    words, about, published = ([row[name] for name in names] for names in (_WORDS, _ABOUT, _PUBLISHED))
    for sure, surely in product(_given(about[-1]), _given(published[-1])):
        dated = [*published[:-1], surely] if any(one is not None for one in published) else None
        if _mark(words, blocks, runs, [*about[:-1], sure], dated) == row["fingerprint"]:
            return True
    return False


def _given(share: float | None) -> tuple[float | None, ...]:
    """What may have been given where a share is kept: all that is kept of 1 is 1.0."""
    return (share, int(share)) if share is not None and share.is_integer() else (share,)


def _mark(*parts: object) -> str:
    return _sha256(parts)


def _sha256(parts: object) -> str:
    return hashlib.sha256(_encode(parts).encode()).hexdigest()
