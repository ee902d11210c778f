"""Names against listed parties: are they found, does nobody raise a false alarm, and how fast is it?

    python -m bench.screening SHARED [--seed 1] [--peer build/nomenklatura] [--show]

- **Found**: 500 names of listed companies, disturbed (`bench/disturb.py`), are looked up among all parties of
  the lists under SHARED (`bench/listed.py`), filled up to 20,000. Right is the party whose name was
  disturbed, or one that the lists have under a name of the same letters.
- **Alarms**: 500 companies that stand on no list: those of the catalogue whose state is none of those that
  the lists are about, and those of `bench/data/unlisted.txt`. An alarm is a `same` or `affiliate` answer.
- **Speed**: names a second in bulk (all listed or disturbed; and as in a register, where one in ten is, the
  others being those on no list, most with a word of a listed name after them), one name alone, and
  the making of the index, on one core; memory of the process.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from bench.disturb import ENDINGS, disturbed
from bench.listed import Listed, listed, without_note

from onrecord.entities import catalogue
from onrecord.entities.matching import Candidate, NameIndex, NameKind, match_names

PARTIES, ASKED = 20_000, 500
RESTRICTED = frozenset(("CN", "HK", "RU", "IR", "KP", "SY", "CU", "BY", "VE", "MM", "UA", "SD", None))
"""States whose companies the lists are about: the catalogue's companies of these may be listed."""
KINDS: dict[str, NameKind] = {"company": "company", "person": "person"}
OWN = Path(__file__).parent / "data" / "unlisted.txt"


def filled(parties: list[Listed], rng: random.Random) -> list[Listed]:
    """The parties, and as many with made-up names as bring them to `PARTIES`: real ones, each word of which
    that is not of the legal form is put in by one of another name."""
    companies = [party.names[0].split() for party in parties if party.kind == "company"]
    found = list(parties)
    while len(found) < PARTIES:
        name = " ".join(
            word if re.sub(r"\W", "", word).lower() in _FORMAL else rng.choice(rng.choice(companies))
            for word in rng.choice(companies)
        )
        found.append(Listed(f"made-{len(found)}", "company", (name,)))
    return found


_FORMAL = frozenset(re.sub(r"[^a-z ]", "", " ".join(ENDINGS)).split())


def letters(name: str) -> str:
    """A name's letters and figures in order, in lower case, without the words of its legal form and a note in
    brackets at its end: two parties of different lists with the same ones are taken for one, which no name
    without its legal form tells apart."""
    bare = [re.sub(r"[^\w]", "", word).lower() for word in without_note(name).split()]
    return "".join(word for word in bare if word not in _FORMAL) or "".join(bare)


def asked_for(
    parties: list[Listed], by_letters: dict[str, set[str]], rng: random.Random
) -> list[tuple[str, str, str, str]]:
    """The disturbed names: id, name, disturbed name, way. One that has become another party's own name is
    disturbed anew: nobody could tell whose it was."""
    companies = [p for p in parties if p.kind == "company" and len(letters(p.names[0])) >= 6]
    found = []
    for party in rng.sample(companies, ASKED):
        text, way = disturbed(party.names[0], rng)
        own = letters(party.names[0])
        while letters(text) != own and letters(text) in by_letters:
            text, way = disturbed(party.names[0], rng)
        found.append((party.id, party.names[0], text, way))
    return found


def unlisted(rng: random.Random, on_lists: set[str]) -> list[str]:
    """Companies on no list: none whose name stands there letter for letter, be it another's."""
    known = [
        entity.name
        for entity in catalogue().values()
        if entity.kind == "company" and entity.country not in RESTRICTED
    ]
    own = [line for line in OWN.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    known, own = ([name for name in some if letters(name) not in on_lists] for some in (known, own))
    return rng.sample(known, ASKED // 2) + rng.sample(own, ASKED // 2)


def clocks() -> tuple[float, float]:
    """Now, on the wall and by what this process has used of a core."""
    return time.perf_counter(), time.process_time()


def since(wall: float, cpu: float) -> str:
    """What has passed since, on both clocks: on a machine that others use too, the core's tells more."""
    return f"{time.perf_counter() - wall:.2f} s, {time.process_time() - cpu:.2f} s of a core"


def yardstick() -> str:
    """What this machine takes for a fixed piece of work in Python: figures of two machines, or of two hours,
    are compared by it."""
    wall, cpu = clocks()
    total = 0
    for number in range(3_000_000):
        total += number % 7
    return since(wall, cpu)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer", type=Path, help="folder that nomenklatura is installed in")
    parser.add_argument("--show", action="store_true", help="print what was not found, and alarms")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    real = listed(args.shared)
    parties = filled(real, rng)
    names = [(party.id, name) for party in parties for name in party.names]
    by_letters: dict[str, set[str]] = {}
    for key, name in names:
        by_letters.setdefault(letters(name), set()).add(key)
    asked, others = asked_for(real, by_letters, rng), unlisted(rng, set(by_letters))
    match_names("a b", "c d")  # the data is read
    print(f"yardstick: {yardstick()}")

    kinds = {party.id: KINDS.get(party.kind, "other") for party in parties}
    wall, cpu = clocks()
    index = NameIndex(names, kinds=kinds)
    print(f"index of {len(names)} names of {len(parties)} parties: {since(wall, cpu)}")
    found = index.search_all([text for _, _, text, _ in asked])
    missed: Counter[str] = Counter()
    for (key, name, text, way), candidates in zip(asked, found, strict=True):
        right = by_letters[letters(name)] | {key}
        if not candidates or candidates[0].key not in right:
            missed[way] += 1
            if args.show:
                print(f"  missed ({way}): {text} | {name} -> {_shown(candidates)}")
    ways = Counter(way for _, _, _, way in asked)
    print(f"right one first: {1 - missed.total() / len(asked):.3f} of {len(asked)} (seed {args.seed})")
    print("  " + ", ".join(f"{way} {1 - missed[way] / count:.2f}" for way, count in sorted(ways.items())))

    alarms = 0
    for name, nearest in zip(others, index.search_all(others), strict=True):
        candidates = tuple(found for found in nearest if found.likeness.relation != "different")
        if candidates:
            alarms += 1
            if args.show:
                print(f"  alarm: {name} -> {_shown(candidates)}")
    print(f"alarms: {alarms} of {len(others)} names on no list")

    companies = [party.names[0] for party in real if party.kind == "company"]
    hits = rng.sample(companies, 2000) + [disturbed(name, rng)[0] for name in rng.sample(companies, 2000)]
    misses = [*others, *(f"{name} {rng.choice(companies).split()[-1]}" for name in others * 7)]
    for what, bulk in (
        ("listed and disturbed names", hits),
        ("a register, one in ten listed", [*misses[:3600], *rng.sample(hits, 400)]),
    ):
        rng.shuffle(bulk)
        wall, cpu = clocks()
        index.search_all(bulk)
        passed, used = time.perf_counter() - wall, time.process_time() - cpu
        rates = f"{len(bulk) / passed:.0f} names a second, {len(bulk) / used:.0f} in a second of a core"
        print(f"bulk of {len(bulk)}, {what}: {rates}")
    single = []
    for name in rng.sample(companies, 200):
        text = disturbed(name, rng)[0]
        start = time.perf_counter()
        index.search(text)
        single.append(time.perf_counter() - start)
    print(
        f"one name: median {statistics.median(single) * 1000:.1f} ms, "
        f"slowest of 200 {max(single) * 1000:.1f} ms"
    )
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"yardstick: {yardstick()}")
    if args.peer:
        from bench.peer import measure

        sys.path.insert(0, str(args.peer))
        measure(parties, asked, others, by_letters, letters)


def _shown(candidates: tuple[Candidate, ...]) -> str:
    return "; ".join(
        f"{found.name} ({found.likeness.score:.2f} {found.likeness.relation}, {found.likeness.rule})"
        for found in candidates[:2]
    )


if __name__ == "__main__":
    main()
