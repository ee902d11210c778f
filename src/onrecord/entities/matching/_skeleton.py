"""The skeleton of a Latin name: what stays of it under every way of spelling another script."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

# What is written for one sound, longest first, and the letter that stands for it. Sounds that one of the
# systems in use writes alike (BGN/PCGN, ISO 9, passports, press; ELOT 743 and older ones; ALA-LC and what
# Arabic names have) are one: g, h and kh; ch, sh, zh and j; s, z and ts; d and dh; t and th; v and w.
_SOUNDS = (
    ("shch", "c"), ("schtsch", "c"), ("tsch", "c"), ("dzh", "c"), ("tch", "c"), ("sch", "c"), ("sht", "ct"),
    ("ch", "c"), ("sh", "c"), ("zh", "c"), ("cz", "c"), ("dj", "c"), ("kh", "h"), ("gh", "h"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("ts", "s"), ("tz", "s"), ("dz", "s"), ("ck", "k"), ("qu", "k"), ("ks", "x"),
    ("cc", "k"), ("c", "k"), ("q", "k"), ("x", "x"), ("z", "s"), ("g", "h"), ("w", "v"), ("j", "c"),
)  # fmt: skip
_FIRST = re.compile("|".join(written for written, _ in _SOUNDS))
_OF = dict(_SOUNDS)
_SOFT_C = re.compile("c(?=[eiy])(?!h)")
# j as in "Rjasan" and "Srbija": a vowel's glide, not the sound of "Jihad".
_GLIDE = re.compile("(?<=[b-df-hk-np-tv-xzi])j(?=[aeiou])")
_LAST_H = re.compile("(?<=[aeiou])h$")
_VOWELS = re.compile("[aeiouy']")
_TWICE = re.compile(r"(.)\1+")
_WORD = re.compile("[a-z']+|[0-9]+")
_ARTICLES = frozenset(("al", "el", "ul", "as", "ash", "ad", "an", "ar", "at", "az"))


@lru_cache(maxsize=65536)
def word_skeleton(word: str) -> str:
    """The skeleton of one word, given in small ASCII letters: its consonants, those that are written alike as
    one, and `a` for a vowel that it begins with ("gazprom" and "hazprom" → "hsprm", "khrunichev" and
    "chrunitschew" → "hrncv" and "crncv"). A figure stays as it is; a word of vowels alone gives "a"."""
    if word.isdigit():
        return word
    word = _GLIDE.sub("", _SOFT_C.sub("s", _LAST_H.sub("", word.strip("'"))))
    if not word:
        return ""
    bare = _VOWELS.sub("", _FIRST.sub(lambda found: _OF[found.group()], word))
    return _TWICE.sub(r"\1", ("a" if word[0] in "aeiouy" else "") + bare)


def skeleton(name: str) -> str:
    """The skeletons of a Latin name's words, in order, without the Arabic article and what has none. Two
    names of equal skeleton may be two spellings of one name in another script; that alone does not make them
    one."""
    words = _WORD.findall(anyascii(name).lower().replace("’", "'").replace("`", "'"))
    return " ".join(
        filter(None, (word_skeleton(word) for word in words if word not in _ARTICLES or len(words) == 1))
    )
