"""Names across scripts: a name in another script in, the Latin forms under which it may be written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

from onrecord.entities.matching._arabic import arabic_forms
from onrecord.entities.matching._chinese import chinese_forms
from onrecord.entities.matching._cyrillic import cyrillic_forms
from onrecord.entities.matching._greek import greek_forms
from onrecord.entities.matching._hebrew import hebrew_forms
from onrecord.entities.matching._kana import japanese_forms, korean_forms

Script = Literal["latin", "chinese", "japanese", "korean", "cyrillic", "greek", "arabic", "hebrew", "other"]

_RANGES: tuple[tuple[Script, str], ...] = (
    ("japanese", "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"),
    ("korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"),
    ("chinese", "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
    ("cyrillic", "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("hebrew", "\u0590-\u05ff\ufb1d-\ufb4f"),
)
_SCRIPTS = tuple((script, re.compile(f"[{marks}]")) for script, marks in _RANGES)
# All letters of Latin stand below U+0250, in two blocks about U+1E00, or are full-width; what is written
# above that and is no letter (dashes, quotes, signs) belongs to no script.
_FOREIGN = re.compile(
    "[\u0370-\u1dbf\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff\u2e80-\ua71f\ua800-\uab2f\uab70-\ufaff"
    "\ufb13-\ufdff\ufe70-\ufefe\uff66-\uffdc\U00010000-\U0003ffff]"
)
_BRACKETS = re.compile(r"[()（）\[\]【】「」『』《》〈〉·・，、,。]+")
_SPACES = re.compile(r"\s+")


def script_of(name: str) -> Script:
    """The script that a name is written in: `latin` where nothing in it is of another; Japanese where it has
    kana or a Japanese legal form, Korean where it has hangul, else the script of the first letter that is
    not Latin."""
    first = _FOREIGN.search(name)
    if first is None:
        return "latin"
    for script, marks in _SCRIPTS[:2]:
        if marks.search(name):
            return script
    if "株式会社" in name or "有限会社" in name:
        return "japanese"
    return next((script for script, marks in _SCRIPTS if marks.match(first.group())), "other")


def latin_forms(name: str) -> tuple[str, ...]:
    """The Latin forms under which a name may be written, the likeliest first, each once. A Latin name comes
    back alone, with its white space put in order; of a name in another script the known words (legal forms,
    places, words of business) are put into English and the rest is spelled by sound. Where nothing of it can
    be spelled the name comes back as it is. Never empty but for a name without a character."""
    if name.isascii() or _FOREIGN.search(name) is None:
        whole = " ".join(unicodedata.normalize("NFC", name).split())
        return (whole,) if whole else ()
    return _forms(name)


@lru_cache(maxsize=8192)
def _forms(name: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", name)
    made = _MAKERS.get(script_of(text), _plain)(text)
    ascii_forms = (form if form.isascii() else anyascii(form) for form in made)
    found = dict.fromkeys(" ".join(form.split()) for form in ascii_forms)
    found.pop("", None)
    return tuple(found) or (" ".join(text.split()),)


def _plain(text: str) -> tuple[str, ...]:
    return (anyascii(text),)


def without_brackets(text: str) -> str:
    """A name in a script without spaces, with a space for each bracket, middle dot and comma."""
    return _SPACES.sub(" ", _BRACKETS.sub(" ", text)).strip()


_MAKERS: dict[Script, Callable[[str], tuple[str, ...]]] = {
    "chinese": lambda text: chinese_forms(without_brackets(text)),
    "japanese": lambda text: japanese_forms(without_brackets(text)),
    "korean": lambda text: korean_forms(without_brackets(text)),
    "cyrillic": cyrillic_forms,
    "greek": greek_forms,
    "arabic": arabic_forms,
    "hebrew": hebrew_forms,
}
