"""How long a check of a large register takes.

    python -m bench.check LEDGER [--lines 100000] [--unknown 0.2] [--listed 20000] [--seed 1]

A restriction list of parties with made-up names, a few of them the ledger's own companies, is put into a copy
of the ledger, where it is not there yet. The register is made for the ledger: its lines name the ledger's
companies, those of which most is told most often, and a share of names that nothing is on record about, some
of which stand on the list. Each has a state, of the ledger's or one that rules speak of, and an operator out
of the ledger's; half of the shipments say how much of them is of US origin. The check is made twice, so that
the second compares itself with the first, which is kept. The time is that of the whole, with the reading of
the columns and of the list; beside it stands how long the process was busy, which is less where others use
the machine. The memory is the most that the process held.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from itertools import accumulate
from pathlib import Path
from typing import get_args

from onrecord import Ledger
from onrecord.exposure import Layer, Register, RegisterLine, Sort, check, outlines
from onrecord.lists import ListedName, Party, ReadList, add_list
from onrecord.present import render_check

_SORTS: tuple[Sort, ...] = get_args(Sort)
_LAYERS: tuple[Layer, ...] = get_args(Layer)
_BEGINS = ("b", "br", "d", "dr", "f", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
_ENDS = ("", "", "l", "m", "n", "r", "s", "x")
_TRADES = ("Trading", "Shipping", "Electronics", "Telecom", "Petroleum", "Holding", "Logistics", "Systems")
_FORMS = ("Ltd", "LLC", "GmbH", "Co., Ltd.", "A/S", "B.V.", "OOO", "")
_RULED = ("DK", "NL", "DE", "GB", "SE", "NO", "FR", "US", "CN", "RU", "IR", "CU", "SY", "AU", "IN")
"""States of which packs of rules speak, or ship to."""
_LIST = "made-up"
_OWN_LISTED = 20
"""So many of the ledger's companies stand on the list."""


def invented_names(number: int, seed: int) -> list[str]:
    """So many different names of companies, of made-up words, a trade and a legal form."""
    draw = random.Random(seed)

    def word() -> str:
        parts = (draw.choice(_BEGINS) + draw.choice(_VOWELS) + draw.choice(_ENDS) for _ in range(3))
        return "".join(parts).capitalize()

    found: dict[str, None] = {}
    while len(found) < number:
        words = (
            word(),
            *((word(),) if draw.random() < 0.5 else ()),
            draw.choice(_TRADES),
            draw.choice(_FORMS),
        )
        found[" ".join(filter(None, words))] = None
    return list(found)


def list_for(ledger: Ledger, parties: int, seed: int) -> None:
    """Add a list of so many parties, of which some are the ledger's own companies."""
    names = invented_names(parties, seed)
    companies = [one.entity.key for one in ledger.entities() if one.entity.kind == "company"]
    names[:_OWN_LISTED] = random.Random(seed).sample(companies, min(_OWN_LISTED, len(companies)))
    several = tuple(
        Party(str(number), "company", (ListedName(name),), source="Part one", since="2015-03-04")
        for number, name in enumerate(names)
    )
    add_list(
        ledger, ReadList(_LIST, "A made-up list", "nobody", "own-csv", "2020-01-01", several), who="bench"
    )


def register_for(ledger: Ledger, lines: int, unknown: float, parties: int, seed: int) -> Register:
    """A register of so many lines over a ledger's companies; a share of them are unknown, and of these one
    in fifty stands on the list of so many parties."""
    draw = random.Random(seed)
    entities = ledger.entities()
    companies = sorted(
        (one for one in entities if one.entity.kind == "company"), key=lambda one: -one.statements
    )
    states = [one.entity.key for one in entities if one.entity.kind == "state"]
    weights = list(accumulate((place + 1) ** -0.5 for place in range(len(companies))))
    others = max(int(lines * unknown / 4), 1)
    strangers = invented_names(others, seed + 1)
    for number, name in enumerate(invented_names(parties, seed)[-(others // 50) :] if parties else ()):
        strangers[number] = name.upper()
    made = []
    for number in range(lines):
        if draw.random() < unknown:
            party = draw.choice(strangers)
        else:
            party = draw.choices(companies, cum_weights=weights)[0].entity.name
        sort = draw.choice(_SORTS)
        state = draw.choice(states if draw.random() < 0.5 else _RULED) if draw.random() < 0.8 else None
        made.append(
            RegisterLine(
                line=number + 2,
                id=f"L{number}",
                sort=sort,
                party=party,
                operator=draw.choice(companies[-100:]).entity.name if draw.random() < 0.5 else None,
                state=state,
                layer=draw.choice(_LAYERS),
                us_share=round(draw.random(), 2) if sort == "shipment" and draw.random() < 0.5 else None,
            )
        )
    return Register(tuple(made))


def measure(
    place: str, lines: int = 100_000, unknown: float = 0.2, parties: int = 20_000, seed: int = 1
) -> None:
    """Print the figures of a ledger, to which the list, and the checks, are added."""
    with Ledger(place, create=False) as ledger:
        counts = ledger.counts()
        if parties and not ledger.deposits("list", _LIST):
            list_for(ledger, parties, seed)
        register = register_for(ledger, lines, unknown, parties, seed)
    names = len({line.party for line in register.lines})
    told = f"{counts.statements} statements; {len(register.lines)} lines, {names} parties"
    print(f"check of a register: {told}, {parties} on a list")
    for turn in ("first", "second"):
        with Ledger(place) as ledger:
            start, busy = time.perf_counter(), time.process_time()
            heard: list[float] = []
            found = check(
                ledger,
                register,
                who="bench",
                name="bench",
                progress=lambda *_, heard=heard: heard.append(time.perf_counter()),
            )
            took, busy = time.perf_counter() - start, time.process_time() - busy
        longest = max(later - earlier for earlier, later in zip([start, *heard], heard, strict=False))
        print(
            f"{turn:6} {took:6.1f} s, {busy:.1f} s of them busy; {lines / took:,.0f} lines/s, "
            f"{names / took:,.0f} names/s; silent {longest:.1f} s at most"
        )
        kinds = Counter(one.kind for one in outlines(found.findings))
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        new = sum(one.new for one in outlines(found.findings))
        print(f"       {len(found.findings)} findings: {listed}")
        print(f"       {new} new, {len(found.gone)} gone")
    start = time.perf_counter()
    render_check(found, "terminal", register=register)
    print(f"shown  {time.perf_counter() - start:6.1f} s for a terminal")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB at most")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ledger", type=Path, help="an SQLite file; it is copied, and stays as it is")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--unknown", type=float, default=0.2)
    parser.add_argument("--listed", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copied = shutil.copy(args.ledger, folder)
        measure(str(copied), args.lines, args.unknown, args.listed, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
