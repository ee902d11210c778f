"""What touches the parties of a register, laid on the lines that name them."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.exposure._chains import Chain, Chains
from onrecord.exposure._list_findings import list_touches
from onrecord.exposure._model import RegisterLine
from onrecord.exposure._parties import Known
from onrecord.exposure._screening import Screening
from onrecord.exposure._standing_findings import Standing, case_touches, dispute_touches
from onrecord.exposure._touch import Touch

States = tuple[str, ...]


class Spread:
    """Lays what touches parties on the lines that name them. Each thing is kept once, in `touches`, and what
    lines have in common as a bundle of places among them: what lists say of a party, its positions for an
    operator and states, its chains for states, and what else is told of it."""

    def __init__(
        self,
        known: dict[str, Known],
        screening: Screening,
        standing: Standing,
        chains: Chains,
        ways: dict[str, tuple[Chain, ...]],
    ) -> None:
        self.touches: list[Touch] = []
        self.bundles: list[tuple[int, ...]] = []
        self._known, self._screening, self._standing = known, screening, standing
        self._chains, self._ways = chains, ways
        self._place: dict[int, int] = {}
        self._of_party: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._held: dict[tuple[str, States, str | None], tuple[int, ...]] = {}
        self._tied: dict[tuple[str, States], tuple[int, ...]] = {}

    def on(self, line: RegisterLine, states: States) -> tuple[int, ...]:
        """The numbers, among `bundles`, of what touches a line that these states concern."""
        party = self._known[line.party]
        listed, rest = self._party(party)
        if party.key is None:
            return listed
        if not party.on_record:
            return (*listed, *self._chained(party.key, states))
        operator = self._known[line.operator].key if line.operator else None
        # Where the operator has no position, the line is as one without it.
        asked = party.key, states, operator if self._standing.has(party.key, operator) else None
        if asked not in self._held:
            self._held[asked] = self._bundle(self._standing.touching(*asked))
        return (*listed, *self._held[asked], *self._chained(party.key, states), *rest)

    def _chained(self, key: str, states: States) -> tuple[int, ...]:
        if (key, states) not in self._tied:
            ways = self._ways.get(key, ())
            self._tied[key, states] = self._bundle(self._chains.touches(key, ways, self._standing, states))
        return self._tied[key, states]

    def _party(self, party: Known) -> tuple[tuple[int, ...], tuple[int, ...]]:
        if party.name not in self._of_party:
            hits = self._screening.hits(dict.fromkeys((party.name, party.label)))
            rest: list[Touch] = []
            if party.key is not None and party.on_record:
                rest += case_touches(party.key, self._standing.cases)
                rest += dispute_touches(party.key, self._standing.matters)
            self._of_party[party.name] = self._bundle(list_touches(party, hits)), self._bundle(rest)
        return self._of_party[party.name]

    def _bundle(self, touches: Iterable[Touch]) -> tuple[int, ...]:
        """The number of a bundle of these; none where there are none."""
        places = tuple(map(self._placed, touches))
        if not places:
            return ()
        self.bundles.append(places)
        return (len(self.bundles) - 1,)

    def _placed(self, touch: Touch) -> int:
        # A touch is made once and kept, so that it is known by its identity.
        place = self._place.setdefault(id(touch), len(self.touches))
        if place == len(self.touches):
            self.touches.append(touch)
        return place
