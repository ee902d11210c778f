"""Score the reading against gold (`make score`): annotate its pages, then run the gold's own scorer.

    python bench/score.py SHARED

SHARED holds `seeds` and `dev` (pages), `gold` and `dev-gold` (one JSON file a page) and `score.py`. Gold in
languages that are not installed is left out, and counted.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from onrecord.language import installed_languages

PARTS = (("seeds", "gold"), ("dev", "dev-gold"))
BUILD = Path("build/score")
ONRECORD = Path(sys.executable).with_name("onrecord")
PAGES_UNREADABLE = (0, 3, 5)
"""Exit codes of `annotate` that leave something to score: a page that is not read counts as missed."""


def copy_gold(source: Path, target: Path, languages: tuple[str, ...]) -> tuple[list[str], Counter[str]]:
    """Copy the gold of the installed languages to `target`; its pages' names, and the rest by language."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    pages: list[str] = []
    rest: Counter[str] = Counter()
    for path in sorted(source.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold["language"] in languages:
            shutil.copy(path, target)
            pages.append(gold["page"])
        else:
            rest[gold["language"]] += 1
    return pages, rest


def score(shared: Path, pages: str, gold: str, languages: tuple[str, ...]) -> int:
    """Annotate and score one part; the figures go to standard output. Gives an exit code."""
    kept, rest = copy_gold(shared / gold, BUILD / gold, languages)
    system = BUILD / pages
    shutil.rmtree(system, ignore_errors=True)
    print(f"== {pages}: {len(kept)} pages in {', '.join(languages)}", flush=True)
    if rest:
        counts = ", ".join(f"{language} {n}" for language, n in sorted(rest.items()))
        print(f"   left out, language not installed: {counts}", flush=True)
    paths = [str(shared / pages / name) for name in kept]
    annotate = subprocess.run([ONRECORD, "annotate", *paths, "--out", str(system)], stdout=subprocess.DEVNULL)
    if annotate.returncode not in PAGES_UNREADABLE:
        return annotate.returncode
    scorer = [sys.executable, str(shared / "score.py"), str(BUILD / gold), str(system)]
    return subprocess.run([*scorer, "--pages", str(shared / pages), "--by", "language"]).returncode


def main() -> int:
    """Score both parts; 0 where all went well."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    if not (shared / "score.py").is_file():
        print(f"There is no gold to score against: {shared}/score.py is not there.", file=sys.stderr)
        print(
            "Name the folder that holds score.py, gold and pages: make score SHARED=FOLDER", file=sys.stderr
        )
        return 1
    languages = installed_languages()
    return max(score(shared, pages, gold, languages) for pages, gold in PARTS)


if __name__ == "__main__":
    sys.exit(main())
