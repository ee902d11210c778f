"""Two names laid beside each other, part by part."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.entities.matching._analysis import FORM, INITIAL, LINE, NUMBER, PLACE, WORD, Name, figures
from onrecord.entities.matching._model import How
from onrecord.entities.matching._spelling import CUT_LIKENESS, alike, cut_short

INITIAL_LIKENESS, SHORT_LIKENESS = 0.75, 0.9
"""How alike a word and its initial, and a run of words and its acronym, are taken to be."""
LEAST_ALIKE = 0.55
LEAST_INITIALLED = 3
"""Letters of a word in a company's name that an initial may stand for."""
_KNOWN = frozenset((LINE, PLACE, NUMBER))


@dataclass(slots=True)
class Pair:
    """Parts of one name beside parts of the other, by their places in the names."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    how: How
    likeness: float


@dataclass(slots=True)
class Laid:
    """What lies beside what, and what is left over on either side."""

    pairs: list[Pair] = field(default_factory=list)
    one: list[int] = field(default_factory=list)
    other: list[int] = field(default_factory=list)


def _written(one: Name, at: int, other: Name, listed: list[int]) -> int:
    """Which of several parts with one key a part is laid beside: the first that is written the same, else the
    first that no part of the same writing waits for."""
    mine = {one.parts[here] for here in one.core if one.keys[here] == one.keys[at]}
    for number, there in enumerate(listed):
        if other.parts[there] == one.parts[at]:
            return number
    return next((number for number, there in enumerate(listed) if other.parts[there] not in mine), 0)


def _equal(one: Name, other: Name, laid: Laid) -> None:
    """Lay parts with the same key side by side, the first that is free."""
    free: dict[str, list[int]] = {}
    for at in other.core:
        free.setdefault(other.keys[at], []).append(at)
    for at in one.core:
        listed = free.get(one.keys[at])
        if listed:
            there = listed.pop(_written(one, at, other, listed) if len(listed) > 1 else 0)
            if one.parts[at] == other.parts[there]:
                laid.pairs.append(Pair((at,), (there,), "exact", 1.0))
            else:
                how: How = "place" if one.sorts[at] == PLACE else "abbreviation"
                stem = one.parts[at][:2] == other.parts[there][:2]
                likeness = 0.98 if stem and one.kind != "person" else SHORT_LIKENESS
                laid.pairs.append(Pair((at,), (there,), how, 1.0 if how == "place" else likeness))
        else:
            laid.one.append(at)
    laid.other = sorted(at for listed in free.values() for at in listed)


def _no_number_word(name: Name, at: int) -> bool:
    """Whether a part is no word that may be that of a number, slips and all."""
    return len(name.parts[at]) < LEAST_NUMBER_WORD or not name.parts[at].isalpha()


LEAST_NUMBER_WORD = 5


def _likeness(one: Name, at: int, other: Name, there: int) -> tuple[float, How]:
    sort, its = one.sorts[at], other.sorts[there]
    if sort == NUMBER and its == NUMBER:
        mine = figures(one.keys[at])
        return (0.95, "spelling") if mine and mine == figures(other.keys[there]) else (0.0, "spelling")
    if INITIAL in (sort, its):
        a, b = one.parts[at], other.parts[there]
        shortened = one.kind == "person" or max(len(a), len(b)) >= LEAST_INITIALLED
        if {sort, its} <= {INITIAL, WORD, LINE, PLACE} and a[0] == b[0] and a != b and shortened:
            return INITIAL_LIKENESS, "initial"
        return 0.0, "initial"
    if sort in _KNOWN and its in _KNOWN:
        return 0.0, "spelling"
    if NUMBER in (sort, its) and (_no_number_word(one, at) or _no_number_word(other, there)):
        return 0.0, "spelling"
    likeness, by_sound = alike(one.parts[at], other.parts[there])
    if likeness < CUT_LIKENESS and cut_short(one.parts[at], other.parts[there]):
        return CUT_LIKENESS, "abbreviation"
    return likeness, "sound" if by_sound else "spelling"


def _run_of(letters: str, name: Name, free: list[int]) -> tuple[int, ...] | None:
    """The parts of `name`, all free, whose first letters are `letters`, one after the other; small words
    between them may give a letter or none."""
    for start in range(len(free)):
        taken: list[int] = []
        rest = letters
        for at in free[start:]:
            if rest and name.parts[at][0] == rest[0] and not (taken and at - taken[-1] > 2):
                taken.append(at)
                rest = rest[1:]
            elif taken:
                break
        if not rest and len(taken) > 1:
            return tuple(taken)
    return None


def _acronyms(
    one: Name, other: Name, mine: list[int], theirs: list[int], laid: Laid, *, turned: bool
) -> None:
    for at in list(mine):
        letters = one.parts[at]
        if not 3 <= len(letters) <= 6 or one.sorts[at] != WORD or not letters.isalpha():
            continue
        run = _run_of(letters, other, theirs)
        if run is None:
            continue
        mine.remove(at)
        for there in run:
            theirs.remove(there)
        pair = Pair(run, (at,), "abbreviation", SHORT_LIKENESS)
        laid.pairs.append(pair if turned else Pair((at,), run, "abbreviation", SHORT_LIKENESS))


def _joined(one: Name, other: Name, mine: list[int], theirs: list[int], laid: Laid, *, turned: bool) -> None:
    """Lay a word beside neighbours that written together are as good as it: Goodwill, Good Will."""
    for at in list(mine):
        word = one.parts[at]
        if len(word) < 5 or one.sorts[at] not in (WORD, LINE):
            continue
        best: tuple[float, tuple[int, ...]] = (1 - 1.5 / len(word), ())
        for start in range(len(theirs)):
            together = ""
            for stop in range(start, min(start + 4, len(theirs))):
                together += other.parts[theirs[stop]].replace(" ", "")
                if len(together) > len(word) + 2:
                    break
                if stop > start:
                    likeness = alike(word, together)[0]
                    if likeness > best[0]:
                        best = (likeness, tuple(theirs[start : stop + 1]))
        if best[1]:
            mine.remove(at)
            for there in best[1]:
                theirs.remove(there)
            here, there_ = (best[1], (at,)) if turned else ((at,), best[1])
            laid.pairs.append(Pair(here, there_, "spelling", min(best[0], 0.98)))


def _forms(one: Name, other: Name, mine: list[int]) -> None:
    """Take off what in the other name is its form of incorporation, though it stands where it says nothing
    of the kind: E.V. Aqsa, Aqsa e.V."""
    if mine and other.forms:
        formal = {part for part, sort in zip(other.parts, other.sorts, strict=True) if sort == FORM}
        mine[:] = [at for at in mine if one.parts[at] not in formal]


def lay(one: Name, other: Name) -> Laid:
    """Lay two names of one kind side by side: what is equal first, then words written together or apart,
    then the nearest spellings and initials, at last acronyms."""
    laid = Laid()
    _equal(one, other, laid)
    mine, theirs = laid.one, laid.other
    _forms(one, other, mine)
    _forms(other, one, theirs)
    if not (mine and theirs):
        return laid
    if len(mine) + len(theirs) > 2:
        _joined(one, other, mine, theirs, laid, turned=False)
        _joined(other, one, theirs, mine, laid, turned=True)
    near: list[tuple[float, int, int, How]] = []
    for at in mine:
        for there in theirs:
            likeness, how = _likeness(one, at, other, there)
            if likeness >= LEAST_ALIKE:
                near.append((likeness, at, there, how))
    near.sort(key=lambda entry: (-entry[0], entry[1] + entry[2], abs(entry[1] - entry[2])))
    for likeness, at, there, how in near:
        if at in mine and there in theirs:
            mine.remove(at)
            theirs.remove(there)
            laid.pairs.append(Pair((at,), (there,), how, likeness))
    if one.kind != "person" and mine and theirs:
        _acronyms(one, other, mine, theirs, laid, turned=False)
        _acronyms(other, one, theirs, mine, laid, turned=True)
    return laid
