"""The map of the states as tiles in places: one square for each, laid out by data/tiles.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from onrecord.present._view import View
from onrecord.standing import Position

SIZE, _STEP = 34, 36
"""Pixels of a tile's side, and from one tile to the next."""
_EMPTY = ".."


@dataclass(frozen=True, slots=True)
class Tile:
    """A state that holds a position: its ISO code, the left upper corner of its square, the position's code,
    the place of its row in the dossier, and what is said of it.
    """

    state: str
    x: int
    y: int
    code: str
    row: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map in a box of `width` by `height`. `tiles` hold a position; `others` are the codes of all other
    states with the middles of their squares, which `squares` draws (the data of one SVG path). `off` are
    states that hold a position and have no square.
    """

    width: int
    height: int
    tiles: tuple[Tile, ...]
    others: tuple[tuple[str, int, int], ...]
    squares: str
    off: tuple[Tile, ...]

    @property
    def all(self) -> tuple[Tile, ...]:
        """Every state that holds a position, by its name."""
        return tuple(sorted((*self.tiles, *self.off), key=lambda tile: tile.name))


@cache
def places() -> dict[str, tuple[int, int]]:
    """The column and the row of each state's square."""
    data = yaml.safe_load((files("onrecord.present") / "data" / "tiles.yaml").read_text("utf-8"))
    return {
        code: (column, row)
        for row, codes in enumerate(data["rows"])
        for column, code in enumerate(codes.split())
        if code != _EMPTY
    }


def make_map(view: View) -> TileMap | None:
    """The states of a dossier on the map; None where no state holds a position."""
    held = {}
    for row, position in enumerate(view.dossier.positions):
        if position.kind == "state" and position.actor is not None:
            held[_code(view, position.actor)] = (row, position)
    if not held:
        return None
    found: list[Tile] = []
    off: list[Tile] = []
    for state, (row, position) in held.items():
        column, line = places().get(state, (0, 0))
        tile = Tile(
            state,
            column * _STEP,
            line * _STEP,
            position.present.code,
            row,
            view.bare(position.actor),
            _told(view, position),
        )
        (found if state in places() else off).append(tile)
    rest = [(code, at[0] * _STEP, at[1] * _STEP) for code, at in places().items() if code not in held]
    return TileMap(
        width=_STEP * (1 + max(column for column, _ in places().values())),
        height=_STEP * (1 + max(row for _, row in places().values())),
        tiles=tuple(found),
        others=tuple((code, x + SIZE // 2, y + SIZE // 2) for code, x, y in rest),
        squares="".join(f"M{x} {y}h{SIZE}v{SIZE}h-{SIZE}z" for _, x, y in rest),
        off=tuple(off),
    )


def _code(view: View, actor: str) -> str:
    entity = view.names.get(actor)
    return (entity.country if entity is not None else None) or actor


def _told(view: View, position: Position) -> str:
    present = position.present
    told = f"{view.stance_label(position, present)}, {view.since(present)}"
    others = [view.stance_label(position, stance) for stance in position.stances[1:]]
    return "; ".join((told, *others))
