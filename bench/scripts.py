"""Score the finding of companies by their names in another script (`python bench/scripts.py LISTS`).

    python bench/scripts.py LISTS [--show SCRIPT] [--un] [--press] [--others] [--speed] [--plain]

LISTS is a folder of published lists (`us-csl-*/csl.csv`, `us-ofac-sdn-*/sdn.csv`,
`un-*/UN_consolidated.xml`). `bench/data/scripts.csv` holds companies by their Latin name and their name in
another script. Each is looked up by its name in the other script among the Latin names of 20,000 listed
parties and of the set's companies. It is *first* where the best candidate is it, or a listed party whose
Latin name the matcher takes for the same (the lists name many of these companies themselves), and *same*
where that candidate is taken to be the party, too. The set is parted in halves by a hash of the Latin name:
the words were mended by failures of the `dev` half only. With `--un` the pairs are those of the UN list: the
name of each party and its name in original script, of organisations and of persons. With `--press` they are
parties of the US Entity List with the Chinese names that newspapers gave them
(`bench/data/scripts-press.csv`, collected when the words were written). With `--others` the names of
`bench/data/scripts-others.csv` are looked up, companies that none of the lists holds: each one that is taken
to be a listed party is told.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from onrecord.entities.matching import Candidate, NameIndex, NameKind, latin_forms, match_names, search_across

Searched = Callable[[NameIndex, Sequence[str], NameKind], list[tuple[Candidate, ...]]]

DATA = Path(__file__).parent / "data"
PARTIES = 20_000
SCRIPTS = {
    "Hani": "Chinese",
    "Cyrl": "Cyrillic",
    "Grek": "Greek",
    "Arab": "Arabic, Persian",
    "Jpan": "Japanese",
    "Kore": "Korean",
    "Hebr": "Hebrew",
}


def is_dev(latin: str) -> bool:
    """Whether a pair is of the half that failures are looked at."""
    return hashlib.sha256(latin.encode()).digest()[0] % 2 == 0


def pairs(name: str = "scripts.csv") -> list[dict[str, str]]:
    """A test set: latin, other, script, source."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(lists: Path) -> list[str]:
    """The Latin names of the parties that the lists name, each once, filled up to 20,000 by further names of
    parties of the Consolidated Screening List."""
    names: dict[str, None] = {}
    others: list[str] = []
    for path in sorted(lists.glob("us-csl-*/csl.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        names.update((row["name"], None) for row in rows)
        others = [name for row in rows for name in (row["alt_names"] or "").split("; ")]
    for path in sorted(lists.glob("us-ofac-sdn-*/sdn.csv"), reverse=True):
        with path.open(encoding="utf-8", newline="") as file:
            names.update((row[1], None) for row in csv.reader(file) if len(row) > 1)
    random.Random(5).shuffle(others)
    found = {name: None for name in (*names, *others) if name and latin_forms(name) == (name,)}
    return list(found)[:PARTIES]


def un_pairs(lists: Path) -> list[tuple[str, str, NameKind]]:
    """Latin name, name in original script and kind of each party of the UN list that has both."""
    found: list[tuple[str, str, NameKind]] = []
    for path in sorted(lists.glob("un-*/UN_consolidated.xml")):
        for element in ElementTree.parse(path).getroot().iter():
            kind: NameKind | None = {"ENTITY": "company", "INDIVIDUAL": "person"}.get(element.tag)  # type: ignore[assignment]
            other = " ".join((element.findtext("NAME_ORIGINAL_SCRIPT") or "").split())
            parts = [element.findtext(f"{n}_NAME") or "" for n in ("FIRST", "SECOND", "THIRD", "FOURTH")]
            latin = re.sub(r"\(.*?\)", "", " ".join(" ".join(parts).split()))
            if kind and latin and other and latin_forms(other) != (other,):
                found.append((latin, other, kind))
    return found


def search(index: NameIndex, names: Sequence[str], kind: NameKind) -> list[tuple[Candidate, ...]]:
    """The candidates for each name, which may be in another script, best first."""
    return index.search_all(names, limit=5, kind=kind)


def forms_searched(index: NameIndex, names: Sequence[str], kind: NameKind) -> list[tuple[Candidate, ...]]:
    """The same for an index that knows no other script."""
    return search_across(index, names, match_names, kind=kind)


def score(
    title: str, rows: Sequence[tuple[str, str]], found: Iterable[tuple[Candidate, ...]], show: bool
) -> None:
    """Print how many of the (latin, other) rows are first and same; with `show` each that is not first."""
    counts: Counter[str] = Counter()
    for (latin, other), candidates in zip(rows, found, strict=True):
        counts["all"] += 1
        best = candidates[0] if candidates else None
        right = best is not None and (best.key == latin or match_names(best.name, latin).relation == "same")
        same = best is not None and best.likeness.relation == "same"
        counts["first"] += right
        counts["same"] += right and same
        counts["wrong"] += same and not right
        if show and not (right and same):
            told = [(c.name, round(c.likeness.score, 2), c.likeness.relation) for c in candidates[:2]]
            print("  ", "first" if right else "    -", latin, "|", other, "|", latin_forms(other), "|", told)
    if counts["all"]:
        n = counts["all"]
        print(
            f"{title:28} {n:4}  first {counts['first'] / n:.2f}  same {counts['same'] / n:.2f}"
            f"  another taken for it {counts['wrong']}"
        )


def tell_others(index: NameIndex, searched: Searched) -> None:
    """Print which names of other companies are taken to be a listed party."""
    with (DATA / "scripts-others.csv").open(encoding="utf-8", newline="") as file:
        others = [row["other"] for row in csv.DictReader(file)]
    same = 0
    for other, candidates in zip(others, searched(index, others, "company"), strict=True):
        if candidates and candidates[0].likeness.relation == "same":
            same += 1
            print("  ", other, "|", candidates[0].name, "|", round(candidates[0].likeness.score, 2))
    print(f"{len(others)} names of other companies: {same} taken to be a listed party")


def score_un(lists: Path, names: Sequence[str], searched: Searched, show: bool) -> None:
    """Print how many parties of the UN list are found by their names in original script."""
    un = un_pairs(lists)
    index = NameIndex([(name, name) for name in (*names, *(latin for latin, _, _ in un))])
    kinds: tuple[NameKind, ...] = ("company", "person")
    for kind in kinds:
        some = [(latin, other) for latin, other, its in un if its == kind]
        score(f"UN list, {kind}", some, searched(index, [other for _, other in some], kind), show)


def tell_speed() -> None:
    """Print how many names a second are put into Latin forms, of each script, none met before."""
    rows = pairs()
    latin = [f"{row['latin']} {n}" for n in range(100) for row in rows]
    start = time.process_time()
    for name in latin:
        latin_forms(name)
    print(f"{'Latin':28} {len(latin) / (time.process_time() - start):10,.0f} a second")
    for script, title in SCRIPTS.items():
        some = [row["other"] for row in rows if row["script"] == script]
        latin_forms(some[0])
        made = [f"{name} {n}" for n in range(2000 // len(some)) for name in some]
        start = time.process_time()
        for name in made:
            latin_forms(name)
        print(f"{title:28} {len(made) / (time.process_time() - start):10,.0f} a second")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--show", default="", help="script whose dev failures are told, as in the file")
    parser.add_argument("--un", action="store_true", help="the pairs of the UN list instead")
    parser.add_argument("--plain", action="store_true", help="leave the other scripts to the index")
    parser.add_argument("--press", action="store_true", help="the pairs that newspapers gave instead")
    parser.add_argument("--others", action="store_true", help="names of companies that no list holds instead")
    parser.add_argument(
        "--speed", action="store_true", help="how fast names are put into Latin forms instead"
    )
    args = parser.parse_args()
    if args.speed:
        tell_speed()
        return
    rows = pairs("scripts-press.csv" if args.press else "scripts.csv")
    names = listed(args.lists)
    searched: Searched = search if args.plain else forms_searched
    if args.others:
        tell_others(NameIndex([(name, name) for name in names]), searched)
        return
    if args.un:
        score_un(args.lists, names, searched, args.show == "un")
        return
    index = NameIndex([(name, name) for name in dict.fromkeys((*(row["latin"] for row in rows), *names))])
    start = time.perf_counter()
    found = searched(index, [row["other"] for row in rows], "company")
    took = time.perf_counter() - start
    print(f"{len(names):,} listed parties; {len(rows) / took:,.0f} names looked up a second")
    for dev in (True, False):
        print("dev" if dev else "held out")
        for script, title in (*SCRIPTS.items(), ("all", "all")):
            some = [
                (row, candidates)
                for row, candidates in zip(rows, found, strict=True)
                if is_dev(row["latin"]) == dev and (script in (row["script"], "all"))
            ]
            score(
                title,
                [(row["latin"], row["other"]) for row, _ in some],
                [candidates for _, candidates in some],
                dev and args.show == script,
            )


if __name__ == "__main__":
    main()
