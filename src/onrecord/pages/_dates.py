"""Dates as pages write them. What may be read in two ways is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate

from onrecord.pages._model import Precision, Published
from onrecord.pages._words import Words

# Before this no page was published on the web; clocks that were never set say 1970.
_FIRST_YEAR, _LAST_YEAR = 1990, 2099

_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6})?(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(\d{1,2})\s?(?P<sign>[-/.])\s?(\d{1,2})"
    r"(?:\s?(?P=sign)\s?(\d{4}|\d{2})|[ ,]\s?(\d{4}))(?![\d/-])"
)
_GLUED = re.compile(
    r"\s*(?:(?P<word>date|datum|dato|published|publiceret|gepubliceerd)\s*:?\s+)?"
    r"(?P<date>(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
    r"(?=\s|$)\s*[:|–-]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found in a text, its precision, and where it stands in it."""

    value: str
    precision: Precision
    start: int
    end: int

    def published(self, evidence: str, confidence: float) -> Published:
        """The same as a page's date of publication."""
        return Published(self.value, self.precision, evidence, confidence)


def find_stamps(text: str, words: Words, language: str | None) -> list[Stamp]:
    """All dates in `text`, in order. One without a year is none, nor is one that a reader of `language`
    may read in two ways: `06/12/2018` is a day of December but in English, where it may be one of June."""
    found = [*_iso(text), *_numeric(text, language), *_named(text, words)]
    found.sort(key=lambda stamp: (stamp.start, -stamp.end))
    kept: list[Stamp] = []
    for stamp in found:
        if not kept or stamp.start >= kept[-1].end:
            kept.append(stamp)
    return kept


def read_stamp(text: str, words: Words, language: str | None) -> Stamp | None:
    """The date that a field of metadata holds: ISO 8601, RFC 2822, or as the page's language writes it."""
    text = text.strip()
    if compact := _COMPACT.match(text):
        return _stamp(compact[1], compact[2], compact[3], 0, len(text))
    if (parsed := _rfc2822(text)) is not None:
        return parsed
    if re.fullmatch(r"\d{4}", text):
        return _stamp(text, None, None, 0, 4)
    stamps = find_stamps(text[:200], words, language)
    return stamps[0] if len({stamp.value for stamp in stamps}) == 1 else None


def glued_stamp(text: str, language: str | None) -> Stamp | None:
    """A date that a scraper left before the first word; the stamp's end is where the page's text begins.

    `date 2018-12 Words`, `2019-03-28 Words`: a bare year is a date only after the word "date".
    """
    found = _GLUED.match(text)
    if not found:
        return None
    if found["year"] is None:
        stamps = list(_numeric(found["date"], language))
        return Stamp(stamps[0].value, stamps[0].precision, 0, found.end()) if stamps else None
    if found["month"] is None and (
        found["word"] is None or found["word"].lower() not in ("date", "datum", "dato")
    ):
        return None
    return _stamp(found["year"], found["month"], found["day"], 0, found.end())


def _iso(text: str) -> Iterator[Stamp]:
    for found in _ISO.finditer(text):
        if found[2] != "-" and found[4] is None:
            continue
        if stamp := _stamp(found[1], found[3], found[4], *found.span()):
            yield stamp


def _numeric(text: str, language: str | None) -> Iterator[Stamp]:
    for found in _NUMERIC.finditer(text):
        first, second = int(found[1]), int(found[3])
        year = found[4] or found[5]
        year = year if len(year) == 4 else f"20{year}"
        if language == "en" and first <= 12 and second <= 12 and first != second:
            continue
        day, month = (second, first) if language == "en" and second > 12 else (first, second)
        if stamp := _stamp(year, str(month), str(day), *found.span()):
            yield stamp


def _named(text: str, words: Words) -> Iterator[Stamp]:
    if not words.months:
        return
    names = "|".join(sorted(map(re.escape, words.months), key=lambda name: (-len(name), name)))
    pattern = re.compile(
        rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|e|de)?\s+(?:of\s+)?)?(?P<month>{names})\.?,?"
        r"(?:\s+(?P<after>\d{1,2})(?:st|nd|rd|th)?,)?\s+(?P<year>\d{4})(?!\d)",
        re.IGNORECASE,
    )
    for found in pattern.finditer(text):
        month = str(words.months[found["month"].casefold()])
        if stamp := _stamp(found["year"], month, found["day"] or found["after"], *found.span()):
            yield stamp


def _rfc2822(text: str) -> Stamp | None:
    if not re.match(r"[A-Za-z]{3},? ", text) or (parsed := parsedate(text)) is None:
        return None
    year, month, day = parsed[:3]
    return _stamp(str(year), str(month), str(day), 0, len(text))


def _stamp(year: str, month: str | None, day: str | None, start: int, end: int) -> Stamp | None:
    """A stamp of the numbers, if there is such a day and a page may have been published on it."""
    y, m, d = int(year), int(month or 1), int(day or 1)
    if not _FIRST_YEAR <= y <= _LAST_YEAR:
        return None
    try:
        whole = date(y, m, d)
    except ValueError:
        return None
    if month is None:
        return Stamp(f"{y:04}", "year", start, end)
    if day is None:
        return Stamp(f"{y:04}-{m:02}", "month", start, end)
    return Stamp(whole.isoformat(), "day", start, end)
