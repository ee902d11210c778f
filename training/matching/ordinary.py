"""Find the words of listed names that are ordinary ones: `src/onrecord/entities/matching/data/ordinary.txt`.

    python -m training.matching.ordinary SHARED

*Progress*, *Sierra* and *Sunrise* are rare among the names of companies and yet nobody's own: a firm that has
such a word for its whole name has many namesakes that no list knows. Taken are the words of four letters and
more of the real lists under SHARED/data/lists which simplemma's dictionaries have as words of English,
Spanish, French or German.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.listed import listed
from simplemma import is_known

from onrecord.entities.matching._fold import fold
from onrecord.entities.matching._words import words

LANGUAGES = ("en", "es", "fr", "de")
TO = Path(__file__).parents[2] / "src/onrecord/entities/matching/data/ordinary.txt"


def main() -> None:
    names = [name for party in listed(Path(sys.argv[1])) if party.kind == "company" for name in party.names]
    found = {word for name in names for word in fold(name).split() if word.isalpha() and len(word) > 3}
    known = words()
    kept = sorted(
        word
        for word in found
        if word not in known.lines
        and word not in known.small
        and any(is_known(word, language) for language in LANGUAGES)
    )
    TO.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} of {len(found)} words")


if __name__ == "__main__":
    main()
