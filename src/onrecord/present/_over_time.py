"""How the positions on a supplier moved, in words, and as JSON; each format draws it in its own way."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from onrecord.present._catalogue import ENGLISH, number
from onrecord.present._extent import actors_left
from onrecord.present._json import head_data, set_by_data, to_json
from onrecord.present._plain import plain
from onrecord.present._render import FORMATS, Format
from onrecord.present._view import View
from onrecord.standing import (
    Dossier,
    OverTime,
    Period,
    Side,
    Tally,
    Turn,
    is_narrow,
    over_time_of,
    position_codes,
)

SHAPE = "onrecord.over-time/1"
"""The name of the JSON's shape; the number grows when a field changes its meaning or goes."""
SIDES: tuple[tuple[Side, str], ...] = (
    ("against", "restricts"),
    ("open", "weighs-restricting"),
    ("for", "permits"),
)
"""The sides in the order of strictness, each with the code whose sign stands for it."""


@dataclass(frozen=True, slots=True)
class ToldTurn:
    """A turn in words: its date, what marks that (empty where the page's own words give it), who turned, in
    which field (empty where the actor stands in one alone), from where, to where, by whom it was set (else
    empty), and the numbers of its pages that are laid out.
    """

    date: str
    mark: str
    who: str
    scope: str
    before: str
    after: str
    set_by: str
    numbers: tuple[int, ...]
    turn: Turn


class OverTimeView:
    """How positions moved, in words. Every text is plain, as those of `View` are, to be escaped by the format
    that shows it.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.found: OverTime = over_time_of(view.dossier)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The positions that anybody held in any period, the strictest first."""
        held = {code for tally in self.found.tallies for code, _ in tally.counts}
        return tuple(code for code in position_codes() if code in held)

    @cached_property
    def turns(self) -> tuple[ToldTurn, ...]:
        """The turns in words."""
        several = {p.actor for p in self.view.dossier.positions if len(p.stances) > 1}
        return tuple(
            self._told(turn, turn.actor in several or is_narrow(turn.scope)) for turn in self.found.turns
        )

    def _told(self, turn: Turn, with_scope: bool) -> ToldTurn:
        view, moment = self.view, turn.moment
        scope = view.in_scope(turn.scope) if with_scope else ""
        return ToldTurn(
            date=view.short_date(moment.value) if moment else view.words("undated"),
            mark=view.words("published_mark") if moment and moment.basis == "published" else "",
            who=view.bare(turn.actor),
            scope=scope,
            before=self.position(turn.before),
            after=self.position(turn.after),
            set_by=view.words("set_by", who=plain(turn.set_by.who)) if turn.set_by else "",
            numbers=turn.line.numbers if turn.line else (),
            turn=turn,
        )

    def position(self, code: str | None) -> str:
        """A position with its sign; that none is on record, for None."""
        if code is None:
            return self.view.words("no_position")
        return f"{self.view.position_symbol(code)} {self.view.position_label(code)}"

    def period(self, period: Period) -> str:
        """A period: "Q1 2019"."""
        year, part = self.view.period(period)
        return f"{part} {year}".strip()

    def side(self, side: Side) -> str:
        """What a side is called in a table."""
        return self.view.words(f"side_{side}")

    def number(self, value: int) -> str:
        """A number as the language writes it."""
        return number(value, self.view.language)

    @property
    def caption(self) -> str:
        """What the bars and the figures count; that nothing is on record where there are none."""
        calendar = self.view.dossier.calendar
        if calendar is None:
            return self.view.words("nothing")
        size = self.view.messages["words"]["sizes"][calendar.granularity]
        return self.view.words("over_time_caption", name=self.view.name, size=size)

    @property
    def description(self) -> str:
        """What a drawing of the bars shows, for those who do not see it."""
        first, last = (self.figures(self.found.tallies[place]) for place in (0, -1))
        return self.view.words("over_time_drawn", first=first, last=last)

    def figures(self, tally: Tally) -> str:
        """The figures of a period: "2019: 3 against, 1 open, 0 for"."""
        told = ", ".join(f"{self.number(tally.on(side))} {self.side(side)}" for side, _ in SIDES)
        return f"{self.period(tally.period)}: {told}"

    def notes(self) -> tuple[str, ...]:
        """What the figures leave out: actors without a date, actors that are not shown."""
        outside = self.found.outside
        told = self.view.words("over_time_outside", n=outside) if outside else ""
        return tuple(note for note in (told, actors_left(self.view)) if note)


def _data(dossier: Dossier, language: str) -> dict[str, Any]:
    told = OverTimeView(View(dossier, language))
    return {
        **head_data(SHAPE, dossier, language),
        "readers": [asdict(used) for used in dossier.readers],
        "counts": asdict(dossier.counts),
        "granularity": dossier.calendar.granularity if dossier.calendar else None,
        "periods": [
            {
                **asdict(tally.period),
                "positions": {code: tally.of(code) for code in position_codes()},
                "sides": {side: tally.on(side) for side, _ in SIDES},
                "actors": tally.total,
            }
            for tally in told.found.tallies
        ],
        "outside": told.found.outside,
        "changes": [
            {
                "moment": asdict(turn.moment) if turn.moment else None,
                "actor": turn.actor,
                "name": one.who,
                "scope": turn.scope,
                "from": turn.before,
                "to": turn.after,
                "line": turn.line.id if turn.line else None,
                "set_by": set_by_data(turn.set_by),
            }
            for one in told.turns
            for turn in (one.turn,)
        ],
    }


def render_over_time(
    dossier: Dossier, format: Format, *, language: str = ENGLISH, width: int = 80, colour: bool = False
) -> str:
    """How the positions of a dossier moved: how many actors stand where in each period, and the changes in
    turn. As `render` otherwise.
    """
    if format == "json":
        return to_json(_data(dossier, language))
    if format == "html":
        from onrecord.present._html import over_time_html

        return over_time_html(dossier, language)
    if format == "terminal":
        from onrecord.present._over_time_text import over_time_terminal

        return over_time_terminal(dossier, language, width=width, colour=colour)
    if format == "markdown":
        from onrecord.present._over_time_text import over_time_markdown

        return over_time_markdown(dossier, language)
    raise ValueError(f"There is no format '{format}'. There are: {', '.join(FORMATS)}.")
