"""Count the words of companies' names: `src/onrecord/entities/matching/data/background.csv`.

    python -m training.matching.background SHARED

How rare a word is tells how much it counts when names are compared. The background are the companies of the
real lists under SHARED/data/lists; of them only the counts of words that at least `LEAST` parties have are
kept: a word that few have is rare whoever has it.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from bench.listed import listed

from onrecord.entities.matching._fold import fold, words_of

LEAST = 3
TO = Path(__file__).parents[2] / "src/onrecord/entities/matching/data/background.csv"


def main() -> None:
    parties = [party for party in listed(Path(sys.argv[1])) if party.kind == "company"]
    count: Counter[str] = Counter()
    for party in parties:
        words = {word for name in party.names for word in words_of(fold(name), join_letters=True)}
        count.update(word for word in words if word.isalpha() and len(word) > 1)
    kept = sorted(((n, word) for word, n in count.items() if n >= LEAST), key=lambda row: (-row[0], row[1]))
    with TO.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("names", len(parties)))
        writer.writerows((word, n) for n, word in kept)
    print(f"{len(parties)} parties, {len(kept)} words")


if __name__ == "__main__":
    main()
