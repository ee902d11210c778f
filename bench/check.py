"""How long a check of a large register takes.

    python -m bench.check LEDGER [--lines 100000] [--unknown 0.2] [--seed 1]

The register is made for the ledger: its lines name the ledger's companies, those of which most is told most
often, and a share of names that nothing is on record about. Each has a state and an operator out of the
ledger's. The check is made twice, so that the second compares itself with the first, which is kept: give a
copy of a ledger. The time is that of the whole, with the reading of the columns; beside it stands how long
the process was busy, which is less where others use the machine. The memory is the most that
the process held.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from itertools import accumulate
from typing import get_args

from onrecord import Ledger
from onrecord.exposure import Layer, Register, RegisterLine, Sort, check

_SORTS: tuple[Sort, ...] = get_args(Sort)
_LAYERS: tuple[Layer, ...] = get_args(Layer)


def register_for(ledger: Ledger, lines: int, unknown: float, seed: int) -> Register:
    """A register of so many lines over a ledger's companies; a share of them are unknown."""
    draw = random.Random(seed)
    entities = ledger.entities()
    companies = sorted(
        (one for one in entities if one.entity.kind == "company"), key=lambda one: -one.statements
    )
    states = [one.entity.key for one in entities if one.entity.kind == "state"]
    weights = list(accumulate((place + 1) ** -0.5 for place in range(len(companies))))
    others = max(int(lines * unknown / 4), 1)
    made = []
    for number in range(lines):
        if draw.random() < unknown:
            party = f"Unheard-of Trading {draw.randrange(others)} Ltd"
        else:
            party = draw.choices(companies, cum_weights=weights)[0].entity.name
        made.append(
            RegisterLine(
                line=number + 2,
                id=f"L{number}",
                sort=draw.choice(_SORTS),
                party=party,
                operator=draw.choice(companies[-100:]).entity.name if draw.random() < 0.5 else None,
                state=draw.choice(states) if draw.random() < 0.8 else None,
                layer=draw.choice(_LAYERS),
            )
        )
    return Register(tuple(made))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ledger", help="a copy of a ledger: checks are kept in it")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--unknown", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with Ledger(args.ledger, create=False) as ledger:
        counts = ledger.counts()
        register = register_for(ledger, args.lines, args.unknown, args.seed)
    parties = len({line.party for line in register.lines})
    print(f"{counts.statements} statements; {len(register.lines)} lines, {parties} parties")
    for turn in ("first", "second"):
        with Ledger(args.ledger) as ledger:
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
        kinds = Counter(finding.kind for finding in found.findings)
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        print(f"{turn:6} {took:6.1f} s, {busy:.1f} s of them busy; {len(found.findings)} findings: {told}")
        new, gone = sum(finding.new for finding in found.findings), len(found.gone)
        print(f"       {new} new, {gone} gone; silent {longest:.1f} s at most")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
