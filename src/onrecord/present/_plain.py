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


def plain(text: str) -> str:
    """`text` on one line, without escape sequences, control characters and marks of direction."""
    without = _DIRECTION.sub("", _ESCAPES.sub("", text))
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in without)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cs", "Co", "Cn") and c != "\ufeff")
    return _SPACE.sub(" ", kept).strip()
