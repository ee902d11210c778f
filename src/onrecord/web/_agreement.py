"""How far two who judged the same statements, neither knowing what the other said, agree; and who did how
much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.ledger import Judgement
from onrecord.team import Blind


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement that two persons judged, the second without having seen the `first`. `settled` is the
    judgement that came after both, if any."""

    statement: str
    first: Judgement
    second: Judgement
    settled: Judgement | None

    @property
    def agreed(self) -> bool:
        """Whether both say the same; two corrections where they correct the same."""
        return _said(self.first) == _said(self.second)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two persons, or all, agree: on `agreed` of `n` statements. `kappa` is Cohen's, None where
    chance alone would make them agree on all, or where it is of more than two persons."""

    persons: tuple[str, ...]
    n: int
    agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Done:
    """How many statements a person has judged: on a day, since the Monday before, and ever."""

    who: str
    today: int
    week: int
    ever: int


def pairs_of(blind: Iterable[Blind], histories: Mapping[str, Sequence[Judgement]]) -> tuple[Pair, ...]:
    """The statements that two persons judged so. `histories` has the judgements of each statement that hold
    or were followed by others, in the order in which they were passed, without those undone."""
    found: dict[str, Pair] = {}
    for one in blind:
        held = histories.get(one.statement, ())
        first = next((j for j in held if j.id == one.first), None)
        second = next((j for j in held if j.who == one.person and j.id > one.first), None)
        if first is None or second is None or one.statement in found:
            continue
        settled = next((j for j in held if j.id > second.id), None)
        found[one.statement] = Pair(one.statement, first, second, settled)
    return tuple(found.values())


def agreements(pairs: Sequence[Pair]) -> tuple[Agreement, ...]:
    """Of every two persons who judged the same, by their names; the first of several is of all together."""
    by_two: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        said = {pair.first.who: _said(pair.first), pair.second.who: _said(pair.second)}
        two = tuple(sorted(said))
        by_two[two].append((said[two[0]], said[two[-1]]))
    each = tuple(
        Agreement(two, len(told), sum(a == b for a, b in told), kappa(told))
        for two, told in sorted(by_two.items())
    )
    if len(each) < 2:
        return each
    return Agreement((), len(pairs), sum(pair.agreed for pair in pairs), None), *each


def kappa(told: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of what two said of the same things: the share on which they agree beyond what chance
    would give, of what it leaves open. 1 is full agreement, 0 what chance gives; None where there is
    nothing, or where chance leaves nothing open.

    J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20
    (1960), 37-46.
    """
    n = len(told)
    if not n:
        return None
    one, two = Counter(a for a, _ in told), Counter(b for _, b in told)
    by_chance = sum(one[word] * two[word] for word in one) / n**2
    if by_chance == 1:
        return None
    return (sum(a == b for a, b in told) / n - by_chance) / (1 - by_chance)


def done_by(judgements: Iterable[Judgement], day: date) -> tuple[Done, ...]:
    """How many statements each person judged and nobody undid, those who did most this week first: what was
    carried over to a later reading is not judged anew. Days are those of UTC."""
    monday = day - timedelta(days=day.weekday())
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in judgements:
        if one.kind not in ("accept", "reject", "correct") or one.undone_by is not None or one.carried:
            continue
        on, number = one.at.date(), len(one.of)
        for at, counted in enumerate((on == day, monday <= on <= day, True)):
            counts[one.who][at] += number * counted
    found = [Done(who, *numbers) for who, numbers in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one.week, -one.ever, one.who)))


def _said(judgement: Judgement) -> str:
    told = sorted(judgement.changes.items())
    return f"{judgement.kind} {told}"
