"""Where many actors stand on many suppliers, in words and as JSON; each format lays it out in its own way."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.entities import Entity, EntityKind
from onrecord.present._catalogue import ENGLISH
from onrecord.present._json import entity_data, to_json
from onrecord.present._plain import plain
from onrecord.present._position import held_fields
from onrecord.present._render import FORMATS, Format
from onrecord.present._wording import Wording
from onrecord.standing import Held, Standings, is_narrow, position_codes

SHAPE = "onrecord.standings/1"
"""The name of the JSON's shape; the number grows when a field changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What an actor holds on a supplier: the position that stands for the whole, those in other fields."""

    present: Held
    others: tuple[Held, ...]

    @property
    def by_hand(self) -> bool:
        """Whether a person set any of them."""
        return any(held.set_by is not None for held in (self.present, *self.others))


class StandingsView(Wording):
    """Standings in words. Every text is plain, to be escaped by the format that shows it. `kinds` are those
    that were asked for.
    """

    def __init__(self, found: Standings, kinds: Sequence[EntityKind], language: str = ENGLISH) -> None:
        super().__init__([*found.suppliers, *found.actors], language)
        self.found = found
        self.name = self.words("standings")
        self.kinds = "; ".join(self.messages["kinds"][kind] for kind in dict.fromkeys(kinds))
        # Two names of one supplier give it twice.
        self.suppliers = tuple(dict.fromkeys(supplier.key for supplier in found.suppliers))
        self.actors = tuple(sorted((actor.key for actor in found.actors), key=self._place))
        pairs: dict[tuple[str, str], list[Held]] = {}
        for held in found.held:
            pairs.setdefault((held.actor, held.supplier), []).append(held)
        self._cells = {pair: Cell(first, tuple(others)) for pair, (first, *others) in pairs.items()}

    def _place(self, key: str) -> tuple[list[int], str]:
        """Where a name stands in the alphabet of the language; marks on a letter do not count."""
        last = str(self.messages["letters_last"])
        letters: list[int] = []
        for letter in self.bare(key).casefold():
            if letter in last:
                letters.append(0x110000 + last.index(letter))  # after every code point
            else:
                bare = unicodedata.normalize("NFKD", letter)
                letters += [ord(part) for part in bare if not unicodedata.combining(part)]
        return letters, key

    def cell(self, actor: str, supplier: str) -> Cell | None:
        """What an actor holds on a supplier; None where nothing is on record."""
        return self._cells.get((actor, supplier))

    def cells(self, suppliers: Iterable[str]) -> tuple[Cell, ...]:
        """All that is held on some suppliers, by actors, then in the order of the suppliers."""
        wanted = list(suppliers)
        found = (self.cell(actor, supplier) for actor in self.actors for supplier in wanted)
        return tuple(cell for cell in found if cell is not None)

    def codes(self, cells: Iterable[Cell], *, others: bool = True) -> tuple[str, ...]:
        """The positions that stand there, the strictest first; without the `others`, those that stand for the
        whole alone.
        """
        held = {one.code for cell in cells for one in (cell.present, *(cell.others if others else ()))}
        return tuple(code for code in position_codes() if code in held)

    def position(self, code: str) -> str:
        """A position with its sign."""
        return f"{self.position_symbol(code)} {self.position_label(code)}"

    def scope(self, held: Held) -> str:
        """In which field it is held; where that of the whole holds, by the decision on it."""
        return self.in_scope(held.scope, held.whole)

    def set_by(self, held: Held) -> str:
        """Who set it; empty where it was read."""
        return self.words("set_by", who=plain(held.set_by.who)) if held.set_by is not None else ""

    def told(self, cell: Cell) -> str:
        """A cell in words: the position, since when, who set it; where there are others, in which fields, and
        those as well.
        """
        return "; ".join(
            [
                self._told(cell.present, self.position(cell.present.code), self.names_scope(cell)),
                *(self._told(held, self.also(held), False) for held in cell.others),
            ]
        )

    def _told(self, held: Held, position: str, with_scope: bool) -> str:
        label = f"{position} {self.scope(held)}" if with_scope else position
        return ", ".join(part for part in (label, self.since(held), self.set_by(held)) if part)

    def names_scope(self, cell: Cell) -> bool:
        """Whether a cell must say in which field its position is held."""
        return bool(cell.others) or is_narrow(cell.present.scope)

    def also(self, held: Held) -> str:
        """That a position is held in another field."""
        return self.words("also_held", position=self.position(held.code), scope=self.scope(held))

    def set_lines(self, cells: Iterable[Cell]) -> tuple[str, ...]:
        """The positions that persons set: by whom, when and why."""
        return tuple(
            f"{self.bare(held.actor)} → {self.bare(held.supplier)}: {self.position(held.code)} "
            f"{self.scope(held)}, {self.since(held)}. {self.judged(held.set_by)}"
            for cell in cells
            for held in (cell.present, *cell.others)
            if held.set_by is not None
        )

    def as_of(self) -> str:
        """The date and the moment that the standings are of, in words."""
        asked = self.found.as_of
        day = self.words("as_of", date=self.date(asked)) if asked is not None else self.words("as_of_all")
        return self.with_moment(day, self.found.known_at)

    def caption(self) -> str:
        """Of whom the table tells, and of how many; that nothing is on record where there is nobody; and
        about which suppliers no statement is."""
        actors = self.words("n_actors", n=len(self.actors))
        suppliers = self.words("n_suppliers", n=len(self.suppliers))
        told = (
            self.words("standings_caption", kinds=self.kinds, actors=actors, suppliers=suppliers)
            if self.actors
            else self.words("standings_none", kinds=self.kinds)
        )
        names = ", ".join(self.bare(key) for key in dict.fromkeys(self.found.silent))
        then = self.found.as_of is not None or self.found.known_at is not None
        silent = self.words("standings_silent_then" if then else "standings_silent", names=names)
        return f"{told} {silent}" if names else told

    def machine(self, *, linked: bool = False) -> str:
        """That a machine read this, on what it rests (a command tells, or, `linked`, each position leads
        there), and how many positions persons set."""
        judged = sum(held.set_by is not None for held in self.found.held)
        rests = self.words("standings_linked" if linked else "standings_command")
        told = f"{self.words('standings_machine')} {rests}"
        return f"{told} {self.words('n_set', n=judged)}" if judged else told


def _data(found: Standings, kinds: Sequence[EntityKind], language: str) -> dict[str, Any]:
    view = StandingsView(found, kinds, language)
    entities = {entity.key: entity for entity in (*found.suppliers, *found.actors)}

    def named(entity: Entity) -> dict[str, Any]:
        return {**entity_data(entity), "label": view.bare(entity.key)}

    return {
        "shape": SHAPE,
        "as_of": found.as_of,
        "known_at": found.known_at.isoformat(timespec="seconds") if found.known_at else None,
        "language": language,
        "machine_reading": True,
        "kinds": list(dict.fromkeys(kinds)),
        "suppliers": [named(entities[key]) for key in view.suppliers],
        "actors": [named(entities[key]) for key in view.actors],
        "held": [
            held_fields(held, language, present=held is cell.present)
            for cell in view.cells(view.suppliers)
            for held in (cell.present, *cell.others)
        ],
    }


def render_standings(
    found: Standings,
    format: Format,
    *,
    kinds: Sequence[EntityKind] = ("state",),
    language: str = ENGLISH,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Where actors of some kinds, those that were asked for, stand on suppliers: a table with the sign of the
    present position in each cell. As `render` otherwise.
    """
    if format == "json":
        return to_json(_data(found, kinds, language))
    if format == "html":
        from onrecord.present._html import standings_html

        return standings_html(StandingsView(found, kinds, language))
    if format == "terminal":
        from onrecord.present._standings_text import standings_terminal

        return standings_terminal(StandingsView(found, kinds, language), width=width, colour=colour)
    if format == "markdown":
        from onrecord.present._standings_text import standings_markdown

        return standings_markdown(StandingsView(found, kinds, language))
    raise ValueError(f"There is no format '{format}'. There are: {', '.join(FORMATS)}.")
