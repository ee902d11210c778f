"""The labelled pairs of names that nomenklatura publishes, and how well a comparer of names does on them.

    python -m bench.name_pairs SHARED [--half dev|held|all] [--wrong] [--peer FOLDER]

The set is cut in two by a hash of the second name, so that pairs about one party stay together: on the `dev`
half the model was fitted and looked at, the `held` half only measures.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.listed import archive

from onrecord.entities.matching import Likeness, NameKind, match_across, match_names, script_of

COMPANY = frozenset(("Company", "Organization", "LegalEntity"))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, the sort of party, whether both are of one, and the half of the set."""

    one: str
    other: str
    schema: str
    same: bool
    half: str

    @property
    def kind(self) -> NameKind:
        """The kind of name that the comparer is told."""
        return "company" if self.schema in COMPANY else "person" if self.schema == "Person" else "other"


def pairs(shared: Path) -> list[Pair]:
    """The pairs of the set under `shared`, in its order."""
    text = archive(shared, "nomenklatura-name-pairs")["cases.csv"].decode("utf-8")
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        odd = hashlib.sha256(row["name2"].casefold().encode()).digest()[0] % 2
        half = "held" if odd else "dev"
        found.append(Pair(row["name1"], row["name2"], row["schema"], row["is_match"] == "true", half))
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs found rightly, found wrongly and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        return f"F1 {self.f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"


def figures(listed: Iterable[Pair], says_same: Callable[[Pair], bool]) -> Figures:
    """How well `says_same` does on the pairs."""
    said = [(pair.same, says_same(pair)) for pair in listed]
    return Figures(said.count((True, True)), said.count((False, True)), said.count((True, False)))


def compared(pair: Pair) -> Likeness:
    """What our comparer says of the names; of different scripts, by what they are in Latin letters."""
    if script_of(pair.one) == script_of(pair.other):
        return match_names(pair.one, pair.other, pair.kind)
    return match_across(pair.one, pair.other, match_names, pair.kind)


def says_same(pair: Pair) -> bool:
    """Whether our comparer takes the names for one party's."""
    return compared(pair).relation == "same"


def says_house(pair: Pair) -> bool:
    """Whether our comparer takes the names for one party's or one house's, which is what a comparer with one
    answer has to say."""
    return compared(pair).relation != "different"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--half", choices=("dev", "held", "all"), default="all")
    parser.add_argument("--wrong", action="store_true", help="print what is wrong in the dev half")
    parser.add_argument("--peer", type=Path, help="folder that nomenklatura is installed in")
    args = parser.parse_args()
    listed = pairs(args.shared)
    comparers: dict[str, Callable[[Pair], bool]] = {"same": says_same, "same or affiliate": says_house}
    if args.peer:
        sys.path.insert(0, str(args.peer))
        from bench.peer import MATCH, Peer

        peer = Peer()
        comparers["nomenklatura"] = lambda pair: peer.pair(pair.one, pair.other, pair.schema) >= MATCH
    for name, comparer in comparers.items():
        for half in ("dev", "held", "all"):
            if args.half not in ("all", half):
                continue
            chosen = [pair for pair in listed if half in ("all", pair.half)]
            for sort in ("all", "company", "person"):
                mine = [pair for pair in chosen if sort in ("all", pair.kind)]
                print(f"{name:17} {half:4} {sort:8} {len(mine):4} pairs  {figures(mine, comparer)}")
    if args.wrong:
        for pair in listed:
            if pair.half == "dev" and says_same(pair) != pair.same:
                found = compared(pair)
                label = "same" if pair.same else "different"
                names = f"{pair.one} | {pair.other}"
                print(f"{label:9} {found.score:.2f} {names} | {pair.kind} | {found.rule}, {found.relation}")


if __name__ == "__main__":
    main()
