"""Whose own word a statement is: what an authority says of itself goes over what others say of it."""

from __future__ import annotations

import numpy as np

from onrecord.entities import speaks_for
from onrecord.standing._arrays import Array
from onrecord.standing._concern import Concern


def said_itself(concern: Concern) -> Array:
    """Which statements with a chain of sources are their actor's own word: the nearest of their sources is
    the actor, or speaks for it, and only outlets relay it. (Without sources they are where the actor is their
    publisher.) What an insider says that the actor says is not its word.
    """
    links, chain = concern.snapshot.links, concern.of("chain")
    size = concern.snapshot.numbers.last("chain") + 1
    nearest = np.zeros(size, dtype=np.int64)
    begins = links["position"] == 0
    nearest[links["chain"][begins]] = links["key"][begins]
    others = np.zeros(size, dtype=bool)
    relayed = ~begins & (concern.kinds[links["key"]] != concern.kind("outlet"))
    others[links["chain"][relayed]] = True
    speaker, actor = nearest[chain], concern.of("actor")
    found: Array = ((speaker == actor) | (_principals(concern, speaker) == actor)) & ~others[chain]
    return found


def _principals(concern: Concern, speakers: Array) -> Array:
    """For whom each of these speaks, by the numbers of their keys, 0 for nobody: an authority or officer that
    the catalogue lists for its state, any other person or body for what it is part of."""
    snapshot, numbers = concern.snapshot, concern.snapshot.numbers
    several, of = np.unique(speakers, return_inverse=True)
    keys = numbers.texts("key", several.tolist())
    told = {number: speaks_for(key) or "" for number, key in keys.items()}
    parents = snapshot.parents()
    able = np.isin(concern.kinds[several], [concern.kind("person"), concern.kind("body")])
    for number in several[able].tolist():
        if not told[number] and keys[number] in parents:
            told[number] = parents[keys[number]].key
    number_of = numbers.find("key", set(told.values()))
    principals = [number_of.get(told.get(number, ""), 0) for number in several.tolist()]
    return np.array(principals, dtype=np.int64)[of]
