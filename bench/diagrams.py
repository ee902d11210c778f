"""Draw the diagrams of docs/dossier.md from the rules (`make diagrams`): cases, positions and disputes.

    python -m bench.diagrams

Cases are drawn from data/cases.yaml. Positions and disputes are tried: each edge is what the rules answered
when one thing was told after another. What stands between the markers of the page is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import permutations, product
from pathlib import Path
from typing import get_args

from onrecord.present._catalogue import catalogue
from onrecord.standing import Line, Moment
from onrecord.standing._cases import Rule, kinds, rules
from onrecord.standing._disputes import make_disputes
from onrecord.standing._precedence import TOGETHER, Act, run
from onrecord.standing._rules import Code, codes
from onrecord.statements import StatementType, Status

PAGE = Path(__file__).parents[1] / "docs" / "dossier.md"
Edge = tuple[str, str, str]
_ANY = "any"


def diagrams() -> dict[str, str]:
    """What stands on the page between the markers of each name."""
    return {"cases": "\n\n".join(map(_case, kinds())), "positions": _positions(), "disputes": _disputes()}


def drawn(page: str) -> str:
    """The page with its diagrams made anew. `ValueError` where the markers of one are not there once."""
    for name, text in diagrams().items():
        pattern = re.compile(rf"(<!-- diagram: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, found = pattern.subn(lambda at, text=text: f"{at[1]}{text}\n{at[2]}", page)  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"{found} places for the diagram of {name}")
    return page


def _mermaid(nodes: Iterable[str], edges: Iterable[Edge]) -> str:
    """A diagram of states. Edges between the same two are one, with what stands on each."""
    labels: dict[tuple[str, str], list[str]] = {}
    for start, end, label in edges:
        told = labels.setdefault((start, end), [])
        if label not in told:
            told.append(label)
    drawn = [f"    {start} --> {end}: {' / '.join(told)}" for (start, end), told in labels.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *nodes, *drawn, "```"])


def _name(stage: str) -> str:
    return {"new": "[*]"}.get(stage, stage.replace("-", "_"))


def _either(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _case(kind: str) -> str:
    """A kind of case under its name. What moves a case whatever its stage comes from one node, `any`."""
    words = catalogue("en")["cases"]
    edges = [edge for rule in rules() if rule.kind == kind for edge in _moves(rule)]
    stages = dict.fromkeys(stage for edge in edges for stage in edge[:2] if stage not in ("[*]", _ANY))
    names = {_name(stage): text for stage, text in words["stages"].items()}
    nodes = [f'    state "{names[stage]}" as {stage}' for stage in stages]
    if any(edge[0] == _ANY for edge in edges):
        nodes.insert(0, f'    state "whatever was before" as {_ANY}')
    title = str(words["kinds"][kind])
    return f"*{title[0].upper()}{title[1:]}*\n\n{_mermaid(nodes, edges)}"


def _moves(rule: Rule) -> Iterator[Edge]:
    said = f"{rule.type} {_either(rule.statuses)}"
    if rule.same_matter:
        said += " in the same matter"
    for start in rule.stages or (_ANY,):
        for stage in rule.words:
            yield _name(start), _name(stage), f"{said}, by its words"
        if rule.to:
            yield _name(start), _name(rule.to), said


def _positions() -> str:
    """The positions that one side holds with one force are a node, and the forces that count together a
    frame. An edge goes from what is held to what supersedes it.
    """
    groups: dict[str, list[Code]] = {}
    for code in codes().values():
        groups.setdefault(f"{code.force}_{code.side}", []).append(code)
    nodes, edges = [], list[Edge]()
    for forces in TOGETHER:
        framed = {name: told for name, told in groups.items() if told[0].force in forces}
        nodes.append(f'    state "{_either(forces)}" as {forces[0]} {{')
        for name, told in framed.items():
            nodes.append(f'        state "{_either([code.name for code in told])}" as {name}')
        nodes.append("    }")
        edges += [(a, b, "later") for a, b in product(framed, repeat=2) if _all_replace(groups[a], groups[b])]
    for before, after in permutations(TOGETHER, 2):
        firm = [code for code in codes().values() if code.force in after]
        loose = [code for code in codes().values() if code.force in before]
        if all(
            _held((new, 1), (old, 2)) == new == _held((old, 1), (new, 2)) for old in loose for new in firm
        ):
            edges.append((before[0], after[0], "whenever told"))
    return _mermaid(nodes, edges)


def _all_replace(held: Sequence[Code], told: Sequence[Code]) -> bool:
    """Whether what is told later supersedes what was held, of each two that differ."""
    pairs = [(old, new) for old, new in product(held, told) if old != new]
    return bool(pairs) and all(_held((old, 1), (new, 2)) == new for old, new in pairs)


def _held(*told: tuple[Code, int]) -> Code:
    """The position after some were told, each on a day of one month."""
    return run(Act(None, code, Moment(f"2019-01-0{day}", "when"), date(2019, 1, day)) for code, day in told)[
        -1
    ].code


def _disputes() -> str:
    """A matter of wrongdoing, with what is told of it one after another."""
    edges: list[Edge] = []
    ways: dict[str, tuple[Line, ...]] = {"[*]": ()}
    told: tuple[StatementType, ...] = ("wrongdoing", "evaluation")
    for start in iter(waiting := ["[*]"]):
        found: dict[tuple[str, str], list[str]] = {}
        for type_, status in product(told, get_args(Status)):
            lines = (*ways[start], _line(type_, status, len(ways[start])))
            end = _state(lines)
            if end != start:
                found.setdefault((end, type_), []).append(status)
                if end not in ways:
                    ways[end] = lines
                    waiting.append(end)
        edges += [
            (start, end, f"{_either(statuses)} {'evaluation' if type_ == 'evaluation' else ''}".strip())
            for (end, type_), statuses in found.items()
        ]
    nodes = [f'    state "{name.replace("_", ", ")}" as {name}' for name in waiting[1:]]
    return _mermaid(nodes, edges)


def _state(lines: Iterable[Line]) -> str:
    disputes = make_disputes(lines)
    if not disputes:
        return "[*]"
    dispute = disputes[0]
    how = "contested" if dispute.contested else "affirmed" if dispute.affirmed else "denied"
    return f"{how}_examined" if dispute.examined else how


def _line(type_: StatementType, status: Status, number: int) -> Line:
    about = {"wrongdoing": ("A", "B"), "evaluation": ("B", "A")}
    actor, target = about[type_]
    return Line(
        id=str(number), type=type_, actor=actor, target=target, status=status, topic="espionage", scope=None,
        source=(), when=None, nearness="party", moment=None, citations=(), origins=(), statements=1, pages=1,
    )  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
