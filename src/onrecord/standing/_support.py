"""The statements behind positions that many actors hold on many suppliers."""

from __future__ import annotations

import numpy as np

from onrecord.standing._acts import scope_places
from onrecord.standing._arrays import Array
from onrecord.standing._dates import first_day
from onrecord.standing._evidence import Evidence, Ground, together
from onrecord.standing._rules import code_of, codes, scopes
from onrecord.standing._standings import Held, measure_rows


class Support:
    """What positions rest on: the restrictions and permissions that say the present position of the unbroken
    time for which it is on record; the undated too."""

    def __init__(self, evidence: Evidence) -> None:
        snapshot, said = evidence.snapshot, evidence.snapshot.statements
        self._evidence = evidence
        rows = measure_rows(snapshot)
        rows = evidence.in_order(rows[(said["actor"][rows] > 0) & (said["target"][rows] > 0)])
        place = self._place(rows)
        order, begins = together(said["actor"][rows], said["target"][rows], place)
        self._rows = rows[order]
        at = begins[:-1]
        group = zip(
            said["actor"][self._rows[at]].tolist(),
            said["target"][self._rows[at]].tolist(),
            place[order[at]].tolist(),
            strict=True,
        )
        self._of = {key: (int(a), int(b)) for key, a, b in zip(group, at, begins[1:], strict=True)}

    def _place(self, rows: Array) -> Array:
        """For each of these statements a number for its scope and code."""
        snapshot = self._evidence.snapshot
        said, numbers = snapshot.statements, snapshot.numbers
        type_, status = (said[name][rows].astype(np.int64) for name in ("type", "status"))
        told, same = np.unique(type_ << 16 | status, return_inverse=True)
        types = numbers.texts("type", (told >> 16).tolist())
        statuses = numbers.texts("status", (told & 0xFFFF).tolist())
        ranks = []
        for one in told.tolist():
            code = code_of(types[one >> 16], statuses[one & 0xFFFF])  # type: ignore[arg-type]
            assert code is not None
            ranks.append(code.rank)
        places, of = scope_places(snapshot, said["scope"][rows], said["topic"][rows])
        found: Array = places[of] * len(codes()) + np.array(ranks, dtype=np.int64)[same]
        return found

    def ground(self, *several: Held) -> Ground:
        """What positions rest on together; of one that a person set nothing but its day."""
        evidence = self._evidence
        rows = [self._rows_of(held) for held in several]
        all_rows = evidence.in_order(np.unique(np.concatenate(rows))) if len(rows) > 1 else rows[0]
        ground = evidence.ground(all_rows)
        since = min((held.since for held in several if held.since), key=lambda m: m.value, default=None)
        return Ground(ground.rows, ground.told, ground.origins, ground.voices, since)

    def _rows_of(self, held: Held) -> Array:
        evidence = self._evidence
        numbers = evidence.snapshot.numbers
        place = scopes().index(held.whole or held.scope) * len(codes()) + codes()[held.code].rank
        key = numbers.of("key", held.actor), numbers.of("key", held.supplier), place
        if held.set_by is not None or key not in self._of:
            return np.empty(0, dtype=np.int64)
        start, end = self._of[key]
        rows: Array = self._rows[start:end]
        if held.since is None:
            return rows
        # What is planned or weighed holds from the day on which it is told, as `make_acts` has it.
        told = held.force in ("announced", "weighing")
        day = evidence.published[rows] if told else evidence.first[rows]
        found: Array = rows[(day == 0) | (day >= first_day(held.since.value).toordinal())]
        return found
