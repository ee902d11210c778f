"""How likely a statement is right in full, by what it was read by.

The weights (`data/confidence.yaml`) are a logistic regression over features that no language owns: the
statement's type, how its arguments were found and of what kind they are, what gave its status, the shape of
its clause. They are fitted on development gold by `training/confidence.py`, which also says how well they are
calibrated (docs/reader.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from onrecord.language import LanguageDataError, load_yaml
from onrecord.statements._arguments import Found
from onrecord.statements._drafts import Draft
from onrecord.statements._regression import log_odds, logistic
from onrecord.statements._view import View

FILE = Path(__file__).parent / "data" / "confidence.yaml"

LEAST = 0.2
"""What is less likely right is not read: its sentence is listed as unread instead (docs/reader.md)."""

# Places of a trigger's specification; whatever else stands there is a preposition.
_PLACES = frozenset({"subject", "object", "second", "of", "host", "content", "content-subject"})
_FAR = 12  # tokens between trigger and argument from which on they stand far apart
_LONG = 30  # words from which on a sentence is long


def features(draft: Draft, view: View, beside: int) -> dict[str, float]:
    """What the weights are for, of one draft; `beside` is how many others were read from its sentence."""
    part = draft.rule.partition("/")[2].partition(":")[0]
    sentence = view.analysis.sentences[draft.sentence]
    found = {
        f"type={draft.type}": 1.0,
        f"part={part}": 1.0,
        f"status={draft.status}": 1.0,
        f"clause={draft.clause.kind}": 1.0,
        f"{draft.type} {draft.status}": 1.0,
        f"{draft.type} {part}": 1.0,
        f"block={sentence.block.kind}": 1.0,
        "long sentence": float(sentence.last - sentence.first > _LONG),
        "others in sentence": float(min(beside, 4)),
        "source": float(bool(draft.source)),
    }
    for name, key in (("actor", draft.actor), ("target", draft.target)):
        kind = view.kind(key) if key is not None else "none"
        found[f"{name} kind={kind}"] = 1.0
        found[f"{draft.type} {name} kind={kind}"] = 1.0
        if key is None:
            found[f"{draft.type} {draft.status} no {name}"] = 1.0
    if draft.evidence is not None:
        found["trigger words"] = float(min(len(draft.evidence.trigger), 3))
        found[f"why={draft.evidence.why}"] = 1.0
        for name, argument in (("actor", draft.evidence.actor), ("target", draft.evidence.target)):
            found.update((f"{name} {label}", value) for label, value in _argument(argument, draft.at))
    return {label: value for label, value in found.items() if value}


def _argument(found: Found | None, at: int) -> Iterator[tuple[str, float]]:
    """The features of an argument of a trigger at `at`."""
    if found is None:
        return
    listed = found.how in _PLACES or found.span is None
    yield f"how={found.how if listed else 'preposition'}", 1.0
    yield "indirect", 1.0 - found.directness
    yield "several", float(len(found.keys) > 1)
    if found.span is not None:
        first, last = found.span
        yield "far", float(min(abs(first - at), abs(last - at)) > _FAR)
        yield "before trigger", float(last <= at)


@cache
def _weights(file: Path) -> dict[str, float]:
    raw = load_yaml(file)
    if not isinstance(raw, dict) or not {"bias", "caution"} <= set(raw):
        raise LanguageDataError(f"{file}: needs a mapping of features to weights, with `bias` and `caution`")
    return {str(label): float(weight) for label, weight in raw.items()}


def likelihood(found: dict[str, float], file: Path = FILE) -> float:
    """How likely a statement with these features is right in full, between 0.01 and 0.99, by the weights of
    a file."""
    weights = _weights(file)
    total = log_odds(weights, found)
    if total > 0:  # rather told too low than too high: from 0.8 on, nine in ten are to be right
        total *= weights["caution"]
    return round(min(max(logistic(total), 0.01), 0.99), 2)


def featured(drafts: Sequence[Draft], view: View) -> list[tuple[Draft, dict[str, float]]]:
    """Each draft of a page with its features."""
    counts = Counter(draft.sentence for draft in drafts)
    return [(draft, features(draft, view, counts[draft.sentence] - 1)) for draft in drafts]
