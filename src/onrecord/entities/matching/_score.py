"""From what two names share and what is left over to the chance that both name one party."""

from __future__ import annotations

import json
import math
from functools import cache

from onrecord.entities.matching._analysis import LINE, NUMBER, PLACE, WORD, Name, figures
from onrecord.entities.matching._laying import Laid, lay
from onrecord.entities.matching._model import NameKind
from onrecord.entities.matching._words import FOLDER

THRESHOLD = 0.5
"""The score from which on two names are taken to name one party: more likely so than not."""

FEATURES = (
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
    "thin",
)
"""What the model weighs, of two names laid side by side. Weights are those of the parts.

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
thin      nothing that tells much is shared
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
    misspelt = worst = evidence = telling = 0.0
    short = 0
    for pair in laid.pairs:
        weight = max(sum(one.weights[at] for at in pair.one), sum(other.weights[at] for at in pair.other))
        if pair.how in ("initial", "abbreviation") and pair.likeness < 0.98:
            short += 1
        elif pair.likeness < 0.98:
            misspelt += weight * (1 - pair.likeness)
            if weight >= TELLING:
                worst = max(worst, 1 - pair.likeness)
        evidence += weight * pair.likeness
        if pair.how != "initial" and any(one.sorts[at] == WORD for at in pair.one):
            telling = max(telling, weight)
    firsts = [pair.other[0] for pair in sorted(laid.pairs, key=lambda pair: pair.one[0])]
    order = any(later < former for former, later in zip(firsts, firsts[1:], strict=False))
    form = bool(one.forms and other.forms) and {form.means for form in one.forms}.isdisjoint(
        form.means for form in other.forms
    )
    return (
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
        float(telling < TELLING),
    )


def chance(values: tuple[float, ...], kind: NameKind) -> float:
    """The model's chance for such values."""
    bias, weights = _weights(kind)
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


_AT = {feature: at for at, feature in enumerate(FEATURES)}
NUMBERS_AT_MOST, SHORT_AT_MOST, THIN_AT_MOST = 0.3, 0.3, 0.45
SHORT_NAME = 4
"""Letters up to which a company's name is so short that a slip makes it another's."""


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
    if one.kind != "person":
        numbers = values[_AT["numbers"]] or values[_AT["number"]]
        if numbers and {figures(one.keys[at]) for at in laid.one if one.sorts[at] == NUMBER} != {
            figures(other.keys[at]) for at in laid.other if other.sorts[at] == NUMBER
        }:
            return min(NUMBERS_AT_MOST, chance(values, one.kind)), "number", laid
        if min(len(one.plain), len(other.plain)) <= SHORT_NAME and values[_AT["misspelt"]] > 0:
            return min(SHORT_AT_MOST, chance(values, one.kind)), "short name", laid
    if not laid.one and not laid.other and not values[_AT["misspelt"]] and not values[_AT["short"]]:
        found = 0.98 - 0.1 * values[_AT["form"]] - 0.02 * values[_AT["order"]]
        return found, "order" if values[_AT["order"]] else "legal form", laid
    return chance(values, one.kind), _rule(one, other, laid, values), laid


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
