"""Fit the weights by which a statement's confidence is told (`make weights`).

In: the scorer that pairs a reading with gold, and for the patterns development gold, for the learned reader
pages that its networks were not fitted to (`training/held`).
Out: the reader's `confidence.yaml`, and a card with how well the confidence is calibrated,
measured on pages that each fold of a cross-validation holds out. Every statement that the reader reads is an
example; it is right where it agrees with gold in full (type, actor, target, status, first source).

    python -m training.confidence ../shared --reader learned
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import yaml
from bench.score import scorer_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from tests.statements.test_sentences import CASES, fits
from tests.texts import page_of
from training.plot import calibration_plot
from training.reader.gold import GoldPage, gold_pages, training_pages

from onrecord.language import analyse, installed_languages
from onrecord.pages import read_page
from onrecord.statements import LearnedReader, PatternReader
from onrecord.statements._tools import tools_for

PLOT = Path("docs/img/calibration.svg")
HELD = Path("training/held")
"""Pages annotated like those that the networks were fitted to, and held out from them."""
STATEMENTS = Path("src/onrecord/statements")
READERS: dict[str, tuple[PatternReader | LearnedReader, Path]] = {
    "patterns": (PatternReader(), STATEMENTS / "data/confidence.yaml"),
    "learned": (LearnedReader(), STATEMENTS / "learned/data/confidence.yaml"),
}
"""Each reader with the file of its weights; the learned one builds on the patterns' confidence."""
STRENGTH = 0.1
"""Inverse of the ridge penalty; of 0.03, 0.1, 0.3 and 1 the one with the best held-out likelihood."""
FOLDS = 10
SENTENCE = 0.3
"""Weight of a sentence of our own beside a statement of a page."""
BINS = 10
SURE, RIGHT, ENOUGH = 0.8, 0.9, 20
"""From which confidence on, what share is to be right, measured on at least how many statements."""


class Example(NamedTuple):
    """A statement that was read: its page, its features, and whether it is right in full."""

    page: str
    language: str
    features: dict[str, float]
    right: bool
    weight: float = 1.0


def examples(
    pages: Iterable[GoldPage], scorer: ModuleType, reader: PatternReader | LearnedReader
) -> Iterator[Example]:
    """What is read from annotated pages, in the languages that are installed."""
    for page in pages:
        if page.language not in installed_languages():
            continue
        analysis = analyse(read_page(page.data, page.name, languages=installed_languages()))
        told = reader.features(analysis)
        known = tools_for(analysis).view.resolution.entities
        entities = {key: [e.name, *e.names] for key, e in known.items()}
        statements = [
            {
                "quote": s.quote, "start": s.start, "type": s.type, "actor": s.actor, "target": s.target,
                "status": s.status, "source": list(s.source),
            }
            for s, _ in told
        ]  # fmt: skip
        system: dict[str, Any] = {"entities": entities, "statements": statements}
        wanted = {
            "entities": page.entities,
            "statements": [s._asdict() | {"when": None} for s in page.statements],
        }
        right = {
            j
            for (_, level, _), _, j in scorer.pair(wanted, system, page.data.decode("utf-8", "replace"))
            if level >= 3
        }
        for j, (_, features) in enumerate(told):
            yield Example(page.name, page.language, features, j in right)


def own_sentences(reader: PatternReader | LearnedReader) -> Iterator[Example]:
    """What is read from the sentence suites of `tests/statements`, each sentence a page of its own; they hold
    plain constructions of which few pages of gold have many."""
    for language, cases in CASES.items():
        for number, case in enumerate(cases):
            published = case.get("published")
            page = page_of(case["text"], language, str(published) if published else None)
            analysis = analyse(page)
            entities = tuple(tools_for(analysis).view.resolution.entities.values())
            for statement, found in reader.features(analysis):
                right = any(fits(wanted, statement, entities) for wanted in case["statements"])
                yield Example(f"{language} {number}", language, found, right, SENTENCE)


def calibration(likelihood: Any, right: Any) -> list[dict[str, float]]:
    """For each tenth of the scale: how many statements fall there, the mean told, the share that is right."""
    rows = []
    for k in range(BINS):
        low, high = k / BINS, (k + 1) / BINS
        there = (likelihood >= low) & ((likelihood < high) | (k == BINS - 1))
        if there.any():
            rows.append(
                {
                    "from": low,
                    "statements": int(there.sum()),
                    "told": round(float(likelihood[there].mean()), 3),
                    "right": round(float(right[there].mean()), 3),
                }
            )
    return rows


def cautious(odds: Any, right: Any) -> float:
    """By how much log odds over 0 must be lowered for `SURE` to be told only from where on `RIGHT` of the
    statements, at least `ENOUGH` of them, are right."""
    order = np.argsort(-odds)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = [n for n in range(ENOUGH, len(order)) if share[n - 1] >= RIGHT]
    bound = float(odds[order][max(enough, default=ENOUGH) - 1])
    return min(1.0, float(np.log(SURE / (1 - SURE))) / max(bound, 0.01))


def main() -> int:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, help="holds score.py, seeds, dev, gold and dev-gold")
    parser.add_argument("--gold", type=Path, default=Path("tests/gold/dev"), help="our own development gold")
    parser.add_argument("--reader", choices=list(READERS), default="learned")
    parser.add_argument("--card", type=Path, default=Path("build/confidence.json"))
    args = parser.parse_args()
    scorer = scorer_of(args.shared)
    reader, weights_file = READERS[args.reader]
    shared: Path = args.shared
    if args.reader == "learned":
        found = list(examples(training_pages(HELD), scorer, reader))
    else:
        gold = chain(
            gold_pages(shared / "gold", shared / "seeds"),
            gold_pages(shared / "dev-gold", shared / "dev"),
            gold_pages(args.gold, args.gold / "pages"),
        )
        found = [*examples(gold, scorer, reader), *own_sentences(reader)]
    vectors = DictVectorizer(sparse=False)
    x = vectors.fit_transform([e.features for e in found])
    y = np.array([e.right for e in found])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    pages = np.array([e.page for e in found])
    weight = np.array([e.weight for e in found])
    fitting = {"sample_weight": weight}
    told = cross_val_predict(
        model, x, y, groups=pages, cv=GroupKFold(FOLDS), params=fitting, method="predict_proba"
    )
    # Platt's scaling on what pages alone say: sentences of our own are easier than pages.
    right = y[weight == 1.0]
    odds = np.log(told[weight == 1.0, 1:] / told[weight == 1.0, :1])
    scaling = LogisticRegression(C=1e6).fit(odds, right)
    scale, shift = float(scaling.coef_[0, 0]), float(scaling.intercept_[0])
    caution = cautious(scaling.decision_function(odds), right)
    scaled = scaling.decision_function(odds)
    held_out = 1 / (1 + np.exp(-np.where(scaled > 0, scaled * caution, scaled)))
    sure = held_out >= 0.8
    card: dict[str, Any] = {
        "statements": len(right),
        "right": round(float(right.mean()), 3),
        "log_loss": round(float(-np.mean(np.log(np.where(right, held_out, 1 - held_out)))), 4),
        "at_least_0.8": {
            "statements": int(sure.sum()),
            "right": round(float(right[sure].mean()), 3) if sure.any() else None,
        },
        "calibration": calibration(held_out, right),
        "cut": [
            {
                "least": least,
                "kept": int((held_out >= least).sum()),
                "precision": round(float(right[held_out >= least].mean()), 3),
                "right_kept": round(float(right[held_out >= least].sum() / right.sum()), 3),
            }
            for least in (0.0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
        ],
    }
    model.fit(x, y, sample_weight=weight)
    weights = {"bias": round(float(model.intercept_[0]) * scale + shift, 3), "caution": round(caution, 3)}
    named = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    weights |= {str(name): round(float(w) * scale, 3) for name, w in sorted(named) if abs(w) >= 0.005}
    head = (
        "# Written by training/confidence.py: feature → weight of a logistic regression (docs/reader.md).\n"
    )
    weights_file.write_text(head + yaml.safe_dump(weights, sort_keys=False, allow_unicode=True), "utf-8")
    args.card.parent.mkdir(parents=True, exist_ok=True)
    args.card.write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    caption = f"Confidence and share right: {len(right)} statements of development pages, each held out"
    PLOT.write_text(calibration_plot(card["calibration"], caption), "utf-8")
    print(json.dumps(card, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
