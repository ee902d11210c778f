"""A name in its parts, each with what it is and how much it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from onrecord.entities.matching._fold import fold, words_of
from onrecord.entities.matching._model import NameKind
from onrecord.entities.matching._spelling import sound
from onrecord.entities.matching._words import Form, Sequences, Words, without_a_letter, words

WORD, LINE, PLACE, NUMBER, INITIAL, SMALL, FORM = range(7)
"""What a part is: a word of the name's own; a word for what a firm does; a place; a number; a letter that
stands alone; a small word (a person's title or particle too); a form of incorporation."""

_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_FIGURES = re.compile(r"\d+")
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10}

# How much a part counts that is not weighed by how rare it is. Set by hand; the model that is fitted on
# labelled pairs decides what a weight left over costs.
PLACE_WEIGHT, NUMBER_WEIGHT, SMALL_WEIGHT, INITIAL_WEIGHT = 0.5, 0.8, 0.05, 0.3
MOST_LINE, LEAST_WORD = 0.4, 0.55
PATRONYMIC_WEIGHT, SERVANT_WEIGHT = 0.4, 0.4


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts. `parts[i]` is its word (several where they are one place or form), `sorts[i]` what
    it is, `keys[i]` the key under which its forms are one, `weights[i]` how much it counts. `core` are the
    parts that are neither small nor forms, `weight` what they count together, `plain` the core's words
    without spaces, `whole` all without spaces, `ordered` all in the alphabet's order."""

    text: str
    folded: str
    kind: NameKind
    parts: tuple[str, ...]
    sorts: tuple[int, ...]
    keys: tuple[str, ...]
    weights: tuple[float, ...]
    core: tuple[int, ...]
    weight: float
    plain: str
    whole: str
    ordered: str
    forms: tuple[Form, ...]


def roman(word: str) -> int | None:
    """The value of a Roman numeral from 1 to 39, None where the word is none."""
    match = _ROMAN.fullmatch(word)
    if not match:
        return None
    total = 0
    for letter, after in zip(word, [*word[1:], ""], strict=True):
        value = _ROMAN_VALUE[letter]
        total += -value if after and _ROMAN_VALUE[after] > value else value
    return total


def figures(key: str) -> str:
    """The figures in a number's key, without leading noughts."""
    return " ".join(found.lstrip("0") or "0" for found in _FIGURES.findall(key))


def _at(sequences: Sequences, listed: list[str], start: int) -> tuple[int, str] | None:
    """How many words from `start` are one of the sequences, and which."""
    for sequence, means in sequences.get(listed[start], ()):
        if tuple(listed[start : start + len(sequence)]) == sequence:
            return len(sequence), means
    return None


@lru_cache(maxsize=65536)
def _form_word(word: str) -> str:
    """The word of a form of incorporation that an unknown word is one slip away from, or two where it sounds
    the same; else the word."""
    known = words()
    if len(word) < 5 or word in known.form_words or word in known.weights or word in known.lines:
        return word
    if word in known.place_words:  # the united states are no state company
        return word
    near = {form for slip in without_a_letter(word) for form in known.slips.get(slip, ())}
    fits = (form for form in near if OSA.distance(word, form) <= 1 + (sound(form) == sound(word)))
    return min(fits, default=word)


_JOINED_FORMS = ("limited", "company", "corporation", "gmbh", "ltd", "llc", "jsc")
LEAST_BEFORE_FORM = 4


_FIRST_FORMS = ("limited", "company", "ooo", "oao", "zao", "llc", "jsc")
"""Forms that are found written together with the word after them."""


def _form_off_first(listed: list[str], known: Words) -> list[str]:
    """The words, with a form of incorporation that is written together with the first one set apart."""
    first = listed[0]
    if first in known.weights or first in known.form_words:
        return listed
    for form in _FIRST_FORMS:
        after = first.removeprefix(form)
        if after != first and (len(after) >= LEAST_BEFORE_FORM or after in known.lines):
            return [form, after, *listed[1:]]
    return listed


def _form_off(listed: list[str], known: Words) -> list[str]:
    """The words, with a form of incorporation that is written together with the last one set apart."""
    last = listed[-1] if listed else ""
    if len(listed) > 1 or len(last) > LEAST_BEFORE_FORM:
        listed = _form_off_first(listed, known)
    if last in known.weights or last in known.form_words:
        return listed
    for form in _JOINED_FORMS:
        before = last.removesuffix(form)
        if before != last and (len(before) >= LEAST_BEFORE_FORM or before in known.lines):
            return [*listed[:-1], before, form]
    return listed


_ANYWHERE = frozenset(("ltd", "llc", "inc", "jsc", "plc"))
"""Forms that are nothing else even where they are written short and stand inside a name."""


def _forms(listed: list[str], known: Words) -> list[tuple[int, int, str]]:
    """Where forms of incorporation stand: start, end, name. A short one counts only at the end, or, where
    it is one that goes before the name, at the start."""
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(listed):
        hit = _at(known.written, listed, at)
        if hit:
            found.append((at, at + hit[0], hit[1]))
            at += hit[0]
        else:
            at += 1
    kept: list[tuple[int, int, str]] = []
    end = len(listed)
    for start, stop, name in reversed(found):
        long = sum(map(len, listed[start:stop])) > 3 or name in _ANYWHERE
        first = known.forms[name].first and (start == 0 or any(s == 0 and e == start for s, e, _ in found))
        if stop == end:
            end = start
            kept.append((start, stop, name))
        elif long or first:
            kept.append((start, stop, name))
    return kept[::-1]


def _number(word: str, known: Words) -> str | None:
    if word in known.numbers:
        return known.numbers[word]
    if not word.isalpha():
        return word.lstrip("0") or "0"
    if word in ("i", "v", "x"):
        return None
    value = roman(word)
    return None if value is None else str(value)


def _other(listed: list[str], known: Words) -> list[tuple[str, int, str, float]]:
    found = _company(listed, known, forms=False)
    if len(found) > 1 and found[0][0] in known.vessel:
        found[0] = (found[0][0], SMALL, found[0][0], SMALL_WEIGHT)
    return found


def _company(listed: list[str], known: Words, *, forms: bool) -> list[tuple[str, int, str, float]]:
    if forms:
        listed = [_form_word(word) for word in listed]
    spans = _forms(listed, known) if forms else []
    if spans and sum(stop - start for start, stop, _ in spans) == len(listed):
        spans = spans[1:] if len(spans) > 1 else []
    starts = {start: (stop, name) for start, stop, name in spans}
    found: list[tuple[str, int, str, float]] = []
    at = 0
    while at < len(listed):
        if at in starts:
            stop, name = starts[at]
            found.append((" ".join(listed[at:stop]), FORM, name, 0.0))
            at = stop
            continue
        place = _at(known.places, listed, at)
        if place and not any(at < start < at + place[0] for start in starts):
            found.append((" ".join(listed[at : at + place[0]]), PLACE, "@" + place[1], PLACE_WEIGHT))
            at += place[0]
            continue
        word = listed[at]
        number = _number(word, known)
        last = at == len(listed) - 1 or at + 1 in starts
        if number is None and last and at and word in ("i", "v", "x"):
            number = str(roman(word))
        if number is not None:
            found.append((word, NUMBER, "#" + number, NUMBER_WEIGHT))
        elif forms and not at and len(word) == 1 and len(listed) > 1:
            found.append((word, INITIAL, word, INITIAL_WEIGHT))
        elif word in known.small or (forms and word in known.form_words and word not in known.lines):
            found.append((word, SMALL, word, SMALL_WEIGHT))
        elif len(word) == 1:
            found.append((word, INITIAL, word, INITIAL_WEIGHT))
        elif word in known.lines:
            weight = min(MOST_LINE, known.weight(known.lines[word]))
            found.append((word, LINE, known.lines[word], weight))
        else:
            found.append((word, WORD, word, max(LEAST_WORD, known.weight(word))))
        at += 1
    return found


_PATRONYMIC = re.compile(r"\w{3,}(?:ovich|evich|ovna|evna|ovych|yovych|ivna|ichna)")


_FIGURE_LETTERS = str.maketrans("01345789", "oieastbg")
_SERVANT = frozenset(("abd", "abdul", "abdel", "abdal", "abdol", "abu", "abou", "abo"))
"""Words that open a name of two words in Arabic, and are written together with the second as often as not."""


def _lettered(word: str) -> str:
    """A person's name in letters, where figures stand in for some that look like them."""
    if word.isalpha() or word.isdigit() or sum(map(str.isalpha, word)) < 2:
        return word
    return word.translate(_FIGURE_LETTERS)


def _person(listed: list[str], known: Words) -> list[tuple[str, int, str, float]]:
    found: list[tuple[str, int, str, float]] = []
    for at, written in enumerate(listed):
        word = _lettered(written)
        if len(word) == 1:
            found.append((word, INITIAL, word, INITIAL_WEIGHT))
        elif word in _SERVANT:
            found.append((word, WORD, "abd" if "d" in word else "abu", SERVANT_WEIGHT))
        elif (word in known.titles or word in known.particles) and not (at == 0 and word in known.nicknames):
            found.append((word, SMALL, word, SMALL_WEIGHT))
        elif not word.isalpha():
            found.append((word, NUMBER, "#" + word, NUMBER_WEIGHT))
        elif at and _PATRONYMIC.fullmatch(word):
            found.append((word, WORD, word, PATRONYMIC_WEIGHT))
        else:
            found.append((word, WORD, known.nicknames.get(word, word), 1.0))
    return found


@lru_cache(maxsize=131072)
def analysed(text: str, kind: NameKind) -> Name:
    """The parts of a name that is of such a kind. A name of nothing but small words or forms is taken as
    it stands; one without letters and figures has no parts."""
    known = words()
    folded = fold(text)
    listed = words_of(folded, join_letters=kind != "person")
    if kind == "person":
        found = _person(listed, known)
    elif kind == "company":
        found = _company(_form_off(listed, known), known, forms=True)
    else:
        found = _other(listed, known)
    if not any(sort not in (SMALL, FORM) for _, sort, _, _ in found):
        found = [(word, WORD, word, 1.0) for word in listed]
    core = tuple(at for at, part in enumerate(found) if part[1] not in (SMALL, FORM))
    return Name(
        text=text,
        folded=folded,
        kind=kind,
        parts=tuple(part[0] for part in found),
        sorts=tuple(part[1] for part in found),
        keys=tuple(part[2] for part in found),
        weights=tuple(part[3] for part in found),
        core=core,
        weight=sum(found[at][3] for at in core),
        plain="".join(found[at][0] for at in core).replace(" ", ""),
        whole="".join(listed),
        ordered="".join(sorted(listed)),
        forms=tuple(known.forms[part[2]] for part in found if part[1] == FORM),
    )
