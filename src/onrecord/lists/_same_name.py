"""Names that are the same but for case, marks and forms of incorporation: "Nord Co., Ltd" and "NORD".

This is less than screening does, and much quicker: no spelling, script or word order is seen through.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import yaml

_MARKS = re.compile(r"[^\w]+")
_KEPT = 65_536
"""Names that are kept in mind."""
_BEFORE = 3
"""Letters that a form must have to be one in front of a name: "OOO Nord", but not the "AG" of "AG Barr"."""


def words_of(name: str) -> list[str]:
    """The words of a name in small letters, by which most names are told apart quickly; what is joined onto
    them is taken off."""
    if name.isascii():
        return _MARKS.sub(" ", name.lower()).split()
    _, _, joined = _forms()
    return _plain(joined.sub(" ", name)) or _plain(name)


@lru_cache(maxsize=_KEPT)
def same_as(name: str) -> str:
    """A form that two names have in common where they are the same; "" for a name without a letter."""
    forms, longest, _ = _forms()
    words = words_of(name)
    while True:
        for n in range(min(longest, len(words) - 1), 0, -1):
            if tuple(words[-n:]) in forms:
                words = words[:-n]
                break
            first = tuple(words[:n])
            if first in forms and len("".join(first)) >= _BEFORE:
                words = words[n:]
                break
        else:
            return " ".join(words)


def _plain(name: str) -> list[str]:
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).split()


@cache
def _forms() -> tuple[frozenset[tuple[str, ...]], int, re.Pattern[str]]:
    """The forms of incorporation in words, how many words the longest has, and those that are joined on."""
    # Imported here, since these data take a while and most ledgers hold no list.
    from rigour.data.names.org_types import ORG_TYPES

    place = files("onrecord.lists") / "data" / "same_name.yaml"
    ours = yaml.safe_load(place.read_text("utf-8"))
    told = [*ours["forms"]]
    for type_ in ORG_TYPES:
        told += [type_.get("display"), type_.get("compare"), *type_["aliases"]]
    others = {(word,) for word in ours["not_forms"]}
    forms = frozenset(tuple(_plain(form)) for form in told if form) - others
    ends = "|".join(map(re.escape, ours["joined"]))
    return forms, max(map(len, forms)), re.compile(f"^(?:{ends})|(?:{ends})$")
