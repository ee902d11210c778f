"""What is disputed: each matter with who affirms it, who denies it, and what examinations found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onrecord.standing._cases import stage_examined
from onrecord.standing._concern import NEARNESS
from onrecord.standing._lines import nearest, order
from onrecord.standing._model import Dispute, Line
from onrecord.standing._rules import (
    clears,
    denies,
    examines,
    matter_has_target,
    matter_needs_doubt,
    matter_of,
)
from onrecord.statements import TYPES, StatementType

_MATTERS: tuple[StatementType, ...] = ("wrongdoing", "risk", "ties")


def make_disputes(lines: Iterable[Line]) -> tuple[Dispute, ...]:
    """The matters in dispute, by the rules of data/sections.yaml.

    The nearest come first, of these the contested, of these those with the most citations.
    """
    found = sorted(lines, key=order)
    matters: dict[tuple[StatementType, str, str | None, str | None], list[Line]] = defaultdict(list)
    for line in found:
        if line.type in _MATTERS:
            target = line.target if matter_has_target(line.type) else None
            matters[line.type, matter_of(line.type, line.topic), line.actor, target].append(line)
    examinations = [line for line in found if line.type == "evaluation"]
    clearing = {line.id for line in examinations if clears(stage_examined(line))}
    disputes = []
    for (type_, matter, actor, target), told in matters.items():
        if matter_needs_doubt(type_) and all(line.status == "asserted" for line in told):
            continue
        affirmed = tuple(line for line in told if not denies(line.status))
        denied = tuple(line for line in told if denies(line.status))
        bearing = tuple(
            line for line in examinations if line.target == actor and examines(type_, matter, line.topic)
        )
        cleared = any(line.id in clearing for line in bearing)
        disputes.append(
            Dispute(
                type=type_,
                matter=matter,
                actor=actor,
                target=target,
                nearness=nearest(line.nearness for line in told),
                affirmed=affirmed,
                denied=denied,
                examined=bearing,
                contested=bool(affirmed) and (bool(denied) or cleared),
            )
        )

    def place(dispute: Dispute) -> tuple[int, bool, int, int, str, str, str]:
        weight = sum(line.statements for line in (*dispute.affirmed, *dispute.denied))
        return (
            NEARNESS.index(dispute.nearness), not dispute.contested, -weight, TYPES.index(dispute.type),
            dispute.matter, dispute.actor or "~", dispute.target or "~",
        )  # fmt: skip

    return tuple(sorted(disputes, key=place))
