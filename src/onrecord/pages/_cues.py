"""What a single line says of itself: the word lists applied to it."""

from __future__ import annotations

import re

from onrecord.pages._dates import find_stamps
from onrecord.pages._shape import Shape, is_name
from onrecord.pages._words import Words

# A cue within a line condemns the whole line only where the line is not a full paragraph: scrapers glue a
# photo credit to the end of one.
_LONGEST_HELD = 45
_LONGEST_OPENED = 60
# Kinds whose own text runs at length.
_LENGTHY = frozenset(
    {"new-jobs", "republication", "cookie", "comments", "copyright", "event-advert", "job-advert"}
)

# "Engineer - Ministry - Town" and "Engineer, Firm, Town", as jobs are listed; "MORE: Headline", as links are.
_JOB_PARTS = re.compile(r"\S (?:[-–|] \S.*){2}|^[^,]+,[^,]+,[^,]+$")
_LABEL = re.compile(r"[^\W\d_a-zà-ÿ]{4,}(?: [^\W\d_a-zà-ÿ]+){0,2}\s?[:|]")

_TIME = re.compile(
    r"\b(?:kl\.?|om|at|klokken)?\s*\d{1,2}[:.]\d{2}(?:\s?(?:uur|u|am|pm|a\.m\.|p\.m\.|CET|CEST|GMT|BST|UTC))?\b",
    re.IGNORECASE,
)
_LOWER_WORD = re.compile(r"(?<!\w)[^\W\d_]*[a-zà-ÿ][^\W\d_]*(?!\w)")
_CAPITAL_WORD = re.compile(r"(?<!\w)[A-ZÀ-Þ][^\W_]*(?:[-'’.][^\W_]+)*\.?")


def section_opened(text: str, shape: Shape, words: Words) -> str | None:
    """The kind of residue that `text` is a heading of, if it is one."""
    if shape.words > 12 or shape.stops:
        return None
    return next((kind for kind, pattern in words.sections.items() if pattern.match(text)), None)


def cue_of(text: str, shape: Shape, words: Words) -> str | None:
    """The kind of residue that `text` plainly is by its words, or None."""
    for kind, pattern in words.opens.items():
        if pattern.match(text) and (shape.words <= _LONGEST_OPENED or kind in _LENGTHY):
            return kind
    for kind, pattern in words.holds.items():
        if (shape.words <= _LONGEST_HELD or kind in _LENGTHY) and pattern.search(text):
            return kind
    if (shape.bars >= 2 and not shape.stops) or (shape.crumbs >= 2 and shape.words <= 12):
        return "navigation"
    return None


def is_dateline(text: str, shape: Shape, words: Words, language: str | None) -> bool:
    """Whether a line only tells when (and by whom) the page was published.

    There must be a date, or a weekday with the time of day; beside those, the words of publishing and names,
    hardly a word may be left.
    """
    if shape.words > 20:
        return False
    rest, stamps = text, find_stamps(text, words, language)
    numeric = re.search(r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b", text)
    timed = bool(_TIME.search(text))
    if not (stamps or numeric or (timed and words.weekdays.search(text))):
        return False
    for stamp in reversed(stamps):
        rest = rest[: stamp.start] + " " + rest[stamp.end :]
    announced = bool(words.published.search(rest) or words.updated.search(rest))
    for pattern in (
        _TIME,
        words.updated,
        words.published,
        words.weekdays,
        words.by,
        words.roles,
        _CAPITAL_WORD,
    ):
        rest = pattern.sub(" ", rest)
    left = len(_LOWER_WORD.findall(rest))
    return left <= (4 if announced or timed or shape.bars else 1)


def is_byline(text: str, shape: Shape, words: Words) -> bool:
    """Whether a line only names who wrote the page: "By N. N., editor", or a name and a function."""
    if shape.words > (6 if shape.prose else 14):
        return False
    opened = words.by.match(text.lstrip("*_ "))
    if opened:
        rest = text.lstrip("*_ ")[opened.end() :].lstrip(" :")
        capitals = len(_CAPITAL_WORD.findall(rest))
        return capitals > 0 and len(_LOWER_WORD.findall(_CAPITAL_WORD.sub(" ", rest))) <= max(2, capitals - 1)
    name, comma, function = text.partition(",")
    return bool(comma) and is_name(name.strip()) and bool(words.roles.search(function)) and shape.words <= 10


def is_no_crosshead(text: str, shape: Shape, words: Words) -> bool:
    """Whether a short line with no sentence's end speaks to the reader, names a job or labels a link.

    So short a line holds few words, so fewer of them decide than in a sentence (see `promotion_score`).
    """
    appeals = {found.group().casefold() for found in words.promotion.finditer(text)}
    score = (
        0.75 * len(appeals)
        + bool(words.addressing.search(text))
        + bool(words.itself.search(text))
        + shape.link
    )
    job = words.jobs.search(text) and (_all_capitals(text) or _JOB_PARTS.search(text))
    return score >= 1 or bool(job and shape.words > 1) or bool(_LABEL.match(text) and shape.words > 3)


def _all_capitals(text: str) -> bool:
    return not any(word[0].islower() for word in text.split())


def promotion_score(
    text: str, shape: Shape, words: Words, *, late: bool, beside: bool, known: frozenset[str]
) -> float:
    """How much a line looks like an appeal to the reader; from 2 on it is taken for one.

    `late`: no sure body follows. `beside`: a neighbour is residue. `known`: names that the body speaks of.
    """
    score = min(2.0, len({found.group().casefold() for found in words.promotion.finditer(text)}) * 0.75)
    score += 1.0 if words.addressing.search(text) and not shape.quoted else 0.0
    score += 0.5 * (shape.question + (not shape.ends) + late + beside) + shape.link + 0.5 * min(shape.bars, 2)
    score -= 0.75 * min(2, len(shape.names & known)) + (0.75 if shape.quoted else 0.0)
    return score - max(0, shape.words - 20) / 15
