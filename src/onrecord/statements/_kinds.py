"""What kinds of entity each statement type takes as actor and target (the table of types in
docs/statements.md)."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.entities import EntityKind
from onrecord.statements._model import StatementType


@dataclass(frozen=True, slots=True)
class Slots:
    """Kinds that may fill actor and target, the likeliest first, and whether each must be filled."""

    actor: tuple[EntityKind, ...]
    target: tuple[EntityKind, ...]
    needs_actor: bool = True
    needs_target: bool = True


_POWERS: tuple[EntityKind, ...] = ("state", "body", "person", "company", "role", "outlet")
_FIRMS: tuple[EntityKind, ...] = ("company", "person", "role", "state", "body")
_ALL: tuple[EntityKind, ...] = ("company", "state", "body", "person", "role")
_VICTIMS: tuple[EntityKind, ...] = ("state", "body", "company", "person", "role", "outlet")

SLOTS: dict[StatementType, Slots] = {
    "wrongdoing": Slots(_FIRMS, _VICTIMS, needs_target=False),
    "risk": Slots(_FIRMS, _VICTIMS, needs_target=False),
    "restriction": Slots(_POWERS, ("company", "state", "role", "person", "body"), needs_actor=False),
    "permission": Slots(_POWERS, ("company", "role", "state", "person", "body"), needs_actor=False),
    "request": Slots(_POWERS, _VICTIMS, needs_target=False),
    "evaluation": Slots(("body", "state", "company", "role", "person"), _ALL, needs_actor=False),
    "commitment": Slots(_FIRMS, _VICTIMS, needs_target=False),
    "threat": Slots(_POWERS, _VICTIMS, needs_target=False),
    "legal": Slots(_POWERS, ("person", "company", "body", "state", "role", "outlet"), needs_actor=False),
    "supply": Slots(("company", "state", "role"), ("company", "state", "body", "role", "person")),
    "partnership": Slots(_ALL, _ALL),
    "ties": Slots(_FIRMS, ("state", "body", "role", "company", "person")),
    "dependency": Slots(_ALL, _ALL),
}
