"""Text from a page is hostile: what a terminal or an eye could be fooled by is taken out before it is
shown.
"""

from __future__ import annotations

import re
import unicodedata

# ECMA-48 control sequences (CSI), strings (OSC, DCS, SOS, PM, APC) and two-character escapes, as a terminal
# reads them.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# Marks that turn the direction of writing, by which a text can be made to read as another
# (Unicode Standard Annex 9, "Trojan Source", CVE-2021-42574).
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"[^\S\n]+")
_LOOKED_UP = 65_536
"""Characters of which is kept how they are shown, so that no page can fill the memory with all there are."""


class _Shown(dict[int, int | str | None]):
    """By the code point of a character what stands for it: itself, a blank, or nothing. A character is looked
    up once, since pages are made of few of them."""

    def __missing__(self, code: int) -> int | str | None:
        kind = unicodedata.category(chr(code))
        shown: int | str | None = code
        if kind in ("Cc", "Zl", "Zp"):
            shown = " "
        elif kind in ("Cs", "Co", "Cn") or code == 0xFEFF:
            shown = None
        if len(self) < _LOOKED_UP:
            self[code] = shown
        return shown


_SHOWN = _Shown()


def plain(text: str) -> str:
    """`text` on one line, without escape sequences, control characters and marks of direction."""
    if not (text.isascii() and text.isprintable()):
        text = _DIRECTION.sub("", _ESCAPES.sub("", text)).translate(_SHOWN)
    return _SPACE.sub(" ", text).strip()
