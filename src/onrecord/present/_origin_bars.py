"""On how many origins the lines rest, and of each origin who had it first and who took it over."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.present._catalogue import number
from onrecord.present._dates import first_day
from onrecord.present._extent import in_part
from onrecord.present._origins import origins_told
from onrecord.present._tree import TreeView
from onrecord.present._view import View
from onrecord.standing import Line, Source

MOST, LISTED, LINES, PAGES = 15, 300, 12, 12
"""Origins that are drawn, those that the table lists, lines that a bar opens, and pages that are listed of an
origin; the rest is told in number."""
_MANY = 4
"""So many origins and more are one bar."""
_WIDTH = 300.0
"""Pixels of the longest bar."""


@dataclass(frozen=True, slots=True)
class Rest:
    """How many lines and statements rest on so many origins (in words), the length of the bar in pixels, the
    first of the lines, and how many more there are."""

    told: str
    lines: int
    statements: int
    wide: float
    shown: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an origin: its number, where it stands, and whether it is the origin's own."""

    number: int
    where: str
    own: bool


@dataclass(frozen=True, slots=True)
class OriginBar:
    """An origin: its key and name, how many lines and pages (`count`) descend from it, its figures in words,
    the length of its bar and of the part of it that is its own pages, its pages from the first, how many
    more, and how many of them took it over.
    """

    key: str
    name: str
    lines: int
    count: int
    told: str
    wide: float
    own: float
    pages: tuple[Page, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OriginBars:
    """The bars; `more` origins are not drawn. The table has them `all`, but for `left`."""

    width: float
    rests: tuple[Rest, ...]
    origins: tuple[OriginBar, ...]
    more: int
    all: tuple[OriginBar, ...]
    left: int


def make_origin_bars(view: View, trees: TreeView) -> OriginBars | None:
    """The origins of a dossier; None where it has no lines."""
    lines = view.dossier.lines
    if not lines:
        return None
    told = origins_told(view.dossier, trees)
    pages = _pages(view)
    most = max(one.pages for one in told)
    bars = []
    for one in told[:LISTED]:
        held = pages.get(one.origin, {})
        ordered = sorted(held.items(), key=lambda item: _order(item[0]))
        own = sum(held.values())
        figures = view.words(
            "origin_figures",
            lines=view.words("n_lines", n=one.lines),
            pages=view.words("n_pages", n=one.pages),
            outlets=view.words("n_outlets", n=one.outlets),
        )
        bars.append(
            OriginBar(
                one.origin,
                _name(view, one.origin, [source.number for source, _ in ordered]),
                one.lines,
                one.pages,
                view.words("at_least", count=figures) if in_part(view) else figures,
                _WIDTH * one.pages / most,
                _WIDTH * own / most,
                tuple(Page(source.number, view.where(source), mine) for source, mine in ordered[:PAGES]),
                one.pages - min(len(ordered), PAGES),
            )
        )
    return OriginBars(
        _WIDTH,
        _rests(view, lines),
        origins=tuple(bars[:MOST]),
        more=max(0, len(told) - MOST),
        all=tuple(bars),
        left=len(told) - len(bars),
    )


def _name(view: View, origin: str, numbers: list[int]) -> str:
    """What an origin is called; a page that stands for itself with its number."""
    nameless = origin.startswith("page ") and numbers
    return f"{view.origin(origin)} [{numbers[0]}]" if nameless else view.origin(origin)


def _rests(view: View, lines: tuple[Line, ...]) -> tuple[Rest, ...]:
    by_count: dict[int, list[Line]] = {}
    for line in lines:
        by_count.setdefault(min(len(line.origins), _MANY), []).append(line)
    longest = max(len(held) for held in by_count.values())
    rests = []
    for count, held in sorted(by_count.items()):
        first = sorted(held, key=lambda line: (-len(line.origins), -line.pages, line.id))[:LINES]
        told = view.words("n_origins", n=count)
        rests.append(
            Rest(
                view.words("or_more", count=number(count, view.language)) if count == _MANY else told,
                len(held),
                sum(line.statements for line in held),
                _WIDTH * len(held) / longest,
                tuple((line.id, view.told(line).sentence) for line in first),
                len(held) - len(first),
            )
        )
    return tuple(rests)


def _pages(view: View) -> dict[str, dict[Source, bool]]:
    """Of each origin the pages that are laid out, and whether each is the origin's own."""
    sources = {source.number: source for source in view.dossier.sources}
    found: dict[str, dict[Source, bool]] = {}
    for line in view.dossier.lines:
        for citation in line.citations:
            held = found.setdefault(citation.origin, {})
            source = sources[citation.source]
            held[source] = held.get(source, False) or citation.ground in ("outlet", "page")
    return found


def _order(source: Source) -> tuple[bool, int, int]:
    """The earliest page first, the undated last."""
    day = first_day(source.published).toordinal() if source.published else 0
    return source.published is None, day, source.number
