"""Fit the weights by which a slot that the rules leave open is filled (`make weights`).

In: folders of gold and the scorer, as for `training/confidence.py`. Out:
`src/onrecord/statements/data/arguments.yaml`, and figures on held-out pages. An example is a candidate for a
slot of a trigger in a sentence that gold reads a statement of that type in; it is right where gold has it
there.

    python -m training.arguments ../shared --gold tests/gold/dev
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import yaml
from bench.score import scorer_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from onrecord.language import analyse, installed_languages
from onrecord.pages import read_page
from onrecord.statements import PatternReader

WEIGHTS = Path("src/onrecord/statements/data/arguments.yaml")
STRENGTH = 0.3
"""Inverse of the ridge penalty."""
FOLDS = 10
RULED = 0.4
"""Weight of an example whose slot the rules fill: it teaches what actors and targets are like, but the
weights are used where the rules find nobody."""


class Example(NamedTuple):
    """A candidate for a slot: its page, slot and the slot's number, features, whether it is right, weight."""

    page: str
    slot: str
    number: int
    features: dict[str, float]
    right: bool
    weight: float


def examples(gold: Path, pages: Path, scorer: ModuleType) -> Iterator[Example]:
    """The candidates of a folder's pages, in the languages that are installed."""
    reader = PatternReader()
    number = 0
    for path in sorted(gold.glob("*.json")):
        wanted = json.loads(path.read_text("utf-8"))
        if wanted["language"] not in installed_languages():
            continue
        data = (pages / wanted["page"]).read_bytes()
        text = data.decode("utf-8", "replace")
        analysis = analyse(read_page(data, wanted["page"], languages=installed_languages()))
        names = {"entities": {e.key: [e.name, *e.names] for e in reader.explain(analysis).entities}}
        spans = [(scorer.span(s, text), s) for s in wanted["statements"]]
        for slotted in reader.candidates(analysis):
            number += 1
            told = [
                s[slotted.slot]
                for span, s in spans
                if s["type"] == slotted.type and span and span[0] < slotted.end and slotted.start < span[1]
            ]
            for candidate in slotted.candidates if told else ():
                right = any(
                    who is not None and scorer.same_entity(wanted, who, names, key)
                    for who in told
                    for key in candidate.found.keys
                )
                weight = RULED if slotted.ruled else 1.0
                yield Example(str(path), slotted.slot, number, candidate.features, right, weight)


def fit(found: list[Example]) -> tuple[dict[str, float], dict[str, Any]]:
    """The weights for one slot, and how often its likeliest candidate is right on pages held out."""
    vectors = DictVectorizer(sparse=False)
    x = vectors.fit_transform([e.features for e in found])
    y = np.array([e.right for e in found])
    weight = np.array([e.weight for e in found])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    pages = np.array([e.page for e in found])
    told = cross_val_predict(
        model,
        x,
        y,
        groups=pages,
        cv=GroupKFold(FOLDS),
        params={"sample_weight": weight},
        method="predict_proba",
    )[:, 1]
    best: dict[tuple[str, int], tuple[float, bool]] = {}
    for example, likely in zip(found, told, strict=True):
        key = (example.page, example.number)
        if example.weight == 1.0 and likely > best.get(key, (0.0, False))[0]:
            best[key] = (float(likely), example.right)
    figures = []
    for least in (0.0, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        kept = [right for likely, right in best.values() if likely >= least]
        figures.append(
            {"least": least, "filled": len(kept), "right": round(sum(kept) / max(1, len(kept)), 3)}
        )
    model.fit(x, y, sample_weight=weight)
    named = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {"bias": round(float(model.intercept_[0]), 3)}
    weights |= {str(name): round(float(w), 3) for name, w in sorted(named) if abs(w) >= 0.01}
    return weights, {"examples": len(found), "open slots": len(best), "likeliest": figures}


def main() -> int:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, help="holds score.py, seeds, dev, gold and dev-gold")
    parser.add_argument("--gold", type=Path, default=Path("tests/gold/dev"), help="our own development gold")
    args = parser.parse_args()
    scorer = scorer_of(args.shared)
    found = [
        *examples(args.shared / "gold", args.shared / "seeds", scorer),
        *examples(args.shared / "dev-gold", args.shared / "dev", scorer),
        *examples(args.gold, args.gold / "pages", scorer),
    ]
    weights: dict[str, dict[str, float]] = {}
    for slot in ("actor", "target"):
        weights[slot], figures = fit([e for e in found if e.slot == slot])
        print(slot, json.dumps(figures))
    head = "# Written by training/arguments.py: slot, feature, weight (docs/reader.md).\n"
    WEIGHTS.write_text(head + yaml.safe_dump(weights, sort_keys=False, allow_unicode=True), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
