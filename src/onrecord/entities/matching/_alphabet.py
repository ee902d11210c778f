"""Names in alphabets other than Latin: known words found whatever their endings, and letters spelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from onrecord.entities.matching._script_data import ScriptData, script_data
from onrecord.entities.matching._slots import Slot

Sound = Callable[[str], str]
Sounds = tuple[Sound, Sound, Sound, Sound]

_TOKEN = re.compile(r"(?:\w\.){1,5}\w\b\.?|\w+(?:['’ʼ]\w+)*")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A word or phrase of a name: its words as written, its English where it is known, and whether it is a
    legal form or a person's name."""

    words: tuple[str, ...]
    says: tuple[str, ...] = ()
    form: bool = False
    person: bool = False


class Alphabet:
    """The words and letters of one alphabet's file."""

    def __init__(self, name: str, plain: Callable[[str], str]) -> None:
        self.data: ScriptData = script_data(name)
        self.plain = plain
        self.suffixes = frozenset(map(plain, self.data.words_of("suffixes")))
        self.longest_suffix = max(map(len, self.suffixes), default=0)
        self.prefixes = tuple(sorted(map(plain, self.data.words_of("prefixes")), key=len, reverse=True))
        self.drop = frozenset(map(plain, self.data.words_of("drop")))
        self.forms = {tuple(words_in(plain(key))): said for key, said in self.data.forms.items()}
        self.exact: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.stems: dict[tuple[str, ...], tuple[str, ...]] = {}
        for table in (self.data.names, self.data.places, self.data.words):
            for key, said in table.items():
                words = tuple(words_in(plain(key)))
                self.exact.setdefault(words, said)
                self.stems.setdefault(tuple(map(self.listed, words)), said)
        self.persons = frozenset(tuple(words_in(plain(key))) for key in self.data.names)
        self.bare = lru_cache(maxsize=16384)(self._bare)
        # How many words the longest phrase has that begins with a word, or with its stem.
        self.longest: dict[str, int] = {}
        for phrase in (*self.forms, *self.exact, *self.stems):
            self.longest[phrase[0]] = max(self.longest.get(phrase[0], 0), len(phrase))

    def stem(self, word: str) -> str:
        """The word without its ending."""
        for size in range(min(self.longest_suffix, len(word) - _SHORTEST_STEM), 0, -1):
            if word[-size:] in self.suffixes:
                return word[:-size]
        return word

    def listed(self, word: str) -> str:
        """The stem of a word as a file lists it: without an article; nothing else is joined to it there."""
        article = next((p for p in self.prefixes if len(p) > 1 and word.startswith(p)), "")
        return self.stem(word.removeprefix(article))

    def _bare(self, word: str) -> tuple[str, ...]:
        """The stems that a word may have: of itself, and without what is joined to its front."""
        bare = [word]
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM - 1:
                bare.append(word[len(prefix) :])
        return tuple(self.stem(word) for word in bare)

    def parts(self, text: str) -> Iterator[Part]:
        """The parts of a name in order, small words left out."""
        written = list(words_in(text))
        words = [self.plain(word) for word in written]
        i = 0
        while i < len(words):
            size, part = self._at(words, i)
            if part is not None:
                yield part
            elif words[i] not in self.drop or (len(words[i]) == 1 and written[i].isupper()):
                yield Part(tuple(written[i : i + 1]))
            i += size

    def _at(self, words: Sequence[str], i: int) -> tuple[int, Part | None]:
        """The longest known phrase that begins at place `i`, and how many words it has; 1 and none if none
        does."""
        longest = max(self.longest.get(word, 0) for word in (words[i], *self.bare(words[i])))
        for size in range(min(longest, len(words) - i), 0, -1):
            phrase = tuple(words[i : i + size])
            said = self.forms.get(phrase)
            if said is not None:
                return size, Part(phrase, said, form=True)
            said = self.exact.get(phrase) or self._by_stems(phrase)
            if said is not None and (size > 1 or words[i] not in self.drop):
                return size, Part(phrase, said, person=phrase in self.persons)
        return 1, None

    def _by_stems(self, phrase: tuple[str, ...]) -> tuple[str, ...] | None:
        for stems in (
            product(*map(self.bare, phrase)) if len(phrase) <= 3 else [tuple(map(self.stem, phrase))]
        ):
            said = self.stems.get(stems)
            if said is not None:
                return said
        return None


def words_in(text: str) -> Iterator[str]:
    """The words of a text; letters with full stops between them are one word ("Α.Ε.")."""
    for found in _TOKEN.finditer(text):
        word = found.group()
        yield word.replace(".", "") if "." in word else word


def said(parts: Sequence[Part], sound: Callable[[str], str], choice: int) -> str:
    """The parts in Latin letters with the legal form last: of several words for a thing the one at `choice`,
    or the last."""
    names: list[str] = []
    forms: list[str] = []
    for part in parts:
        if not part.says:
            names += [sound(word) for word in part.words]
        else:
            (forms if part.form else names).append(part.says[min(choice, len(part.says) - 1)])
    return " ".join(word for word in (*names, *forms) if word)


def sounded(parts: Sequence[Part], sound: Callable[[str], str]) -> str:
    """All by sound, but for the legal form."""
    return said([part if part.form else Part(part.words) for part in parts], sound, 0)


def forms_of(parts: Sequence[Part], sounds: Sounds) -> tuple[str, ...]:
    """The Latin forms of a name's parts: with the first, second and third of their words and spellings, and
    all by the fourth spelling."""
    return (
        *(said(parts, sound, choice) for choice, sound in enumerate(sounds[:3])),
        sounded(parts, sounds[3]),
    )


def slots_of(parts: Sequence[Part], sounds: Sounds) -> list[Slot]:
    return [
        Slot(
            part.says,
            tuple(dict.fromkeys(" ".join(sound(word) for word in part.words) for sound in sounds)),
            part.form,
        )
        for part in parts
    ]


class Letters(dict[str, str]):
    """How an alphabet's letters are spelled; each table is one of its own, to be remembered by."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def letters_of(data: ScriptData, *keys: str) -> Letters:
    """The letters of an alphabet's file, of several tables the later over the earlier."""
    tables = (data.other.get(key) or {} for key in keys)
    return Letters({str(k): str(v or "") for table in tables for k, v in table.items()})


@lru_cache(maxsize=16384)
def spell(letters: Letters, word: str) -> str:
    """A word letter by letter, of two letters that are spelled together both at once; a capital stays one."""
    small = word.casefold()
    made, i = [], 0
    while i < len(small):
        size = 2 if small[i : i + 2] in letters else 1
        made.append(letters.get(small[i : i + size], small[i : i + size]))
        i += size
    spelled = "".join(made)
    if len(word) <= 4 and word.isupper():
        return spelled.upper()
    return spelled[:1].upper() + spelled[1:]
