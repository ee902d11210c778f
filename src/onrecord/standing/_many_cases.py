"""The cases of many parties at once: what of each moves them is picked from columns, and told by `_cases`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.standing._arrays import Array
from onrecord.standing._cases import make_cases, moved_by
from onrecord.standing._evidence import Evidence
from onrecord.standing._model import Case
from onrecord.standing._told_lines import lines_of, told_rows


def cases_of(evidence: Evidence, keys: Sequence[str], kinds: Sequence[str]) -> dict[str, tuple[Case, ...]]:
    """By each of these keys of parties the cases of some kinds of which it is the holder. The lines of their
    steps have the ids of their statements in their citations, and neither pages nor origins."""
    snapshot = evidence.snapshot
    said, numbers = snapshot.statements, snapshot.numbers
    number_of = numbers.find("key", keys)
    party = snapshot.among("key", np.array(sorted(number_of.values()), dtype=np.int64))
    types = numbers.find("type", {type_ for type_, _ in moved_by(kinds)})
    places, owners = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for type_, holder in sorted(moved_by(kinds)):
        moving = (said["type"] == types.get(type_, -1)) & party[said[holder]] & said["counts"]
        places.append(np.flatnonzero(moving))
        owners.append(said[holder][moving])
    rows, owner = np.concatenate(places), np.concatenate(owners)
    last, first = evidence.last[rows], evidence.first[rows]
    order = np.lexsort((said["id"][rows], evidence.page[rows], last, first, first == 0, owner))
    rows, owner = rows[order], owner[order]
    names = {number: key for key, number in number_of.items()}
    starts = np.flatnonzero(np.append(True, owner[1:] != owner[:-1])[: len(owner)]).tolist()
    told: dict[str, list[Array]] = {}
    for start, end in zip(starts, [*starts, len(rows)][1:], strict=False):
        told[names[int(owner[start])]] = told_rows(evidence, rows[start:end])
    lines = lines_of(evidence, [line for several in told.values() for line in several])
    found: dict[str, tuple[Case, ...]] = {}
    at = 0
    for key, several in told.items():
        cases = make_cases(lines[at : at + len(several)])
        at += len(several)
        found[key] = tuple(case for case in cases if case.holder == key and case.kind in kinds)
    return found
