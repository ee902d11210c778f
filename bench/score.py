"""Score the reading against gold (`make score`): annotate its pages, then run the gold's own scorer.

    python -m bench.score SHARED [--show] [--by type]

Scored are the founding and development pages in SHARED (`seeds` and `dev` with `gold` and `dev-gold`) and
the project's own gold in `tests/gold`: `dev`, on which rules may be developed, and `test`, which was frozen
before any rule was written for it. SHARED also holds the scorer, `score.py`. The last table says how far test
lies below dev; a large distance means rules that were fitted to pages.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from onrecord.language import installed_languages

OWN = Path(__file__).parents[1] / "tests" / "gold"
BUILD = Path("build/score")
ONRECORD = Path(sys.executable).with_name("onrecord")
PAGES_UNREADABLE = (0, 3, 5)
"""Exit codes of `annotate` that leave something to score: a page that is not read counts as missed."""
MOST_APART = 0.08
"""How far test may lie below dev in full F1 before the rules count as fitted to pages."""


class Part(NamedTuple):
    """A set of pages with its gold."""

    name: str
    pages: Path
    gold: Path


class Score(NamedTuple):
    """Statements in gold, read, and right by detection, agreement and in full."""

    gold: int
    read: int
    detect: int
    agree: int
    full: int

    def precision(self, right: int) -> float:
        """The share of what was read that is right."""
        return right / self.read if self.read else 0.0

    def f1(self, right: int) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * right / (self.gold + self.read) if self.gold + self.read else 0.0


def scorer_of(shared: Path) -> ModuleType:
    """The gold's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", shared / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotate(part: Part) -> Path:
    """Read a part's pages; the folder with a JSON file for each."""
    out = BUILD / part.name
    shutil.rmtree(out, ignore_errors=True)
    done = subprocess.run(
        [ONRECORD, "annotate", str(part.pages), "--out", str(out)], stdout=subprocess.DEVNULL
    )
    if done.returncode not in PAGES_UNREADABLE:
        raise SystemExit(done.returncode)
    return out


def scores(part: Part, out: Path, scorer: ModuleType) -> Iterator[tuple[str, str, Score]]:
    """Language, statement type and score of each page and type of a part."""
    for path in sorted(part.gold.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        file = out / path.name
        system: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {"statements": []}
        text = (part.pages / gold["page"]).read_text("utf-8", "replace")
        pairs = scorer.pair(gold, system, text)
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for statement in gold["statements"]:
            counts[statement["type"]]["gold"] += 1
        for statement in system["statements"]:
            counts[statement["type"]]["read"] += 1
        for (_, level, _), i, _ in pairs:
            counted = counts[gold["statements"][i]["type"]]
            counted["detect"] += 1
            counted["agree"] += level >= 2
            counted["full"] += level >= 3
        for kind, c in counts.items():
            yield (
                gold["language"],
                kind,
                Score(c["gold"], c["read"], c["detect"], c["agree"], c["full"]),
            )


def total(found: list[Score]) -> Score:
    """All scores as one."""
    return Score(*(sum(numbers) for numbers in zip(*found, strict=True))) if found else Score(0, 0, 0, 0, 0)


def line(label: str, s: Score) -> str:
    """One line of a table."""
    return (
        f"{label:14}{s.gold:6}{s.read:6}{s.f1(s.detect):9.3f}{s.f1(s.agree):8.3f}{s.f1(s.full):8.3f}"
        f"{s.precision(s.full):10.2f}"
    )


def main() -> int:
    """Score all parts; 0 where all went well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, nargs="?", default=Path("../shared"))
    parser.add_argument(
        "--show", action="store_true", help="list what was missed and invented (not for test)"
    )
    parser.add_argument("--by", choices=["language", "type"], default="language")
    args = parser.parse_args()
    shared: Path = args.shared
    if not (shared / "score.py").is_file():
        print(f"There is no gold to score against: {shared}/score.py is not there.", file=sys.stderr)
        print(
            "Name the folder that holds score.py, gold and pages: make score SHARED=FOLDER", file=sys.stderr
        )
        return 1
    scorer = scorer_of(shared)
    parts = [
        Part("seeds", shared / "seeds", shared / "gold"),
        Part("shared-dev", shared / "dev", shared / "dev-gold"),
        Part("own-dev", OWN / "dev" / "pages", OWN / "dev"),
        Part("own-test", OWN / "test" / "pages", OWN / "test"),
    ]
    full: dict[str, dict[str, float]] = {}
    for part in parts:
        out = annotate(part)
        found = list(scores(part, out, scorer))
        grouped: defaultdict[str, list[Score]] = defaultdict(list)
        for language, kind, score in found:
            grouped[kind if args.by == "type" else language].append(score)
        print(f"\n== {part.name}\n{'':14}  gold  read   detect   agree    full  precision", flush=True)
        for group in sorted(grouped):
            print(line(group, total(grouped[group])))
        print(line("all", total([score for *_, score in found])), flush=True)
        full[part.name] = {g: total(s).f1(total(s).full) for g, s in grouped.items()}
        scored = [str(part.gold), str(out), "--pages", str(part.pages)]
        shown = ["--show"] if args.show and part.name != "own-test" else []
        subprocess.run([sys.executable, str(shared / "score.py"), *scored, *shown])
    print(f"\n== full F1, own dev less own test (over {MOST_APART}: rules fitted to pages)")
    for group in sorted(set(full["own-dev"]) & set(full["own-test"])):
        apart = full["own-dev"][group] - full["own-test"][group]
        print(f"{group:14}{full['own-dev'][group]:7.3f}{full['own-test'][group]:8.3f}{apart:8.3f}")
    print(f"\nlanguages installed: {', '.join(installed_languages())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
