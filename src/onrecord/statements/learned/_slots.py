"""Where a window's triggers stand, and who fills their slots, with what force, by the networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.entities import Mention
from onrecord.language import Token
from onrecord.statements._model import STATUSES, TYPES, StatementType
from onrecord.statements._view import View
from onrecord.statements.learned._encoder import means
from onrecord.statements.learned._marks import (
    AFTER,
    BEFORE,
    DISTANCES,
    FORMS,
    KINDS,
    ROLES,
    Marks,
    path,
)
from onrecord.statements.learned._model_files import Array, session
from onrecord.statements.learned._windows import Window


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word of the page that carries a statement of a type, and how likely it does."""

    at: int
    type: StatementType
    likely: float


@dataclass(frozen=True, slots=True)
class Slots:
    """How likely each entity (or nobody, None) is an anchor's actor, target and first source, and each status
    its force."""

    actor: dict[str | None, float]
    target: dict[str | None, float]
    source: dict[str | None, float]
    status: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Mentions of a window: each with one of the keys that it may stand for; `doubtful` says that another is
    likelier."""

    mentions: tuple[Mention, ...]
    keys: tuple[str, ...]
    entities: tuple[str, ...]
    entity: Array
    features: Array


def trigger_likelihoods(window: Window, vectors: Array, marks: Marks) -> Array:
    """How likely each word of a window is a trigger of each type."""
    found = marks.triggers[window.first : window.last]
    (likely,) = session("triggers").run(None, {"words": vectors, "marks": found})
    return np.asarray(likely)


def named_in(window: Window, view: View, new: Sequence[Mention] = ()) -> Named:
    """The mentions of a window, the `new` ones too, one for each entity that they may stand for."""
    mentions: list[Mention] = []
    keys: list[str] = []
    rows: list[list[float]] = []
    inside = (m for m in view.resolution.mentions if window.first <= m.first < m.last <= window.last)
    for m in (*inside, *new):
        for rank, key in enumerate(m.keys):
            mentions.append(m)
            keys.append(key)
            told = view.kind(key) if m not in new else "role"  # of those the networks know no kind
            kind = KINDS.index(told) if told in KINDS else len(KINDS) - 1
            row = [0.0] * (len(KINDS) + len(FORMS) + 1)
            row[kind] = row[len(KINDS) + FORMS.index(m.form)] = 1.0
            row[-1] = float(rank > 0 and not m.all_of)
            rows.append(row)
    entities = tuple(dict.fromkeys(keys))
    number = {key: n for n, key in enumerate(entities)}
    return Named(
        tuple(mentions),
        tuple(keys),
        entities,
        np.array([number[key] for key in keys], np.int64),
        np.array(rows, np.float32).reshape(len(rows), len(KINDS) + len(FORMS) + 1),
    )


def slots(
    window: Window, vectors: Array, anchors: Sequence[Anchor], named: Named, view: View, marks: Marks
) -> list[Slots]:
    """The slots of each anchor in a window that names somebody."""
    if not anchors:
        return []
    at, around, spans = slot_places(window, anchors, named, marks)
    scores, nobody, status = session("slots").run(
        None,
        {
            "trigger": vectors[at],
            "sentence": means(vectors, around),
            "mentions": means(vectors, spans),
            **slot_inputs(anchors, named, view.tokens, marks),
        },
    )
    found = []
    for n in range(len(anchors)):
        roles = [_likelihoods(scores[n, :, r], nobody[n, r], named) for r in range(len(ROLES))]
        found.append(Slots(roles[0], roles[1], roles[2], tuple(float(s) for s in status[n])))
    return found


def slot_places(
    window: Window, anchors: Sequence[Anchor], named: Named, marks: Marks
) -> tuple[Array, Array, Array]:
    """Where in a window each anchor stands, the span of its sentence, and the span of each mention."""
    inside = marks.sentence[window.first : window.last]
    numbers = marks.sentence[[a.at for a in anchors]]
    around = np.stack([np.searchsorted(inside, numbers), np.searchsorted(inside, numbers, "right")], 1)
    spans = np.array([(m.first - window.first, m.last - window.first) for m in named.mentions], np.int64)
    return np.array([a.at - window.first for a in anchors], np.int64), around, spans


def slot_inputs(
    anchors: Sequence[Anchor], named: Named, tokens: tuple[Token, ...], marks: Marks
) -> dict[str, Array]:
    """What the network of slots is given beside vectors: how each mention stands to each anchor, and what
    the patterns tell of both."""
    first = np.array([m.first for m in named.mentions])
    last = np.array([m.last for m in named.mentions])
    types = np.array([TYPES.index(a.type) for a in anchors], np.int64)
    at = np.array([a.at for a in anchors], np.int64)[:, None]
    distance = np.where(first > at, first - at, np.minimum(last - 1 - at, 0))
    apart = np.clip(marks.sentence[first] - marks.sentence[at], BEFORE, AFTER) - BEFORE
    kinds = named.features[:, : len(KINDS)].argmax(1)
    paths = [[path(tokens, a.at, m.head) for m in named.mentions] for a in anchors]
    return {
        "type": types,
        "named": named.features,
        "distance": np.searchsorted(DISTANCES, distance).astype(np.int64),
        "path": np.array(paths, np.int64),
        "apart": apart.astype(np.int64),
        "kind": types[:, None] * len(KINDS) + kinds[None],
        "told": np.stack([_told(a, named, marks) for a in anchors]),
        "force": np.stack([_force(a, marks) for a in anchors]),
    }


def _told(anchor: Anchor, named: Named, marks: Marks) -> Array:
    """For each mention: whether the patterns name its entity as actor, target, source of this very trigger,
    of any of its type in the sentence, and as speaker of the clause."""
    found = np.zeros((len(named.keys), 2 * len(ROLES) + 1), np.float32)
    keys = np.array(named.keys, dtype=object)
    for told in marks.told.get((int(marks.sentence[anchor.at]), anchor.type), ()):
        for role, key in enumerate(told.keys):
            if key is None:
                continue
            found[keys == key, len(ROLES) + role] = 1
            if told.at == anchor.at:
                found[keys == key, role] = 1
    found[keys == marks.sources[anchor.at], -1] = 1
    return found


def _force(anchor: Anchor, marks: Marks) -> Array:
    """What tells an anchor's status: its clause's cues, and what the patterns read in the sentence."""
    count = len(STATUSES)
    found = np.zeros(4 * count, np.float32)
    found[: 2 * count] = marks.force[anchor.at]
    for told in marks.told.get((int(marks.sentence[anchor.at]), anchor.type), ()):
        found[3 * count + told.status] = 1
        if told.at == anchor.at:
            found[2 * count + told.status] = 1
    return found


def _likelihoods(scores: Array, nobody: float, named: Named) -> dict[str | None, float]:
    """The likelihood of each entity, over all its mentions, and of nobody."""
    top = max(float(scores.max()), nobody)
    sums = np.zeros(len(named.entities))
    np.add.at(sums, named.entity, np.exp(scores.astype(np.float64) - top))
    none = float(np.exp(nobody - top))
    total = float(sums.sum()) + none
    found: dict[str | None, float] = {
        key: float(s) / total for key, s in zip(named.entities, sums, strict=True)
    }
    found[None] = none / total
    return found
