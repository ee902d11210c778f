"""Chains: over whom a party of the register is tied to one that is listed, restricted or under sanctions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from onrecord.exposure._data import Sanctioned, load, sanctioned_on
from onrecord.exposure._graph import Array, Bools, Graph
from onrecord.exposure._list_findings import citation_of, listing_of, version_of
from onrecord.exposure._model import Step
from onrecord.exposure._owned import Owned
from onrecord.exposure._screening import Screening
from onrecord.exposure._standing_findings import Standing
from onrecord.exposure._touch import Touch, few, valued
from onrecord.lists import Hit
from onrecord.standing import Evidence, Ground, Links, links_of


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain from a party to an `end`, over links. It ends there because of `hits` on lists, of sanctions
    against a state, or because states restrict it (`restricted`). `mark` is a number for the end."""

    end: str
    links: tuple[int, ...]
    hits: tuple[Hit, ...]
    sanctioned: Sanctioned | None
    restricted: bool
    mark: int


class Chains:
    """The links of a snapshot, and where they lead the parties of a register."""

    def __init__(self, evidence: Evidence, keys: Collection[str], day: str) -> None:
        told = links_of(evidence)
        snapshot = evidence.snapshot
        numbers = np.unique(np.concatenate((told.actor, told.target))).tolist()
        texts = snapshot.numbers.texts("key", numbers)
        kinds = snapshot.numbers.texts("kind", np.unique(evidence.kinds).tolist())
        kind_of = {key: kinds.get(int(evidence.kinds[number]), "") for number, key in texts.items()}
        self._owned = Owned(told, texts, kind_of, snapshot, day)
        self.links: Links = self._owned.links
        self._texts, kind_of = self._owned.texts, self._owned.kinds
        self.graph = Graph(self.links, self._texts, kind_of)
        self.day = day
        self._steps: dict[str, int] = load("chains")["steps"]
        self._parties = [self.graph.number[key] for key in sorted(keys) if key in self.graph.number]
        self._grounds: dict[int, Ground] = {}
        self._told: dict[tuple[str, str], Touch] = {}
        self._firm: list[bool] = self.links.firm.tolist()
        self._origins: list[int] = self.links.origins.tolist()
        self._arrays: dict[int, tuple[Array, Array]] = {}
        self._held: dict[frozenset[str], Bools] = {}
        # All to whom a chain may lead and who may stand on a list.
        self.reached = [
            key
            for key in (
                self.graph.keys[n] for n in self.graph.reached(self._parties, max(self._steps.values()))
            )
            if kind_of[key] in load("chains")["through"]
        ]

    def walk(
        self, screening: Screening, names: Callable[[str], Iterable[str]], standing: Standing
    ) -> dict[str, tuple[Chain, ...]]:
        """By the key of each party of the register its chains, the shortest first, then the best
        corroborated. `names` gives the names of an entity, which were screened."""
        graph, sanctioned = self.graph, sanctioned_on(self.day)
        size = len(graph.keys)
        hits: dict[int, tuple[Hit, ...]] = {}
        for key in self.reached if screening.versions else ():
            if found := screening.hits(names(key)):
                hits[graph.number[key]] = found
        listed, state, held = (np.zeros(size, dtype=bool) for _ in range(3))
        listed[list(hits)] = True
        state[[graph.number[key] for key in sanctioned if key in graph.number]] = True
        held[[place for place, key in enumerate(graph.keys) if standing.restricting(key)]] = True
        ends = listed | state | held
        most = max(self._steps.values())
        distance = graph.distance(np.flatnonzero(ends), most)
        marks = [int(sha256(key.encode()).hexdigest()[:10], 16) for key in graph.keys]
        told: dict[str, tuple[Chain, ...]] = {}
        for party in self._parties:
            chains = []
            for end, links in graph.chains(party, ends, listed | state, distance, most).items():
                key, steps = graph.keys[end], len(links)
                chain = Chain(
                    key,
                    links,
                    hits.get(end, ()) if steps <= self._steps["listed"] else (),
                    sanctioned.get(key) if steps <= self._steps["sanctioned"] else None,
                    bool(held[end]) and steps <= self._steps["restricted"],
                    marks[end],
                )
                if chain.hits or chain.sanctioned or chain.restricted:
                    chains.append(chain)
            if chains:
                told[graph.keys[party]] = tuple(sorted(chains, key=self._place))
        return told

    def _place(self, chain: Chain) -> tuple[int, bool, int, int, str]:
        by_list = bool(chain.hits or chain.sanctioned)
        weak = not all(self._firm[link] for link in chain.links)
        return not by_list, weak, len(chain.links), -self._weakest(chain), chain.end

    def _weakest(self, chain: Chain) -> int:
        told = [self._origins[link] for link in chain.links if self._owned.parent(link) is None]
        return min(told, default=0)

    def ground(self, link: int) -> Ground:
        """What a link rests on."""
        if link not in self._grounds:
            parent = self._owned.parent(link)
            voices = (parent.who,) if parent and parent.who else ()
            self._grounds[link] = (
                self.links.ground(link) if parent is None else Ground((), 0, 0, voices, None)
            )
        return self._grounds[link]

    def _step(self, link: int) -> tuple[Step, Ground]:
        ground, parent = self.ground(link), self._owned.parent(link)
        since = ground.since.value if ground.since else None
        return Step(
            actor=self._texts[int(self.links.actor[link])],
            by=self.links.types[int(self.links.of[link])],
            target=self._texts[int(self.links.target[link])],
            origins=ground.origins,
            since=since if parent is None else parent.since,
            firm=bool(self.links.firm[link]),
            denied=bool(self.links.denied[link]),
            source="" if parent is None else parent.source or parent.who,
        ), ground

    def touches(
        self, party: str, chains: Sequence[Chain], standing: Standing, states: Collection[str]
    ) -> list[Touch]:
        """The chains of a party as findings, on a line that concerns some states: of those that lead to a
        supplier that is restricted, the ones where one of these states restricts it, or where the line has
        none any state."""
        places, mark = self._ends(chains)
        restricted = self._restricted(standing, states)
        wanted = np.flatnonzero((places < 0) | restricted[places])
        most = int(load("chains")["most"])
        found = []
        for chain in (chains[at] for at in wanted[:most].tolist()):
            asked = party, chain.end
            if asked not in self._told:
                self._told[asked] = self._touch(party, chain, standing.restricting(chain.end))
            found.append(self._told[asked])
        rest = wanted[most:]
        if len(rest):
            number = int(load("checking")["named"])
            named = [chains[at].end for at in rest[:number].tolist()]
            more = len(rest) - number if len(rest) > number else None
            found.append(
                Touch(
                    mark=("chain", party, "more", str(int(mark[rest].sum()))),
                    kind="chain",
                    code="chains-more",
                    values=valued(party=party, count=len(rest), end=named, more=more),
                    about=party,
                )
            )
        return found

    def _ends(self, chains: Sequence[Chain]) -> tuple[Array, Array]:
        """Of the chains of a party where in the graph they end, -1 for those that end there on any line; and
        their marks."""
        asked = id(chains)
        if asked not in self._arrays:
            places = [-1 if one.hits or one.sanctioned else self.graph.number[one.end] for one in chains]
            marks = [one.mark for one in chains]
            self._arrays[asked] = np.array(places, dtype=np.int64), np.array(marks, dtype=np.int64)
        return self._arrays[asked]

    def _restricted(self, standing: Standing, states: Collection[str]) -> Bools:
        """By places in the graph, whom one of these states restricts."""
        asked = frozenset(states)
        if asked not in self._held:
            within = standing.restricted_in(asked)
            self._held[asked] = np.array([key in within for key in self.graph.keys], dtype=bool)
        return self._held[asked]

    def _touch(self, party: str, chain: Chain, by: list[str]) -> Touch:
        told = [self._step(link) for link in chain.links]
        grounds = [ground for _, ground in told]
        steps = [step for step, _ in told]
        days = [step.since for step in steps if step.since]
        hit = chain.hits[0] if chain.hits else None
        source = citation = ""
        score: float | None = None
        if hit is not None:
            code = "chain-listed" if hit.likeness.relation == "same" else "chain-affiliate"
            values = valued(end=chain.end, **listing_of(hit))
            source, citation, score = version_of(hit), citation_of(hit), round(hit.likeness.score, 4)
            days += [hit.party.since] if hit.party.since else []
            steps.append(Step(chain.end, "listed as", hit.party.name, since=hit.party.since))
            why = (hit.version.list, hit.party.id)
        elif chain.sanctioned is not None:
            code, citation = "chain-sanctioned", chain.sanctioned.citation
            values = valued(end=chain.end, listed_since=chain.sanctioned.since)
            days.append(chain.sanctioned.since)
            why = ("sanctioned", "")
        else:
            named, more = few(by, int(load("checking")["named_states"]))
            code, values = "chain-restricted", valued(end=chain.end, actor=named, more=more)
            why = ("restricted", "")
        source = source or "; ".join(dict.fromkeys(step.source for step in steps if step.source))
        voices = dict.fromkeys(voice for ground in grounds for voice in ground.voices)
        return Touch(
            mark=("chain", party, chain.end, *why),
            kind="chain",
            code=code,
            values=values,
            about=chain.end,
            # It holds since the last of its parts does.
            since=max(days, default=None),
            steps=tuple(steps),
            step_rows=tuple(ground.rows for ground in grounds),
            origins=self._weakest(chain),
            told=sum(ground.told for ground in grounds),
            words_of=tuple(voices)[:5],
            source=source,
            citation=citation,
            score=score,
        )
