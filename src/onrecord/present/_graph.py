"""Who supplies, needs, partners or is tied to whom: the supplier in the middle, its neighbours around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.present._view import View
from onrecord.standing import Group, Line

Relation = Literal["supplied_by", "depends_on", "tied", "supplies", "depended_on", "partner"]
Force = Literal["said", "meant", "denied"]
"""`said`: asserted; `meant`: planned, possible or alleged alone; `denied`: denied, and nobody says that it
is."""

LEFT: tuple[Relation, ...] = ("supplied_by", "depends_on", "tied")
RIGHT: tuple[Relation, ...] = ("supplies", "depended_on", "partner")
MOST, EACH = 30, 10
"""Neighbours that are drawn at most, and of each relation: those of whom the most is told."""
_WIDTH, _BOX, _HIGH, _STEP, _HEAD, _MIDDLE = 960.0, 236.0, 28.0, 34.0, 30.0, 190.0
_LETTERS = 29
"""Letters of a name in its box at most."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody in a relation with the supplier, by how many statements, in what force, and the lines that say
    so, those told most first: their ids and sentences.
    """

    key: str
    name: str
    relation: Relation
    statements: int
    force: Force
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A neighbour in its box, by the box's left upper corner; `path` is the data of the edge to the middle,
    `wide` its width in pixels.
    """

    neighbour: Neighbour
    short: str
    x: float
    y: float
    path: str
    wide: float


@dataclass(frozen=True, slots=True)
class Heading:
    """What the boxes below it are to the supplier."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Graph:
    """The graph in a box; `middle` is the left upper corner of the supplier's box, which is `wide` by `high`.
    `all` are the neighbours, drawn or not, and `more` how many are not drawn.
    """

    width: float
    height: float
    middle: tuple[float, float]
    wide: float
    high: float
    box: float
    box_high: float
    headings: tuple[Heading, ...]
    nodes: tuple[Node, ...]
    all: tuple[Neighbour, ...]
    more: int


def make_graph(view: View) -> Graph | None:
    """The graph of a dossier; None where nobody is told to be in a relation with the supplier."""
    found = neighbours(view)
    if not found:
        return None
    shown = _shown(found)
    left, right = (_column(view, shown, names) for names in (LEFT, RIGHT))
    height = max(left[-1][1], right[-1][1]) if left and right else (left or right)[-1][1]
    height = max(height + _HIGH + 6, 120.0)
    middle = ((_WIDTH - _MIDDLE) / 2, height / 2 - 26)
    headings: list[Heading] = []
    nodes: list[Node] = []
    for column, x, edge, near in (
        (left, 0.0, _BOX, middle[0]),
        (right, _WIDTH - _BOX, _WIDTH - _BOX, middle[0] + _MIDDLE),
    ):
        # The shorter column stands in the middle of the longer.
        shift = (height - (column[-1][1] + _HIGH + 6)) / 2 if column else 0.0
        for what, y in column:
            if isinstance(what, str):
                headings.append(Heading(what, x, y + shift + 18))
                continue
            at = y + shift + _HIGH / 2
            bend = (edge + near) / 2
            path = f"M{edge:g} {at:.1f}C{bend:g} {at:.1f} {bend:g} {height / 2:.1f} {near:g} {height / 2:.1f}"
            nodes.append(Node(what, _short(what.name), x, y + shift, path, _wide(what.statements)))
    return Graph(
        _WIDTH,
        height,
        middle,
        _MIDDLE,
        52.0,
        _BOX,
        _HIGH,
        tuple(headings),
        tuple(nodes),
        found,
        len(found) - len(shown),
    )


def neighbours(view: View) -> tuple[Neighbour, ...]:
    """Everybody in a relation with the supplier, by relation, those first of whom the most is told."""
    lines: dict[tuple[Relation, str], list[Line]] = {}
    for relation, key, line in _relations(view):
        lines.setdefault((relation, key), []).append(line)
    made = [
        Neighbour(
            key,
            view.bare(key),
            relation,
            sum(line.statements for line in said),
            _force(said),
            tuple(
                (line.id, view.told(line).sentence)
                for line in sorted(said, key=lambda one: (-one.statements, one.id))
            ),
        )
        for (relation, key), said in lines.items()
    ]
    order = (*LEFT, *RIGHT)
    return tuple(sorted(made, key=lambda one: (order.index(one.relation), -one.statements, one.name)))


def _relations(view: View) -> Iterator[tuple[Relation, str, Line]]:
    dossier = view.dossier
    supplier = dossier.supplier.key

    def lines(groups: Iterable[Group]) -> Iterator[Line]:
        return (line for group in groups for line in group.lines)

    for line in lines((*dossier.supplies, *dossier.ties)):
        if supplier not in (line.actor, line.target) or line.actor == line.target:
            continue
        other = line.target if line.actor == supplier else line.actor
        if other is None:
            continue
        acts = line.actor == supplier
        if line.type == "supply":
            yield ("supplies" if acts else "supplied_by"), other, line
        elif line.type == "dependency":
            yield ("depends_on" if acts else "depended_on"), other, line
        else:
            yield ("partner" if line.type == "partnership" else "tied"), other, line


def _force(lines: Iterable[Line]) -> Force:
    statuses = {line.status for line in lines}
    if "asserted" in statuses:
        return "said"
    return "denied" if statuses == {"negated"} else "meant"


def _shown(found: tuple[Neighbour, ...]) -> tuple[Neighbour, ...]:
    """The neighbours that are drawn, in the order of all."""
    ranks: dict[Relation, int] = {}
    near = []
    for place, one in enumerate(found):
        rank = ranks[one.relation] = ranks.get(one.relation, 0) + 1
        if rank <= EACH:
            near.append((-one.statements, place))
    kept = {place for _, place in sorted(near)[:MOST]}
    return tuple(one for place, one in enumerate(found) if place in kept)


def _column(
    view: View, shown: tuple[Neighbour, ...], relations: tuple[Relation, ...]
) -> list[tuple[str | Neighbour, float]]:
    """Headings and boxes one under the other, each with its height from the top."""
    column: list[tuple[str | Neighbour, float]] = []
    y = 0.0
    for relation in relations:
        held = [one for one in shown if one.relation == relation]
        if not held:
            continue
        column.append((view.words(f"graph_{relation}", name=view.name), y))
        y += _HEAD
        for one in held:
            column.append((one, y))
            y += _STEP
        y += 10
    return column


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


def _wide(statements: int) -> float:
    """The width of an edge: it grows by a pixel where there are twice as many statements."""
    return min(1.0 + 0.8 * (statements.bit_length() - 1), 7.0)
