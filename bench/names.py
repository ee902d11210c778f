"""Score the finding and resolving of names against gold (`make names`).

    python bench/names.py SHARED [--language da] [--show]

Gold lists each entity of a page with the names by which the page calls it. Every place of the page's own
text where one of them stands as a proper name (its words but the small ones with capitals; the longest
match; no part of a longer word or name) is a gold mention. It is *found* where the reader has a mention
there, and *resolved* where that mention stands for the right entity. As gold lists only entities that
occur in statements, the reader's names of others count neither way: a reader's name counts against
precision where it claims an entity of gold at no place of its names, or stands at such a place for
another.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.entities import Mention, Resolution, catalogue, name_data, noun_in, resolve
from onrecord.language import Analysis, analyse, installed_languages
from onrecord.pages import UnreadablePage, read_page

OWN = Path(__file__).parents[1] / "tests" / "gold" / "dev"
SMALL = frozenset(
    [
        "of",
        "for",
        "the",
        "and",
        "in",
        "on",
        "og",
        "i",
        "til",
        "af",
        "på",
        "van",
        "de",
        "der",
        "het",
        "den",
        "en",
        "voor",
        "und",
        "für",
        "des",
        "im",
        "von",
        "dem",
        "zur",
        "à",
        "du",
        "la",
        "le",
        "les",
        "et",
        "l",
        "d",
        "och",
        "om",
        "av",
        "&",
        "-",
        "'",
        "’",
        "s",
    ]
)
"""Words that stand without a capital inside a name."""


@dataclass
class Tally:
    """Counts of one language: gold's mentions, the reader's, and what they share."""

    gold: int = 0
    read: int = 0
    found: int = 0
    resolved: int = 0
    claims: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self, right: int, claimed: int) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        p = right / claimed if claimed else 0.0
        r = right / self.gold if self.gold else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def folded(text: str) -> str:
    """A name as names are compared."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_proper(name: str, key: str, language: str) -> bool:
    """Whether a listed name is a proper name: no epithet, demonym or unnamed group."""
    words = re.findall(r"[^\W_]+|[&'’-]", name)
    if re.match(r"[a-z]-?[A-Z]", name):
        return True
    if not words or not (words[0][:1].isupper() or words[0][:1].isdigit()):
        return False
    if not all(w[:1].isupper() or w[:1].isdigit() or w in SMALL for w in words):
        return False
    data = name_data(language)
    low = words[0].lower()
    if len(words) > 1:
        return name == key or language == "en" or low not in {d.lower() for d in data.definite}
    demonyms = {
        str(form).lower()
        for entry in data.states.values()
        for form in (*(entry.get("adjectives") or ()), *(entry.get("people") or ()))
    }
    nouns = (data.government, data.company, data.outlet, data.titles, data.spokesmen, data.roles, data.body)
    common = any(noun_in(low, listed) == low or noun_in(words[0], listed) == words[0] for listed in nouns)
    return low not in demonyms and not common and words[0] not in data.stop and len(name) > 1


def gold_mentions(
    text: str, entities: dict[str, list[str]], language: str
) -> Iterator[tuple[int, int, set[str]]]:
    """Start, end and the entities of each place where gold's names stand in the text."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for key, listed in entities.items():
        for name in {key, *listed}:
            if is_proper(name, key, language):
                names[name].add(key)
    if not names:
        return
    listed = sorted(names, key=len, reverse=True)
    for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, listed))})(?!\w)", text):
        yield match.start(), match.end(), names[match.group()]


def forms(key: str, names: Iterable[str]) -> set[str]:
    """An entity's names as they are compared."""
    return {folded(n) for n in (key, *names) if n} - {""}


def tally_page(gold: dict[str, Any], analysis: Analysis, into: Tally) -> None:
    """Add the counts of a page."""
    language, text = str(gold["language"]), analysis.page.text
    entities: dict[str, list[str]] = gold["entities"]
    resolution = resolve(analysis)
    wanted = {key: forms(key, listed) for key, listed in entities.items()}
    places = list(gold_mentions(text, entities, language))
    into.gold += len(places)
    spans = [(spot(m, analysis), m) for m in resolution.mentions if m.form not in ("pronoun", "possessive")]
    for start, end, keys in places:
        over = [m for (a, b), m in spans if a < end and start < b]
        named = any(m.form in ("name", "part") for m in over)
        into.read += named
        into.found += bool(over)
        right = any(shares(m, resolution, wanted[key]) for m in over for key in keys)
        into.claims += named or right
        into.resolved += right
        if not right:
            said = " / ".join(f"{m.keys[0]} ({m.kind} {m.form})" for m in over) or "-"
            around = text[max(start - 40, 0) : end + 30].replace("\n", " ")
            into.misses.append(
                f"MISSED {gold['page']}  {text[start:end]} = {', '.join(keys)}; read {said}  «{around}»"
            )
        into.read += bool(over) and not named
    for (start, end), mention in spans:
        if mention.form not in ("name", "part") or any(a < end and start < b for a, b, _ in places):
            continue
        claimed = [k for k, wants in wanted.items() if shares(mention, resolution, wants)]
        if claimed:
            into.read += 1
            into.claims += 1
            into.misses.append(f"EXTRA  {gold['page']}  {text[start:end]} as {mention.keys[0]}")


def spot(mention: Mention, analysis: Analysis) -> tuple[int, int]:
    """The characters of a mention."""
    return analysis.tokens[mention.first].start, analysis.tokens[mention.last - 1].end


def shares(mention: Mention, resolution: Resolution, wanted: set[str]) -> bool:
    """Whether what a mention stands for shares a name with an entity of gold."""
    meant = mention.keys if mention.all_of else mention.keys[:1]
    return any(forms(k, resolution.entities[k].names) & wanted for k in meant)


def pages(shared: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """Gold of each page of development, with the page's file."""
    for gold, texts in (
        (shared / "gold", shared / "seeds"),
        (shared / "dev-gold", shared / "dev"),
        (OWN, OWN / "pages"),
    ):
        for path in sorted(gold.glob("*.json")):
            read = json.loads(path.read_text("utf-8"))
            yield read, texts / read["page"]


def main() -> int:
    """Print the figures of each language."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, nargs="?", default=Path("../shared"))
    parser.add_argument("--language", action="append", help="only this language; may be given again")
    parser.add_argument("--show", action="store_true", help="list what was missed")
    parser.add_argument(
        "--unlisted", action="store_true", help="without the catalogue: how names fare that it does not list"
    )
    args = parser.parse_args()
    if args.unlisted:
        catalogue().clear()
    tallies: dict[str, Tally] = {}
    for gold, path in pages(args.shared):
        language = str(gold["language"])
        if language not in (args.language or installed_languages()) or language not in installed_languages():
            continue
        try:
            page = read_page(path.read_bytes(), path.name, languages=installed_languages())
        except UnreadablePage as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        tally_page(gold, analyse(page), tallies.setdefault(language, Tally()))
    print(f"{'':10}{'mentions':>9}   found  P    R    F1    resolved  P    R    F1")
    for language, tally in sorted(tallies.items()):
        found = "{:.3f} {:.3f} {:.3f}".format(*tally.figures(tally.found, tally.read))
        resolved = "{:.3f} {:.3f} {:.3f}".format(*tally.figures(tally.resolved, tally.claims))
        print(f"{language:10}{tally.gold:9}   {found}     {resolved}")
    if args.show:
        for _, tally in sorted(tallies.items()):
            print("\n".join(tally.misses))
    return 0


if __name__ == "__main__":
    sys.exit(main())
