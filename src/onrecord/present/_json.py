"""A dossier, or a part of it, as the structures that JSON has; docs/dossier.md describes the shape."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from onrecord.entities import Entity
from onrecord.ledger import Judgement
from onrecord.present._catalogue import ENGLISH
from onrecord.present._listed import Marks, mark_data
from onrecord.present._sentence import sentence
from onrecord.present._tree import TreeView
from onrecord.present._view import View
from onrecord.shapes import SetBy
from onrecord.standing import Case, Dispute, Dossier, Group, Line, Moment, Position, Source, Stance, Tree

# What a terminal or an eye could be fooled by stands as \\uXXXX, which is the same JSON.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

SHAPE = "onrecord.dossier/1"
"""The name of the shape; the number grows when a field changes its meaning or goes."""


def to_json(value: Any) -> str:
    """`value` as indented JSON in UTF-8, with a newline at its end."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def _moment(moment: Moment | None) -> dict[str, Any] | None:
    return asdict(moment) if moment else None


def line_data(line: Line, view: View, trees: TreeView) -> dict[str, Any]:
    """A line with its citations and its tree."""
    tree = trees.tree(line)
    return {
        "id": line.id,
        "sentence": sentence(line, view.names, view.language),
        "type": line.type,
        "actor": line.actor,
        "target": line.target,
        "status": line.status,
        "topic": line.topic,
        "scope": line.scope,
        "source": list(line.source),
        "when": line.when,
        "nearness": line.nearness,
        "moment": _moment(line.moment),
        "statements": line.statements,
        "pages": line.pages,
        "origins": list(line.origins),
        "citations": [asdict(citation) for citation in line.citations],
        "tree": _tree(tree) if tree else None,
    }


def source_data(source: Source) -> dict[str, Any]:
    """A page, without when it was taken in: that is another on every machine."""
    return {name: value for name, value in asdict(source).items() if name != "learned"}


def _tree(tree: Tree) -> dict[str, Any]:
    return {name: value for name, value in asdict(tree).items() if name != "line"}


def _stance(stance: Stance, view: View) -> dict[str, Any]:
    def ids(lines: tuple[Line, ...]) -> list[str]:
        return [line.id for line in lines]

    return {
        "scope": stance.scope,
        "whole": stance.whole,
        "position": stance.code,
        "label": view.position_label(stance.code),
        "side": stance.side,
        "force": stance.force,
        "since": _moment(stance.since),
        "support": ids(stance.support),
        "weighing": ids(stance.weighing),
        "dissent": ids(stance.dissent),
        "earlier": ids(stance.earlier),
        "changes": [
            {
                "position": change.code,
                "moment": _moment(change.moment),
                "line": change.line.id if change.line else None,
                "set_by": set_by_data(change.set_by),
            }
            for change in stance.changes
        ],
        "course": list(stance.course),
        "set_by": set_by_data(stance.set_by),
        "as_read": _stance(stance.as_read, view) if stance.as_read else None,
    }


def set_by_data(judgement: Judgement | None) -> SetBy | None:
    """The judgement by which a person set a position."""
    if judgement is None:
        return None
    return {
        "judgement": judgement.id,
        "who": judgement.who,
        "why": judgement.why,
        "at": judgement.at.isoformat(),
        "since": judgement.payload["since"],
    }


def _position(position: Position, view: View) -> dict[str, Any]:
    return {
        "actor": position.actor,
        "kind": position.kind,
        "position": position.present.code,
        "since": _moment(position.present.since),
        "set_by": set_by_data(position.present.set_by),
        "voices": list(position.voices),
        "origins": list(position.origins),
        "course": list(position.course),
        "stances": [_stance(stance, view) for stance in position.stances],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "actor": group.actor,
        "target": group.target,
        "nearness": group.nearness,
        "lines": [line.id for line in group.lines],
    }


def _dispute(dispute: Dispute, view: View) -> dict[str, Any]:
    return {
        "type": dispute.type,
        "matter": dispute.matter or None,
        "label": view.matter(dispute),
        "actor": dispute.actor,
        "target": dispute.target,
        "nearness": dispute.nearness,
        "contested": dispute.contested,
        "affirmed": [line.id for line in dispute.affirmed],
        "denied": [line.id for line in dispute.denied],
        "examined": [line.id for line in dispute.examined],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "kind": case.kind,
        "holder": case.holder,
        "other": case.other,
        "stage": case.stage,
        "steps": [
            {"stage": step.stage, "moment": _moment(step.moment), "lines": [line.id for line in step.lines]}
            for step in case.steps
        ],
    }


def head_data(shape: str, dossier: Dossier, language: str) -> dict[str, Any]:
    """What stands first in all that is made of a dossier: the shape, about whom, the two times that it is of,
    and that a machine read it."""
    return {
        "shape": shape,
        "supplier": dossier.supplier.key,
        "as_of": dossier.as_of,
        "known_at": dossier.known_at.isoformat(timespec="seconds") if dossier.known_at else None,
        "language": language,
        "machine_reading": True,
    }


def standing_data(dossier: Dossier, language: str = ENGLISH) -> dict[str, Any]:
    """The matrix alone: the columns, each actor's position in them, and the lines behind it."""
    view = View(dossier, language)
    trees = TreeView(view)
    lines = {line.id: line for position in dossier.positions for line in position.lines}
    return {
        **head_data(SHAPE.replace("dossier", "standing"), dossier, language),
        "readers": [asdict(used) for used in dossier.readers],
        "counts": asdict(dossier.counts),
        "calendar": asdict(dossier.calendar) if dossier.calendar else None,
        "positions": [_position(position, view) for position in dossier.positions],
        "lines": [line_data(line, view, trees) for line in sorted(lines.values(), key=lambda line: line.id)],
    }


def dossier_data(dossier: Dossier, language: str = ENGLISH, marks: Marks | None = None) -> dict[str, Any]:
    """The whole dossier. Lines stand once, under `lines`; the sections name them by id."""
    view = View(dossier, language)
    trees = TreeView(view)
    groups = ("measures", "promised", "asked", "examined", "court", "supplies", "ties")
    return {
        **head_data(SHAPE, dossier, language),
        "supplier": entity_data(dossier.supplier),
        "readers": [asdict(used) for used in dossier.readers],
        "counts": asdict(dossier.counts),
        "relatives": [asdict(relative) for relative in dossier.relatives],
        "calendar": asdict(dossier.calendar) if dossier.calendar else None,
        "positions": [_position(position, view) for position in dossier.positions],
        "disputes": [_dispute(dispute, view) for dispute in dossier.disputes],
        "cases": [_case(case) for case in dossier.cases],
        **{name: [_group(group) for group in getattr(dossier, name)] for name in groups},
        "timeline": [
            {
                "moment": _moment(event.moment),
                "lane": event.lane,
                "to_come": event.to_come,
                "line": event.line.id,
            }
            for event in dossier.timeline
        ],
        "sources": [source_data(source) for source in dossier.sources],
        "unread": [asdict(left) for left in dossier.unread],
        "entities": [
            {**entity_data(entity), "listed": mark_data((marks or {}).get(entity.key, ()))}
            for entity in dossier.entities
        ],
        "waiting": list(dossier.waiting),
        "lines": [line_data(line, view, trees) for line in dossier.lines],
    }


def entity_data(entity: Entity) -> dict[str, Any]:
    """An entity as the record knows it."""
    return {
        "key": entity.key,
        "kind": entity.kind,
        "name": entity.name,
        "names": list(entity.names),
        "country": entity.country,
    }
