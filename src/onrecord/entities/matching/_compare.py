"""Two names in, how alike they are and why out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from onrecord.entities.matching._analysis import FORM, LINE, NUMBER, PLACE, WORD, Name, analysed
from onrecord.entities.matching._fold import variants
from onrecord.entities.matching._laying import Laid, Pair
from onrecord.entities.matching._model import How, Likeness, MatchedPart, NameKind, Relation
from onrecord.entities.matching._score import APART, SURE, THRESHOLD, score
from onrecord.entities.matching._words import Form, words

BRAND = 0.7
"""The weight from which on a word is somebody's own, and a name that adds to it is one of his house: that of
a word that no more than one company in 800 has."""
BRAND_LETTERS = 4
LONG_BRAND, WELL_SPELT = 8, 0.88
"""Letters from which on a word of somebody's own may be misspelt, and how well it must be spelt then."""


STANDING: dict[Relation, int] = {"same": 2, "affiliate": 1, "different": 0}
"""Which answer is told where the names of one party give several."""


def standing(found: Likeness) -> tuple[int, float]:
    """By what the telling one of several answers is chosen: what it says, then how near the names are."""
    return STANDING[found.relation], found.score


def match_names(asked: str, other: str, kind: NameKind = "company") -> Likeness:
    """How alike the name that is asked for and another are, both of a party of `kind`.

    Score and parts are the same whichever is asked for; which of two is the affiliate is not told by the
    relation: it is the one whose name says more. Names without a letter or figure are like nothing."""
    pairs = product(variants(asked), variants(other))
    return max(
        (likeness(analysed(one, kind), analysed(two, kind)) for one, two in pairs),
        key=standing,
    )


def likeness(one: Name, other: Name) -> Likeness:
    """`match_names` for names that are in parts already."""
    found, rule, laid = score(one, other)
    relation, rule = relation_of(one, other, found, rule, laid)
    return explained(one, other, found, relation, rule, laid)


def explained(one: Name, other: Name, found: float, relation: Relation, rule: str, laid: Laid) -> Likeness:
    """What `score` and `relation_of` made of two names, with the parts that matched and what was wanting."""
    if relation == "affiliate":
        found = min(found, THRESHOLD - 0.001)
    wanting = "" if relation == "same" and rule != APART else _wanting(one, other, laid)
    return Likeness(round(found, 4), relation, _matched(one, other, laid), rule, wanting)


def _foreign(one: Sequence[Form], other: Sequence[Form]) -> bool:
    """Whether forms of incorporation are at home in states that have none in common."""
    if not one or not other:
        return False
    mine = [form.countries for form in one if form.countries]
    theirs = [form.countries for form in other if form.countries]
    return bool(mine and theirs) and not any(a & b for a in mine for b in theirs)


def _adds_a_mark(name: Name, rest: list[int], *, broad: bool) -> bool:
    """Whether all that a name says more marks a part of a house: a place, an office or institute, and,
    with `broad`, a line of business."""
    marks = words().marks
    return all(
        name.sorts[at] == PLACE or name.parts[at] in marks or (broad and name.sorts[at] == LINE)
        for at in rest
    )


def _shorter(one: Name, other: Name, pair: Pair) -> int:
    """The letters of the shorter of two parts that lie beside each other."""
    return min(len(one.parts[pair.one[0]]), len(other.parts[pair.other[0]]))


def _brand(name: Name, places: Sequence[int], how: How) -> bool:
    """Whether one of the parts is rare enough to be somebody's own word."""
    return any(
        name.sorts[at] == WORD
        and name.weights[at] >= BRAND
        and (len(name.parts[at]) >= BRAND_LETTERS or how == "exact")
        for at in places
    )


def _bears(laid: Laid, asked: Name, name: Name) -> bool:
    """Whether what is shared holds a word of somebody's own, rightly spelt; or two words that together are,
    though each is an ordinary one."""
    ordinary = words().ordinary
    own = [
        ordinary.isdisjoint(name.parts[at] for at in pair.other)
        and ordinary.isdisjoint(asked.parts[at] for at in pair.one)
        for pair in laid.pairs
        if pair.likeness >= (SURE if _shorter(asked, name, pair) < LONG_BRAND else WELL_SPELT)
        and pair.how != "initial"
        and _brand(asked, pair.one, pair.how)
        and _brand(name, pair.other, pair.how)
    ]
    return any(own) or len(own) > 1


def _adds_a_place(one: Name, other: Name, laid: Laid) -> bool:
    """Whether two parts and more are the same, and all that one name has beyond them is a place."""
    places = all(one.sorts[at] == PLACE for at in laid.one) and all(
        other.sorts[at] == PLACE for at in laid.other
    )
    own = any(one.sorts[at] == WORD for pair in laid.pairs for at in pair.one)
    return places and own and len(laid.pairs) > 1 and all(pair.likeness >= SURE for pair in laid.pairs)


def _another_number(one: Name, other: Name, laid: Laid) -> bool:
    """Whether the names are the same but for a number that each has."""
    numbers = all(one.sorts[at] == NUMBER for at in laid.one) and all(
        other.sorts[at] == NUMBER for at in laid.other
    )
    own = any(one.sorts[at] == WORD for pair in laid.pairs for at in pair.one)
    sure = own and len(laid.pairs) > 1 and all(pair.likeness >= SURE for pair in laid.pairs)
    return numbers and sure and bool(laid.one and laid.other)


def relation_of(one: Name, other: Name, found: float, rule: str, laid: Laid) -> tuple[Relation, str]:
    """What the score and what is left over make of two names, and by which rule."""
    if one.kind == "company" and found > 0 and rule not in ("exact", "spacing", "short name"):
        house = _house(one, other, found, rule, laid)
        if house:
            return "affiliate", house
    return ("same", rule) if found >= THRESHOLD else ("different", rule)


def _house(one: Name, other: Name, found: float, rule: str, laid: Laid) -> str:
    """The rule by which two names are of one house and yet of two parties, "" where none is."""
    if rule == "number":
        return "another of the series" if _another_number(one, other, laid) else ""
    if laid.one and laid.other:
        return ""
    foreign = _foreign(one.forms, other.forms)
    if not laid.one and not laid.other:
        two = foreign and found >= THRESHOLD and _bears(laid, one, other)
        return "legal form of another state" if two else ""
    name, rest = (one, laid.one) if laid.one else (other, laid.other)
    if not _adds_a_mark(name, rest, broad=bool(laid.one) or found >= THRESHOLD):
        return ""
    place = any(name.sorts[at] == PLACE for at in rest)
    if not (found < THRESHOLD or place or foreign):
        return ""
    return "part of the house" if _bears(laid, one, other) or _adds_a_place(one, other, laid) else ""


def _text(name: Name, places: Sequence[int]) -> str:
    return name.parts[places[0]] if len(places) == 1 else " ".join([name.parts[at] for at in places])


def _matched(one: Name, other: Name, laid: Laid) -> tuple[MatchedPart, ...]:
    found = []
    for pair in sorted(laid.pairs, key=_first):
        weight = one.weights[pair.one[0]] if len(pair.one) == 1 else sum(one.weights[at] for at in pair.one)
        theirs = sum(other.weights[at] for at in pair.other)
        weight = min(1.0, max(weight, theirs))
        mine = _text(one, pair.one), _text(other, pair.other)
        found.append(MatchedPart(*mine, pair.how, round(weight, 3), round(pair.likeness, 3)))
    found += [_left(one.parts[at], "", one, at) for at in laid.one]
    found += [_left("", other.parts[at], other, at) for at in laid.other]
    if one.forms and other.forms:
        found += _matched_forms(one, other)
    return tuple(found)


def _first(pair: Pair) -> tuple[int, ...]:
    return pair.one


def _matched_forms(one: Name, other: Name) -> list[MatchedPart]:
    found = []
    theirs = [at for at, sort in enumerate(other.sorts) if sort == FORM]
    for mine in (at for at, sort in enumerate(one.sorts) if sort == FORM):
        same = [at for at in theirs if _means(one, mine) == _means(other, at)]
        if same:
            how: How = "exact" if one.parts[mine] == other.parts[same[0]] else "legal form"
            found.append(MatchedPart(one.parts[mine], other.parts[same[0]], how, 0.0, 1.0))
    return found


def _means(name: Name, at: int) -> str:
    return words().forms[name.keys[at]].means


def _left(asked: str, other: str, name: Name, at: int) -> MatchedPart:
    how: How | None = "place" if name.sorts[at] == PLACE else None
    return MatchedPart(asked, other, how, round(min(1.0, name.weights[at]), 3), 0.0)


def _steps(one: Name, other: Name, laid: Laid) -> list[tuple[float, str, tuple[int, ...], tuple[int, ...]]]:
    """The changes that bring the asked name nearer, the weightiest first: weight, words, what of the asked
    name goes and what of the other comes."""
    found: list[tuple[float, str, tuple[int, ...], tuple[int, ...]]] = []
    mine, theirs = list(laid.one), list(laid.other)
    while mine and theirs:
        gone, come = mine.pop(0), theirs.pop(0)
        weight = one.weights[gone] + other.weights[come]
        found.append((weight, f'"{other.parts[come]}" for "{one.parts[gone]}"', (gone,), (come,)))
    found += [(one.weights[at], f'without "{one.parts[at]}"', (at,), ()) for at in mine]
    found += [(other.weights[at], f'with "{other.parts[at]}"', (), (at,)) for at in theirs]
    forms = [[at for at, sort in enumerate(name.sorts) if sort == FORM] for name in (one, other)]
    if all(forms) and _foreign(one.forms, other.forms):
        mine, theirs = forms
        found.append((0.01, f'"{_text(other, theirs)}" for "{_text(one, mine)}"', tuple(mine), tuple(theirs)))
    for pair in laid.pairs:
        if pair.likeness < 1:
            words_ = f'"{_text(other, pair.other)}" for "{_text(one, pair.one)}"'
            found.append((1 - pair.likeness, words_, pair.one, pair.other))
    return sorted(found, key=lambda step: -step[0])


def _wanting(one: Name, other: Name, laid: Laid) -> str:
    """What would have made the asked name the same as the other: the fewest changes, weightiest first,
    after which it is. Each is tried before it is told. A word that the name has twice is meant where it
    stands last."""
    parts: dict[int, str] = dict(enumerate(one.parts))
    told: list[str] = []
    for _, text, gone, come in _steps(one, other, laid):
        if len(gone) == 1:
            word = one.parts[gone[0]]
            gone = (max(at for at, part in parts.items() if f" {word} " in f" {part} "),)
            if parts[gone[0]] != word:  # it stands last inside a legal form: no change of it is plainly told
                break
        for at in gone:
            parts.pop(at, None)
        place = gone[0] if gone else max(parts, default=0) + 1
        if come:
            parts[place] = _text(other, come)
        told.append(text)
        if _is_same(" ".join(parts[at] for at in sorted(parts)), other):
            return "; ".join(told)
    return f'"{other.text}" for the whole name'


def _is_same(text: str, other: Name) -> bool:
    changed = analysed(text, other.kind)
    found, rule, laid = score(changed, other)
    return rule != APART and relation_of(changed, other, found, rule, laid)[0] == "same"
