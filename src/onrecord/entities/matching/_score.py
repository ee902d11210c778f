"""From what two names share and what is left over to the chance that both name one party."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from onrecord.entities.matching._analysis import FORM, LINE, NUMBER, PLACE, SMALL, WORD, Name, figures, roman
from onrecord.entities.matching._laying import Laid, Pair, lay
from onrecord.entities.matching._model import NameKind
from onrecord.entities.matching._words import FOLDER, words

THRESHOLD = 0.5
"""The score from which on two names are taken to name one party: more likely so than not."""

FEATURES = (
    "clash",
    "conflict",
    "extra",
    "rarest",
    "misspelt",
    "worst",
    "place",
    "places",
    "form",
    "short",
    "order",
    "evidence",
    "single",
    "thin",
    "unlike",
)
"""What the model weighs, of two names laid side by side. Weights are those of the parts.

clash     both leave something over
conflict  what both leave over: the lesser of the two sums
extra     what one leaves over beyond that
rarest    the weight of the most telling part left over
misspelt  what is lost by spelling, weight times unlikeness, summed
worst     the unlikeness of the worst-spelt part that tells
place     one names a place more
places    they name different places
form      their forms of incorporation mean different things
short     parts beside their initial or acronym
order     the parts stand in another order
evidence  what they share, summed, up to 3
single    only one part that tells much is shared, and something is left over
thin      nothing that tells much is shared
unlike    the letters that differ, those of parts left over laid beside each other, as a share of all
"""
TELLING = 0.5
"""The weight from which on a part tells something of who bears the name."""
ENOUGH = 3.0


@cache
def _weights(kind: NameKind) -> tuple[float, tuple[tuple[int, float], ...]]:
    """The bias, and the weights that are not 0 with the places of their features."""
    model = json.loads((FOLDER / "model.json").read_text("utf-8"))
    listed = model["person" if kind == "person" else "company"]
    weights = ((at, float(listed[feature])) for at, feature in enumerate(FEATURES))
    return float(listed["bias"]), tuple((at, weight) for at, weight in weights if weight)


def _sum(weights: tuple[float, ...], places: tuple[int, ...]) -> float:
    return weights[places[0]] if len(places) == 1 else sum(weights[at] for at in places)


def _order(laid: Laid) -> bool:
    """Whether the parts of one name stand in another order in the other."""
    pairs = laid.pairs
    if len(pairs) < 2:
        return False
    firsts = [pair.other[0] for pair in sorted(pairs, key=_first)]
    return any(later < former for former, later in pairwise(firsts))


def _first(pair: Pair) -> int:
    return pair.one[0]


def _form(one: Name, other: Name) -> bool:
    """Whether the names' forms of incorporation mean different things."""
    if not one.forms or not other.forms:
        return False
    return {form.means for form in one.forms}.isdisjoint([form.means for form in other.forms])


def features(one: Name, other: Name, laid: Laid) -> tuple[float, ...]:
    """The values of `FEATURES`, in their order."""
    left = [0.0, 0.0]
    places, numbers = [0, 0], [0, 0]
    rarest = 0.0
    for side, (name, rest) in enumerate(((one, laid.one), (other, laid.other))):
        for at in rest:
            sort, weight = name.sorts[at], name.weights[at]
            if sort == PLACE:
                places[side] += 1
            elif sort == NUMBER:
                numbers[side] += 1
            else:
                left[side] += weight
                if weight > rarest:
                    rarest = weight
    misspelt = worst = evidence = 0.0
    telling = short = 0
    mine, theirs = one.weights, other.weights
    for pair in laid.pairs:
        weight = max(_sum(mine, pair.one), _sum(theirs, pair.other))
        likeness = pair.likeness
        evidence += weight * likeness
        if likeness < SURE:
            if pair.how in ("initial", "abbreviation"):
                short += 1
            else:
                misspelt += weight * (1 - likeness)
                if weight >= TELLING and 1 - likeness > worst:
                    worst = 1 - likeness
        if (
            weight >= TELLING
            and pair.how != "initial"
            and (WORD in [one.sorts[at] for at in pair.one] or WORD in [other.sorts[at] for at in pair.other])
        ):
            telling += 1
    order, form = _order(laid), _form(one, other)
    over = [left[side] + places[side] + numbers[side] > 0 for side in (0, 1)]
    return (
        float(all(over)),
        min(left),
        max(left) - min(left),
        rarest,
        misspelt,
        worst,
        float(bool(places[0]) != bool(places[1])),
        float(bool(places[0] and places[1])),
        float(form),
        float(short),
        float(order),
        min(evidence, ENOUGH),
        float(telling == 1 and max(left) >= TELLING),
        float(not telling),
        _unlike(one, other, laid),
    )


def _unlike(one: Name, other: Name, laid: Laid) -> float:
    differ = float(
        OSA.distance("".join(one.parts[at] for at in laid.one), "".join(other.parts[at] for at in laid.other))
    )
    letters = max(len(one.plain), len(other.plain), 1)
    for pair in laid.pairs:
        if pair.how in ("spelling", "sound"):
            letters_of = len(_letters(one, pair.one)), len(_letters(other, pair.other))
            differ += (1 - pair.likeness) * max(letters_of)
    return min(1.0, differ / letters)


def chance(values: tuple[float, ...], kind: NameKind) -> float:
    """The model's chance for such values."""
    total, weights = _weights(kind)
    for at, weight in weights:
        total += weight * values[at]
    return 1 / (1 + math.exp(-total))


_AT = {feature: at for at, feature in enumerate(FEATURES)}
RULED_OUT, DOUBTFUL, ACRONYM_AT_MOST = 0.3, 0.45, 0.75
"""What a score is at most where a rule says that the names are of two parties, where it says that too little
is shared to tell, and where the letters of an acronym are all that is shared."""
LEAST_PLAIN = 2
"""Letters that a company's name must have, beside its legal form and small words, to be told from others."""
SHORT_NAME = 4
"""Letters up to which a company's name is so short that a slip makes it another's."""
WELL_SPELT = 0.85
"""How alike the only word that tells must be (a slip in seven letters), unless the rest of the name is the
same: of 20,000 parties one is a slip or two away from most short words."""
LEAST_ACRONYM = 4
"""Letters that an acronym must have to stand for a name alone: three letters are the initials of hundreds."""


def score(one: Name, other: Name) -> tuple[float, str, Laid]:
    """The chance that both names (of one kind) name one party, the rule that decided, and how they lie."""
    laid = lay(one, other)
    if not one.parts or not other.parts:
        return 0.0, "no name", laid
    if one.folded == other.folded:
        return 1.0, "exact", laid
    if one.whole == other.whole:
        return 0.99, "spacing", laid
    if not laid.pairs and one.plain != other.plain:
        return 0.0, "nothing shared", laid
    if _other_characters(one, other):
        return min(RULED_OUT, chance(features(one, other, laid), one.kind)), "other characters", laid
    if one.kind == "company" and min(len(one.plain), len(other.plain)) < LEAST_PLAIN:
        return 0.0, "short name", laid
    if not laid.one and not laid.other and all(pair.likeness >= SURE for pair in laid.pairs):
        order = _order(laid)
        if order and one.kind == "person" and _swapped(one, other):
            return RULED_OUT, "son and father", laid
        plain = "legal form" if one.kind == "company" else "small words"
        return 0.98 - 0.1 * _form(one, other) - 0.02 * order, "order" if order else plain, laid
    values = features(one, other, laid)
    found = chance(values, one.kind)
    if one.kind != "person":
        if _number_apart(one, other, laid):
            return THRESHOLD + 0.05 * found, APART, laid
        number = _number(one, other, laid)
        if number:
            return number * (0.8 + 0.2 * found), "number", laid
        if min(len(one.plain), len(other.plain)) <= SHORT_NAME and values[_AT["misspelt"]] > 0:
            return RULED_OUT * (0.8 + 0.2 * found), "short name", laid
    most, rule = _too_little(one, other, laid)
    if most < 1 and found > most * (0.8 + 0.2 * found):
        return most * (0.8 + 0.2 * found), rule, laid
    return found, _rule(one, other, laid, values), laid


APART = "a number apart"
"""The rule by which names are taken for the same though a number differs, with a score that is barely one of
the same: somebody has to look which of the two is wrong."""
FIGURES_APART, NEXT_APART = 1, 2
"""Slips by which such numbers are apart at most: a figure or letter; two strokes of a Roman numeral where one
follows the other, as III and IV do."""


def _number_apart(one: Name, other: Name, laid: Laid) -> bool:
    """Whether the names are the same, with a word of somebody's own, but for one number that each has and
    that is a slip away from the other's."""
    if len(laid.one) != 1 or len(laid.other) != 1 or len(laid.pairs) < 2:
        return False
    mine, theirs = laid.one[0], laid.other[0]
    if one.sorts[mine] != NUMBER or other.sorts[theirs] != NUMBER:
        return False
    if not any(_tells(one, pair.one) for pair in laid.pairs) or any(p.likeness < SURE for p in laid.pairs):
        return False
    a, b = one.parts[mine], other.parts[theirs]
    values = roman(a), roman(b)
    following = None not in values and abs(values[0] - values[1]) == 1  # type: ignore[operator]
    return OSA.distance(a, b) <= (NEXT_APART if following else FIGURES_APART)


def _number(one: Name, other: Name, laid: Laid) -> float:
    """What a score is at most for numbers that differ, or that only one name has; 0 where they agree."""
    mine, theirs = (
        {figures(name.keys[at]) for at in rest if name.sorts[at] == NUMBER}
        for name, rest in ((one, laid.one), (other, laid.other))
    )
    if mine == theirs:
        return 0.0
    return RULED_OUT if mine and theirs else DOUBTFUL


def _tells(name: Name, places: Iterable[int]) -> bool:
    return any(name.sorts[at] == WORD and name.weights[at] >= TELLING for at in places)


def _too_little(one: Name, other: Name, laid: Laid) -> tuple[float, str]:
    """What a score is at most for the little that is shared, and the rule that says so; 1 where it is
    enough."""
    telling = [
        pair
        for pair in laid.pairs
        if pair.how != "initial" and (_tells(one, pair.one) or _tells(other, pair.other))
    ]
    left = laid.one or laid.other
    if not telling:
        sure = not left and all(pair.likeness >= SURE for pair in laid.pairs)
        return (1.0, "") if sure else (DOUBTFUL, "common words")
    if len(telling) > 1:
        own = any(_own(one, pair.one) or _own(other, pair.other) for pair in telling)
        leads = any(
            rest[:1] == [name.core[0]] and _own(name, rest[:1])
            for name, rest in ((one, laid.one), (other, laid.other))
        )
        if one.kind == "company" and not own and leads:
            return DOUBTFUL, "ordinary words"
        return 1.0, ""
    only = telling[0]
    if _tells(one, laid.one) or _tells(other, laid.other):
        return DOUBTFUL, "one word shared"
    if one.kind == "company" and (_special(one, laid.one) or _special(other, laid.other)):
        return DOUBTFUL, "line of business"
    letters = min(len(_letters(one, only.one)), len(_letters(other, only.other)))
    if only.how == "abbreviation" and len(only.one) != len(only.other):
        return (ACRONYM_AT_MOST if letters >= LEAST_ACRONYM else DOUBTFUL), "acronym"
    if one.kind != "company":
        return 1.0, ""
    if any(pair.how == "initial" and (_own(one, pair.one) or _own(other, pair.other)) for pair in laid.pairs):
        return DOUBTFUL, "initial"
    if only.likeness < SURE and not _rest_same(one, other, laid):
        spelt = OSA.normalized_similarity(_letters(one, only.one), _letters(other, only.other))
        if spelt < WELL_SPELT or _form(one, other):
            return DOUBTFUL, "one word misspelt"
    if left and not words().ordinary.isdisjoint(other.parts[at] for at in only.other):
        return DOUBTFUL, "ordinary word"
    return 1.0, ""


def _own(name: Name, places: Iterable[int]) -> bool:
    """Whether one of the parts is somebody's own word, no ordinary one."""
    return any(name.sorts[at] == WORD and name.parts[at] not in words().ordinary for at in places)


def _special(name: Name, places: Iterable[int]) -> bool:
    """Whether one of the parts says what a firm does in a way that not any firm may say of itself."""
    generic = words().generic
    return any(name.sorts[at] == LINE and name.keys[at] not in generic for at in places)


SURE = 0.98
"""The likeness from which on a part is taken to be the other, written another way."""


def _letters(name: Name, places: tuple[int, ...]) -> str:
    return "".join(name.parts[at] for at in places)


def _rest_same(one: Name, other: Name, laid: Laid) -> bool:
    """Whether, beside a word that is slightly misspelt, both names say something more, be it a legal form or
    a small word, and say the same."""
    if laid.one or laid.other or any(pair.likeness < SLIGHTLY for pair in laid.pairs):
        return False
    mine, theirs = (
        [part for part, sort in zip(name.parts, name.sorts, strict=True) if sort in (FORM, SMALL)]
        for name in (one, other)
    )
    return bool(mine or len(laid.pairs) > 1) and mine == theirs


SLIGHTLY = 0.8


def _fathers(name: Name) -> set[tuple[str, str]]:
    """Who is whose son in a person's name: the parts before and after each word that says so."""
    lineage = words().lineage
    found: set[tuple[str, str]] = set()
    for at, part in enumerate(name.parts):
        before = [there for there in name.core if there < at]
        after = [there for there in name.core if there > at]
        if part in lineage and before and after:
            found.add((name.keys[before[-1]], name.keys[after[0]]))
    return found


def _swapped(one: Name, other: Name) -> bool:
    """Whether son and father of one name are father and son of the other."""
    mine, theirs = _fathers(one), _fathers(other)
    return any((father, son) in theirs and (son, father) not in theirs for son, father in mine)


_CHARACTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
CHARACTERS_ALIKE = 0.8
"""The share of characters that names of more than four in a script of syllables or words must share."""


def _other_characters(one: Name, other: Name) -> bool:
    """Whether both names are written in Chinese, Japanese or Korean, and in other characters: there a
    character is a syllable or word, and what it sounds like says little."""
    if one.text.isascii() or other.text.isascii():
        return False
    mine, theirs = ("".join(_CHARACTERS.findall(name.text)) for name in (one, other))
    if not mine or not theirs or mine == theirs:
        return False
    if min(len(mine), len(theirs)) <= SHORT_NAME:
        return True
    return OSA.normalized_similarity(mine, theirs) < CHARACTERS_ALIKE


def _rule(one: Name, other: Name, laid: Laid, values: tuple[float, ...]) -> str:
    if values[_AT["conflict"]] > 0:
        return "different words"
    if values[_AT["places"]]:
        return "different places"
    if values[_AT["extra"]] > 0:
        lines = all(one.sorts[at] == LINE for at in laid.one) and all(
            other.sorts[at] == LINE for at in laid.other
        )
        return "line of business" if lines else "a word more"
    if values[_AT["place"]]:
        return "a place more"
    if values[_AT["short"]]:
        return "abbreviation" if any(pair.how == "abbreviation" for pair in laid.pairs) else "initial"
    return "sound" if any(pair.how == "sound" for pair in laid.pairs) else "spelling"
