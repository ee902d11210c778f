"""From what two names share and what is left over to the chance that both name one party."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from onrecord.entities.matching._analysis import LINE, NUMBER, PLACE, WORD, Name, figures
from onrecord.entities.matching._laying import Laid, lay
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
    "number",
    "numbers",
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
number    one has a number more
numbers   they have different numbers
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
def _weights(kind: NameKind) -> tuple[float, tuple[float, ...]]:
    model = json.loads((FOLDER / "model.json").read_text("utf-8"))
    listed = model["person" if kind == "person" else "company"]
    return float(listed["bias"]), tuple(float(listed[feature]) for feature in FEATURES)


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
                rarest = max(rarest, weight)
    misspelt = worst = evidence = 0.0
    telling = 0
    short = 0
    for pair in laid.pairs:
        weight = max(sum(one.weights[at] for at in pair.one), sum(other.weights[at] for at in pair.other))
        if pair.how in ("initial", "abbreviation") and pair.likeness < SURE:
            short += 1
        elif pair.likeness < SURE:
            misspelt += weight * (1 - pair.likeness)
            if weight >= TELLING:
                worst = max(worst, 1 - pair.likeness)
        evidence += weight * pair.likeness
        if pair.how != "initial" and any(one.sorts[at] == WORD for at in pair.one):
            telling += weight >= TELLING
    firsts = [pair.other[0] for pair in sorted(laid.pairs, key=lambda pair: pair.one[0])]
    order = any(later < former for former, later in pairwise(firsts))
    form = bool(one.forms and other.forms) and {form.means for form in one.forms}.isdisjoint(
        form.means for form in other.forms
    )
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
        float(bool(numbers[0]) != bool(numbers[1])),
        float(bool(numbers[0] and numbers[1])),
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
            differ += (1 - pair.likeness) * sum(len(one.parts[at]) for at in pair.one)
    return min(1.0, differ / letters)


def chance(values: tuple[float, ...], kind: NameKind) -> float:
    """The model's chance for such values."""
    bias, weights = _weights(kind)
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


_AT = {feature: at for at, feature in enumerate(FEATURES)}
RULED_OUT, DOUBTFUL, ACRONYM_AT_MOST = 0.3, 0.45, 0.75
"""What a score is at most where a rule says that the names are of two parties, where it says that too little is
shared to tell, and where the letters of an acronym are all that is shared."""
SHORT_NAME, SHORT_WORD = 4, 8
"""Letters up to which a company's name is so short that a slip makes it another's; and below which a slip in the
only word that tells is more likely another word, unless the rest of the name is the same."""
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
    values = features(one, other, laid)
    exact = not (laid.one or laid.other or values[_AT["misspelt"]] or values[_AT["short"]])
    found = chance(values, one.kind)
    if _other_characters(one, other):
        return min(RULED_OUT, found), "other characters", laid
    if one.kind == "person" and exact and values[_AT["order"]] and _swapped(one, other):
        return RULED_OUT, "son and father", laid
    if one.kind != "person":
        if _other_number(one, other, laid):
            return min(RULED_OUT, found), "number", laid
        if min(len(one.plain), len(other.plain)) <= SHORT_NAME and values[_AT["misspelt"]] > 0:
            return min(RULED_OUT, found), "short name", laid
    if exact:
        found = 0.98 - 0.1 * values[_AT["form"]] - 0.02 * values[_AT["order"]]
        plain = "legal form" if one.kind == "company" else "small words"
        return found, "order" if values[_AT["order"]] else plain, laid
    most, rule = _too_little(one, other, laid)
    if found > most:
        return most, rule, laid
    return found, _rule(one, other, laid, values), laid


def _other_number(one: Name, other: Name, laid: Laid) -> bool:
    mine, theirs = (
        {figures(name.keys[at]) for at in rest if name.sorts[at] == NUMBER}
        for name, rest in ((one, laid.one), (other, laid.other))
    )
    return mine != theirs


def _tells(name: Name, at: int) -> bool:
    return name.sorts[at] == WORD and name.weights[at] >= TELLING


def _too_little(one: Name, other: Name, laid: Laid) -> tuple[float, str]:
    """What a score is at most for the little that is shared, and the rule that says so; 1 where it is
    enough."""
    telling = [pair for pair in laid.pairs if pair.how != "initial" and any(_tells(one, at) for at in pair.one)]
    telling += [
        pair for pair in laid.pairs if pair not in telling and pair.how != "initial" and any(_tells(other, at) for at in pair.other)
    ]
    left = any(_tells(one, at) for at in laid.one) or any(_tells(other, at) for at in laid.other)
    if not telling:
        return (DOUBTFUL, "common words") if laid.one or laid.other else (1.0, "")
    if sum(max(len(pair.one), len(pair.other)) for pair in telling) > 1 and len(telling) > 1:
        return 1.0, ""
    only = telling[0]
    if left:
        return DOUBTFUL, "one word shared"
    if only.how == "abbreviation" and len(only.one) != len(only.other):
        letters = min(len(_letters(one, only.one)), len(_letters(other, only.other)))
        return (ACRONYM_AT_MOST if letters >= LEAST_ACRONYM else DOUBTFUL), "acronym"
    if one.kind == "company" and only.likeness < SURE and not _rest_same(one, other, laid):
        letters = min(len(_letters(one, only.one)), len(_letters(other, only.other)))
        if letters < SHORT_WORD:
            return DOUBTFUL, "short word"
    return 1.0, ""


SURE = 0.98
"""The likeness from which on a part is taken to be the other, written another way."""


def _letters(name: Name, places: tuple[int, ...]) -> str:
    return "".join(name.parts[at] for at in places)


def _rest_same(one: Name, other: Name, laid: Laid) -> bool:
    """Whether, beside a word that is misspelt, both names say something more and say the same."""
    if laid.one or laid.other or not (one.forms or len(laid.pairs) > 1):
        return False
    return [form.name for form in one.forms] == [form.name for form in other.forms] and all(
        pair.likeness >= SURE or any(_tells(one, at) for at in pair.one) for pair in laid.pairs
    )


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
