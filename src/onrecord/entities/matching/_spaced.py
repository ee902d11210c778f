"""Names in alphabets other than Latin (Cyrillic, Greek, Arabic, Hebrew): known words in English, whatever
their endings, and the rest letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from onrecord.entities.matching._script_data import ScriptData, script_data
from onrecord.entities.matching._slots import Slot

Sound = Callable[[str], str]
Sound4 = tuple[Sound, Sound, Sound, Sound]

_TOKEN = re.compile(r"(?:\w\.){1,5}\w\b\.?|\w+(?:['’ʼ]\w+)*")
_SHORTEST_STEM = 3
_LONGEST_PHRASE = 7


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
        phrases = (*self.forms, *self.exact)
        self.longest = min(max(map(len, phrases)), _LONGEST_PHRASE)

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

    def bare(self, word: str) -> list[str]:
        """The stems that a word may have: of itself, and without what is joined to its front."""
        bare = [word]
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM - 1:
                bare.append(word[len(prefix) :])
        return [self.stem(word) for word in bare]

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
        for size in range(min(self.longest, len(words) - i), 0, -1):
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


def _said(parts: Sequence[Part], sound: Callable[[str], str], choice: int) -> str:
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


def _sounded(parts: Sequence[Part], sound: Callable[[str], str]) -> str:
    """All by sound, but for the legal form."""
    return _said([part if part.form else Part(part.words) for part in parts], sound, 0)


def _forms(parts: Sequence[Part], sounds: Sound4) -> tuple[str, ...]:
    """The Latin forms of a name's parts: with the first, second and third of their words and spellings, and
    all by the fourth spelling."""
    return (
        *(_said(parts, sound, choice) for choice, sound in enumerate(sounds[:3])),
        _sounded(parts, sounds[3]),
    )


def _slots(parts: Sequence[Part], sounds: Sound4) -> list[Slot]:
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


def _table(data: ScriptData, *keys: str) -> Letters:
    """The letters of an alphabet's file, of several tables the later over the earlier."""
    tables = (data.other.get(key) or {} for key in keys)
    return Letters({str(k): str(v or "") for table in tables for k, v in table.items()})


@lru_cache(maxsize=16384)
def _spell(letters: Letters, word: str) -> str:
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


# Cyrillic


def _plain_cyrillic(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


@cache
def _cyrillic() -> Alphabet:
    return Alphabet("cyrillic", _plain_cyrillic)


@cache
def _cyrillic_letters(language: str) -> Letters:
    return _table(_cyrillic().data, "letters", f"letters_{language}")


def _cyrillic_language(text: str) -> str:
    """The language of a name by letters that the others lack, "" where it may be Russian."""
    small = text.casefold()
    if re.search("[љњћђџј]", small):
        return "sr"
    if "ў" in small or ("і" in small and re.search("[ыэ]", small)):
        return "be"
    if re.search("[іїєґ]", small):
        return "uk"
    return "bg" if re.search(r"ъ(?![еёюя])", small) and not re.search("[ыэ]", small) else ""


def _in_cyrillic(name: str) -> tuple[list[Part], Sound4]:
    """The parts of a name in Cyrillic and its spellings: as names of companies are spelled in English,
    adjectives of places as the place ("Novolipetsky" → "Novolipetsk"); adjectives and genitives of persons as
    the person ("Khrunicheva" → "Khrunichev"); with the shorter endings of the press; letter by letter."""
    letters = _cyrillic_letters(_cyrillic_language(name))
    parts = list(_cyrillic().parts(name))

    def plain(word: str) -> str:
        return _spell(letters, word)

    def ending(word: str) -> str:
        return re.sub("(?i)(?<=[сц]к)(ий|ый|ая|ое|ие|ого|ой|а|и|о)$", "", word)

    def place(word: str) -> str:
        return plain(ending(word))

    def person(word: str) -> str:
        short = ending(word)
        if short != word:
            return plain(re.sub("(?<=[оеиі][вн])сь?к$", "", short))
        return plain(re.sub("(?<=[оеиі][вн])а$", "", word))

    def common(word: str) -> str:
        nominative = re.sub("(?<=[сц]к)ого$", "ий", word)
        return re.sub("(?i)[iy]y$", "y", plain(nominative)).replace("ks", "x")

    return parts, (place, person, common, plain)


def cyrillic_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a name in Cyrillic: its known words in English and the rest as names of companies
    are spelled in English; all of it by letters."""
    return _forms(*_in_cyrillic(name))


def cyrillic_slots(name: str) -> list[Slot]:
    """The parts of a name in Cyrillic."""
    return _slots(*_in_cyrillic(name))


# Greek


def _plain_greek(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("ς", "σ")


@cache
def _greek() -> Alphabet:
    return Alphabet("greek", _plain_greek)


@cache
def _greek_letters(key: str) -> Letters:
    return _table(_greek().data, key)


def _in_greek(name: str) -> tuple[list[Part], Sound4]:
    """The parts of a Greek name and its spellings: as ELOT 743 has it, and as names often are."""
    parts = list(_greek().parts(name))

    def elot(word: str) -> str:
        plain = unicodedata.normalize("NFD", word)
        return _spell(_greek_letters("letters"), "".join(c for c in plain if not unicodedata.combining(c)))

    def common(word: str) -> str:
        plain = unicodedata.normalize("NFD", word)
        return _spell(
            _greek_letters("letters_common"), "".join(c for c in plain if not unicodedata.combining(c))
        )

    return parts, (elot, common, elot, elot)


def greek_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a Greek name: its known words in English and the rest as ELOT 743 spells it, or as
    names often are; all of it by letters."""
    return _forms(*_in_greek(name))


def greek_slots(name: str) -> list[Slot]:
    """The parts of a Greek name."""
    return _slots(*_in_greek(name))


# Arabic and Persian

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
                         "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ـ": None,
                         "\u200c": " "})  # fmt: skip
# What is often written together: "servant of the …", and names in "of the faith".
_SERVANT = re.compile(r"\b(عبد)(ال\w{3,})")
_FAITH = re.compile(r"\b(\w{2,})(الدين)\b")
_PERSIAN = re.compile("[پچژگکیہے]")


def _plain_arabic(word: str) -> str:
    return "".join(c for c in word.translate(_ARABIC) if not unicodedata.combining(c))


@cache
def _arabic() -> Alphabet:
    return Alphabet("arabic", _plain_arabic)


@cache
def _arabic_letters(persian: bool) -> Letters:
    return _table(_arabic().data, "letters", *(("letters_fa",) if persian else ()))


@lru_cache(maxsize=4096)
def _arabic_sound(word: str, persian: bool, filled: str) -> str:
    """A word by its letters. Which short vowels are spoken is not written: `filled` is put where two
    consonants stand together, or, where it is "", an `a` where they begin or end the word, as Arabic has
    none there."""
    letters = _arabic_letters(persian)
    made: list[str] = []
    last = len(word) - 1
    for i, letter in enumerate(word):
        inside = i > 0
        after_vowel = bool(made) and made[-1][-1:] in "aeiou"
        before_alef = word[i + 1 : i + 2] == "ا"
        if letter == "ا" and not inside and word[1:2] in ("و", "ي") and word[2:3] not in ("", "ا"):
            continue
        if letter in "وي" and i == 1 and not made:
            spelled = "o" if letter == "و" else "i"
        elif letter == "و":
            consonant = not inside or after_vowel or before_alef
            spelled = ("v" if persian and not filled else "w") if consonant else "u" if filled else "o"
        elif letter == "ي":
            spelled = "y" if not inside or after_vowel or before_alef else "i"
        elif letter == "ه" and i == last and inside:
            spelled = "h" if after_vowel else "eh" if persian else "a"
        elif letter == "ع":
            spelled = "" if after_vowel else "a"
        else:
            spelled = letters.get(letter, letter)
            if made and not after_vowel and spelled[:1] not in ("", *"aeiou"):
                spelled = (filled or ("a" if len(made) == 1 or i == last else "")) + spelled
        if spelled:
            made.append(spelled)
    return "".join(made).capitalize()


def _is_house(parts: Sequence[Part]) -> bool:
    """Whether a name begins with an English word: "company", "bank", "group"."""
    return bool(parts) and bool(parts[0].says) and not parts[0].person


def _in_arabic(name: str) -> tuple[list[Part], Sound4]:
    """The parts of an Arabic or Persian name and its spellings: with the article apart, joined and left out,
    the last two with a vowel between all consonants."""
    persian = _PERSIAN.search(name) is not None
    apart_written = _SERVANT.sub(r"\1 \2", _FAITH.sub(r"\1 \2", _plain_arabic(name)))
    parts = list(_arabic().parts(apart_written))
    if (
        any(part.person for part in parts[:2])
        and not any(part.form for part in parts)
        and not _is_house(parts)
    ):
        # A person's name: nothing in it is to be put into English.
        parts = [part if part.person else Part(part.words) for part in parts]

    def by_letters(word: str, article: str, filled: str) -> str:
        if word.startswith("ال") and len(word) > 4:
            spelled = _arabic_sound(word[2:], persian, filled)
            return article + (spelled.lower() if article == "Al" else spelled)
        return _arabic_sound(word, persian, filled)

    def apart(word: str) -> str:
        return by_letters(word, "Al ", "")

    def joined(word: str) -> str:
        return by_letters(word, "Al", "e" if persian else "a")

    def without(word: str) -> str:
        return by_letters(word, "", "a")

    return parts, (apart, joined, without, apart)


def arabic_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of an Arabic or Persian name: its known words in English and the rest by its letters;
    names in "of God" and "of the faith" as two words and as one; all of it by letters."""
    parts, sounds = _in_arabic(name)
    first, *rest = _forms(parts, sounds)
    forms = [first.replace("Abd Al ", "Abdul "), *rest]
    if any(part.words[-1] in ("الله", "الدين") for part in parts[1:]):
        forms.insert(1, re.sub(" Al-Din", "uddin", re.sub(" Allah", "ullah", forms[0])))
    return tuple(forms)


def arabic_slots(name: str) -> list[Slot]:
    """The parts of an Arabic or Persian name."""
    return _slots(*_in_arabic(name))


# Hebrew


def _plain_hebrew(word: str) -> str:
    return "".join(c for c in word if not unicodedata.combining(c))


@cache
def _hebrew() -> Alphabet:
    return Alphabet("hebrew", _plain_hebrew)


@cache
def _hebrew_letters() -> Letters:
    return _table(_hebrew().data, "letters")


def _in_hebrew(name: str) -> tuple[list[Part], Sound4]:
    text = re.sub("(?<=\\w)[\"״'׳](?=\\w)", "", name)
    parts = list(_hebrew().parts(text))
    letters = _hebrew_letters()

    def sound(word: str) -> str:
        bare = _plain_hebrew(word)
        for mark, said in (("ו", "o"), ("י", "i")):
            bare = re.sub(f"(?<=.){mark}", said, bare)
        return _spell(letters, bare)

    return parts, (sound, sound, sound, sound)


def hebrew_forms(name: str) -> tuple[str, ...]:
    """The Latin forms of a Hebrew name: its known words in English and the rest by its letters."""
    return _forms(*_in_hebrew(name))


def hebrew_slots(name: str) -> list[Slot]:
    """The parts of a Hebrew name."""
    return _slots(*_in_hebrew(name))
