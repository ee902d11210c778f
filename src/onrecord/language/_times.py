"""Dates in words: from "last month" or "15 May 2018" to ISO 8601 at the right precision.

Relative dates are resolved against the page's date of publication and never finer than that date is known;
where it is not known they have no value.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from onrecord.language._data import LanguageData, language_data
from onrecord.language._model import Sentence, Time, Token
from onrecord.language._words import is_finite
from onrecord.pages import Block, Page, Published

# A year that a page about present affairs names; "2000 employees" is kept out by the words around it.
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"

# Languages that write the names of months with a capital.
_CAPITALISED = frozenset({"en", "de"})

Resolver = Callable[[re.Match[str], "Published | None"], "tuple[str | None, bool]"]


def _cut(day: date, precision: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]


def _anchor(published: Published) -> date:
    parts = [int(p) for p in published.value.split("-")]
    return date(*[*parts, 1, 1][:3])


def shift(published: Published | None, unit: str, offset: int) -> str | None:
    """The date `offset` units from publication, cut to the unit's precision and to that of publication.

    A week is known to the month only ("last week" may straddle two; the one of publication less the offset).
    """
    if published is None:
        return None
    day = _anchor(published)
    if unit == "year":
        return str(day.year + offset)
    if unit == "month":
        if published.precision == "year":
            return None
        months = day.year * 12 + day.month - 1 + offset
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if published.precision != "day":
        return published.value if abs(offset) <= 1 else None
    try:
        moved = day + timedelta(days=offset * (7 if unit == "week" else 1))
    except OverflowError:
        return None
    return _cut(moved, "month" if unit == "week" else "day")


def month_near(published: Published | None, month: int, direction: int = 0) -> str | None:
    """The month of that name near publication: the last one that had begun (`direction` ≤ 0), or the next."""
    if published is None or published.precision == "year":
        return None
    day = _anchor(published)
    year = day.year if month <= day.month else day.year - 1
    if direction > 0:
        year = day.year if month > day.month else day.year + 1
    return f"{year:04d}-{month:02d}"


def weekday_near(published: Published | None, weekday: int, direction: int = 0) -> str | None:
    """The day of that name (Monday 0): on or before publication, before it (-1), or after it (1)."""
    if published is None:
        return None
    if published.precision != "day":
        return published.value if published.precision == "month" else None
    day = _anchor(published)
    back = (day.weekday() - weekday) % 7
    if direction > 0:
        return (day + timedelta(days=(7 - back) or 7)).isoformat()
    return (day - timedelta(days=back or (7 if direction < 0 else 0))).isoformat()


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


_WORDS = re.compile(r"\w+")


def _first_words(names: Iterable[str]) -> frozenset[str]:
    """The first word of each name."""
    return frozenset(_WORDS.findall(name)[0] for name in names)


def _literal(phrase: str) -> frozenset[str]:
    """The words of a phrase that stand in it as they are, without its variables."""
    return frozenset(_WORDS.findall(re.sub(r"\w*\{\w+\}\w*", " ", phrase.lower())))


def _longest_first(relative: dict[str, list[Any]]) -> list[tuple[str, list[Any]]]:
    return sorted(relative.items(), key=lambda kv: -len(str(kv[0])))


class _Pattern(NamedTuple):
    """A pattern of dates, and what a text must hold for it: `all` of the first words, `some` of the second
    (where not None), a number where `digits` says so."""

    regex: re.Pattern[str]
    resolver: Resolver
    all: frozenset[str] = frozenset()
    some: frozenset[str] | None = None
    digits: bool = False


class _Grammar:
    """The compiled date patterns of one language."""

    def __init__(self, data: LanguageData) -> None:
        self.months = {
            name.lower(): i % 12 + 1
            for names in (data.months, data.months_short)
            for i, name in enumerate(names)
        }
        self.weekdays = {name.lower(): i for i, name in enumerate(data.weekdays)}
        self.numbers = {str(k).lower(): int(v) for k, v in data.numbers.items()}
        self.units = {form.lower(): unit for unit, forms in data.units.items() for form in forms}
        month = _alternatives(list(self.months))
        full_month = _alternatives([m.lower() for m in data.months])
        ordinal, ending, year = r"(?:\.|st|nd|rd|th|er|e|de)?", r"(?:st|nd|rd|th)?", rf"(?P<y>{_YEAR})"
        day = r"(?P<d>\d{1,2})"
        fixed: list[tuple[str, Resolver]] = [
            (rf"\b{year}-(?P<m>\d\d)(?:-(?P<d>\d\d))?\b", self._absolute),
            (rf"\b{day}{ordinal}\s+(?:of\s+)?(?P<mn>{month})\.?,?\s+{year}\b", self._absolute),
            (rf"\b(?P<mn>{month})\.?\s+{day}{ending},\s*{year}\b", self._absolute),
            (rf"\b(?P<mn>{full_month}),?\s+{year}\b", self._absolute),
            (rf"\b{day}{ordinal}\s+(?:of\s+)?(?P<mn>{full_month})\b", self._near_day),
            (rf"\b(?P<mn>{full_month})\s+{day}{ending}\b", self._near_day),
        ]
        listed = [
            self._relative(str(phrase), str(unit), offset)
            for phrase, (unit, offset) in _longest_first(data.relative)
        ]
        coarse: list[tuple[str, Resolver]] = [
            (rf"\b(?P<mn>{full_month})\b", self._near_month),
            (rf"(?<![\d.,-]){year}(?![\d,.-]*\d|\s*(?:%|dollar|euro|kr))\b", self._absolute),
            (  # "Wednesday 12 June" is one date
                rf"\b(?P<wd>{_alternatives(list(self.weekdays))})\b"
                rf"(?!,?\s+\d{{1,2}}{ordinal}\s+(?:of\s+)?(?:{full_month})\b)",
                self._near_weekday,
            ),
        ]
        months, weekdays = _first_words(self.months), _first_words(self.weekdays)
        needs: list[dict[str, Any]] = [
            *({"some": months if "mn" in pattern else None, "digits": True} for pattern, _ in fixed),
            *({"all": _literal(phrase)} for phrase, _ in _longest_first(data.relative)),
            {"some": months},
            {"digits": True},
            {"some": weekdays},
        ]
        # In this order: what an earlier pattern took, no later one reads.
        self.patterns = [
            _Pattern(re.compile(pattern), resolver, **words)
            for (pattern, resolver), words in zip((*fixed, *listed, *coarse), needs, strict=True)
        ]

    def standing_in(self, words: set[str]) -> Iterator[tuple[re.Pattern[str], Resolver]]:
        """The patterns that may match a text of these words, in their order."""
        digits = any(word[0].isdigit() for word in words)
        for pattern in self.patterns:
            named = pattern.some is None or not pattern.some.isdisjoint(words)
            if named and pattern.all <= words and (digits or not pattern.digits):
                yield pattern.regex, pattern.resolver

    def _absolute(self, m: re.Match[str], _: Published | None) -> tuple[str | None, bool]:
        groups = m.groupdict()
        month = self.months[groups["mn"]] if groups.get("mn") else int(groups.get("m") or 0)
        day = int(groups.get("d") or 0)
        if not month:
            return groups["y"], False
        if not day:
            return (f"{groups['y']}-{month:02d}", False) if 1 <= month <= 12 else (None, False)
        try:
            return date(int(groups["y"]), month, day).isoformat(), False
        except ValueError:
            return None, False

    def _near_day(self, m: re.Match[str], published: Published | None) -> tuple[str | None, bool]:
        near = month_near(published, self.months[m["mn"]])
        if near is None:
            return None, True
        try:
            return date(int(near[:4]), int(near[5:]), int(m["d"])).isoformat(), True
        except ValueError:
            return None, True

    def _near_month(self, m: re.Match[str], published: Published | None) -> tuple[str | None, bool]:
        return month_near(published, self.months[m["mn"]]), True

    def _near_weekday(self, m: re.Match[str], published: Published | None) -> tuple[str | None, bool]:
        return weekday_near(published, self.weekdays[m["wd"]]), True

    def _relative(self, phrase: str, unit: str, offset: Any) -> tuple[str, Resolver]:
        pattern = re.escape(phrase.lower()).replace(r"\ ", r"\s+").replace("'", "['’]")
        for name, words in (
            ("n", [*self.numbers, r"\d{1,3}"]),
            ("unit", list(self.units)),
            ("weekday", list(self.weekdays)),
            ("month", list(self.months)),
        ):
            group = "|".join(
                w if w.startswith("\\") else re.escape(w) for w in sorted(words, key=len, reverse=True)
            )
            pattern = pattern.replace(r"\{" + name + r"\}", f"(?P<{name}>{group})")

        def resolve(m: re.Match[str], published: Published | None) -> tuple[str | None, bool]:
            groups = m.groupdict()
            count = offset
            if isinstance(offset, str):
                number = groups.get("n") or "1"
                sign = -1 if offset.startswith("-") else 1
                count = sign * (self.numbers[number] if number in self.numbers else int(number))
            if unit == "weekday":
                return weekday_near(published, self.weekdays[groups["weekday"]], int(count)), True
            if unit == "month-name":
                return month_near(published, self.months[groups["month"]], int(count)), True
            what = self.units[groups["unit"]] if unit == "{unit}" else unit
            return shift(published, what, int(count)), True

        return rf"\b{pattern}\b", resolve


def _verb_like(m: re.Match[str], text: str) -> bool:
    """Whether a month's name stands in lower case where names of months are capitalised ("may", "march")."""
    month = m.groupdict().get("mn") or m.groupdict().get("month")
    if not month:
        return False
    at = m.start("mn" if m.groupdict().get("mn") else "month")
    return text[at].islower()


@cache
def _grammar(language: str) -> _Grammar:
    return _Grammar(language_data(language))


def resolve_dates(
    text: str, language: str, published: Published | None
) -> Iterator[tuple[int, int, str | None, bool]]:
    """Each date in `text`: start, end, ISO value (or None), whether it leans on the date of publication."""
    grammar = _grammar(language)
    low = text.lower()
    if len(low) != len(text):
        low = text  # a few letters change length with their case; then offsets need the text as it is
    taken: list[tuple[int, int]] = []
    found = []
    there = set(_WORDS.findall(low))
    for pattern, resolver in grammar.standing_in(there):
        for m in pattern.finditer(low):
            if any(m.start() < e and s < m.end() for s, e in taken):
                continue
            if language in _CAPITALISED and _verb_like(m, text):
                continue
            taken.append(m.span())
            found.append((*m.span(), *resolver(m, published)))
    yield from sorted(found)


def find_times(
    page: Page, blocks: Sequence[Block], tokens: Sequence[Token], sentences: Sequence[Sentence]
) -> Iterator[Time]:
    """Every date in the page's blocks as a `Time` over tokens."""
    assert page.language is not None
    starts = [t.start for t in tokens]
    firsts = [s.first for s in sentences]
    data = language_data(page.language)
    for block in blocks:
        text = page.text[block.start : block.end]
        for start, end, value, needs in resolve_dates(text, page.language, page.published):
            first = bisect_right(starts, block.start + start) - 1
            last = bisect_left(starts, block.start + end)
            if first >= 0:
                last = max(last, first + 1)
                while first and tokens[first - 1].lower in data.date_heads:
                    first -= 1
                if (
                    value is not None
                    and needs
                    and _lies_ahead(tokens, first, last, sentences[bisect_right(firsts, first) - 1], data)
                ):
                    value = _ahead(value, page.published)
                yield Time(first, last, value, needs)


def _lies_ahead(
    tokens: Sequence[Token], first: int, last: int, sentence: Sentence, data: LanguageData
) -> bool:
    """Whether a month or day without a year is one to come: "from", "by" or the like stands before it, and
    the finite verb nearest to it is not in the past ("from 1 July operators *may* not …")."""
    if not first or tokens[first - 1].lower not in data.ahead:
        return False
    if not all(t.lower in data.months or t.text[:1].isdigit() for t in tokens[first:last]):
        return False
    finite = [k for k in range(sentence.first, sentence.last) if is_finite(tokens[k])]
    nearest = min(finite, key=lambda k: abs(k - first), default=None)
    if nearest is None or "Tense=Past" in tokens[nearest].morph:
        return False
    perfect = tokens[nearest].pos == "AUX" and tokens[nearest].lemma in data.perfect
    return not perfect


def _ahead(value: str, published: Published | None) -> str:
    """A date near publication, or its like a year later where it lies before."""
    if published is None or value >= published.value[: len(value)]:
        return value
    later = f"{int(value[:4]) + 1:04d}{value[4:]}"
    return value if later.endswith("-02-29") else later
