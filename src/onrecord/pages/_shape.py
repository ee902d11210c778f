"""What a line looks like, whatever its language: the features that tell running text from residue."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.pages._words import load_data

_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_END = re.compile(r"([.!?…])\s?[\"'”’»)\]]*$")
# Company forms and titles whose full stop ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:Inc|Ltd|Co|Corp|Bros|Jr|Sr|St|B\.V|N\.V|S\.A|a\.m|p\.m|U\.S)\.$")
_PARTICLES = frozenset(load_data("any")["particles"])
_NAME_WORD = re.compile(r"(?:[^\W\d_]+['’.-]?)+$")
_LINK = re.compile(r"https?://|www\.|\S@\S+\.\w|\b[\w-]+\.(?:dk|nl|be|com|org|net|eu|co\.uk)/\S")
_BARS = re.compile(r"\s[|·•]\s|\s[|·•]$|^[|·•]\s|\w\|\w")
_CRUMBS = re.compile(r"\s[>›»/]\s")
_QUOTED = re.compile(r"[\"“”„«»‘]|^[–—-]\s")

# Words of so many letters carry meaning more often than grammar.
_TERM = 6

PROSE_WORDS = 15
"""A line of so many words is running text even where its last full stop is lost; headings are shorter."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The features of one line.

    `ends`: it ends as a sentence does; `stops`: with a full stop. `prose`: it looks like running text.
    `name_like`: two to five words that may be a person's name and nothing else. `bars`, `crumbs`: how
    many signs part it as menus (`|`) and paths (`>`) are parted. `link`: it holds an address. `quoted`: it
    holds or opens direct speech. `colon`: it ends by announcing something. `question`: it asks or exclaims.
    `names`: its words that look like names or codes, folded; `terms`: its long words, folded.
    """

    words: int
    ends: bool
    stops: bool
    prose: bool
    name_like: bool
    bars: int
    crumbs: int
    link: bool
    quoted: bool
    colon: bool
    question: bool
    names: frozenset[str]
    terms: frozenset[str]


def shape_of(text: str) -> Shape:
    """The shape of a line of visible text, stripped."""
    words = _WORD.findall(text)
    end = _END.search(text)
    ends = bool(end) and not _ABBREVIATION.search(text)
    stops = ends and end is not None and end.group(1) in ".…"
    has_lower = any(word[0].islower() for word in words)
    bars = len(_BARS.findall(text))
    prose = (
        (stops and len(words) >= 2 and has_lower)
        or (ends and len(words) >= 8)
        or (len(words) >= PROSE_WORDS and bars < 2)
    )
    return Shape(
        words=len(words),
        ends=ends,
        stops=stops,
        prose=prose,
        name_like=is_name(text),
        bars=bars,
        crumbs=len(_CRUMBS.findall(text)),
        link=bool(_LINK.search(text)),
        quoted=bool(_QUOTED.search(text)),
        colon=text.endswith(":"),
        question="?" in text or "!" in text,
        names=frozenset(
            word.casefold().removesuffix("'s").removesuffix("’s")
            for number, word in enumerate(words)
            if len(word) > 1
            and ((number and word[0].isupper()) or any(c.isupper() for c in word[1:]))
            and not word.isdigit()
        ),
        terms=frozenset(word.casefold() for word in words if len(word) >= _TERM),
    )


def is_name(text: str) -> bool:
    """Whether `text` may be a person's name and nothing else."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(_NAME_WORD.match(word) for word in words):
        return False
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) >= 2 and all(word[0].isupper() or word in _PARTICLES for word in words)
