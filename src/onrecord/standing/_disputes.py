"""What is disputed: each matter with who affirms it, who denies it, and what examinations found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from onrecord.standing._cases import stage_examined
from onrecord.standing._concern import NEARNESS
from onrecord.standing._lines import nearest, order
from onrecord.standing._model import Dispute, Line
from onrecord.standing._rules import (
    clears,
    denies,
    denies_the_page,
    examines,
    matter_has_target,
    matter_needs_doubt,
    matter_of,
)
from onrecord.statements import TYPES, StatementType

_Key = tuple[StatementType, str, str | None, str | None]
"""Of a matter: its type, its name, the actor and the target."""
_MATTERS: tuple[StatementType, ...] = ("wrongdoing", "risk", "ties")


def make_disputes(lines: Iterable[Line]) -> tuple[Dispute, ...]:
    """The matters in dispute, by the rules of data/sections.yaml.

    The nearest come first, of these the contested, of these those with the most citations.
    """
    found = sorted(lines, key=order)
    matters: dict[_Key, list[Line]] = defaultdict(list)
    for line in found:
        if line.type in _MATTERS:
            target = line.target if matter_has_target(line.type) else None
            matters[line.type, matter_of(line.type, line.topic), line.actor, target].append(line)
    _place_denials(matters)
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


def _place_denials(matters: dict[_Key, list[Line]]) -> None:
    """Put each denial that does not say what it denies where the accusations of its pages stand; what of it
    stands on no page with one stays a matter of its own.
    """
    for key in [key for key in matters if denies_the_page(key[0]) and not key[1] and key[2] is not None]:
        accused = {
            other: {cited.source for line in told if not denies(line.status) for cited in line.citations}
            for other, told in matters.items()
            if (other[0], *other[2:]) == (key[0], *key[2:])
        }
        everywhere = set().union(*accused.values())
        kept = [line for line in matters[key] if not denies(line.status)]
        for line in [line for line in matters[key] if denies(line.status)]:
            nowhere = {cited.source for cited in line.citations} - everywhere
            for other, pages in accused.items():
                part = _only(line, pages | nowhere if other == key else pages)
                if part is not None:
                    (kept if other == key else matters[other]).append(part)
        matters[key] = kept
        for other in accused:
            matters[other].sort(key=order)
        if not kept:
            del matters[key]


def _only(line: Line, pages: set[int]) -> Line | None:
    """A line as some pages have it; None where none of them does."""
    cited = tuple(one for one in line.citations if one.source in pages)
    if len(cited) in (0, len(line.citations)):
        return line if cited else None
    return replace(
        line,
        citations=cited,
        origins=tuple(sorted({one.origin for one in cited})),
        statements=len(cited),
        pages=len({one.source for one in cited}),
    )
