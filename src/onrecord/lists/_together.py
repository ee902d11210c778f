"""Which files make one list: OFAC publishes a list as several CSV files, with the entries, their other names,
their addresses and what did not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable

# As in OFAC's description of its delimited files, "sdn_data_spec.txt": SDN, ADD, ALT and SDN_COMMENTS; and
# CONS_PRIM, CONS_ADD, CONS_ALT and CONS_COMMENTS of the consolidated non-SDN list. Others name them alike.
_PARTS = (
    re.compile(r"(sdn(_\w+)?|add|alt)\.csv", re.IGNORECASE),
    re.compile(r"cons_\w+\.csv", re.IGNORECASE),
)


def together(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """File names, those of one list together, in the order in which the first of each stands."""
    groups: dict[object, list[str]] = {}
    for name in names:
        part = next((number for number, form in enumerate(_PARTS) if form.fullmatch(name)), name)
        groups.setdefault(part, []).append(name)
    return tuple(map(tuple, groups.values()))
